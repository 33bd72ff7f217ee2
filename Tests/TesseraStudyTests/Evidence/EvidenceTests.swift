import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct EvidenceTests {
  static var plain: RunSettings {
    var settings = RunSettings()
    settings.minimumCell = 1
    return settings
  }

  static func declaration(
    _ active: [String] = ["marital", "pastimes", "home", "outlook"], starts: Int = 3
  ) -> SegmentsDeclaration {
    var declaration = Made.declaration(active)
    declaration.starts = starts
    return declaration
  }

  static func run(
    _ declaration: SegmentsDeclaration, rows: Int = 150, gaps: Double = 0,
    more: [Variable] = [], settings: RunSettings = plain
  ) throws -> StudySegmentation {
    let made = Made.planted(rows, gaps: gaps)
    return try StudySegmentation.run(
      Made.data(made.variables + more, sets: [Made.pastimes]), declaration, settings)
  }

  /// Answers that know nothing of the planted kinds.
  static func noise(_ rows: Int) -> Variable {
    var random = RandomStream(seed: 77)
    return Made.nominal(
      "coin", (0..<rows).map { _ in 1 + random.below(2) }, labels: ["heads", "tails"])
  }

  @Test func `all evidence stands in the model's file and comes back from it`() throws {
    var declaration = Self.declaration()
    declaration.count = .between(1, 3)
    declaration.stability = 4
    declaration.evidence.likelihoodRatioSets = 4
    declaration.evidence.residualSets = 4
    declaration.evidence.folds = 3
    declaration.evidence.structureSets = 2
    declaration.evidence.choosesIndicators = true
    let run = try Self.run(declaration, rows: 100, gaps: 0.05)
    let file = try JSONValue.parse(Data(run.model.json.text.utf8))
    for key in [
      "structure", "blrt", "residuals", "segment_stability", "indicator_choice", "quality",
      "count_recovery",
    ] {
      #expect(file[key] != nil, "\(key)")
    }
    #expect(file["blrt"]?.array?.count == 2)
    #expect(file["count_rule"]?["criterion"]?.string == "AIC3.5")
    #expect(file["count_rule"]?["penalty"]?.number == 3.5)
    #expect(file["count_recovery"]?["surveys"]?.number == 50)
    #expect(
      run.result.recommendation.contains { $0.contains("of 50 surveys drawn from this model") })
    #expect(file["segment_stability"]?.array?.count == 3)
    #expect(file["segment_stability"]?.array?[2]["across"]?.array?.count == 3)
    let row = try #require(file["selection"]?.array?.last)
    for key in ["stability_low", "stability_high", "blrt", "cross_validated_log_likelihood"] {
      #expect(row[key]?.number != nil, "\(key)")
    }
    #expect(["natural", "reproducible", "constructive"].contains(run.verdict))
    let back = try SegmentModel.read(Data(run.model.json.text.utf8))
    #expect(back == run.model)
    #expect(back.json.text == run.model.json.text)
    // The recommendation is one sentence with its reasons, and more behind it.
    let first = try #require(run.result.recommendation.first)
    #expect(first.contains("by AIC3.5") && first.contains("replicate") && first.contains("holds"))
    #expect(run.result.recommendation.contains { $0.contains("bootstrap likelihood-ratio test") })
    #expect(run.result.recommendation.contains { $0.contains("cross-validated") })
  }

  @Test func `the evidence is the same on one thread and on two`() throws {
    var declaration = Self.declaration()
    declaration.evidence.likelihoodRatioSets = 2
    declaration.evidence.residualSets = 2
    declaration.evidence.structureSets = 1
    declaration.evidence.choosesIndicators = true
    var two = Self.plain
    two.workers = Workers(2)
    let one = try Self.run(declaration, rows: 60)
    let other = try Self.run(declaration, rows: 60, settings: two)
    #expect(one.model.json.text == other.model.json.text)
  }

  @Test func `noise is told from carriers, and what each question is worth`() throws {
    var declaration = Self.declaration(["marital", "pastimes", "home", "outlook", "coin"])
    declaration.evidence.choosesIndicators = true
    let run = try Self.run(declaration, more: [Self.noise(150)])
    let choice = try #require(run.evidence.indicatorChoice)
    let coin = try #require(choice.questions.first { $0.name == "coin" })
    #expect(coin.carries == false)
    #expect((coin.gain ?? 1) < 0)
    #expect(coin.integratedGain < 0)
    #expect(coin.importance < 0.05)
    let others = choice.questions.filter { $0.name != "coin" }
    #expect(others.map(\.carries) == [true, true, true, true])
    #expect(others.allSatisfy { $0.importance > coin.importance && $0.integratedGain > 0 })
    #expect(choice.questions.map(\.name).contains("pastimes"))
    #expect((choice.agreement ?? 0) > 0.9)
    #expect(choice.sentences.contains { $0.contains("coin is noise") })
  }

  @Test(arguments: [SegmentationMethod.kmeans, .kprototypes])
  func `methods without a likelihood judge questions by what they move`(
    _ method: SegmentationMethod
  ) throws {
    var declaration = Self.declaration(["marital", "pastimes", "home", "coin"])
    declaration.method = method
    declaration.evidence.choosesIndicators = true
    let run = try Self.run(declaration, rows: 90, more: [Self.noise(90)])
    let choice = try #require(run.evidence.indicatorChoice)
    #expect(choice.bic == nil)
    #expect(choice.questions.allSatisfy { $0.carries == nil && $0.importance >= 0 })
  }

  @Test func `a tie within segments is found, and naming it takes it away`() throws {
    var random = RandomStream(seed: 12)
    let made = Made.planted(300)
    // Two questions that repeat each other whatever the kind of people.
    let first = (0..<300).map { _ in 1 + random.below(2) }
    let second = first.map { random.uniform() < 0.85 ? $0 : 3 - $0 }
    let labels = ["left", "right"]
    let data = Made.data(
      made.variables + [
        Made.nominal("one", first, labels: labels), Made.nominal("two", second, labels: labels),
      ], sets: [Made.pastimes])
    var declaration = Self.declaration(["marital", "pastimes", "home", "outlook", "one", "two"])
    declaration.evidence.residualSets = 19
    let untied = try StudySegmentation.run(data, declaration, Self.plain)
    let tie = try #require(untied.evidence.residuals.first)
    #expect([tie.first, tie.second] == ["one", "two"])
    #expect(tie.statistic > 20)
    #expect((tie.pValue ?? 1) <= 0.05)
    #expect(
      untied.result.recommendation.contains { $0.contains("one and two are still correlated") })
    declaration.model.directEffects = [["two", "one"]]
    let tied = try StudySegmentation.run(data, declaration, Self.plain)
    #expect(!tied.evidence.residuals.contains { $0.first == "one" && $0.second == "two" })
    let one = try #require(untied.result.bic)
    let other = try #require(tied.result.bic)
    #expect(other < one - 50)
    #expect(try SegmentModel.read(Data(tied.model.json.text.utf8)) == tied.model)
    let batch = try Assigner(tied.model).assign(data.survey)
    let pairs = zip(batch.posterior.values, tied.segmented.posterior.values)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `blocks, equal variances, plain orders and modelled gaps reach the model`() throws {
    var random = RandomStream(seed: 3)
    let made = Made.planted(120, gaps: 0.15)
    let wage = Made.numeric(
      "wage", made.kind.map { Double($0) + 0.5 * random.normal() })
    let data = Made.data(made.variables + [wage], sets: [Made.pastimes])
    func run(_ change: (inout SegmentsDeclaration) -> Void) throws -> StudySegmentation {
      var declaration = Self.declaration(["marital", "pastimes", "home", "outlook", "wage"])
      change(&declaration)
      return try StudySegmentation.run(data, declaration, Self.plain)
    }
    let standard = try run { _ in }
    let parameters = try #require(standard.result.parameters)
    let equal = try run { $0.model.variances = .equal }
    #expect(equal.result.parameters == parameters - 2)
    let free = try run { $0.model.ordinal = .nominal }
    #expect(free.result.parameters == parameters + 2)
    let block = try run {
      $0.method = .mixture
      $0.model.blocks = [["home", "wage"]]
    }
    #expect(block.result.parameters == parameters + 2)
    let shared = try run {
      $0.method = .mixture
      $0.model.variances = .equal
    }
    #expect(shared.result.parameters == parameters + 2 - 3)
    let gaps = try run { $0.model.gaps = .modelled }
    #expect(gaps.result.parameters == parameters + 6)
    for one in [equal, free, block, shared, gaps] {
      let back = try SegmentModel.read(Data(one.model.json.text.utf8))
      #expect(back == one.model)
      let batch = try Assigner(back).assign(data.survey)
      let pairs = zip(batch.posterior.values, one.segmented.posterior.values)
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test func `covariates and outcomes are told by segment`() throws {
    let made = Made.planted(400)
    var random = RandomStream(seed: 21)
    let age = Made.numeric(
      "age", made.kind.map { 40 - 15 * Double($0) + 5 * random.normal() })
    let joy = Made.numeric("joy", made.kind.map { 3 + 2 * Double($0) + random.normal() })
    let party = Made.nominal(
      "party", made.kind.map { random.uniform() < ($0 == 0 ? 0.2 : 0.7) ? 2 : 1 },
      labels: ["left", "right"])
    let data = Made.data(made.variables + [age, joy, party], sets: [Made.pastimes])
    var declaration = Self.declaration()
    declaration.covariates = ["age"]
    declaration.evidence.outcomes = ["joy", "party"]
    for correction in CorrectionDeclaration.allCases {
      declaration.evidence.correction = correction
      let run = try StudySegmentation.run(data, declaration, Self.plain)
      let effect = try #require(run.evidence.covariates.first { $0.term == "age" })
      #expect(effect.segment == "S2")
      #expect(effect.estimate < 0)
      #expect((effect.high ?? 0) < 0)
      let mean = run.evidence.outcomes[0].bySegment.compactMap { $0[0].value }
      #expect(abs(mean[0] - 3) < 0.3 && abs(mean[1] - 5) < 0.3)
      let share = run.evidence.outcomes[1].bySegment.compactMap { $0[1].value }
      #expect(abs(share[0] - 0.2) < 0.1 && abs(share[1] - 0.7) < 0.12)
      #expect(run.evidence.outcomes.allSatisfy { ($0.tests[0] ?? 1) < 0.001 })
      #expect(run.model.evidence["outcomes"]?.array?.count == 2)
    }
  }

  @Test func `odd answers are counted, and only counted`() throws {
    let made = Made.planted(200)
    var home: [Double] = []
    if case .numbers(let numbers) = made.variables[3].answers { home = numbers }
    home[17] = 60
    var random = RandomStream(seed: 31)
    let row = (0..<6).map { place in
      Made.nominal(
        "grid\(place)", (0..<200).map { $0 < 30 ? 3 : 1 + random.below(4) },
        labels: ["a", "b", "c", "d"], level: .ordinal)
    }
    var variables = made.variables
    variables[3] = Made.numeric("home", home)
    let data = Made.data(variables + row, sets: [Made.pastimes])
    var declaration = Self.declaration()
    declaration.active += row.map(\.name)
    let run = try StudySegmentation.run(data, declaration, Self.plain)
    let quality = try #require(run.evidence.quality)
    #expect(quality.isOutlier[17])
    #expect(quality.outliers < 10)
    #expect(quality.straightLiners >= 30 && quality.straightLiners < 40)
    #expect(quality.grids == [row.map(\.name)])
    #expect(run.model.json.text.contains("\"straight_liners\""))
    #expect(!run.model.json.text.contains("r17"))
  }
}

extension StudySegmentation {
  fileprivate var verdict: String {
    model.evidence["structure"]?["verdict"]?.string ?? ""
  }
}
