import Foundation
import TesseraStudy
import Testing

/// The page for readers who cannot see or point.
extension ReportPageTests {
  @Test func `a reader who cannot see or point finds everything`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    let faults = try browser.value(Accessibility.checks)
    #expect(faults == .array([]), "\(faults.compactText)")
    let pale = try browser.value(Accessibility.contrast)
    #expect(pale == .array([]), "\(pale.compactText)")
    try browser.call(
      "Emulation.setEmulatedMedia",
      [
        "features": .array([
          .object([("name", .string("prefers-color-scheme")), ("value", .string("dark"))])
        ])
      ])
    let paleInTheDark = try browser.value(Accessibility.contrast)
    #expect(paleInTheDark == .array([]), "\(paleInTheDark.compactText)")
  }

  @Test(.enabled(if: Accessibility.axe != nil, "axe-core is not here: tools/fetch-axe"))
  func `axe-core finds no serious violation`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let source = try #require(Accessibility.axe)
    for scheme in ["light", "dark"] {
      let browser = try Browser()
      try browser.call("Page.setBypassCSP", ["enabled": .bool(true)])
      try browser.call(
        "Emulation.setEmulatedMedia",
        [
          "features": .array([
            .object([("name", .string("prefers-color-scheme")), ("value", .string(scheme))])
          ])
        ])
      try browser.open(study.page)
      _ = try browser.value("document.querySelectorAll('details').forEach(d => d.open = true)")
      _ = try browser.value(source + "; 0")
      let found = try browser.value(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
          + ".filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + "
          + "v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)"
          + ".join(' | ')))")
      #expect(found == .array([]), "\(scheme): \(found.compactText)")
    }
  }
}

/// Checks that need nothing but the page.
private enum Accessibility {
  /// The axe-core script, if `tools/fetch-axe` put it there.
  static let axe: String? = {
    let file = Command.checkout.appendingPathComponent(".build/axe/axe.min.js")
    return try? String(contentsOf: file, encoding: .utf8)
  }()

  /// Landmarks, names, headers and order of headings; faults in words.
  static let checks = """
    (() => {
      const faults = [];
      const every = (s, f) => document.querySelectorAll(s).forEach(f);
      const name = e => (e.getAttribute('aria-label') || (e.labels && e.labels[0] ?
        e.labels[0].textContent : '') || e.textContent || '').trim();
      if (!document.documentElement.lang) faults.push('no language');
      for (const mark of ['main', 'nav[aria-label]', 'header', 'footer', 'h1'])
        if (document.querySelectorAll(mark).length !== 1) faults.push('not one ' + mark);
      every('input, select, button, a, summary', e => {
        if (!name(e)) faults.push('no name: ' + e.outerHTML.slice(0, 100));
      });
      every('svg', e => {
        if (!['img', 'group'].includes(e.getAttribute('role')) || !e.getAttribute('aria-label'))
          faults.push('a drawing without a description');
      });
      every('table', e => {
        if (!e.querySelector('thead th[scope=col]')) faults.push('no header: ' + e.id);
        e.querySelectorAll('tbody tr').forEach(r => {
          if (r.cells[0].tagName === 'TH' && r.cells[0].scope !== 'row')
            faults.push('no scope: ' + e.id);
        });
      });
      every('[aria-labelledby]', e => {
        if (!document.getElementById(e.getAttribute('aria-labelledby'))) faults.push('lost label');
      });
      every('a[href^="#"]', e => {
        const id = e.getAttribute('href').slice(1);
        if (!id.startsWith('whatif:') && !document.getElementById(id)) faults.push('lost link ' + id);
      });
      let last = 1;
      every('h1, h2, h3, h4', e => {
        const level = +e.tagName[1];
        if (level > last + 1) faults.push('heading skips to ' + e.textContent);
        last = level;
      });
      const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
      if (new Set(ids).size !== ids.length) faults.push('an id stands twice');
      return faults;
    })()
    """

  /// Text whose contrast with what is behind it is below 4.5 (3 where it is large), by WCAG 2.
  static let contrast = """
    (() => {
      const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
      const light = c => { const l = c.slice(0, 3).map(v => { v /= 255;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
        return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
      const behind = e => { for (; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
      const faults = [];
      document.querySelectorAll('details').forEach(d => { d.open = true; });
      document.querySelectorAll('body *:not(svg *):not(script):not(noscript)').forEach(e => {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) return;
        const style = getComputedStyle(e);
        if (!e.getClientRects().length) return;
        const a = light(parse(style.color)), b = light(behind(e));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const large = parseFloat(style.fontSize) >= 24 ||
          (parseFloat(style.fontSize) >= 18.66 && +style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5) - 0.01)
          faults.push(ratio.toFixed(2) + ' ' + e.textContent.trim().slice(0, 40));
      });
      return faults.slice(0, 10);
    })()
    """
}
