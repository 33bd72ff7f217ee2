(function () {
"use strict";
/* Under every drawing: keep it as SVG, or as PNG of twice its size, in the colours of paper. */
function plain(svg) {
  var copy = svg.cloneNode(true);
  copy.querySelectorAll("[data-cell]").forEach(function (c) {
    ["data-cell", "role", "tabindex", "aria-label"].forEach(function (a) { c.removeAttribute(a); });
  });
  copy.setAttribute("role", "img");
  return new XMLSerializer().serializeToString(copy).replace(/var\(--[a-z]+,\s*(#[0-9a-f]+)\)/g, "$1");
}
function save(blob, name) {
  var link = document.createElement("a"), address = URL.createObjectURL(blob);
  link.href = address; link.download = name; link.click();
  setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
}
function picture(svg, done) {
  var image = new Image(), size = svg.viewBox.baseVal;
  image.onload = function () {
    var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = 2 * size.width; canvas.height = 2 * size.height;
    pen.fillStyle = "#ffffff"; pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(plain(svg));
}
document.querySelectorAll("figure[id]").forEach(function (figure) {
  var svg = figure.querySelector(".drawing svg"), name = figure.id.replace(/^chart-/, "");
  if (!svg) return;
  var box = document.createElement("span");
  box.className = "keep";
  ["SVG", "PNG"].forEach(function (kind) {
    var button = document.createElement("button");
    button.type = "button"; button.textContent = kind;
    button.setAttribute("aria-label", "Save this chart as " + kind + ": " + figure.querySelector("strong").textContent);
    button.addEventListener("click", function () {
      if (kind === "PNG") picture(svg, function (blob) { save(blob, name + ".png"); });
      else save(new Blob([plain(svg)], { type: "image/svg+xml" }), name + ".svg");
    });
    box.append(button);
  });
  figure.insertBefore(box, figure.querySelector("details"));
});
})();
