import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraTyping

@Suite("Bridges to customer files", .timeLimit(.minutes(30)))
struct BridgeTests {
  /// Columns that depend on the planted segment alone.
  private static let shared: [(name: String, draw: @Sendable (Int, inout RandomStream) -> Int)] = [
    (
      "region",
      { segment, random in random.categorical([[6, 2, 2], [2, 6, 2], [3, 3, 4]][segment]) }
    ),
    ("tenure", { segment, random in random.categorical([[5, 5], [3, 7], [7, 3]][segment]) }),
  ]

  private static func settings(_ columns: [String], replicates: Int = 40) -> BridgeSettings {
    var settings = BridgeSettings()
    settings.columns = columns
    settings.folds = 5
    settings.replicates = replicates
    settings.workers = Workers(2)
    return settings
  }

  @Test func `probabilities hold on people who were not in the survey`() throws {
    // A slice of the full trial, which takes 50 trainings; its figures stand in docs.
    var slopes = [0.0, 0.0, 0.0]
    let trainings =
      ProcessInfo.processInfo.environment["TESSERA_TRAININGS"].flatMap { Int($0) } ?? 4
    for training in 0..<trainings {
      let planted = try PlantedStudy(
        people: 5_000, questions: 9, segments: 3, seed: UInt64(100 + training), more: Self.shared)
      let result = try BridgeResult.make(
        planted.model, people: TypingPeople(survey: planted.survey, design: planted.design),
        settings: Self.settings(["region", "tenure"], replicates: 0))
      let fresh = try PlantedStudy(
        people: 100_000, questions: 1, segments: 3, seed: 999, like: planted, more: Self.shared)
      let customers = Survey(variables: fresh.survey.variables.filter { $0.name != "q0" })
      let model = try SegmentModel.read(Data(result.model.json.text.utf8))
      let batch = try Assigner(model).assign(customers)
      let figures = try #require(
        BridgeFigures(
          (0..<batch.posterior.rows).map { Array(batch.posterior.row($0)) },
          assigned: fresh.truth, classification: .identity(3),
          weights: [Double](repeating: 1, count: batch.posterior.rows)))
      for segment in 0..<3 { slopes[segment] += figures.slopes[segment] / Double(trainings) }
      // The lift that the survey promised is the customers'.
      for (line, lift) in zip(result.lines, figures.lift) {
        #expect(abs(line.lift[0] - lift[0]) < 0.25, "\(line.lift[0]), truly \(lift[0])")
      }
    }
    if trainings > 4 { print("calibration slopes, mean of \(trainings) trainings:", slopes) }
    for slope in slopes { #expect((0.85...1.15).contains(slope), "\(slopes)") }
  }

  @Test func `columns that say nothing find nothing`() throws {
    let noise: [(name: String, draw: @Sendable (Int, inout RandomStream) -> Int)] = [
      ("coin", { _, random in random.below(4) })
    ]
    let planted = try PlantedStudy(
      people: 1_500, questions: 9, segments: 3, seed: 21, more: noise)
    let people = TypingPeople(survey: planted.survey, design: planted.design)
    let result = try BridgeResult.make(
      planted.model, people: people, settings: Self.settings(["coin"]))
    #expect(result.lines.filter(\.isFound).isEmpty)
    // Ranked over all folds at once the likeliest tenth held .7 of the share, for a fold ranks first just
    // when it holds few of a segment.
    let first = result.lines.map { $0.lift[0] }.reduce(0, +) / Double(result.lines.count)
    let last = result.lines.map { $0.lift[9] }.reduce(0, +) / Double(result.lines.count)
    #expect((0.8...1.2).contains(first) && (0.8...1.2).contains(last), "\(first), \(last)")
    #expect(abs(result.agreement - result.largest) < 0.05)
    #expect(result.json["can_tell"]?.bool == false)
    let good = try PlantedStudy(
      people: 1_500, questions: 9, segments: 3, seed: 21, more: Self.shared)
    let found = try BridgeResult.make(
      good.model, people: TypingPeople(survey: good.survey, design: good.design),
      settings: Self.settings(["region", "tenure"]))
    #expect(found.lines.filter(\.isFound).count >= 2)
    #expect(found.agreement > found.largest)
    for line in found.lines {
      let interval = try #require(line.topInterval)
      #expect(interval.low < line.lift[0] && line.lift[0] < interval.high)
      #expect(abs(line.lift.reduce(0, +) / 10 - 1) < 0.05 && line.lift.allSatisfy { $0 >= 0 })
    }
  }

  @Test func `columns that made the segments enter by the model's own probabilities`() throws {
    let planted = try PlantedStudy(people: 600, questions: 8, segments: 3, seed: 23)
    let result = try BridgeResult.make(
      planted.model, people: TypingPeople(survey: planted.survey, design: planted.design),
      settings: Self.settings(["q1", "q4"], replicates: 0))
    #expect(result.active == ["q1", "q4"] && result.shared.isEmpty)
    let own = try Assigner(result.model).assign(planted.survey)
    let exact = try Assigner(planted.model.restricted(to: ["q1", "q4"])).assign(planted.survey)
    #expect(zip(own.posterior.values, exact.posterior.values).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func `errors of assignment are undone: the logit is that of the true segments`() throws {
    let planted = try PlantedStudy(
      people: 20_000, questions: 6, segments: 3, seed: 25, more: Self.shared)
    let data = try BridgeData(
      planted.model, TypingPeople(survey: planted.survey, design: planted.design),
      Self.settings(["region", "tenure"]))
    // Many are misplaced.
    let right = zip(data.assigned, planted.truth).count { $0 == $1 }
    #expect(right < 17_000)
    func shares(_ assigned: [Int], _ classification: Matrix) -> [[Double]] {
      let logit = MembershipLogit(
        data.profiles,
        counts: data.profiles.counts(assigned, segments: 3, weights: data.weights),
        classification: classification, ridge: 0.1)
      return (0..<data.profiles.columns.rows).map { logit.chances(data.profiles.columns.row($0)) }
    }
    let corrected = shares(data.assigned, data.classification)
    let naive = shares(data.assigned, .identity(3))
    let truth = shares(planted.truth, .identity(3))
    func gap(_ table: [[Double]]) -> Double {
      zip(table, truth).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? 0
    }
    #expect(
      gap(corrected) < 0.06 && gap(corrected) < gap(naive) / 1.5, "\(gap(corrected)), \(gap(naive))"
    )
  }

  @Test func `sensitive columns, unknown ones and too few people are refused`() throws {
    let planted = try PlantedStudy(
      people: 400, questions: 6, segments: 3, seed: 27, more: Self.shared)
    let people = TypingPeople(survey: planted.survey, design: planted.design)
    var settings = Self.settings(["region"])
    settings.sensitive = ["region"]
    #expect(throws: StudyError.self) {
      try BridgeResult.make(planted.model, people: people, settings: settings)
    }
    #expect(throws: StudyError.self) {
      try BridgeResult.make(planted.model, people: people, settings: Self.settings(["regoin"]))
    }
  }
}
