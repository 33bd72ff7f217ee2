import TesseraProductFit
import Testing

@testable import TesseraReport
@testable import TesseraStudy

@Suite("Charts on a phone")
struct NarrowChartTests {
  @Test(arguments: [2, 4, 6, 9])
  func `the fit of every product is in sight`(products: Int) throws {
    let results = ChartSamples.make(segments: 4, products: products)
    let chart = try #require(StudyReport(results).charts.first { $0.id == "fit" })
    let svg = try #require(chart.narrowSVG)
    let drawing = try #require(Drawing(svg))
    #expect(drawing.faults == [])
    let width = chart.narrowSVG.flatMap { svg in
      svg.firstMatch(of: /width="([0-9.]+)"/).flatMap { Double($0.output.1) }
    }
    #expect((width ?? 999) <= 356)
    for product in results.fit?.products ?? [] {
      #expect(chart.narrowSVG?.contains("\(product.name)@0") == true)
    }
  }

  @Test func `ratings are drawn as means, and a drawing for a phone has the same numbers`() throws {
    var results = ChartSamples.make(segments: 3)
    let means = [[1.5, 3.0, 4.5], [2.0, 2.5, 4.0]]
    for segment in results.profiles.segments.indices {
      results.profiles.segments[segment].variables = means.enumerated().map { place, own in
        VariableProfile(
          name: "q\(place)", label: "Question \(place)", level: "numeric", role: .active,
          mean: own[segment % 3], totalMean: 3, base: 100, effectSize: own[segment % 3] - 3)
      }
    }
    let chart = try #require(StudyReport(results).profileChart(limit: 8))
    #expect(chart.title == "How the segments rate")
    let wide = try #require(Drawing(chart.svg)).texts.map(\.string)
    let svg = try #require(chart.narrowSVG)
    let narrow = try #require(Drawing(svg)).texts.map(\.string)
    for number in ["1.50", "4.50", "2.50", "3.00"] {
      #expect(wide.contains(number) && narrow.contains(number))
    }
  }
}
