import TesseraMath
import TesseraSegmentation
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Under `strict` a model tells no count of a cell.
@Suite struct StrictModelTests {
  @Test func `chances stand for multiples of ten people, and none becomes impossible`() throws {
    // Segments of 60 and 40 people; of the 60 three say yes, of the 40 all but one.
    let labels = (0..<100).map { $0 < 60 ? 0 : 1 }
    let yes = (0..<100).map { $0 < 3 || $0 >= 61 }
    let table = try ItemTable(
      respondentCount: 100,
      items: ["open", "kept"].map {
        Item(
          name: $0, measurement: .binary, answers: .codes(yes.map { $0 ? UInt8(2) : 1 }))
      })
    let chances = [[57.0 / 60, 3.0 / 60], [1.0 / 40, 39.0 / 40]]
    let model = LatentClassModel(
      prevalence: [0.6, 0.4],
      items: ["open", "kept"].map {
        ItemModel(name: $0, measurement: .binary, distribution: .categories(chances))
      })
    let found = try #require(
      model.withRoundedChances(
        table, labels: labels, heads: [Double](repeating: 1, count: 100), minimum: 10
      ) { $0 == 0 })
    guard case .categories(let rows) = found.model.items[0].distribution,
      case .categories(let kept) = found.model.items[1].distribution
    else {
      Issue.record("a question changed its kind")
      return
    }
    // 3 of 60 and 1 of 40 are told as a quarter of ten people; nothing tells 3 from 0 to 4.
    #expect(abs(rows[0][1] / rows[0][0] - 2.5 / 60) < 1e-12)
    #expect(abs(rows[1][0] / rows[1][1] - 2.5 / 40) < 1e-12)
    #expect(rows.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
    #expect(kept == chances)
    #expect(found.rounded.count == 2)
    #expect(
      model.withRoundedChances(
        table, labels: labels, heads: [Double](repeating: 1, count: 100), minimum: 10
      ) { _ in false } == nil)
  }

  @Test func `centroids hold shares in steps of ten people, and means as they are`() throws {
    let labels = (0..<100).map { $0 < 60 ? 0 : 1 }
    let yes = (0..<100).map { $0 < 3 || $0 >= 61 }
    let items = [
      Item(name: "owns", measurement: .binary, answers: .codes(yes.map { $0 ? UInt8(2) : 1 })),
      Item(
        name: "age", measurement: .gaussian(variance: .perClass),
        answers: .numbers((0..<100).map { Double($0) })),
    ]
    let encoding = MatrixEncoding(columns: [
      .init(indicator: 0, category: 1, center: 0.42, scale: 2),
      .init(indicator: 1, category: nil, center: 49.5, scale: 1.0 / 29),
    ])
    let exact = NearestPoints(
      encoding: encoding,
      points: Matrix([[(0.05 - 0.42) * 2, -1.0], [(39.0 / 40 - 0.42) * 2, 1.0]]))
    let found = try #require(
      exact.withRoundedShares(
        items, labels: labels, heads: [Double](repeating: 1, count: 100), minimum: 10
      ) { _ in true })
    // 3 of 60 become none of them, 39 of 40 all.
    #expect(abs(found.points[0, 0] - (0 - 0.42) * 2) < 1e-12)
    #expect(abs(found.points[1, 0] - (1 - 0.42) * 2) < 1e-12)
    #expect(found.points[0, 1] == -1 && found.points[1, 1] == 1)
    #expect(
      exact.withRoundedShares(
        items, labels: labels, heads: [Double](repeating: 1, count: 100), minimum: 10
      ) { _ in false } == nil)
  }

  @Test(arguments: [SegmentationMethod.kmeans, .kprototypes, .famd])
  func `methods without a likelihood tell no count either`(method: SegmentationMethod) throws {
    let made = Made.planted(240, seed: 4)
    var declaration = Made.declaration(["marital", "home", "outlook"], count: .exactly(2))
    declaration.method = method
    declaration.starts = 4
    var settings = RunSettings()
    settings.askedPrivacy = .strict
    let run = try StudySegmentation.run(Made.data(made.variables), declaration, settings)
    let labels = run.segmented.posterior.likeliest
    for (place, indicator) in run.result.indicators.enumerated() where !indicator.codes.isEmpty {
      for segment in run.result.segments.indices {
        let column = try #require(made.variables.first { $0.name == indicator.name })
        let base = labels.indices.count {
          labels[$0] == segment && column.answers.position($0) > 0
        }
        for share in indicator.bySegment[segment] where share < 1 {
          let people = share * Double(base)
          #expect(
            abs(people / 10 - (people / 10).rounded()) < 1e-9,
            "\(method) \(indicator.name) \(share)")
        }
        let errors = run.result.errors?.answers
        #expect(
          errors == nil || errors?.isEmpty == true
            || errors?[place][segment].allSatisfy { $0 == nil } == true)
      }
    }
    #expect(run.result.warnings.contains { $0.contains("steps of 10 people") })
  }
}
