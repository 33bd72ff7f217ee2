(function () {
"use strict";
var box = document.getElementById("whatif-tool-data"), root = document.getElementById("whatif-tool");
if (!box || !root) return;
var D = JSON.parse(box.textContent), G = D.segments.length, K = D.needs.length;
var U = D.burdens.length, C = K + U, P = D.products, F = D.features, H = D.hits, L = D.words;
var hitOf = {}; H.forEach(function (h, i) { hitOf[h.feature] = i; });

/* Numbers as the page writes them. */
function num(x, d) {
  if (x === null || x === undefined || !isFinite(x)) return "\u2013";
  var t = Math.abs(x).toFixed(d), z = !/[1-9]/.test(t), p = t.split(".");
  p[0] = p[0].replace(/\B(?=(\d{3})+$)/g, L.group);
  return (x < 0 && !z ? "\u2212" : "") + p.join(L.decimal);
}
function signed(x, d) { var t = num(x, d); return x > 0 && /[1-9]/.test(t) ? "+" + t : t; }
function percent(x) { return num(100 * x, 0) + L.percent; }

/* What a level is worth, the same for everybody. */
function clamp(x) { return x < 0 ? 0 : x > 1 ? 1 : x; }
function worth(f, x) {
  var v = F[f].value, i;
  if (x === null) return 0.5;
  switch (v[0]) {
    case "linear": return clamp((x - v[1]) / (v[2] - v[1]));
    case "target": return Math.max(0, 1 - Math.abs(x - v[1]) / v[2]);
    case "threshold": return v[2] > 0 ? clamp((x - v[1]) / v[2]) : x >= v[1] ? 1 : 0;
    case "rate": return x > v[1] ? 1 - Math.exp(-(x - v[1]) / v[2]) : 0;
    case "levels": return v[1 + x];
    case "knots":
      if (x <= v[1][0]) return v[1][1];
      for (i = 2; i < v.length; i++) if (x <= v[i][0])
        return v[i - 1][1] + (x - v[i - 1][0]) / (v[i][0] - v[i - 1][0]) * (v[i][1] - v[i - 1][1]);
      return v[v.length - 1][1];
  }
  return NaN;
}

/* Where a level lies among those listed: [lower, upper, part, 1 if between two, 2 if beyond all]. */
function onGrid(levels, x) {
  var n = levels.length - 1, i = 0;
  if (!(x > levels[0])) return [0, 0, 0, x < levels[0] ? 2 : 0];
  if (x >= levels[n]) return [n, n, 0, x > levels[n] ? 2 : 0];
  while (levels[i] < x) i++;
  return levels[i] === x ? [i, i, 0, 0]
    : [i - 1, i, (x - levels[i - 1]) / (levels[i] - levels[i - 1]), 1];
}
function place(h, x) {
  if (x === null) return null;
  var s = 0;
  if (!H[h].cuts) {
    var q = onGrid(H[h].levels, x);
    /* Where all is listed at which comparisons turn, they are those of one side. */
    return q[3] && "side" in H[h] ? [q[H[h].side], q[H[h].side], 0, q[3]] : q;
  }
  H[h].cuts.forEach(function (c) { if (x > c[0] || (c[1] && x === c[0])) s++; });
  /* Beyond the ends of what is listed more may turn. */
  var told = H[h].within;
  return [s, s, 0, told && !(x > told[0] && x < told[1]) ? 2 : 0];
}
function places(x) { return H.map(function (h, i) { return place(i, x[h.feature]); }); }
function read(a, p) { return p[2] ? a[p[0]] * (1 - p[2]) + a[p[1]] * p[2] : a[p[0]]; }
function compare(op, x, y) {
  return op === "<" ? x < y : op === "<=" ? x <= y : op === "=" ? x === y
    : op === "!=" ? x !== y : op === ">=" ? x >= y : x > y;
}

/* Share of a group of people for whom a statement holds. */
function holds(t, c, x, ps) {
  var i, r;
  switch (t[0]) {
    case "bit": return D.groups.h[c][t[1]];
    case "level": return x[t[1]] === null ? 0.5 : compare(t[2], x[t[1]], t[3]) ? 1 : 0;
    case "unknown": return (x[t[1]] === null) === t[2] ? 1 : 0;
    case "against":
      i = D.against[t[1]];
      return ps[i] === null ? 0.5 : read(D.groups.a[c][t[1]], ps[i]);
    case "all": r = 1; for (i = 1; i < t.length; i++) r *= holds(t[i], c, x, ps); return r;
    default: r = 1; for (i = 1; i < t.length; i++) r *= 1 - holds(t[i], c, x, ps); return 1 - r;
  }
}
/* Where the level of each burden lies among the levels of a list. */
function worthPlaces(x, list) {
  return D.burdens.map(function (b) {
    var h = hitOf[b[1]];
    return h === undefined || x[b[1]] === null ? null : onGrid(H[h][list], x[b[1]]);
  });
}
function channel(k, c, ws) {
  if (k < K) return D.groups.w[c][k];
  var p = ws[k - K];
  return p ? read(D.groups.u[c][k - K], p) : D.groups.w[c][D.burdens[k - K][0]] / 2;
}
function related(k) {
  var r = [];
  D.relations[k].forEach(function (s, f) { if (s) r.push(f); });
  return r;
}
function isBurden(f) { return F[f].value[0] === "burden"; }
function isSum(k) { return D.needs[k].combine === "mean" || !related(k).some(isBurden); }
function serve(k, f, w) { return D.relations[k][f] > 0 ? w : 1 - w; }
function burdenOf(k, f) {
  for (var i = 0; i < U; i++) if (D.burdens[i][0] === k && D.burdens[i][1] === f) return i;
  return -1;
}
/* Fulfilment of a need and what each feature leaves of it. */
function combine(k, parts) {
  var rel = related(k), total = 0, value = 0, losses;
  if (D.needs[k].combine === "mean") {
    rel.forEach(function (f) { total += Math.abs(D.relations[k][f]); });
    losses = rel.map(function (f, i) {
      var s = Math.abs(D.relations[k][f]) / total; value += s * parts[i]; return s * (1 - parts[i]);
    });
    return [value, losses];
  }
  value = (D.needs[k].combine === "all" ? Math.min : Math.max).apply(null, parts);
  var n = parts.filter(function (p) { return p === value; }).length;
  return [value, parts.map(function (p) { return p === value ? (1 - value) / n : 0; })];
}

/* How far a need of a group is fulfilled. */
function served(k, c, x, ws) {
  return combine(k, related(k).map(function (f) {
    var b = burdenOf(k, f), w = D.groups.w[c][k];
    return serve(k, f, b < 0 || x[f] === null ? worth(f, x[f]) : w > 0 ? channel(K + b, c, ws) / w : 0);
  }))[0];
}

/* Sums over groups, segment by segment, and what each barrier takes. */
function sums(x) {
  var ps = places(x), ws = worthPlaces(x, "worths");
  var s = [], rest = [], hit = [], i, g, c, k, n = D.groups.s.length, B = D.barriers.length;
  for (k = 0; k < C; k++) s.push(new Array(G).fill(0));
  for (g = 0; g < G; g++) { rest.push(0); hit.push(new Array(B).fill(0)); }
  for (c = 0; c < n; c++) {
    var a = 1, sh = D.groups.s[c];
    for (i = 0; i < B; i++) {
      var t = holds(D.barriers[i].tree, c, x, ps);
      for (g = 0; g < G; g++) hit[g][i] += sh[g] * t;
      a *= 1 - D.barriers[i].strength * t;
    }
    for (k = 0; k < C; k++) {
      var v = a * channel(k, c, ws);
      for (g = 0; g < G; g++) s[k][g] += sh[g] * v;
    }
    for (k = 0; k < K; k++) if (!isSum(k) && D.groups.w[c][k] > 0) {
      var q = served(k, c, x, ws);
      for (g = 0; g < G; g++) rest[g] += 100 * sh[g] * a * D.groups.w[c][k] * q;
    }
  }
  return { s: s, rest: rest, hit: hit, places: ps, worths: ws };
}
function same(a, b) {
  return a === b || (a && b && a.every(function (v, i) { return v === b[i]; }));
}
function changes(x, p) {
  var own = places(P[p].levels);
  return places(x).filter(function (q, i) { return !same(q, own[i]); }).length;
}
function anchor(x) {
  var best = 0, least = Infinity;
  P.forEach(function (_, p) {
    var n = changes(x, p) + (D.corrections[p] ? 0 : 1000);
    if (n < least) { least = n; best = p; }
  });
  return [best, least];
}

/* Fit, acceptance and what they are made of, for any levels. */
function score(x) {
  var r = sums(x), an = anchor(x), p = an[0], cor = D.corrections[p], g, k;
  /* With several features changed the corrections count for as much as they were seen to help. */
  var much = an[1] < 2 ? 1 : D.damping[Math.min(an[1], D.damping.length + 1) - 2];
  var exact = []; for (g = 0; g < G; g++) exact.push(an[1] < 2);
  if (x.indexOf(null) >= 0) exact.fill(false);
  for (k = 0; k < K; k++) if (!isSum(k)) exact.fill(false);
  function add(e, w) {
    if (!e || !w) return;
    for (var i = 0; i < e.length; i++) r.s[Math.floor(i / G)][i % G] += w * e[i];
  }
  if (cor) {
    add(cor.base, much);
    H.forEach(function (h, i) {
      var q = r.places[i];
      if (!q || !cor.singles.length) { if (an[1]) exact.fill(false); return; }
      if (q[3]) exact.fill(false);
      [[q[0], 1 - q[2]], [q[1], q[2]]].forEach(function (m) {
        var e = cor.singles[i][m[0]];
        if (!e || !m[1]) return;
        add(e[1], much * m[1]);
        e[0].forEach(function (g) { exact[g] = false; });
      });
    });
  } else exact.fill(false);
  var out = [], ls = worthPlaces(x, "levels");
  for (g = 0; g < G; g++) {
    var fit = r.rest[g] + much * P[p].offset[g], acc = 0, all = 0, ledger = [];
    for (k = 0; k < K; k++) {
      acc += r.s[k][g];
      var rel = related(k), w = D.segments[g].w[k], open = w > 0 ? w : 1;
      var mean = combine(k, rel.map(function (f) {
        var b = burdenOf(k, f);
        if (b < 0 || x[f] === null) return serve(k, f, worth(f, x[f]));
        var q = ls[b];
        return serve(k, f, q ? read(D.worths[b].map(function (l) { return l[g]; }), q) / open : 0.5);
      }));
      all += 100 * w * mean[0];
      rel.forEach(function (f, i) {
        ledger.push({ need: k, feature: f, loss: 100 * w * mean[1][i] });
      });
      if (!isSum(k)) continue;
      var total = 0; rel.forEach(function (f) { total += Math.abs(D.relations[k][f]); });
      if (!rel.some(isBurden)) fit += 100 * r.s[k][g] * combine(k, rel.map(function (f) {
        return serve(k, f, worth(f, x[f]));
      }))[0];
      else rel.forEach(function (f) {
        var s = D.relations[k][f], b = burdenOf(k, f), v = r.s[k][g];
        v = b < 0 ? v * serve(k, f, worth(f, x[f])) : s > 0 ? r.s[K + b][g] : v - r.s[K + b][g];
        fit += 100 * Math.abs(s) / total * v;
      });
    }
    fit = Math.min(100, Math.max(0, fit)); acc = clamp(acc);
    out.push({ fit: fit, acceptance: acc, exact: exact[g], changes: an[1], ledger: ledger,
      stopped: Math.max(0, all - fit), hit: r.hit[g] });
  }
  barriers(x, out, r.places, r.worths);
  return out;
}
/* Each barrier's part of the acceptance lost: Shapley's, by Gauss and Legendre's four points. */
var NODES = [[0.06943184420297371, 0.17392742256872692], [0.33000947820757187, 0.3260725774312731],
  [0.6699905217924281, 0.3260725774312731], [0.9305681557970263, 0.17392742256872692]];
function barriers(x, out, ps, ws) {
  var B = D.barriers.length;
  var taken = out.map(function () { return new Array(B).fill(0); });
  D.groups.s.forEach(function (sh, c) {
    var h = D.barriers.map(function (b) { return b.strength * holds(b.tree, c, x, ps); });
    if (!h.some(function (v) { return v > 0; })) return;
    var q = 0;
    for (var k = 0; k < K; k++) q += D.groups.w[c][k] * served(k, c, x, ws);
    h.forEach(function (v, b) {
      if (!v) return;
      var part = 0;
      NODES.forEach(function (n) {
        var m = n[1];
        h.forEach(function (o, j) { if (j !== b) m *= 1 - o * n[0]; });
        part += m;
      });
      for (var g = 0; g < out.length; g++) taken[g][b] += sh[g] * q * v * part;
    });
  });
  out.forEach(function (o, g) {
    var sum = 0; taken[g].forEach(function (v) { sum += v; });
    o.barriers = taken[g].map(function (v, b) {
      return { barrier: b, loss: sum > 0 ? o.stopped * v / sum : 0, share: o.hit[b] };
    });
  });
}

/* What is on the screen: every product with its edits, products that were added behind them. */
var state = { items: P.map(function (_, p) { return { p: p, set: {} }; }), now: 0, segment: 0 }, MOST = P.length + 7;
function isNew(i) { return i >= P.length; }
function isEdited(item) { return Object.keys(item.set).length > 0; }
function levelsOf(item) {
  return P[item.p].levels.map(function (v, f) { return f in item.set ? item.set[f] : v; });
}
function result(item) {
  if (isEdited(item)) return score(levelsOf(item));
  var o = D.ledgers ? D.segments.map(function () { return { changes: 0 }; }) : score(levelsOf(item));
  return o.map(function (r, g) { return base(r, item.p, g); });
}
/* A product as it is: the report's own fit and ledger. */
function base(o, p, g) {
  var own = D.ledgers && D.ledgers[p][g];
  o.fit = P[p].fit[g]; o.acceptance = P[p].acceptance[g]; o.exact = true;
  if (D.ledgers) { o.ledger = []; o.barriers = []; }
  if (own) {
    o.ledger = own[0].map(function (l) { return { need: l[0], feature: l[1], loss: l[2] }; });
    o.barriers = own[1].map(function (b) { return { barrier: b[0], loss: b[1], share: b[2] }; });
  }
  return o;
}
/* Shares of preference at each scale of noise, for items and none × segments (and everybody, if told).
   People of a group are imagined: what stops part of it stops the same part whatever the product, so
   that a lower price keeps those whom a higher one kept. Ratios to what the same gives for the products
   as they are move the exact shares of these. */
var DRAWS = 32, atFirst = null;
function imagined(x) {
  var ps = places(x), ws = worthPlaces(x, "worths");
  return D.groups.s.map(function (_, c) {
    var q = 0, h = D.barriers.map(function (b) { return holds(b.tree, c, x, ps); });
    for (var k = 0; k < K; k++) q += 100 * D.groups.w[c][k] * served(k, c, x, ws);
    return Array.from({ length: DRAWS }, function (_, m) {
      return h.reduce(function (f, t, b) {
        return (m + 0.5) * (b ? Math.sqrt(b * b + 1) : 1 / DRAWS) % 1 < t ? f * (1 - D.barriers[b].strength) : f;
      }, q);
    });
  });
}
function chosen(items) {
  var fits = items.map(function (i) { return imagined(levelsOf(i)); }), parts = D.segments.map(function (s) { return s.part; });
  var wide = parts.indexOf(null) < 0 ? 1 : 0;
  return D.scales.map(function (scale) {
    var sums = items.concat(0).map(function () { return new Array(G + wide).fill(0); });
    D.groups.s.forEach(function (sh, c) {
      var all = wide ? sh.concat(sh.reduce(function (t, v, g) { return t + v * parts[g]; }, 0)) : sh;
      for (var m = 0; m < DRAWS; m++) {
        var e = fits.map(function (f) { return f[c][m] > 0 ? Math.exp((f[c][m] - 100) / scale) : 0; });
        var t = e.reduce(function (a, b) { return a + b; }, 0);
        (t ? e.map(function (v) { return v / t; }).concat(0) : e.concat(1)).forEach(function (v, i) {
          if (v) all.forEach(function (w, g) { sums[i][g] += w * v / DRAWS; });
        });
      }
    });
    return sums;
  });
}
function shared() {
  atFirst = atFirst || chosen(P.map(function (_, p) { return { p: p, set: {} }; }));
  var n = state.items.length, now = chosen(state.items);
  var moved = D.scales.map(function (_, s) {
    var raw = now[s].map(function (own, i) {
      var p = i < n ? state.items[i].p : P.length, isSame = i >= n || (!isNew(i) && !isEdited(state.items[i]));
      return own.map(function (v, g) {
        var first = atFirst[s][p][g];
        return first > 0 ? v * D.shares[s][p][g] / first : isSame ? D.shares[s][p][g] : v;
      });
    });
    return raw.map(function (own) {
      return own.map(function (v, g) { return v / raw.reduce(function (t, o) { return t + o[g]; }, 0); });
    });
  });
  return moved[0].map(function (own, i) {
    return own.map(function (_, g) { return moved.map(function (m) { return m[i][g]; }); });
  });
}
/* A level with its own decimals; groups from ten thousand on, so that a year stays a year. */
function level(v) {
  var t = String(+v.toPrecision(10)), d = (t.split(".")[1] || "").length;
  if (/e/.test(t)) return t;
  return Math.abs(v) >= 1e4 ? num(v, d) : (v < 0 ? "\u2212" : "") + t.replace("-", "").replace(".", L.decimal);
}
function text(f, v) {
  if (v === null) return L.unknown;
  if (F[f].names) return F[f].names[v];
  return level(v) + (F[f].unit ? " " + F[f].unit : "");
}
function title(i) {
  var item = state.items[i], n = i - P.length + 1, t = Object.keys(item.set).map(function (f) { return F[f].label + " " + text(+f, item.set[f]); });
  return P[item.p].label + (n > 0 ? " (" + L.added + " " + n + ")" : "") + (t.length ? ": " + t.join(", ") : "");
}
/* The scenario as an address: edited products, added ones with a plus, segment and product looked at. */
function write() {
  var parts = [], first = -1;
  state.items.forEach(function (item, i) {
    if (!isEdited(item) && !isNew(i)) return;
    if (first < 0) first = i;
    parts.push((isNew(i) ? "+" : "") + [P[item.p].name].concat(Object.keys(item.set).map(function (f) {
      return F[f].name + "=" + (item.set[f] === null ? "" : F[f].names ? F[f].names[item.set[f]] : item.set[f]);
    })).map(encodeURIComponent).join("&"));
  });
  /* Without a number the first product that is named is looked at. */
  var now = state.now !== Math.max(0, first) ? "." + state.now : "";
  var at = state.segment || now ? "@" + state.segment + now : "";
  var hash = "#whatif:" + parts.join(";") + at;
  if (location.hash !== hash) history.replaceState(null, "", hash);
  link.href = hash;
}
function readHash() {
  var m = /^#whatif:([^@]*)(?:@(\d+)(?:\.(\d+))?)?$/.exec(location.hash);
  if (!m) return false;
  var items = P.map(function (_, p) { return { p: p, set: {} }; }), now = -1;
  m[1].split(";").forEach(function (part) {
    var plus = part[0] === "+", w;
    try { w = part.slice(plus ? 1 : 0).split("&").map(decodeURIComponent); } catch (e) { return; }
    var p = P.map(function (q) { return q.name; }).indexOf(w[0]);
    if (p < 0 || items.length >= MOST) return;
    var item = plus || isEdited(items[p]) ? { p: p, set: {} } : items[p];
    w.slice(1).forEach(function (s) {
      var i = s.indexOf("="), f = F.map(function (q) { return q.name; }).indexOf(s.slice(0, i));
      var v = s.slice(i + 1);
      if (f < 0) return;
      var n = F[f].names ? F[f].names.indexOf(v) : v === "" ? NaN : +v;
      if (isFinite(n) && n >= (F[f].names ? 0 : -Infinity) && n !== P[p].levels[f] && !impossible(f, n)) item.set[f] = n;
    });
    if (item !== items[p]) items.push(item);
    if (now < 0) now = items.indexOf(item);
  });
  state = { items: items, now: Math.min(items.length - 1, m[3] ? +m[3] : Math.max(0, now)), segment: Math.min(G - 1, +(m[2] || 0)) };
  return true;
}

/* Why no product can have a level; empty if it can. */
function impossible(f, v) {
  var l = F[f].limits;
  if (!l || v === null || !isFinite(v)) return "";
  var why = l.positive && v < 0 ? L.negative : l.whole && v !== Math.round(v) ? L.fraction : "";
  return why.replace("%s", text(f, l.span[0]) + " " + L.to + " " + text(f, l.span[1]));
}
/* Bounds that unknown levels leave of a product as it is. */
function unsure(p, g) {
  var r = D.open && D.open[p] && D.open[p][g];
  return r ? " (" + num(r[0], 0) + " " + L.to + " " + num(r[1], 0) + ", " + L.unknown + ")" : "";
}

/* The page. */
function el(tag, attributes, children) {
  var e = document.createElement(tag);
  for (var a in attributes || {}) e.setAttribute(a, attributes[a]);
  (children || []).forEach(function (c) { e.append(c); });
  return e;
}
var form = el("form", { "class": "whatif-form" }), out = el("div", { "class": "whatif-out" });
var live = el("p", { role: "status", "aria-live": "polite", "class": "whatif-says" });
var link = el("a", {}, [L.link]);
root.append(form, out);
form.addEventListener("submit", function (e) { e.preventDefault(); });
var inputs = [];
function build() {
  form.textContent = ""; inputs = [];
  var item = state.items[state.now];
  var pick = el("select", { id: "whatif-product" });
  state.items.forEach(function (_, i) { pick.append(el("option", { value: i }, [title(i)])); });
  pick.value = state.now;
  pick.addEventListener("change", function () { state.now = +pick.value; build(); show(); form.querySelector("select").focus(); });
  form.append(el("div", { "class": "whatif-row" }, [el("label", { "for": "whatif-product" }, [L.product]), pick]));
  F.forEach(function (feature, f) {
    var own = P[item.p].levels[f], id = "whatif-f" + f, now = f in item.set ? item.set[f] : own;
    var row = el("div", { "class": "whatif-row" }, [el("label", { "for": id, dir: "auto" }, [feature.label])]);
    function set(v) {
      if (v === own || (v === null || isNaN(v))) delete item.set[f]; else item.set[f] = v;
      row.classList.toggle("changed", f in item.set);
      pick.options[state.now].textContent = title(state.now);
    }
    if (feature.names) {
      var menu = el("select", { id: id });
      if (own === null) menu.append(el("option", { value: "" }, [L.unknown]));
      feature.names.forEach(function (n, i) { menu.append(el("option", { value: i }, [n])); });
      menu.value = now === null ? "" : now;
      menu.addEventListener("change", function () { set(menu.value === "" ? null : +menu.value); show(); });
      row.append(menu);
    } else {
      var r = feature.range, h = hitOf[f], grid = h !== undefined && !H[h].cuts ? H[h].levels : null;
      var slide = el("input", grid ? { type: "range", min: 0, max: grid.length - 1, step: 1 }
        : { type: "range", min: r[0], max: r[1], step: r[2] });
      var box = el("input", { type: "number", id: id, step: "any" });
      slide.setAttribute("aria-label", feature.label + ", " + L.slider);
      var stop = function (v) {
        var q = grid ? onGrid(grid, v) : [+v, 0, 0];
        return grid ? Math.round(q[0] + q[2]) : q[0];
      };
      var put = function (v) {
        box.value = v === null ? "" : v;
        slide.value = stop(v);
        slide.setAttribute("aria-valuetext", text(f, v));
      };
      put(now);
      slide.addEventListener("input", function () {
        var v = grid ? grid[+slide.value] : +slide.value;
        if (feature.limits && feature.limits.whole) v = Math.round(v);
        box.setCustomValidity(""); wrong.textContent = "";
        set(v); box.value = v; slide.setAttribute("aria-valuetext", text(f, v)); show();
      });
      box.addEventListener("input", function () {
        if (box.value !== "" && !isFinite(+box.value)) return;
        var why = box.value === "" ? "" : impossible(f, +box.value);
        box.setCustomValidity(why); wrong.textContent = why;
        if (why) return;
        var v = box.value === "" ? own : +box.value;
        set(v); if (box.value !== "") slide.value = stop(v); show();
      });
      var wrong = el("span", { "class": "whatif-wrong", role: "alert" });
      row.append(slide, box, wrong);
      if (feature.unit) row.append(el("span", { "class": "muted" }, [feature.unit]));
    }
    row.classList.toggle("changed", f in item.set);
    form.append(row);
  });
  var reset = el("button", { type: "button", id: "whatif-reset" }, [isNew(state.now) ? L.remove : L.reset]);
  reset.addEventListener("click", function () {
    if (isNew(state.now)) { state.items.splice(state.now, 1); state.now = item.p; } else item.set = {};
    build(); show(); form.querySelector("select").focus();
  });
  var plus = el("button", { type: "button", id: "whatif-add" }, [L.add]);
  plus.addEventListener("click", function () {
    if (state.items.length >= MOST) return;
    /* What was made of a product becomes one of its own, and the product is as it was. */
    var set = Object.assign({}, item.set);
    if (!isNew(state.now)) item.set = {};
    state.now = state.items.push({ p: item.p, set: set }) - 1;
    build(); show(); form.querySelector("select").focus();
  });
  form.append(el("div", { "class": "whatif-row" }, [reset, plus, link]), live);
}
function cell(tag, t, cls, style) {
  var c = el(tag, cls ? { "class": cls } : {}, [t]);
  if (tag === "th") c.setAttribute("scope", "row");
  if (style) c.style.cssText = style;
  return c;
}
function table(id, caption, heads, rows) {
  var tr = el("tr"); heads.forEach(function (h, i) {
    var n = rows[0] && rows[0][i].classList.contains("n");
    tr.append(el("th", n ? { scope: "col", "class": "n" } : { scope: "col" }, [h]));
  });
  var body = el("tbody");
  rows.forEach(function (r) { body.append(el("tr", {}, r)); });
  return el("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": caption },
    [el("table", heads.length > 9 ? { id: id, "class": "dense" } : { id: id }, [el("caption", {}, [caption]), el("thead", {}, [tr]), body])]);
}
function bar(x, colour) {
  var b = el("span", { "class": "whatif-bar", "aria-hidden": "true" });
  b.style.cssText = "width:" + Math.max(0, Math.min(100, x)) + "%;background:" + colour;
  return el("span", { "class": "whatif-track", "aria-hidden": "true" }, [b]);
}
function causes(o, x) {
  var list = o.ledger.map(function (l) {
    return { loss: l.loss, name: D.needs[l.need].label, what: F[l.feature].label + " " + text(l.feature, x[l.feature]), kind: L.need };
  }).concat(o.barriers.map(function (b) {
    return { loss: b.loss, name: D.barriers[b.barrier].label, what: (D.barriers[b.barrier].strength < 1 ? L.slows : L.stops).replace("%", percent(b.share)), kind: L.barrier };
  }));
  return list.filter(function (l) { return l.loss >= 0.05; }).sort(function (a, b) { return b.loss - a.loss; });
}
function isBeyond(x) { return places(x).some(function (q) { return q && q[3] === 2; }); }
/* What came of edits like this one: [changes, edits, 95% within, farthest, and both over everybody]. */
function tried(o, x) {
  if (isBeyond(x)) return null;
  var n = Math.max(1, Math.min(4, o[0].changes)), a = null;
  D.accuracy.forEach(function (r) { if (r[0] <= n) a = r; });
  return places(x).some(function (q) { return q && q[3]; }) ? D.between || a : a;
}
/* Exact, or within how many points. Of single changes most are exact: the farthest speaks of the others. */
function within(isExact, o, a, first) {
  var off = a && a[first + (o[0].changes < 2 ? 1 : 0)];
  return isExact ? L.yes : off === null || off === undefined ? L.no : "\u00b1" + num(Math.max(off, 0.005), 2);
}
function say(o, x) {
  if (o.every(function (r) { return r.exact; })) return L.exact;
  if (isBeyond(x)) return L.beyond;
  var a = tried(o, x);
  return a ? L.estimate.replace("%n", a[1]).replace("%u", num(a[2], 2)).replace("%m", num(a[3], 2)) : L.rough;
}
function show() {
  var item = state.items[state.now], x = levelsOf(item), now = result(item), before = result({ p: item.p, set: {} });
  var edited = isEdited(item), whole = true, a = tried(now, x);
  var total = { before: 0, fit: 0, acceptance: 0 };
  out.textContent = "";
  var rows = D.segments.map(function (s, g) {
    var d = now[g].fit - before[g].fit;
    if (s.part === null) whole = false;
    total.before += s.part * before[g].fit; total.fit += s.part * now[g].fit;
    total.acceptance += s.part * now[g].acceptance;
    return [cell("th", s.name), cell("td", num(before[g].fit, 1) + unsure(item.p, g), "n"),
      el("td", { "class": "n" }, [el("strong", {}, [num(now[g].fit, 1) + (edited ? "" : unsure(item.p, g))]), bar(now[g].fit, "var(--accent)")]),
      cell("td", signed(d, 1), "n " + (d > 0.05 ? "up" : d < -0.05 ? "down" : "")),
      cell("td", percent(now[g].acceptance), "n"),
      cell("td", now[g].acceptance > 0 ? num(now[g].fit / now[g].acceptance, 1) : "\u2013", "n"),
      cell("td", within(now[g].exact, now, a, 2))];
  });
  var gain = total.fit - total.before, exact = now.every(function (r) { return r.exact; });
  if (whole) rows.push([cell("th", L.everybody), cell("td", num(total.before, 1), "n"),
    el("td", { "class": "n" }, [el("strong", {}, [num(total.fit, 1)]), bar(total.fit, "var(--accent)")]),
    cell("td", signed(gain, 1), "n"), cell("td", percent(total.acceptance), "n"),
    cell("td", total.acceptance > 0 ? num(total.fit / total.acceptance, 1) : "\u2013", "n"),
    cell("td", within(exact, now, a, 4))]);
  var heads = [L.segment, L.before, L.fit, L.gain, L.acceptance, L.quality, L.isExact];
  if (now.every(function (r) { return r.exact; })) { heads.pop(); rows.forEach(function (r) { r.pop(); }); }
  out.append(table("whatif-fit", title(state.now), heads, rows));
  out.append(el("p", { "class": "table-note", id: "whatif-accuracy" }, [say(now, x)]));
  if (x.some(function (v) { return v === null; })) out.append(el("p", { "class": "table-note", id: "whatif-unknown" }, [L.midway]));

  var fits = state.items.map(result);
  function named(i) {
    var head = cell("th", title(i));
    if (isNew(i) || isEdited(state.items[i])) head.classList.add("changed");
    return head;
  }
  out.append(table("whatif-ranks", L.ranking, [L.product].concat(D.segments.map(function (s) { return s.name; })),
    fits.map(function (own, i) {
      return [named(i)].concat(own.map(function (r, g) {
        // Fits that print alike share a rank.
        var rank = 1 + fits.filter(function (o) { return num(o[g].fit, 0) !== num(r.fit, 0) && o[g].fit > r.fit; }).length;
        return cell("td", rank + ". (" + num(r.fit, 1) + ")" + (isNew(i) || isEdited(state.items[i]) ? "" : unsure(i, g)), "n" + (rank === 1 ? " first" : ""));
      }));
    })));
  var shares = D.shares && shared();
  if (shares) out.append(table("whatif-shares", L.shares, [L.product].concat(D.segments.map(function (s) { return s.name; }), whole ? [L.everybody] : []),
    shares.map(function (own, i) {
      return [i < fits.length ? named(i) : cell("th", L.nothing)].concat(own.map(function (s, g) {
        var was = i < P.length ? D.shares[1][i][g] : i < fits.length ? 0 : D.shares[1][P.length][g];
        var moved = signed(100 * s[1], 0) === signed(100 * was, 0) ? "" : " (" + signed(100 * (s[1] - was), 0) + ")";
        return el("td", { "class": "n" }, [el("strong", {}, [percent(s[1])]), moved, el("br"),
          el("span", { "class": "muted" }, [num(100 * Math.min.apply(null, s), 0) + " " + L.to + " " + num(100 * Math.max.apply(null, s), 0)])]);
      }));
    })), el("p", { "class": "table-note" }, [L.shareNote]));

  var pick = el("select", { id: "whatif-segment" });
  D.segments.forEach(function (s, g) { pick.append(el("option", { value: g }, [s.name])); });
  pick.value = state.segment;
  pick.addEventListener("change", function () { state.segment = +pick.value; show(); document.getElementById("whatif-segment").focus(); });
  var g = state.segment, list = causes(now[g], x), rest = 100;
  out.append(el("div", { "class": "whatif-row" }, [el("label", { "for": "whatif-segment" }, [L.ledgerOf]), pick]));
  out.append(table("whatif-ledger", L.ledger.replace("%p", title(state.now)).replace("%s", D.segments[g].name),
    [L.where, L.points, L.kind, L.what, ""], list.map(function (l) {
      rest -= l.loss;
      var t = el("span", { "class": "whatif-track", "aria-hidden": "true" });
      var b = el("span", { "class": "whatif-bar" });
      b.style.cssText = "margin-inline-start:" + Math.max(0, rest) + "%;width:" + l.loss + "%;background:" + (l.kind === L.barrier ? "#5B6470" : "#4F9ACB");
      t.append(b);
      return [cell("th", l.name), cell("td", num(-l.loss, 1), "n"), cell("td", l.kind), cell("td", l.what), el("td", { "class": "wide" }, [t])];
    }).concat([[cell("th", L.fit), cell("td", num(now[g].fit, 1), "n"), cell("td", ""), cell("td", ""), el("td", { "class": "wide" }, [bar(now[g].fit, "#0B4F8A")])]])));
  var bad = [];
  D.segments.forEach(function (s, j) {
    causes(now[j], x).forEach(function (l) { if (l.loss >= 3) bad.push({ s: s.name, l: l }); });
  });
  bad.sort(function (a, b) { return b.l.loss - a.l.loss; });
  out.append(el("h3", {}, [L.mismatches]));
  var ul = el("ul", { id: "whatif-mismatches" });
  bad.slice(0, 12).forEach(function (m) {
    ul.append(el("li", { dir: "auto" }, [el("strong", {}, [m.s]), ": " + m.l.name + " (" + m.l.what + "), " + num(m.l.loss, 1) + " " + L.pointsWord]));
  });
  out.append(bad.length ? ul : el("p", {}, [L.none]));
  var command = "tessera whatif DIR --product " + quote(P[item.p].name) + Object.keys(item.set).map(function (f) {
    return " --set " + quote(F[f].name + "=" + (F[f].names ? F[f].names[item.set[f]] : item.set[f]));
  }).join("");
  if (edited) out.append(el("p", { "class": "table-note" }, [L.command + " ", el("code", {}, [command])]));
  live.textContent = edited ? title(state.now) + ": "+ (whole ? signed(gain, 1) + " " + L.overAll : "") : "";
  write();
}
function quote(t) { return /^[\w.=+-]+$/.test(t) ? t : "'" + t.replace(/'/g, "'\\''") + "'"; }
window.tesseraWhatIf = function (product, set) {
  var p = P.map(function (q) { return q.name; }).indexOf(product), item = { p: p, set: {} };
  for (var n in set) {
    var f = F.map(function (q) { return q.name; }).indexOf(n);
    item.set[f] = F[f].names ? F[f].names.indexOf(set[n]) : set[n];
  }
  return result(item).map(function (o, g) {
    return { segment: D.segments[g].id, fit: o.fit, acceptance: o.acceptance, exact: o.exact };
  });
};
/* A cell of the heat map opens its ledger, by mouse or by Enter; arrows go from cell to cell. */
var cells = [], ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function at(c) { return [+c.getAttribute("x"), +c.getAttribute("y")]; }
/* The nearest cell straight on in a direction. */
function beyond(c, d) {
  var from = at(c), best = null, least = Infinity;
  cells.forEach(function (o) {
    if (o.ownerSVGElement !== c.ownerSVGElement) return;
    var to = at(o), x = to[0] - from[0], y = to[1] - from[1], way = x * d[0] + y * d[1];
    if (way > 0.5 && Math.abs(x * d[1]) + Math.abs(y * d[0]) < 0.5 && way < least) { least = way; best = o; }
  });
  return best;
}
document.querySelectorAll("[data-cell]").forEach(function (c) {
  var w = c.getAttribute("data-cell"), cut = w.lastIndexOf("@");
  var p = P.map(function (q) { return q.name; }).indexOf(w.slice(0, cut)), g = +w.slice(cut + 1);
  if (p < 0 || !(g < G)) return;
  c.closest("svg").setAttribute("role", "group");
  c.setAttribute("role", "button");
  c.setAttribute("aria-label", c.textContent);
  c.setAttribute("tabindex", cells.push(c) && c.ownerSVGElement.querySelector("[tabindex]") ? -1 : 0);
  function open() {
    // A reader's own changes stay, and so do the products added.
    state.now = p; state.segment = g; build(); show();
    var ledger = document.getElementById("whatif-ledger");
    ledger.scrollIntoView({ block: "center" });
    return ledger;
  }
  c.addEventListener("click", open);
  c.addEventListener("keydown", function (e) {
    var next = ARROWS[e.key] && beyond(c, ARROWS[e.key]);
    if (e.key === "Enter" || e.key === " ") open().parentNode.focus({ preventScroll: true });
    else if (!next) return;
    e.preventDefault();
    if (!next) return;
    c.setAttribute("tabindex", -1); next.setAttribute("tabindex", 0); next.focus();
  });
});
document.querySelectorAll("figure").forEach(function (f) {
  var told = f.querySelector("[data-cell]") && f.querySelector("figcaption span");
  if (told) told.append(el("i", { "class": "told" }, [" " + L.click]));
});
window.addEventListener("hashchange", function () { if (readHash()) { build(); show(); } });
var linked = readHash();
build();
if (linked) { show(); root.scrollIntoView(); } else { var keep = location.hash; show(); history.replaceState(null, "", keep || location.pathname + location.search); }
})();
