import Foundation
import Testing

@testable import TesseraProductFit
@testable import TesseraReport
@testable import TesseraStudy

@Suite("Charts of segments, solutions, channels and funnels")
struct ChartDrawingTests {
  /// The charts this suite is about, by their ids.
  private static let own = [
    "gorge", "across-solutions", "map", "acceptance-quality", "channels", "funnel-p1", "funnel-p2",
    "funnel-p3",
  ]

  private static let labels = [
    "Families", "<script>alert(1)</script>", "a & b \"c\" 'd'",
    String(repeating: "very long label ", count: 20), "شبكة", "\u{202E}txet", "很长的标签很长的标签",
    String(repeating: "W", count: 300), "",
  ]

  private func charts(
    label: String = "Families", segments: Int = 4, products: Int = 5
  ) -> [Chart] {
    let report = StudyReport(
      ChartSamples.make(label: label, segments: segments, products: products))
    var blocks = report.mapBlocks() + report.solutionBlocks()
    guard let fit = report.results.fit else { return [] }
    blocks += report.funnelSection(fit)?.blocks ?? []
    let channels = ChannelChart(
      channels: fit.channels, segments: fit.segments, numbers: .english
    ).chart()
    let cells = AcceptanceQualityChart(fit: fit, numbers: .english).chart()
    return blocks.flatMap(\.charts) + [channels, cells].compactMap(\.self)
  }

  @Test func `the report holds every chart`() {
    let ids = StudyReport(ChartSamples.make()).charts.map(\.id)
    #expect(Set(ids).isSuperset(of: Self.own))
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: [3, 4, 5, 7, 12])
  func `every chart is there and its drawing is well-formed`(segments: Int) throws {
    let charts = charts(segments: segments)
    #expect(Set(charts.map(\.id)) == Set(Self.own))
    for chart in charts {
      let drawing = try #require(Drawing(chart.svg), "\(chart.id) is no XML")
      #expect(!drawing.texts.isEmpty)
      #expect(!chart.title.isEmpty && !chart.subtitle.isEmpty && !chart.description.isEmpty)
      #expect(chart.table.rows.allSatisfy { $0.count == chart.table.columns.count })
      #expect(!chart.table.rows.isEmpty)
    }
  }

  @Test(arguments: labels)
  func `labels stay inside the drawing and apart from each other`(label: String) throws {
    for (segments, products) in [(4, 5), (12, 60)] {
      for isGiven in [false, true] {
        let results = ChartSamples.make(
          label: label, segments: segments, products: products, isGiven: isGiven)
        for chart in StudyReport(results).charts {
          let drawing = try #require(Drawing(chart.svg), "\(chart.id) is no XML")
          #expect(drawing.faults == [], "\(chart.id)")
        }
      }
    }
  }

  @Test(arguments: labels)
  func `labels never become markup`(label: String) throws {
    for chart in charts(label: label) {
      #expect(!chart.svg.contains("<script"))
      #expect(!chart.svg.contains("\u{202E}"))
      let names = try #require(Drawing(chart.svg)).elements
      #expect(
        names.isSubset(of: ["svg", "rect", "line", "polyline", "path", "circle", "text", "title"]))
    }
  }

  @Test func `the same results give the same drawings`() {
    #expect(charts().map(\.svg) == charts().map(\.svg))
    #expect(charts().map(\.vegaLite.text) == charts().map(\.vegaLite.text))
    let other = StudyReport(ChartSamples.make(seed: 8)).mapBlocks().flatMap(\.charts)
    #expect(other.first?.svg != charts().first { $0.id == "map" }?.svg)
  }

  @Test func `one segment draws what it has and nothing that needs two`() throws {
    let ids = Set(charts(segments: 1).map(\.id))
    #expect(ids.isDisjoint(with: ["gorge", "across-solutions", "map"]))
    #expect(ids.isSuperset(of: ["acceptance-quality", "channels", "funnel-p1"]))
  }

  @Test func `without data there is no chart`() {
    var results = ChartSamples.make()
    results.segmentation.gorge = nil
    results.segmentation.acrossSolutions = []
    results.segmentation.indicators = []
    results.profiles.segments = []
    results.fit?.channels = []
    results.fit?.funnel = []
    results.fit?.cells = []
    let ids = StudyReport(results).charts.map(\.id)
    #expect(Set(ids).isDisjoint(with: Self.own))
    results.segmentation.gorge = MembershipBins(
      measure: .posterior, base: 10, members: Array(repeating: [0, 0], count: 4),
      others: Array(repeating: [0, 0], count: 4), sure: [nil, nil, nil, nil])
    #expect(!StudyReport(results).charts.contains { $0.id == "gorge" })
  }

  @Test func `a study without products still tells its channels`() throws {
    var results = ChartSamples.make()
    results.fit = nil
    for segment in results.profiles.segments.indices {
      results.profiles.segments[segment].variables.append(
        VariableProfile(
          name: "media", label: "Media", level: "multiple", role: .channel,
          categories: [
            CategoryProfile(
              code: "tv", label: "Television", share: 0.2 * Double(segment + 1), totalShare: 0.4,
              index: 50 * Double(segment + 1))
          ], base: 100))
    }
    let chart = try #require(
      StudyReport(results).charts.first { $0.id == "channels" })
    // Without an error nothing is known to favour anybody.
    #expect(chart.title == "How far each channel reaches")
    #expect(chart.table.rows.count == 1)
  }

  @Test func `a hidden share gives no total back`() throws {
    var results = ChartSamples.make()
    let place = try #require(results.fit?.funnel.firstIndex { $0.product == "p1" })
    results.fit?.funnel[place].share = nil
    let chart = try #require(
      StudyReport(results).charts.first { $0.id == "funnel-p1" })
    let drawing = try #require(Drawing(chart.svg))
    #expect(drawing.texts.contains { $0.string == "too few" })
    // A dark tick a panel for every step but the one with a hidden share.
    let ticks = chart.svg.components(separatedBy: "stroke-width=\"2\"").count - 1
    #expect(ticks == 3 * 4)
  }

  @Test func `the map tells which segments differ most`() throws {
    var results = ChartSamples.make(segments: 3)
    results.segmentation.indicators = [
      IndicatorResult(
        name: "q", label: "Question", level: "nominal",
        categories: ["often", "seldom", "never"], codes: ["1", "2", "3"],
        bySegment: [[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])
    ]
    let chart = try #require(StudyReport(results).charts.first { $0.id == "map" })
    let names = results.segmentation.segments.map(\.title)
    #expect(chart.title.hasPrefix(names[0]) && chart.title.contains("and \(names[2])"))
    let drawing = try #require(Drawing(chart.svg))
    for answer in ["often", "seldom", "never"] {
      #expect(drawing.texts.contains { $0.string == answer })
    }
  }

  @Test func `changes are drawn in their order with their intervals and segments`() throws {
    var results = ChartSamples.make(segments: 3)
    let gains = [9.5, 4.5, -2]
    results.fit?.improvements = gains.enumerated().map { place, gain in
      Improvement(
        name: "e\(place)", product: "p\(place + 1)",
        set: [FeatureSetting(feature: "seats", level: "\(place + 3)")], cost: nil, gain: gain,
        se: 1,
        low: gain - 2, high: gain + 2,
        bySegment: (1...3).map {
          .init(
            segment: "S\($0)", fit: 50, gain: $0 == 3 ? nil : gain + Double($0), se: 1, low: 0,
            high: 1)
        })
    }
    for place in 1..<3 { results.fit?.improvements[place].mayBeFirst = false }
    let chart = try #require(StudyReport(results).charts.first { $0.id == "improvements" })
    #expect(chart.title.hasSuffix("3 gains most: +9.5 points across everyone"))
    let drawing = try #require(Drawing(chart.svg))
    let told = drawing.texts.map(\.string)
    let places = ["+9.5", "+4.5", "−2.0"].compactMap { told.firstIndex(of: $0) }
    #expect(places.count == 3 && places == places.sorted())
    #expect(told.contains("7.5 to 11.5") && told.contains("−4.0 to 0.0"))
    // A legend of three, and for each change all people and the two segments that are told.
    #expect(chart.svg.components(separatedBy: "<circle").count - 1 == 3 + 3 * 3)
    #expect(drawing.faults == [])
    results.fit?.improvements = []
    results.fit?.proposals = []
    #expect(!StudyReport(results).charts.contains { $0.id == "improvements" })
  }

  @Test func `flows keep within the segments they join`() throws {
    let chart = try #require(charts(segments: 5).first { $0.id == "across-solutions" })
    #expect(chart.svg.contains("5 segments (chosen)"))
    #expect(chart.table.rows.count == 3 + 4 + 5 + 6)
    let many = try #require(charts(segments: 12).first { $0.id == "across-solutions" })
    #expect(many.table.rows.count == 10 + 11 + 12 + 13)
  }
}
