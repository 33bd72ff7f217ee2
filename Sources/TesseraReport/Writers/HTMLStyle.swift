/// The style of the page: light and dark, phone and desk, screen and paper.
enum HTMLStyle {
  /// The style sheet.
  static let sheet = """
    :root {
      color-scheme: light dark;
      --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --card: #f6f8fa;
      --accent: #0b4f8a; --warn: #8a4b00; --warn-paper: #fff4e0; --info-paper: #eaf3fb;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e6edf3; --soft: #a3adb8; --line: #3a424c; --paper: #0f1419; --card: #171d24;
        --accent: #7cb8ea; --warn: #f0b866; --warn-paper: #2b2113; --info-paper: #12222f;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; scroll-padding-top: 3.6rem; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial,
        sans-serif;
      overflow-wrap: anywhere;
    }
    .top, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
    .top { padding-top: 2rem; }
    h1 { font-size: clamp(1.6rem, 4vw, 2.3rem); line-height: 1.15; margin: 0 0 .3rem; }
    h2 {
      font-size: 1.4rem; margin: 2.6rem 0 .8rem; padding-top: .9rem;
      border-top: 2px solid var(--line);
    }
    h3 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
    h4 { font-size: 1rem; margin: 1rem 0 .3rem; }
    p { margin: .5rem 0; max-width: 46rem; }
    a { color: var(--accent); }
    .subtitle, .muted, .table-note, footer, figcaption span { color: var(--soft); }
    .table-note { font-size: .85rem; }
    .lead { font-size: 1.15rem; line-height: 1.45; }
    nav { position: sticky; top: 0; z-index: 1; background: var(--paper);
      border-bottom: 1px solid var(--line); }
    nav ul {
      list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .5rem 1.25rem;
      margin: 0 auto; font-size: .88rem; max-width: 70rem;
    }
    @media (max-width: 70rem) { nav ul { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; } }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 3; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .cards {
      display: grid; gap: 1rem; margin: 1rem 0;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
    }
    .card {
      background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
      border-top: .35rem solid var(--edge, var(--line)); padding: .8rem 1rem 1rem;
    }
    .cards:has(figure) { grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
    .card h3 { margin-top: .2rem; }
    .card ul { padding-left: 1.1rem; margin: .3rem 0; }
    .note { padding: .6rem .9rem; border-left: .3rem solid var(--accent);
      background: var(--info-paper); max-width: 60rem; }
    .note.warning { border-color: var(--warn); background: var(--warn-paper); }
    .scroll, .drawing { overflow-x: auto; max-width: 100%; }
    @media (min-width: 64rem) {
      .opening.beside { display: grid; grid-template-columns: minmax(22rem, 1fr) minmax(0, auto);
        gap: 0 2.5rem; align-items: start; }
      .opening.beside figure { margin-top: .5rem; max-width: 39rem; }
    }
    table { border-collapse: collapse; font-size: .92rem; margin: .4rem 0; }
    caption { text-align: left; font-weight: 600; padding: .3rem 0; }
    th, td {
      padding: .3rem .6rem; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--line); overflow-wrap: break-word; max-width: 28rem;
    }
    th { font-weight: 600; }
    thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    thead .n { white-space: normal; min-width: 4rem; max-width: 9rem; }
    figure { margin: 1.2rem 0; }
    figcaption strong { display: block; font-size: 1.05rem; }
    figcaption span { display: block; font-size: .9rem; margin-bottom: .3rem; }
    .keep { float: right; }
    .keep button, .every button { font: inherit; font-size: .85rem; color: var(--accent); background: none; border: 0;
      padding: .15rem .4rem; min-height: 1.6rem; cursor: pointer; text-decoration: underline; }
    .every { margin-left: .8rem; }
    figure > details { clear: left; }
    svg { max-width: 100%; height: auto; display: block; }
    rect[data-cell] { cursor: pointer; } rect[data-cell] ~ text { pointer-events: none; }
    @media (max-width: 40rem) {
      .drawing svg { max-width: none; width: max(min(100%, var(--w)), calc(.7 * var(--w))); }
    }
    .tool { display: grid; gap: 1rem 2rem; grid-template-columns: minmax(0, 21rem) minmax(0, 1fr);
      align-items: start; margin: 1rem 0; }
    @media (max-width: 56rem) { .tool { grid-template-columns: minmax(0, 1fr); } }
    .whatif-form { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
      padding: .6rem .9rem; }
    .whatif-row { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: center;
      padding: .25rem .3rem; border-left: .25rem solid transparent; }
    .whatif-row.changed, th.changed { border-left: .25rem solid var(--accent); }
    .whatif-row label { flex: 1 1 5.5rem; overflow-wrap: anywhere; }
    .whatif-row input[type=range] { flex: 2 1 5rem; min-width: 4rem; accent-color: var(--accent); }
    .whatif-row input[type=number] { width: 5.6rem; text-align: right; }
    .whatif-row select { max-width: 100%; flex: 0 1 auto; }
    .tool input, .tool select, .tool button { font: inherit; color: var(--ink);
      background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem;
      padding: .2rem .45rem; min-height: 2rem; }
    .tool button { cursor: pointer; }
    .whatif-says { min-height: 1.6em; font-weight: 600; }
    .whatif-track { display: block; min-width: 4rem; height: .5rem; margin-top: .2rem;
      background: var(--line); border-radius: .2rem; overflow: hidden; }
    .whatif-bar { display: block; height: 100%; }
    td.wide { min-width: 7rem; }
    .tool .scroll { max-height: 34rem; overflow: auto; }
    .tool thead th { position: sticky; top: 0; background: var(--paper); }
    .up { color: var(--accent); font-weight: 600; } .down { color: var(--warn); font-weight: 600; }
    .first { font-weight: 700; background: var(--info-paper); }
    code { font-size: .9em; }
    details { margin: .5rem 0; }
    summary { cursor: pointer; color: var(--accent); }
    footer { padding: 2rem 1.25rem; font-size: .85rem; }
    @page { margin: 15mm; }
    @media print {
      :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --card: #fff; }
      body { font-size: 10.5pt; }
      nav, .skip, .whatif-form, .keep, .every { display: none; }
      .tool { display: block; }
      section { break-before: auto; }
      .cards, .cards:has(figure) { grid-template-columns: 1fr 1fr; }
      .card { font-size: 8.5pt; padding: .4rem .6rem; } .card p, .card ul { margin: .2rem 0; }
      .card h3 { font-size: 10pt; } .card h4 { font-size: 9pt; margin: .5rem 0 .1rem; }
      h2 { break-after: avoid; } h3 { break-after: avoid; }
      figure, .card, tr { break-inside: avoid; }
      .scroll, .drawing, .tool .scroll { overflow: visible; max-height: none; }
      nav { position: static; }
      main > section + section { break-before: page; }
      figure > details:not([open]) { display: none; }
      details:not([open]) > summary::after { content: " (in the page)"; font-weight: 400; }
      summary { color: var(--ink); font-weight: 600; list-style: none; }
      svg { max-height: 230mm; }
      .dense { font-size: 6.5pt; } .dense th, .dense td { padding: .1rem .2rem; }
      .dense thead .n { min-width: 0; overflow-wrap: anywhere; }
      td, th, .whatif-bar, .whatif-track { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }
    """
}
