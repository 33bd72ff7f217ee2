import Foundation
import TesseraMath
import TesseraProductFit
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Intervals of van Westendorp's price points, held against populations whose points are known.
@Suite struct PriceIntervalTests {
  /// People who differ in what they would pay, and in how they answer: four prices each, rounded to
  /// a step unless it is 0.
  static func people(_ count: Int, step: Double, _ stream: inout RandomStream) -> [[Double]] {
    (0..<count).map { _ in
      let level = 3.6 + 0.35 * stream.normal()
      return [-0.6, -0.2, 0.2, 0.6].map { place in
        let price = exp(level + place + 0.12 * stream.normal())
        return step > 0 ? (price / step).rounded() * step : price
      }
    }
  }

  /// What a run says of people who all have one weight.
  static func summary(_ rows: [[Double]]) throws -> PriceSummary {
    let names = ["p1", "p2", "p3", "p4", "imp"]
    var file = StudyFile(
      title: "Price", survey: SurveyDeclaration(files: ["p.csv"]), segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.needs = [NeedDeclaration(name: "saw", importance: "imp")]
    file.features = [FeatureDeclaration(name: "blade", value: .linear(0, 1))]
    file.prices = PriceQuestions(tooCheap: "p1", cheap: "p2", expensive: "p3", tooExpensive: "p4")
    let source = FitSource(
      file: file, path: "p.yaml",
      products: ProductTable(names: ["a"], features: ["blade"], cells: [[.number(1)]]),
      relations: RelationTable(needs: ["saw"], features: ["blade"], strength: [[9]]))
    let columns = rows.enumerated().map { $1 + [Double(1 + $0 % 5)] }
    let segmented = SegmentedSurvey(
      survey: Survey(
        variables: names.enumerated().map { column, name in
          Variable(name: name, level: .numeric, answers: .numbers(columns.map { $0[column] }))
        }),
      design: .unweighted(rows.count),
      sourceRows: Array(rows.indices),
      segments: [Segment(id: "S1", name: "S1", share: 1, respondents: Double(rows.count))],
      posterior: Matrix(rows: rows.count, columns: 1, repeating: 1), resegmenter: nil)
    let result = try ProductFit.run(source, segmented, settings: HandCase.settings())
    return try #require(result.prices.first)
  }

  @Test(arguments: [0.0, 5])
  func `intervals hold the population's points in about 95 of 100 surveys`(step: Double) throws {
    var stream = RandomStream(seed: 1976)
    let truth = try #require(
      PriceSensitivity(Self.people(100_000, step: step, &stream).map(PriceSensitivity.Answer.init)))
    let surveys = 300
    var held: [PriceSensitivity.Point: Int] = [:]
    var widths: [PriceSensitivity.Point: Double] = [:]
    var found: [PriceSensitivity.Point: [Double]] = [:]
    for _ in 0..<surveys {
      let summary = try Self.summary(Self.people(250, step: step, &stream))
      for point in PriceSensitivity.Point.allCases {
        let interval = try #require(summary.interval(point))
        let low = interval.low ?? -.infinity
        let high = interval.high ?? .infinity
        if low <= truth[point], truth[point] <= high { held[point, default: 0] += 1 }
        widths[point, default: 0] += (high - low) / Double(surveys)
        found[point, default: []].append(try #require(summary.points)[point])
      }
    }
    for point in PriceSensitivity.Point.allCases {
      let coverage = Double(held[point] ?? 0) / Double(surveys)
      let spread = try #require(Descriptive.standardDeviation(found[point] ?? []))
      let told = (widths[point] ?? 0) / 3.92
      // 300 surveys: the standard error of 95% is 1.3%, that of a spread 4%.
      #expect(coverage > 0.9, "\(point): \(coverage)")
      // Where prices are rounded a point jumps by a step, and the interval holds whole steps.
      guard step == 0 else { continue }
      #expect(coverage < 0.99, "\(point): \(coverage)")
      #expect(abs(told / spread - 1) < 0.15, "\(point): \(told) told, \(spread) found")
    }
  }
}
