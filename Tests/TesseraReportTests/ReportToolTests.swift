import Foundation
import TesseraStudy
import Testing

@testable import TesseraReport

@Suite("A tool in the page")
struct ReportToolTests {
  private static func page(_ label: String) -> String {
    let tool = ReportTool(
      id: "whatif-tool", title: "What if? \(label)", script: WhatIfScript.text,
      data: .object([("label", .string(label)), ("words", WhatIfWords.json(.english))]),
      fallback: "Use the command line.")
    return HTMLWriter().text(
      of: ReportDocument(
        title: label, subtitle: "",
        sections: [ReportSection(id: "whatif", title: "What if?", blocks: [.tool(tool)])],
        footer: ""))
  }

  @Test(arguments: ["</script><script>alert(1)</script>", "<!--<script>", "\"'<img src=x>"])
  func `labels never leave the data they stand in`(label: String) {
    let page = Self.page(label)
    let plain = Self.page("plain")
    for tag in ["<script", "</script", "<!--", "<img"] {
      #expect(
        page.components(separatedBy: tag).count == plain.components(separatedBy: tag).count)
    }
  }

  @Test func `only the script of the report may run, and nothing may be fetched`() {
    let page = Self.page("plain")
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("script-src 'sha256-"))
    #expect(!page.contains("script-src 'unsafe-inline'"))
    for way in ["fetch(", "XMLHttpRequest", "import(", "eval(", "innerHTML", "http:", "https:"] {
      #expect(!WhatIfScript.text.contains(way), "\(way)")
    }
    #expect(WhatIfScript.text.utf8.count < 34_500)
  }

  @Test func `Markdown says what stands in its place`() {
    let tool = ReportTool(
      id: "x", title: "", script: "", data: .null, fallback: "Use the command line.")
    let text = MarkdownWriter().text(
      of: ReportDocument(
        title: "t", subtitle: "", sections: [.init(id: "a", title: "A", blocks: [.tool(tool)])],
        footer: ""))
    #expect(text.contains("Use the command line."))
  }
}

@Suite("Numbers by language")
struct LocaleTests {
  @Test func `marks are those of the language`() {
    #expect(NumberStyle.of(locale: "de-CH")?.number(1234.5, decimals: 1) == "1.234,5")
    #expect(NumberStyle.of(locale: "fr")?.percent(0.425, decimals: 1) == "42,5\u{A0}%")
    #expect(NumberStyle.of(locale: "en")?.percent(0.425) == NumberStyle.english.percent(0.425))
    #expect(NumberStyle.of(locale: "xx") == nil)
    let told = "price 61300 USD; 12% need at most 45000 USD (too_dear), built 2018."
    #expect(
      NumberStyle.english.amounts(in: told)
        == "price 61,300 USD; 12% need at most 45,000 USD (too_dear), built 2018.")
    #expect(
      NumberStyle.english.amounts(in: "(price (38000)), a1 12345x 1.23456")
        == "(price (38,000)), a1 12345x 1.23456")
    #expect(NumberStyle.of(locale: "de")?.amounts(in: "at 61300.") == "at 61.300.")
  }

  @Test func `a report in another language writes every number so`() {
    let german = NumberStyle.of(locale: "de") ?? .english
    let page = HTMLWriter(numbers: german).text(
      of: StudyReport(SampleResults.make(), numbers: german).appendix)
    #expect(page.contains("2.584,0"))
    #expect(!page.contains("2,584.0"))
  }
}

@Suite("Drawings as files")
struct StandaloneTests {
  @Test func `a drawing for a file names its colours`() {
    for chart in StudyReport(SampleResults.make()).charts {
      #expect(!chart.standaloneSVG.contains("var("))
      #expect(chart.standaloneSVG.contains("</svg>"))
    }
  }

  @Test(arguments: ["Families", String(repeating: "long words ", count: 27)])
  func `a file tells its finding, its units and how many people it rests on`(label: String) throws {
    for chart in StudyReport(ChartSamples.make(label: label)).charts {
      let drawing = try #require(Drawing(chart.standaloneSVG), "\(chart.id)")
      let texts = drawing.texts.map(\.string)
      let told = texts.joined(separator: " ")
      #expect(told.hasPrefix(chart.title.prefix(30)), "\(chart.id)")
      #expect(told.contains("n\u{A0}=\u{A0}"), "\(chart.id)")
      #expect(chart.title.contains { $0.isLetter } && chart.subtitle.hasSuffix("respondents."))
      #expect(drawing.faults == [], "\(chart.id)")
      let heading = chart.specification["title"]
      #expect((heading?["text"]?.array?.first?.string).map { chart.title.hasPrefix($0) } == true)
      #expect(heading?["subtitle"]?.array?.isEmpty == false)
    }
  }

  @Test func `a chart of one segment tells that segment's people`() throws {
    let results = SampleResults.make()
    let charts = StudyReport(results).charts
    let ledger = try #require(charts.first { $0.id == "ledger-s1-p1" })
    #expect(ledger.subtitle.hasSuffix("n\u{A0}=\u{A0}120 of 240 respondents."))
    #expect(ledger.title == "Where 86 of 100 points go: Car 1 Families for Families 1")
    let map = try #require(charts.first { $0.id == "fit" })
    #expect(map.subtitle.hasSuffix(" n\u{A0}=\u{A0}240 respondents."))
  }
}
