import Foundation
import TesseraDesign
import TesseraMath
import TesseraProductFit
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Errors of what the classic questions tell, held against resampling and worked cases.
@Suite struct QuestionErrorTests {
  // Ulwick (2005), *What Customers Want*: circular saw, 200 of 270 important, 75 of 270 satisfied.
  // The error depends on how many are both, which is not told: 5 to 75 of 270 are possible.
  @Test(arguments: [(56, 0.599), (75, 0.502), (5, 0.798)])
  func `the circular saw scores 12, with its error`(both: Int, error: Double) throws {
    let kinds = [(both, 5.0, 5.0), (200 - both, 5, 1), (75 - both, 1, 5), (both - 5, 1, 1)]
    let result = try Self.result(
      kinds.flatMap { [[Double]](repeating: [$0.1, $0.2], count: $0.0) })
    let saw = try #require(result.opportunities.first { $0.need == "saw" })
    #expect(isNear(saw.odi, 12.037, 5e-4))
    #expect(isNear(saw.se, error, 2e-3) && isNear(saw.seLinearised, error, 2e-3))
    if both == 56 {
      #expect(isNear(saw.low, 10.86, 0.05) && isNear(saw.high, 13.21, 0.05))
    }
    #expect(result.json["opportunities"]?.array?.first?["se"]?.number == saw.se)
  }

  /// One segment, one need rated and satisfied as told.
  static func result(_ rows: [[Double]]) throws -> FitResult {
    var file = StudyFile(
      title: "Saw", survey: SurveyDeclaration(files: ["saw.csv"]), segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.needs = [NeedDeclaration(name: "saw", importance: "imp", satisfaction: "sat")]
    file.features = [FeatureDeclaration(name: "blade", value: .linear(0, 1))]
    let source = FitSource(
      file: file, path: "saw.yaml",
      products: ProductTable(names: ["a"], features: ["blade"], cells: [[.number(1)]]),
      relations: RelationTable(needs: ["saw"], features: ["blade"], strength: [[9]]))
    let segmented = SegmentedSurvey(
      survey: Survey(
        variables: ["imp", "sat"].enumerated().map { column, name in
          Variable(name: name, level: .numeric, answers: .numbers(rows.map { $0[column] }))
        }), design: .unweighted(rows.count), sourceRows: Array(rows.indices),
      segments: [Segment(id: "S1", name: "S1", share: 1, respondents: Double(rows.count))],
      posterior: Matrix(rows: rows.count, columns: 1, repeating: 1), resegmenter: nil)
    return try ProductFit.run(source, segmented, settings: HandCase.settings())
  }

  /// Prices, pairs and ratings of many weighted people in clusters, drawn from a seed.
  static func drawn() -> [(String, [Double])] {
    var stream = RandomStream(seed: 21)
    var columns: [String: [Double]] = [:]
    for _ in 0..<420 {
      let taste = stream.normal()
      let one = taste + stream.normal()
      let two = 0.5 * taste + stream.normal()
      let middle = 30 * exp(0.35 * stream.normal())
      let row: [String: Double] = [
        "one": one, "two": two, "overall": one + 0.6 * two + stream.normal(),
        "p1": middle * 0.5, "p2": middle * 0.8,
        "p3": middle * 1.2, "p4": middle * 1.6,
        "with": Double(1 + stream.below(3)), "without": Double(3 + stream.below(3)),
      ]
      for (name, value) in row { columns[name, default: []].append(value) }
    }
    return columns.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func declared(_ file: inout StudyFile) {
    file.prices = PriceQuestions(tooCheap: "p1", cheap: "p2", expensive: "p3", tooExpensive: "p4")
    file.kano = [KanoQuestions(name: "seat", functional: "with", dysfunctional: "without")]
    file.drivers = DriverDeclaration(rating: "overall", drivers: ["one", "two"])
  }

  @Test func `errors by linearisation are those of resampling`() throws {
    let columns = Self.drawn()
    let base = HandCase.segmented(copies: 60)
    let clusters = (0..<420).map { $0 / 7 }
    func result(_ weights: [Double]) throws -> FitResult {
      var file = HandCase.file()
      Self.declared(&file)
      // Who was not drawn is not there.
      let kept = weights.indices.filter { weights[$0] > 0 }
      var posterior = Matrix(rows: kept.count, columns: 2)
      for (row, respondent) in kept.enumerated() {
        for segment in 0..<2 { posterior[row, segment] = base.posterior[respondent, segment] }
      }
      let variables =
        base.survey.variables
        + columns.map { Variable(name: $0.0, level: .numeric, answers: .numbers($0.1)) }
      let segmented = SegmentedSurvey(
        survey: Survey(variables: variables.map { $0.selecting(kept) }),
        design: SurveyDesign(
          kind: .sampling, weights: kept.map { weights[$0] }, clusters: kept.map { clusters[$0] }),
        sourceRows: kept, segments: base.segments, posterior: posterior, resegmenter: nil)
      return try ProductFit.run(HandCase.source(file), segmented, settings: HandCase.settings())
    }
    func numbers(_ result: FitResult) throws -> [Double] {
      let prices = try #require(result.prices[0].points)
      let kano = try #require(result.kano[0].table)
      let drivers = try #require(result.drivers[0].importance)
      return PriceSensitivity.Point.allCases.map { prices[$0] } + [kano.better, kano.worse]
        + drivers.johnson + [drivers.r2]
    }
    let full = try result(base.design.weights)
    let driver = full.drivers[0]
    // Student's t of 59 degrees of freedom on either side.
    var told = full.prices[0].intervals.map { (($0.high ?? .nan) - ($0.low ?? .nan)) / 4.002 }
    told += [full.kano[0].betterSE ?? .nan, full.kano[0].worseSE ?? .nan]
    told += driver.johnsonErrors
    told.append(driver.r2Error ?? .nan)
    let draws = ReplicateWeights(
      SurveyDesign(kind: .sampling, weights: base.design.weights, clusters: clusters))
    var stream = RandomStream(seed: 5)
    var replicates: [[Double]] = []
    for _ in 0..<80 { replicates.append(try numbers(result(draws.draw(&stream)))) }
    for (place, error) in told.enumerated() {
      let spread = try #require(Descriptive.standardDeviation(replicates.map { $0[place] }))
      // The spread of 80 replicates has an error of 8% itself; ends of price intervals are whole steps.
      let slack = place < PriceSensitivity.Point.allCases.count ? 0.4 : 0.3
      #expect(abs(error / spread - 1) < slack, "number \(place): \(error) told, \(spread) found")
    }
  }

  @Test func `a column of the House of Quality has the error of the weight it comes from`() throws {
    let result = try HandCaseTests.result(copies: 20)
    // Safety serves one need, strongly: its column is 900 times that need's mean weight, whose error
    // is the same as that of the points that an unsafe product would lose by it, times 9.
    let model = try FitModel.bind(HandCase.source(), HandCase.segmented(copies: 20))
    let weights = model.respondents.needWeights.column(1)
    let design = HandCase.segmented(copies: 20).design
    var (sum, base) = (0.0, 0.0)
    for (weight, need) in zip(design.weights, weights) {
      sum += weight * need
      base += weight
    }
    let mean = sum / base
    var squares = 0.0
    for (weight, need) in zip(design.weights, weights) {
      let part = weight * (need - mean) / base
      squares += part * part
    }
    let error = 900 * (squares * 140 / 139).squareRoot()
    let safety = try #require(result.houses.first { $0.segment == nil && $0.feature == "safety" })
    #expect(isNear(safety.importance, 900 * mean) && isNear(safety.importanceSE, error))
    // The needs' own weights are told too, with the same error, and make a whole in every audience.
    let need = try #require(
      result.needWeights.first { $0.segment == nil && $0.need == model.needs[1].name })
    #expect(isNear(need.weight, mean) && isNear(need.weightSE, error / 900))
    #expect(need.source == "importance")
    for segment in [nil] + result.segments.map({ Optional($0.id) }) {
      let weights = result.needWeights.filter { $0.segment == segment }.compactMap(\.weight)
      #expect(weights.count == model.needs.count && isNear(weights.reduce(0, +), 1))
    }
    #expect(result.json["need_weights"]?.array?.count == result.needWeights.count)
  }
}
