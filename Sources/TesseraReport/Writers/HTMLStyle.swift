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
    .top { padding-top: .6rem; display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: baseline; }
    h1 { font-size: 1.05rem; line-height: 1.2; margin: 0; }
    .top .subtitle { margin: 0; font-size: .85rem; }
    h2 {
      font-size: 1.4rem; margin: 2.6rem 0 .8rem; padding-top: .9rem;
      border-top: 2px solid var(--line);
    }
    .topic { max-width: none; margin: 2.2rem 0 0; padding-top: .8rem; border-top: 2px solid var(--line); font-size: .85rem;
      font-weight: 600; color: var(--soft); }
    section:first-child > .topic { margin-top: 0; border: 0; padding-top: .3rem; }
    h2.claim { font-size: clamp(1.2rem, 2.2vw, 1.4rem); line-height: 1.3; margin: .1rem 0 .5rem;
      padding: 0; border: 0; text-wrap: balance; }
    h3 { font-size: 1.1rem; margin: 1.2rem 0 .3rem; }
    h4 { font-size: 1rem; margin: 1rem 0 .3rem; }
    p { margin: .5rem 0; max-width: 46rem; }
    a { color: var(--accent); }
    .subtitle, .muted, .table-note, footer, figcaption span { color: var(--soft); }
    .table-note { font-size: .85rem; }
    .lead { font-size: 1.15rem; line-height: 1.45; }
    nav { position: sticky; top: 0; z-index: 1; background: var(--paper);
      border-bottom: 1px solid var(--line); }
    nav ul {
      list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .3rem 1.25rem;
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
    /* A shade at the edge beyond which a table goes on; its own colour covers it at the end. */
    .scroll { background:
      linear-gradient(to right, var(--paper) 1rem, transparent 2.2rem) 0 0 / 3rem 100% no-repeat local,
      linear-gradient(to left, var(--paper) 1rem, transparent 2.2rem) 100% 0 / 3rem 100% no-repeat local,
      linear-gradient(to right, var(--line), transparent) 0 0 / .6rem 100% no-repeat scroll,
      linear-gradient(to left, var(--line), transparent) 100% 0 / .6rem 100% no-repeat scroll; }
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
    .narrow { display: none; }
    @media screen and (max-width: 40rem) {
      .drawing > svg { max-width: none; width: max(min(100%, var(--w)), calc(.7 * var(--w))); }
      .drawing:has(.narrow) > svg { display: none; }
      .narrow { display: block; max-width: 30rem; }
    }
    .tool { display: grid; gap: 1rem 2rem; grid-template-columns: minmax(0, 21rem) minmax(0, 1fr);
      align-items: start; margin: 1rem 0; }
    @media (max-width: 56rem) { .tool { grid-template-columns: minmax(0, 1fr); } }
    #filter-tool { display: block; }
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
    .tool table { font-size: .84rem; } .tool th, .tool td { padding: .25rem .45rem; }
    .told { font-style: normal; }
    .tool thead th { position: sticky; top: 0; background: var(--paper); }
    .up { color: var(--accent); font-weight: 600; } .down { color: var(--warn); font-weight: 600; }
    .first { font-weight: 700; background: var(--info-paper); }
    code { font-size: .9em; }
    details { margin: .5rem 0; }
    summary { cursor: pointer; color: var(--accent); }
    footer { padding: 2rem 1.25rem; font-size: .85rem; }
    .tiles { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
    .tile { background: var(--card); border-radius: .4rem; padding: .3rem .8rem; }
    .tile p { margin: 0; } .tile-title, .tile-detail { font-size: .82rem; color: var(--soft); }
    .tile-value { font-size: 1.25rem; font-weight: 650; line-height: 1.25; }
    .light { display: inline-block; width: .85em; height: .85em; border-radius: 50%;
      margin-right: .4em; border: 2px solid var(--ink); vertical-align: -.05em; }
    .light.green { background: #2e9e5b; } .light.amber { background: #f2a900; }
    .light.red { background: #c62828; }
    .shares { display: flex; gap: 2px; margin: .6rem 0 .3rem; }
    .shares a { flex: 1 1 0; min-width: 0; color: var(--ink); text-decoration: none; font-size: .82rem;
      border-top: .8rem solid var(--edge); padding: .2rem .3rem 0 0; line-height: 1.25; }
    .shares span { overflow-wrap: normal; overflow: hidden; display: block; }
    @media (min-width: 48.01rem) { .shares .unseen { height: 1.2em; color: transparent; } }
    .shares a:hover span { text-decoration: underline; }
    .shares strong { display: block; font-size: 1rem; white-space: nowrap; }
    .glance { display: grid; gap: .8rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
    .face, .page { border: 1px solid var(--line); border-top: .35rem solid var(--edge);
      border-radius: .4rem; padding: .5rem .8rem .7rem; }
    .face { font-size: .86rem; line-height: 1.35; }
    .face h3 { margin: 0; font-size: 1.1rem; } .face p { margin: .15rem 0 .35rem; }
    .face h3 a { color: inherit; text-decoration-color: var(--line); }
    .face .subtitle { font-size: .82rem; }
    .face dl { margin: .4rem 0 0; }
    .face dl div { display: grid; grid-template-columns: 4.6rem 1fr; gap: .4rem; }
    dt { color: var(--soft); } dd { margin: 0; font-weight: 600; }
    .bars { list-style: none; padding: 0; margin: .3rem 0; }
    .bars li { display: grid; grid-template-columns: minmax(0, 1fr) 30% 6.6rem; gap: .5rem;
      align-items: center; padding: .1rem 0; }
    .bar-label .muted { font-size: .9em; }
    .face .bars li { grid-template-columns: minmax(0, 1fr) 26% 6.2rem; }
    .bar-label { overflow-wrap: break-word; }
    .face .bar-label { line-height: 1.15; display: -webkit-box; -webkit-line-clamp: 3;
      -webkit-box-orient: vertical; overflow: hidden; }
    .track { position: relative; height: .8rem; background: var(--card); border-radius: .15rem; }
    .track > span { position: absolute; inset: 0 auto 0 0; background: var(--edge, var(--accent));
      border-radius: .15rem; }
    .track > i { position: absolute; top: -.15rem; bottom: -.15rem; width: 2px; background: var(--ink); }
    .track > b { position: absolute; top: .3rem; height: .2rem; background: var(--soft); }
    .dot, .track > i.dot { display: inline-block; width: .8rem; height: .8rem; border-radius: 50%;
      border: 2px solid var(--accent); background: var(--paper); vertical-align: -.1rem; }
    .dot.full, .track > i.dot.full { background: var(--accent); }
    .track > i.dot { top: 0; bottom: auto; margin-left: -.4rem; }
    .figure { text-align: right; font-variant-numeric: tabular-nums; font-size: .92em;
      white-space: nowrap; }
    .legend { font-size: .85rem; color: var(--soft); margin: .2rem 0; }
    .more { font-size: .88rem; }
    .pages .page { display: none; margin: 1rem 0; padding: 1rem 1.4rem; }
    .pages .page:target, .pages .page.open { display: block; }
    .page { columns: 2 25rem; column-gap: 2.2rem; }
    .page > h3, .page > .subtitle, .page > .subtitle + p { column-span: all;
      max-width: none; }
    .page > h4 { break-after: avoid; } .page li, .page .scroll { break-inside: avoid; } .page h4 { margin: .8rem 0 .2rem; }
    .page-tools { grid-column: 1 / -1; max-width: none; margin: 0; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; font-size: .88rem; }
    .page-tools button, .page-tools select { font: inherit; color: var(--ink); min-height: 2rem;
      background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .2rem .5rem; }
    .paged main > section:not(#people), .paged #people > :not(.pages) { display: none; }
    .paged .pages { display: grid; gap: 1rem; margin-top: 1rem; grid-template-columns: minmax(0, 1fr);
      align-items: start; }
    @media (min-width: 64rem) {
      .paged .pages:has(.page.open ~ .page.open) { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
    }
    .paged .pages .page { margin: 0; }
    .page.open .bars li { grid-template-columns: minmax(0, 1fr) 34% 7rem; }
    @media (min-width: 64rem) {
      #answer > figure:not(.wide) { float: left; margin: .4rem 2rem 0 0; max-width: 46rem; }
      #answer > figure ~ h3 { margin-top: 1rem; } #answer > figure:not(.wide) ~ ul { overflow: hidden; padding-left: 1.1rem; }
      main > section::after { content: ""; display: block; clear: both; }
    }
    @media screen and (max-width: 48rem) {
      .shares { display: grid; grid-template-columns: 1fr; }
      .shares a { border-top: 0; border-left: .8rem solid var(--edge); padding: .2rem .5rem;
        display: flex; gap: .5rem; }
    }
    @media screen and (max-width: 40rem) {
      .page .bars li, .page.open .bars li { grid-template-columns: minmax(0, 1fr) 6.6rem; }
      .page .bar-label { grid-column: 1 / -1; }
    }
    @page { margin: 15mm; @bottom-right { content: counter(page) " of " counter(pages); font-size: 8pt; } }
    @media print {
      :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --card: #fff; }
      body { font-size: 10.5pt; }
      nav, .skip, .tool, .tool ~ details, h3:has(+ p + .tool), p:has(+ .tool), .keep, .every, .page-tools, .more, details:has(#filter-tool) { display: none; }
      section { break-before: auto; }
      .cards, .cards:has(figure) { grid-template-columns: 1fr 1fr; }
      .card { font-size: 8.5pt; padding: .4rem .6rem; } .card p, .card ul { margin: .2rem 0; }
      .card h3 { font-size: 10pt; } .card h4 { font-size: 9pt; margin: .5rem 0 .1rem; }
      h2 { break-after: avoid; } h3 { break-after: avoid; }
      figure, .card, .face, .tile, tr { break-inside: avoid; }
      .topic { margin-top: 0; border: 0; }
      .paged .top, footer { display: none; }
      h2.claim { font-size: 13.5pt; margin-bottom: .2rem; max-width: none; }
      #answer .drawing svg { max-height: 68mm; width: auto; } #answer h3 { font-size: 11pt; }
      #answer ul, #trust ul { font-size: 9pt; } #trust svg { max-height: 60mm; }
      #answer h3, #answer ul, #answer li { margin-top: .2rem; margin-bottom: .2rem; }
      .page { columns: 2; padding: .3rem 0 0; font-size: 8.8pt; line-height: 1.3; border: 0; border-top: .35rem solid var(--edge); }
      .page h3 { font-size: 13pt; } .page p, .page ul { margin: .15rem 0; }
      .page.open .bars li { grid-template-columns: minmax(0, 1fr) 28% 5.4rem; padding: 0; }
      .page table { font-size: 8.8pt; } .page td, .page th { padding: .15rem .4rem; }
      .page h4 { font-size: 9.5pt; margin: .5rem 0 .1rem; } .page .legend { font-size: 8pt; }
      .glance { grid-template-columns: 1fr 1fr; gap: .4rem; }
      .face { font-size: 8pt; line-height: 1.25; padding: .2rem .5rem .3rem; }
      .face .subtitle { font-size: 7.5pt; }
      .tiles { grid-template-columns: 1fr 1fr 1fr; }
      .scroll, .drawing, .tool .scroll { overflow: visible; max-height: none; }
      nav { position: static; }
      main > section + section { break-before: page; }
      figure > details:not([open]) { display: none; }
      details:not([open]) > summary::after { content: " (in the page)"; font-weight: 400; }
      .told { display: none; }
      #trust > details::details-content { content-visibility: visible; block-size: auto; }
      #trust > details:not([open]) > summary::after { content: ""; }
      summary { color: var(--ink); font-weight: 600; list-style: none; }
      svg { max-height: 230mm; }
      .dense { font-size: 6.5pt; } .dense th, .dense td { padding: .1rem .2rem; }
      .dense thead .n { min-width: 0; overflow-wrap: anywhere; }
      td, th, .track, .track *, .light, .dot, .tile, .shares a { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }
    """
}
