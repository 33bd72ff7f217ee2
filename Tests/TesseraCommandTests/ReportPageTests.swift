import Foundation
import TesseraStudy
import Testing

/// A finished run of a small study, shared by the tests of its page.
struct FinishedStudy {
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
  .serialized, .timeLimit(.minutes(30)))
struct ReportPageTests {
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
}
