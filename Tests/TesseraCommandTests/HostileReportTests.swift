import Foundation
import TesseraStudy
import Testing

/// A run whose every label is one that breaks pages: markup, formulas, other directions, great length.
private struct HostileStudy {
  static let script = "</script><script>alert(1)</script>"
  static let image = "\"><img src=x onerror=alert(2)>"
  static let formula = "=HYPERLINK(\"http://x.invalid\",\"click\")"
  static let link = "[a](javascript:alert(3)) | `x` *b*"
  static let arabic = "مقعد للأطفال \u{202E}tfel"
  static let long = String(
    (String(repeating: "W", count: 60) + String(repeating: " and so on", count: 30)).prefix(300))
  static let all = [script, image, formula, link, arabic, long]

  let command: Command
  let folder: URL
  let page: String

  /// Runs the hand-worked case under other labels.
  init() throws {
    command = try Command()
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: Command.dataset("coupe-or-suv/\(name)"), encoding: .utf8)
    }
    func cell(_ text: String) -> String {
      "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    func quoted(_ text: String) -> String { JSONValue.string(text).compactText }
    try command.write(
      try text("respondents.csv").replacingOccurrences(of: ",family,", with: ",\(cell(Self.long)),")
        .replacingOccurrences(of: ",single,", with: ",\(cell(Self.script)),"),
      to: "respondents.csv")
    try command.write(try text("relations.csv"), to: "relations.csv")
    let labels = ["label", cell(Self.image), cell(Self.arabic)]
    let products = try text("products.csv").split(separator: "\n")
    try #require(products.count == labels.count)
    try command.write(
      zip(products, labels).map { "\($0),\($1)" }.joined(separator: "\n") + "\n",
      to: "products.csv")
    var study = try text("study.yaml")
    for (place, label) in [
      ("title: Coupe or SUV, the hand-worked case", "title: \(quoted(Self.all.joined()))"),
      ("carry_toddler: { ", "carry_toddler: { label: \(quoted(Self.long)), "),
      ("keep_safe:     { ", "keep_safe: { label: \(quoted(Self.script)), "),
      ("affordable:    { ", "affordable: { label: \(quoted(Self.formula)), "),
      ("feel_special:  { ", "feel_special: { label: \(quoted(Self.arabic)), "),
      ("seats:    { ", "seats: { label: \(quoted(Self.long)), "),
      ("mpg:      { ", "mpg: { label: \(quoted(Self.link)), "),
      ("price:    { ", "price: { label: \(quoted(Self.image)), "),
      ("no_child_seat: { ", "no_child_seat: { label: \(quoted(Self.formula)), "),
      ("over_budget:   { ", "over_budget: { label: \(quoted(Self.link)), "),
    ] {
      try #require(study.contains(place), "\(place)")
      study = study.replacingOccurrences(of: place, with: label)
    }
    try command.write(study, to: "study.yaml")
    let run = try command.run(
      "run", "study.yaml", "-o", "done", "--minimum-cell", "1", "--replicates", "20", "--quiet")
    try #require(run.status == 0, "\(run.errors)")
    folder = command.folder.appendingPathComponent("done")
    page = "file://" + folder.appendingPathComponent("report.html").path
  }
}

@Suite(
  "A report under labels that break pages",
  .enabled(
    if: Browser.program != nil, "chromium is not installed: tools/install-packages chromium"),
  .serialized, .timeLimit(.minutes(30)))
struct HostileReportTests {
  @Test(arguments: [390, 1280])
  func `labels are told as they are and nothing in them lives`(width: Int) throws {
    let study = try HostileStudy()
    defer { study.command.close() }
    let browser = try Browser(width: width, height: 900)
    try browser.call(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .integer(width), "height": .integer(900), "deviceScaleFactor": .integer(1),
        "mobile": .bool(false),
      ])
    try browser.open(study.page)
    _ = try browser.value("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    let shown = try browser.value("document.body.textContent").string ?? ""
    for label in HostileStudy.all {
      #expect(shown.contains(label.replacingOccurrences(of: "\u{202E}", with: "")), "\(label)")
    }
    // The script writes labels too, when a reader turns to another product or segment.
    for (menu, last) in [("#whatif-product", 1), ("#whatif-segment", 1)] {
      _ = try browser.value(
        "(() => { const m = document.querySelector('\(menu)'); m.selectedIndex = \(last); "
          + "m.dispatchEvent(new Event('change', {bubbles: true})); })()")
    }
    #expect(try browser.value("document.body.textContent.includes('\\u202e')") == .bool(false))
    #expect(
      try browser.value("document.querySelectorAll('img, a[href*=javascript]').length")
        == .integer(0))
    #expect(
      try browser.value("document.documentElement.scrollWidth <= window.innerWidth")
        == .bool(true))
    let faults = try browser.value(ChartText.faults)
    #expect(faults == .array([]), "\(faults.compactText)")
    let dialogs = browser.events.filter { $0["method"]?.string == "Page.javascriptDialogOpening" }
    #expect(dialogs.isEmpty)
    #expect(browser.complaints == [])
    #expect(browser.requests(besides: study.page) == [])
    try browser.picture("hostile-\(width)", height: 3000)
  }

  @Test func `other files hold the labels as text`() throws {
    let study = try HostileStudy()
    defer { study.command.close() }
    let markdown = try String(
      contentsOf: study.folder.appendingPathComponent("report.md"), encoding: .utf8)
    #expect(!markdown.contains("<script") && !markdown.contains("<img"))
    #expect(!markdown.replacingOccurrences(of: "\\]", with: "").contains("](javascript"))
    #expect(!markdown.contains("\u{202E}"))
    #expect(markdown.contains("&lt;script&gt;alert(1)"))
    for file in study.command.files where file.hasSuffix(".svg") {
      let svg = try String(
        contentsOf: study.command.folder.appendingPathComponent(file), encoding: .utf8)
      #expect(!svg.contains("<script") && !svg.contains("<img") && !svg.contains("\u{202E}"))
    }
  }
}

/// Looks for texts of charts that are cut by the drawing's edge or cover each other, in the fonts of
/// the browser.
enum ChartText {
  /// An expression that gives the faults in words.
  static let faults = """
    (() => {
      const faults = [];
      document.querySelectorAll('figure svg').forEach(svg => {
        const box = svg.viewBox.baseVal;
        const texts = [...svg.querySelectorAll('text')].map(e => ({b: e.getBBox(),
          t: [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')}));
        const id = (svg.closest('figure').id || svg.getAttribute('aria-label')) + ': ';
        texts.forEach(({b, t}, i) => {
          if (!b.width) return;
          // A letter's own edge may stand a pixel out.
          if (b.x < -1.6 || b.y < -0.6 || b.x + b.width > box.width + 1.6 ||
              b.y + b.height > box.height + 1.6) faults.push(id + t + ' is cut');
          for (const o of texts.slice(0, i)) {
            const w = Math.min(b.x + b.width, o.b.x + o.b.width) - Math.max(b.x, o.b.x);
            const h = Math.min(b.y + b.height, o.b.y + o.b.height) - Math.max(b.y, o.b.y);
            // A line's box is taller than its letters by a quarter.
            if (w > 1 && h > Math.min(b.height, o.b.height) / 4)
              faults.push(id + t + ' covers ' + o.t);
          }
        });
      });
      return faults;
    })()
    """
}
