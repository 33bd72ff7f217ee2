(function () {
"use strict";
/* Everything that is shown on demand, at once: to search in it, or to print it. */
var every = document.createElement("span"), all = document.createElement("button");
function isOpen() { return !document.querySelector("main details:not([open])"); }
function name() { all.textContent = isOpen() ? "Close every table" : "Open every table"; }
all.type = "button";
all.addEventListener("click", function () {
  var open = !isOpen();
  document.querySelectorAll("main details").forEach(function (d) { d.open = open; });
  name();
});
every.className = "every"; every.append(all); name();
document.querySelector(".top .subtitle").append(every);
/* A segment's page fills the screen; another can stand beside it. */
var pages = [].slice.call(document.querySelectorAll(".pages > .page"));
function shown() {
  var ids = location.hash.slice(1).split("+");
  return pages.filter(function (p) { return ids.indexOf(p.id) >= 0; });
}
function turn() {
  var open = shown();
  pages.forEach(function (p) { p.classList.toggle("open", open.indexOf(p) >= 0); });
  document.body.classList.toggle("paged", open.length > 0);
  document.querySelectorAll(".page-tools").forEach(function (t) { t.remove(); });
  if (!open.length) return;
  var tools = document.createElement("p"), back = document.createElement("a");
  tools.className = "page-tools";
  back.href = "#people"; back.textContent = "All segments";
  tools.append(back);
  if (pages.length > 1) {
    var label = document.createElement("label"), pick = document.createElement("select");
    label.append("Compare with ", pick);
    pick.append(new Option("\u2013", ""));
    pages.forEach(function (p) {
      if (p === open[0]) return;
      pick.append(new Option(p.querySelector("h3").textContent, p.id, false, p === open[1]));
    });
    pick.addEventListener("change", function () {
      location.hash = open[0].id + (pick.value ? "+" + pick.value : "");
    });
    tools.append(label);
  }
  var print = document.createElement("button");
  print.type = "button"; print.textContent = "Print this page";
  print.addEventListener("click", function () { window.print(); });
  tools.append(print);
  open[0].parentNode.prepend(tools);
  window.scrollTo(0, 0);
}
window.addEventListener("hashchange", turn);
if (pages.length) turn();
/* Under every drawing: keep it as SVG, or as PNG of twice its size, in the colours of paper. */
var SPACE = "http://www.w3.org/2000/svg", MARGIN = 16;
function make(tag, attributes) {
  var e = document.createElementNS(SPACE, tag);
  for (var a in attributes) e.setAttribute(a, attributes[a]);
  return e;
}
/* Text in lines no wider than a number of pixels. */
function lines(text, font, width) {
  var pen = document.createElement("canvas").getContext("2d"), all = [], line = "";
  pen.font = font;
  text.split(/[ \n]+/).forEach(function (word) {
    var longer = line ? line + " " + word : word;
    if (line && pen.measureText(longer).width > width) { all.push(line); line = word; } else line = longer;
  });
  return all.concat(line ? [line] : []);
}
/* The drawing below its title and what is needed to read it. */
function framed(figure) {
  var svg = figure.querySelector(".drawing svg"), size = svg.viewBox.baseVal;
  var width = Math.max(size.width, 480) + 2 * MARGIN, y = MARGIN;
  var told = figure.querySelector("figcaption span"), fonts = svg.getAttribute("font-family");
  var frame = make("svg", { xmlns: SPACE, width: width, role: "img", "font-family": fonts,
    "aria-label": svg.getAttribute("aria-label") });
  var paper = frame.appendChild(make("rect", { width: width, fill: "#ffffff" }));
  [[figure.querySelector("strong"), 16, 600, "#1b1f24"], [told, 12, 400, "#57606a"]].forEach(function (t) {
    if (!t[0]) return;
    var words = (t[0].firstChild || t[0]).textContent;
    lines(words, t[2] + " " + t[1] + "px " + fonts, width - 2.5 * MARGIN).forEach(function (l) {
      y += 1.3 * t[1];
      var line = make("text", { x: MARGIN, y: y - 4, "font-size": t[1], "font-weight": t[2], fill: t[3] });
      line.textContent = l; frame.append(line);
    });
  });
  var copy = svg.cloneNode(true);
  copy.querySelectorAll("[data-cell]").forEach(function (c) {
    ["data-cell", "role", "tabindex", "aria-label"].forEach(function (a) { c.removeAttribute(a); });
  });
  copy.setAttribute("x", MARGIN); copy.setAttribute("y", y + 14);
  frame.append(copy);
  var height = Math.ceil(y + 14 + size.height + MARGIN);
  paper.setAttribute("height", height); frame.setAttribute("height", height);
  frame.setAttribute("viewBox", "0 0 " + width + " " + height);
  return { width: width, height: height, text: new XMLSerializer().serializeToString(frame)
    .replace(/var\(--[a-z]+,\s*(#[0-9a-f]+)\)/g, "$1") };
}
function save(blob, name) {
  var link = document.createElement("a"), address = URL.createObjectURL(blob);
  link.href = address; link.download = name; link.click();
  setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
}
function picture(drawing, done) {
  var image = new Image();
  image.onload = function () {
    var canvas = document.createElement("canvas");
    canvas.width = 2 * drawing.width; canvas.height = 2 * drawing.height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawing.text);
}
document.querySelectorAll("figure[id]").forEach(function (figure) {
  var name = figure.id.replace(/^chart-/, "");
  if (!figure.querySelector(".drawing svg")) return;
  var box = document.createElement("span");
  box.className = "keep";
  ["SVG", "PNG"].forEach(function (kind) {
    var button = document.createElement("button");
    button.type = "button"; button.textContent = kind;
    button.setAttribute("aria-label", "Save this chart as " + kind + ": " + figure.querySelector("strong").textContent);
    button.addEventListener("click", function () {
      var drawing = framed(figure);
      if (kind === "PNG") picture(drawing, function (blob) { save(blob, name + ".png"); });
      else save(new Blob([drawing.text], { type: "image/svg+xml" }), name + ".svg");
    });
    box.append(button);
  });
  figure.insertBefore(box, figure.querySelector("details"));
});
})();
