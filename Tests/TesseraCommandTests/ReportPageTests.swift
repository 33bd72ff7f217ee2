import Foundation
import TesseraStudy
import Testing

/// A finished run of a small study, shared by the tests of its page.
private struct FinishedStudy {
  let command: Command
  let page: String

  /// Runs the hand-worked case; its seven respondents are nobody's, so that cells may be small.
  init() throws {
    command = try Command()
    let run = try command.run(
      "run", Command.dataset("coupe-or-suv/study.yaml"), "-o", "done", "--minimum-cell", "1",
      "--replicates", "20", "--quiet")
    try #require(run.status == 0, "\(run.errors)")
    page = "file://" + command.folder.appendingPathComponent("done/report.html").path
  }
}

@Suite(
  "The report in a browser",
  .enabled(
    if: Browser.program != nil, "chromium is not installed: tools/install-packages chromium"),
  .serialized, .timeLimit(.minutes(2)))
struct ReportPageTests {
  /// The fit of a segment in the what-if's table.
  private static func fit(_ browser: Browser, row: Int) throws -> Double {
    let text = try browser.value(
      "document.querySelectorAll('#whatif-fit tbody tr')[\(row)].querySelector('strong').textContent"
    )
    return try #require(Double(text.string ?? ""))
  }

  @Test func `a reader turns two seats into five: the fit rises and the mismatch goes`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    let before = try Self.fit(browser, row: 0)
    let list = "document.querySelector('#whatif-mismatches').textContent.includes('seats 2')"
    #expect(try browser.value(list) == .bool(true))
    // The slider of the seats, by keyboard.
    let seats =
      "[...document.querySelectorAll('.whatif-row')].find(r => r.querySelector('label') && "
      + "r.querySelector('label').textContent === 'seats').querySelector('input[type=range]')"
    _ = try browser.value("\(seats).focus()")
    try browser.press("ArrowRight", code: 39, times: 3)
    #expect(try browser.value("\(seats).value") == .string("5"))
    #expect(try Self.fit(browser, row: 0) > before)
    #expect(try browser.value(list) == .bool(false))
    // The address now holds the edit, and opens on it.
    let address = try browser.value("location.href").string ?? ""
    #expect(address.hasSuffix("#whatif:coupe&seats%3D5"))
    // Adding it as a product and taking the edit back, by mouse.
    try browser.click("#whatif-add")
    let ranked = "document.querySelectorAll('#whatif-ranks tbody tr').length"
    #expect(try browser.comes(ranked, to: 3))
    // The product itself is as it was, and what was added stays beside it.
    try browser.choose("#whatif-product", 0)
    #expect(try Self.fit(browser, row: 0) == before)
    // A cell of the heat map opens its ledger.
    let caption = "document.querySelector('#whatif-ledger caption').textContent"
    let first = try browser.value(caption)
    try browser.click(#"[data-cell="suv@1"]"#)
    #expect(try browser.value(caption) != first)
    #expect((try browser.value(caption).string ?? "").lowercased().contains("suv"))
    #expect(
      try browser.value("location.hash").string == "#whatif:+coupe&seats%3D5@1.1")
    try browser.choose("#whatif-product", 2)
    try browser.click("#whatif-reset")
    #expect(try browser.comes(ranked, to: 2))
    #expect(browser.complaints == [])
    #expect(browser.requests(besides: study.page) == [])
  }

  @Test func `a scenario of several products is a link, and shares follow it`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    /// Shares of preference over everybody: products, then none.
    func shares() throws -> [Double] {
      let cells = try browser.value(
        "[...document.querySelectorAll('#whatif-shares tbody tr')]"
          + ".map(r => r.lastElementChild.querySelector('strong').textContent)")
      return (cells.array ?? []).compactMap { cell in
        Double((cell.string ?? "").filter { $0.isNumber })
      }
    }
    try browser.open(study.page)
    let before = try shares()
    let fit = try JSONValue.parse(
      Data(contentsOf: study.command.folder.appendingPathComponent("done/fit.json")))
    let told = (fit["preference_shares"]?.array ?? []).filter { $0["segment"] == .null }
      .compactMap { $0["share_of_preference"]?.number.map { (100 * $0).rounded() } }
    #expect(before == told && told.count == 3)
    #expect(abs(before.reduce(0, +) - 100) <= 1)
    try browser.open("about:blank")
    try browser.open(study.page + "#whatif:suv&price%3D400")
    let worse = try shares()
    #expect(worse[1] < before[1] && worse[2] >= before[2], "\(before) \(worse)")
    try browser.open("about:blank")
    try browser.open(study.page + "#whatif:coupe&seats%3D5;suv&seats%3D2;+suv&seats%3D4@1.1")
    let heads = try browser.value(
      "[...document.querySelectorAll('#whatif-ranks tbody th')].map(h => h.textContent)")
    #expect(
      (heads.array ?? []).compactMap(\.string)
        == ["coupe: seats 5", "suv: seats 2", "suv (new 1): seats 4"])
    #expect(
      try browser.value("document.querySelector('#whatif-product').value") == .string("1"))
    let after = try shares()
    #expect(after.count == 4 && abs(after.reduce(0, +) - 100) <= 2)
    #expect(after != before + [0] && after[2] > 0)
    // What the link holds is written as it was read.
    #expect(
      try browser.value("location.hash").string
        == "#whatif:coupe&seats%3D5;suv&seats%3D2;+suv&seats%3D4@1.1")
    #expect(browser.complaints == [])
  }

  @Test func `people are filtered as the tables show them, where enough stand on both sides`()
    throws
  {
    let command = try Command()
    defer { command.close() }
    var text = "id,home,job,pet,sex,town,faith\n"
    for row in 0..<600 {
      let kind = row % 2
      let town = row < 8 ? "isle" : ["north", "south"][(row / 3) % 2]
      text += "p\(row),\(["flat", "house"][row % 20 < 2 ? 1 - kind : kind]),"
      text += "\(["shop", "field"][row % 30 < 3 ? 1 - kind : kind]),\(["cat", "dog"][kind]),"
      text += "\(["f", "m"][(row / 2) % 2]),\(town),\(["a", "b"][(row / 4) % 2])\n"
    }
    try command.write(text, to: "people.csv")
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { active: [home, job, pet], passive: [sex, town, faith], count: 2, stability: 0 }
      sensitive: [faith]

      """, to: "study.yaml")
    let run = try command.run("run", "study.yaml", "-o", "done", "--replicates", "20", "--quiet")
    try #require(run.status == 0, "\(run.errors)")
    let browser = try Browser()
    try browser.open(
      "file://" + command.folder.appendingPathComponent("done/report.html").path)
    let options = try browser.value(
      "[...document.querySelectorAll('#filter-pick option')].map(o => o.textContent)")
    // Eight people of the isle could be worked out beside both other towns; faith is sensitive.
    #expect(options.array?.compactMap(\.string) == ["everybody", "f", "m", "south"])
    _ = try browser.value("document.querySelector('#people details').open = true")
    try browser.choose("#filter-pick", 2)
    let shown = try browser.value(
      "[...document.querySelectorAll('#filter-table tbody tr')].map(r => "
        + "[...r.querySelectorAll('th, td')].map(c => c.firstChild ? c.firstChild.textContent : ''))"
    )
    let rows = (shown.array ?? []).map { ($0.array ?? []).compactMap(\.string) }
    let tables = try command.run(
      "tables", "done", "--banner", "sex,sex > segments", "--json", "--quiet")
    func cell(_ question: String, _ row: String, _ column: String) -> String {
      let found = (tables.json["cells"]?.array ?? []).first {
        $0["question"]?.string == question && $0["row"]?.string == row
          && $0["column"]?.string == column
      }
      return "\(Int((100 * (found?["share"]?.number ?? .nan)).rounded()))%"
    }
    let home = try #require(rows.first { $0.first?.hasSuffix("flat") == true })
    #expect(
      home.dropFirst()
        == [
          cell("home", "flat", "sex=m"), cell("home", "flat", "sex=m>S1"),
          cell("home", "flat", "sex=m>S2"),
        ])
    #expect(rows[1].first == "People asked (n)" && rows[1][1] == "300")
    #expect(browser.complaints == [])
  }

  @Test func `everything opens at once, and print shows what is open`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    func shown() throws -> Double? {
      try browser.call("Emulation.setEmulatedMedia", ["media": .string("print")])
      defer { _ = try? browser.call("Emulation.setEmulatedMedia", ["media": .string("")]) }
      return try browser.value(
        "[...document.querySelectorAll('figure details table')].filter(t => t.checkVisibility()).length"
      ).number
    }
    #expect(try shown() == 0)
    let closed = "document.querySelectorAll('main details:not([open])').length"
    #expect((try browser.value(closed).number ?? 0) > 5)
    try browser.click(".every button")
    #expect(try browser.comes(closed, to: 0))
    #expect((try shown() ?? 0) > 3)
    #expect(
      try browser.value("document.querySelector('.every button').textContent")
        == .string("Close every table"))
    try browser.click(".every button")
    #expect(try shown() == 0)
    #expect(browser.complaints == [])
  }

  @Test func `a click on a segment opens its page, which prints alone, beside another if asked`()
    throws
  {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    let open =
      "[...document.querySelectorAll('.page')].filter(p => p.checkVisibility()).map(p => p.id)"
    #expect(try browser.value(open) == .array([]))
    let links = try browser.value(
      "[...document.querySelectorAll('.face h3 a')].map(a => a.getAttribute('href'))")
    let pages = (links.array ?? []).compactMap(\.string)
    try #require(pages.count == 2)
    try browser.click(".face h3 a")
    #expect(try browser.comes("\(open).length", to: 1))
    #expect(
      try browser.value("document.querySelector('#answer').checkVisibility()") == .bool(false))
    _ = try browser.value(
      "(() => { const m = document.querySelector('.page-tools select'); m.selectedIndex = 1; "
        + "m.dispatchEvent(new Event('change', {bubbles: true})); })()")
    #expect(try browser.comes("\(open).length", to: 2))
    try browser.click(".page-tools a")
    #expect(try browser.comes("\(open).length", to: 0))
    #expect(
      try browser.value("document.querySelector('#answer').checkVisibility()") == .bool(true))
    #expect(browser.complaints == [])
  }

  @Test func `the heat map is walked by keyboard`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    let focused = "document.activeElement.getAttribute('data-cell')"
    _ = try browser.value("document.querySelector('[data-cell]').focus()")
    #expect(try browser.value(focused) == .string("coupe@0"))
    #expect(
      try browser.value("document.activeElement.getAttribute('aria-label').includes('coupe')")
        == .bool(true))
    // One stop for the tabulator, whichever cell it is.
    let stops =
      "[...document.querySelectorAll('[data-cell][tabindex=\"0\"]')]"
      + ".filter(c => c.getClientRects().length > 0).length"
    for (key, code, cell) in [
      ("ArrowRight", 39, "suv@0"), ("ArrowRight", 39, "suv@0"), ("ArrowDown", 40, "suv@1"),
      ("ArrowLeft", 37, "coupe@1"), ("ArrowUp", 38, "coupe@0"), ("ArrowDown", 40, "coupe@1"),
    ] {
      try browser.press(key, code: code)
      #expect(try browser.value(focused) == .string(cell), "\(key)")
      #expect(try browser.value(stops) == .integer(1))
    }
    try browser.press("Enter", code: 13)
    #expect(try browser.value("location.hash") == .string("#whatif:@1"))
    #expect(
      try browser.value("document.activeElement.querySelector('#whatif-ledger') !== null")
        == .bool(true))
    #expect(browser.complaints == [])
  }

  @Test func `a reader keeps a chart as a file`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    let kept = study.command.folder.appendingPathComponent("kept")
    try browser.call(
      "Page.setDownloadBehavior",
      ["behavior": .string("allow"), "downloadPath": .string(kept.path)])
    try browser.open(study.page)
    for kind in [1, 2] {
      try browser.click("#chart-fit .keep button:nth-child(\(kind))")
    }
    func file(_ name: String) throws -> Data {
      for _ in 0..<50 {
        if let data = try? Data(contentsOf: kept.appendingPathComponent(name)), !data.isEmpty {
          return data
        }
        Thread.sleep(forTimeInterval: 0.1)
      }
      throw BrowserError(text: "\(name) did not come: \(study.command.files)")
    }
    let drawing = String(decoding: try file("fit.svg"), as: UTF8.self)
    #expect(drawing.contains("xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(!drawing.contains("var(") && !drawing.contains("data-cell"))
    #expect(drawing.contains(">coupe</text>"))
    let picture = try file("fit.png")
    #expect(picture.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    let title = try browser.value("document.querySelector('#chart-fit strong').textContent").string
    #expect(drawing.contains(">\(title?.prefix(20) ?? "no title")"))
    #expect(drawing.contains("n\u{A0}=\u{A0}7 respondents.</text>"))
    // Width and height, each in four bytes, are twice those of the drawing.
    func number(at place: Int) -> Int {
      picture[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(
      drawing.contains("viewBox=\"0 0 \(number(at: 16) / 2) \(number(at: 20) / 2)\""))
    #expect(browser.complaints == [])
    #expect(browser.requests(besides: study.page).allSatisfy { !$0.hasPrefix("http") })
  }

  @Test func `numbers in the page are those of the command line`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    for edit in [["seats=5"], ["price=45"], ["prestige=1", "mpg=40"], ["child_seat_fit=tight"]] {
      for product in ["coupe", "suv"] {
        let told = try study.command.run(
          ["whatif", "done", "--product", product, "--json", "--minimum-cell", "1"]
            + edit.flatMap { ["--set", $0] })
        try #require(told.status == 0, "\(told.errors)")
        let set = edit.map { part in
          let halves = part.split(separator: "=")
          return "\(halves[0]): " + (Double(halves[1]) == nil ? "'\(halves[1])'" : halves[1])
        }
        let shown = try browser.value(
          "tesseraWhatIf('\(product)', {\(set.joined(separator: ", "))})")
        let exact = told.json["segments"]?.array ?? []
        try #require(exact.count == 2)
        for (one, other) in zip(exact, shown.array ?? []) {
          #expect(one["segment"] == other["segment"])
          let gap = abs((one["fit"]?.number ?? .nan) - (other["fit"]?.number ?? .infinity))
          #expect(gap < (other["exact"] == .bool(true) ? 1e-9 : 0.1), "\(product) \(edit)")
        }
        #expect((shown.array ?? []).count == 2)
      }
    }
  }

  @Test func `the page says which numbers are exact, and how near the others are`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    func told(_ edit: String) throws -> [String] {
      try browser.open("about:blank")
      try browser.open(study.page + "#whatif:coupe" + edit)
      let cells = try browser.value(
        "[...document.querySelectorAll('#whatif-fit tbody tr')].map(r => r.lastChild.textContent)")
      return (cells.array ?? []).compactMap(\.string)
    }
    // Where every number is exact the table needs no column for it.
    for edit in ["", "&child_seat_fit=tight"] {
      #expect(try told(edit).allSatisfy { !$0.contains("\u{B1}") && $0 != "estimate" })
      let said = try browser.value("document.querySelector('#whatif-accuracy').textContent")
      #expect(said == .string("These numbers are exact."))
    }
    // Two barriers at once.
    let marks = try told("&child_seat_fit=tight&price=45")
    #expect(marks.count == 3)
    #expect(marks.allSatisfy { $0.wholeMatch(of: /±[0-9]+\.[0-9]{2}/) != nil }, "\(marks)")
    // A price beyond all that is listed: nothing is known of how far off that is.
    #expect(try told("&price=5000") == ["estimate", "estimate", "estimate"])
    let said = try browser.value("document.querySelector('#whatif-accuracy').textContent")
    #expect(said.string?.contains("beyond") == true)
    // Everybody is the mean of the segments, by their parts.
    let row = try browser.value(
      "[...document.querySelectorAll('#whatif-fit tbody tr:last-child td')].map(c => c.textContent)"
    )
    #expect(row.array?.count == 6 && row.array?.first?.string?.isEmpty == false)
  }

  @Test func `an address with an edit opens on it`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser(width: 390, height: 800)
    try browser.open(study.page + "#whatif:suv&mpg%3D40;coupe&seats%3D4@1")
    #expect(
      try browser.value("document.querySelector('#whatif-fit caption').textContent")
        == .string("suv: mpg 40 mpg"))
    #expect(try browser.comes("document.querySelectorAll('#whatif-ranks tbody tr').length", to: 2))
    #expect(try browser.value("document.querySelector('#whatif-segment').value") == .string("1"))
    // On a phone nothing but tables and drawings is wider than the screen, and those scroll.
    #expect(
      try browser.value("document.documentElement.scrollWidth <= window.innerWidth")
        == .bool(true))
    #expect(browser.complaints == [])
  }

  @Test(arguments: [("light", 390), ("light", 1280), ("dark", 390), ("dark", 1280)])
  func `the page is drawn at any width, light and dark`(scheme: String, width: Int) throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser(width: width, height: 900)
    try browser.call(
      "Emulation.setEmulatedMedia",
      [
        "features": .array([
          .object([("name", .string("prefers-color-scheme")), ("value", .string(scheme))])
        ])
      ])
    try browser.call(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .integer(width), "height": .integer(900), "deviceScaleFactor": .integer(1),
        "mobile": .bool(false),
      ])
    try browser.open(study.page)
    #expect(try browser.value("window.innerWidth") == .integer(width))
    #expect(try browser.value("document.querySelectorAll('figure svg').length > 3") == .bool(true))
    let faults = try browser.value(ChartText.faults)
    #expect(faults == .array([]), "\(faults.compactText)")
    let picture = try browser.picture("report-\(width)-\(scheme)", height: 6000)
    // An empty page of this size is a tenth of that.
    #expect(picture.count > 60_000)
  }

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
