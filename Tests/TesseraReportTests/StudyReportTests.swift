import Foundation
import TesseraProductFit
import Testing

@testable import TesseraReport
@testable import TesseraStudy

@Suite("The report")
struct StudyReportTests {
  private static let nasty = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=HYPERLINK(\"http://x\")",
    "| cell | `code` [link](javascript:alert(1))", "\u{202E}txet desrever", "a\u{0}b\u{1B}[31m",
    String(repeating: "very long label ", count: 20), "شبكة", "&lt;b&gt;", "' onmouseover='x",
  ]

  @Test(arguments: nasty)
  func `labels never become markup in the page`(label: String) {
    let report = StudyReport(SampleResults.make(label: label))
    for document in [report.document, report.appendix] { check(HTMLWriter().text(of: document)) }
  }

  private func check(_ whole: String) {
    // The page's own script is the only one.
    let own = "<script>\(PageScript.text)</script>"
    #expect(whole.contains(own))
    let page = whole.replacingOccurrences(of: own, with: "")
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("onerror=alert(1)>"))
    #expect(!page.contains("\u{202E}"))
    #expect(page.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    // Every attribute is in double quotes, so a single quote in a label must be escaped.
    #expect(!page.contains("' onmouseover='"))
  }

  @Test(arguments: nasty)
  func `labels never become markup in Markdown`(label: String) {
    let report = StudyReport(SampleResults.make(label: label))
    let text =
      MarkdownWriter().text(of: report.document) + MarkdownWriter().text(of: report.appendix)
    #expect(!text.contains("<script"))
    #expect(!text.contains("<img"))
    #expect(!text.replacingOccurrences(of: "\\]", with: "").contains("](javascript"))
    let columns = text.split(separator: "\n").filter { $0.hasPrefix("|") }
      .map { $0.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" } }
    #expect(columns.allSatisfy { $0 >= 3 })
  }

  @Test func `the page and the Markdown show the same numbers`() {
    let report = StudyReport(SampleResults.make())
    let (page, markdown) = [report.document, report.appendix].reduce(into: ("", "")) {
      $0.0 += HTMLWriter().text(of: $1)
      $0.1 += MarkdownWriter().text(of: $1)
    }
    for number in ["2,584.0", "13.0 to 16.5", "6.3 to 10.2", "50.0%", "0.81"] {
      let inPage = page.contains(number)
      #expect(inPage == markdown.contains(number), "\(number) stands in one of the two only")
      if number.contains(".0") || number.contains("to") { #expect(inPage || number == "50.0%") }
    }
  }

  @Test func `a suppressed cell shows no number anywhere`() {
    let results = SampleResults.make()
    let hidden = results.fit?.cell(segment: "S2", product: "p2")
    #expect(hidden?.fit == nil)
    let page = HTMLWriter().text(of: StudyReport(results).document)
    #expect(page.contains("too few"))
  }

  @Test func `nothing in the page comes from outside`() {
    let page = HTMLWriter().text(of: StudyReport(SampleResults.make()).document)
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("<link"))
    #expect(!page.contains("@import"))
    #expect(!page.contains("url("))
  }

  @Test func `every chart has a description, a table and a specification`() {
    let charts = StudyReport(SampleResults.make()).charts
    #expect(charts.count >= 5)
    for chart in charts {
      #expect(!chart.title.isEmpty)
      #expect(!chart.description.isEmpty)
      #expect(!chart.table.rows.isEmpty)
      #expect(chart.svg.hasPrefix("<svg"))
      #expect(chart.vegaLite["data"] != nil)
    }
    #expect(Set(charts.map(\.id)).count == charts.count)
  }

  @Test func `many segments and products still make a report`() {
    let document = StudyReport(SampleResults.make(segments: 12, products: 60)).document
    let page = HTMLWriter().text(of: document)
    #expect(page.utf8.count < 6_000_000)
    #expect(Findings(SampleResults.make(segments: 12, products: 60)).sentences.count == 3)
  }

  @Test func `the same results give the same bytes`() {
    let one = HTMLWriter().text(of: StudyReport(SampleResults.make()).document)
    let other = HTMLWriter().text(of: StudyReport(SampleResults.make()).document)
    #expect(one == other)
    #expect(Set(one.split(separator: "\n")).count > 100)
  }

  @Test func `anchors are unique in the page`() {
    let report = StudyReport(SampleResults.make())
    for document in [report.document, report.appendix] {
      let page = HTMLWriter().text(of: document)
      let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
      #expect(ids.count == Set(ids).count)
    }
  }

  @Test func `every screen claims one thing in few words, and its links lead somewhere`() {
    for results in [SampleResults.make(), ChartSamples.make()] {
      let report = StudyReport(results)
      let anchors = Set(report.appendix.sections.map(\.id))
      #expect(report.document.sections.count <= 6)
      for screen in report.document.sections {
        #expect(screen.claim?.isEmpty == false, "\(screen.id)")
        let words = ([RichText(screen.claim ?? "")] + screen.blocks.flatMap(said))
          .map { $0.plain.split(separator: " ").count }.reduce(0, +)
        #expect(words <= 90, "\(screen.id) says \(words) words")
        for case .more(let links) in screen.blocks {
          for link in links { #expect(anchors.contains(link.anchor), "\(link.anchor)") }
        }
      }
    }
  }

  /// What a screen says beside its picture and its folds.
  private func said(_ block: Block) -> [RichText] {
    switch block {
    case .paragraph(let text), .lead(let text), .note(_, let text): [text]
    case .list(let points, _): points
    case .tiles(let tiles): tiles.map { RichText("\($0.title) \($0.value) \($0.detail)") }
    default: []
    }
  }

  @Test func `the light follows verdict, bases and shares, and the first sentence the light`() {
    func light(
      _ kind: SegmentVerdict.Kind, base: Double = 500, margin: Double = 0.02
    ) -> TrafficLight.Colour {
      var results = SampleResults.make()
      results.segmentation.verdict = SegmentVerdict(kind: kind, words: "Do not act yet: words.")
      results.segmentation.segments = results.segmentation.segments.map {
        Segment(id: $0.id, name: $0.name, share: $0.share, respondents: base)
      }
      for place in results.profiles.segments.indices {
        let share = results.profiles.segments[place].share
        results.profiles.segments[place].shareInterval = .init(
          standardError: margin / 2, low: share - margin, high: share + margin)
      }
      let findings = Findings(results)
      #expect(findings.headline.hasPrefix("Do not act") == (findings.light.colour == .red))
      #expect((findings.light.colour == .green) == findings.light.reasons.isEmpty)
      return findings.light.colour
    }
    #expect(light(.groups) == .green)
    #expect(light(.groups, base: 99) == .amber)
    #expect(light(.groups, base: 29) == .red)
    #expect(light(.groups, margin: 0.06) == .amber)
    #expect(light(.moreThanContinuum) == .amber)
    #expect(light(.cut) == .amber)
    #expect(light(.notStable) == .red)
    #expect(light(.oneGroup) == .red)
  }

  @Test func `where segments are too small the largest number that is not is named`() {
    var results = SampleResults.make(segments: 5)
    results.segmentation.segments[4] = Segment(
      id: "S5", name: "Few", share: 0.1, respondents: 29)
    // Of 240 people: 4 segments would hold 30 each but do not come back (.6), 3 hold 40 and do (.7).
    #expect(
      Findings(results).headline.hasSuffix(
        "too few people stand behind Few. Take 3 segments (run again with --take 3), each of 30 people or "
          + "more, or ask more people."))
    results.segmentation.selection = results.segmentation.selection.map { row in
      var row = row
      row.smallestShare = min(row.smallestShare, 29 / 240)
      return row
    }
    #expect(
      Findings(results).headline.hasSuffix("Use fewer segments, or ask more people."))
  }

  @Test func `an action is named only where its interval lies above nothing and the runner-up`() {
    var results = SampleResults.make()
    #expect(
      Findings(results).headline.hasPrefix(
        "The one change listed, setting Seats Families to 5 for the Car 1 Families, lifts"))
    var other = results.fit?.improvements[0]
    other?.product = "p2"
    results.fit?.improvements += [other].compactMap { $0 }
    #expect(
      Findings(results).headline.hasPrefix(
        "Two changes gain most for their cost, too close to call"))
    for place in 0..<2 { results.fit?.improvements[place].low = -1 }
    #expect(!Findings(results).headline.contains("Change the"))
  }
}

@Suite("Numbers for people")
struct NumberStyleTests {
  @Test func `numbers are grouped, rounded and signed`() {
    let style = NumberStyle.english
    #expect(style.number(1_234_567.891, decimals: 1) == "1,234,567.9")
    #expect(style.number(-0.04, decimals: 1) == "0.0")
    #expect(style.number(-12.5) == "\u{2212}12" || style.number(-12.5) == "\u{2212}13")
    #expect(style.signed(3.25, decimals: 1) == "+3.2" || style.signed(3.25, decimals: 1) == "+3.3")
    #expect(style.signed(0.001, decimals: 1) == "0.0")
    #expect(style.number(nil) == "–")
    #expect(style.number(.nan) == "–")
    #expect(style.percent(0.1234) == "12%")
    #expect(NumberStyle(decimalMark: ",", groupMark: ".").number(1234.5, decimals: 2) == "1.234,50")
  }

  @Test func `levels keep their decimals, years and names`() {
    let german = NumberStyle(decimalMark: ",", groupMark: ".")
    #expect(NumberStyle.english.level("61300 USD") == "61,300 USD")
    #expect(german.level("61300 USD") == "61.300 USD")
    #expect(german.level("0.85 size index") == "0,85 size index")
    #expect(german.level("-1.5") == "\u{2212}1,5")
    #expect(NumberStyle.english.level("2026") == "2026")
    #expect(NumberStyle.english.level("comfortable") == "comfortable")
    #expect(NumberStyle.english.level("5 door") == "5 door")
  }
}
