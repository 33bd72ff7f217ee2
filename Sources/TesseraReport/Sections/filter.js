(function () {
"use strict";
/* Profiles of the people who gave one answer: every figure stands in the data as it is shown. */
var box = document.getElementById("filter-tool-data"), root = document.getElementById("filter-tool");
if (!box || !root) return;
var D = JSON.parse(box.textContent), width = D.heads.length - 1, pick = document.createElement("select");
function add(parent, tag, text, attributes) {
  var e = document.createElement(tag);
  for (var a in attributes || {}) e.setAttribute(a, attributes[a]);
  e.append(text); parent.append(e);
  return e;
}
pick.id = "filter-pick";
var group = null, label = add(root, "p", "");
D.options.forEach(function (o, i) {
  if (i && (!group || group.label !== o[0])) { group = add(pick, "optgroup", ""); group.label = o[0]; }
  add(i ? group : pick, "option", i ? o[1] : D.everybody, { value: i });
});
add(label, "label", D.label + " ", { "for": pick.id });
label.append(pick);
var scroll = add(root, "div", "", { "class": "scroll", tabindex: "0", role: "region" });
var table = add(scroll, "table", "", { id: "filter-table", "class": "dense" }), caption = add(table, "caption", "", { "aria-live": "polite" });
var head = add(add(table, "thead", ""), "tr", ""), body = add(table, "tbody", ""), cells = [];
D.heads.forEach(function (h, i) { add(head, "th", h, i ? { scope: "col", "class": "n" } : { scope: "col" }); });
D.rows.forEach(function (r) {
  var row = add(body, "tr", ""), name = add(row, "th", r[0], { scope: "row", dir: "auto" });
  if (r[1] && r[1] !== r[0]) add(name, "span", " " + r[1], { "class": "muted" });
  for (var i = 0; i < width; i++) cells.push(add(row, "td", "", { "class": "n" }));
});
function show() {
  var o = D.options[+pick.value];
  caption.textContent = D.caption.replace("%s", function () { return +pick.value ? o[0] + ": " + o[1] : D.everybody; });
  scroll.setAttribute("aria-label", caption.textContent);
  cells.forEach(function (c, i) { c.textContent = o[2][i]; });
}
pick.addEventListener("change", show);
show();
})();
