import TesseraMath
import TesseraProductFit
package import TesseraStudy
import TesseraSurvey

/// How often intervals of the fit hold its true value, where segments overlap.
///
/// Two segments are planted and found again, and a product that serves the first of two needs and
/// not the second is scored for both: its fit is the first need's weight. The naive interval takes
/// the segments found as fixed and known (±1.96 linearised standard errors); the other is the
/// tool's own, which segments each resample anew.
package struct CoverageStudy: Sendable {
  /// How segments are made.
  package enum Kind: String, Sendable, CaseIterable {
    /// Latent classes of six questions answered yes by 80% of one half of the people and by 30% of
    /// the other. The fit is 100/6 times the number of yes; people typed into a class have the
    /// class's own mean in the limit, 80 and 30.
    case latentClass = "latent-class"
    /// K-means on one number, a mixture of two normal distributions whose means lie two standard
    /// deviations apart. The fit is 100 (x + 8)/16. By symmetry the division in the limit lies at
    /// 0, and the fit in the upper segment tends to 100 (E|x| + 8)/16 with
    /// E|x| = 2φ(1) + 2Φ(1) − 1.
    case kmeans
  }

  package let kind: Kind
  /// Respondents of a set.
  package let respondents: Int
  /// Bootstrap replicates of a set.
  package let replicates: Int
  package let seed: UInt64

  package init(kind: Kind, respondents: Int, replicates: Int, seed: UInt64) {
    self.kind = kind
    self.respondents = respondents
    self.replicates = replicates
    self.seed = seed
  }

  /// What one set told.
  package struct SetResult: Sendable {
    /// For each segment whether the interval holds the truth.
    package let isCovered: [Bool]
    /// For each segment whether the naive interval does.
    package let isCoveredNaively: [Bool]
    /// Error less truth, in points, for each segment.
    package let misses: [Double]
    /// Resampled standard errors.
    package let errors: [Double]
    /// Resampled by linearised standard error.
    package let ratios: [Double]
  }

  /// True fits of the lower and the upper segment.
  package var truths: [Double] {
    switch kind {
    case .latentClass: return [30, 80]
    case .kmeans:
      let normal = NormalDistribution.standard
      let mean = 2 * normal.density(1) + 2 * normal.cumulative(1) - 1
      return [100 * (8 - mean) / 16, 100 * (8 + mean) / 16]
    }
  }

  /// Draws and judges one set.
  ///
  /// - Parameter index: Which set, from 0; sets do not depend on each other.
  /// - Returns: What the intervals of the set hold.
  /// - Throws: `StudyError` if the set cannot be segmented, which is a fault of ours.
  package func run(_ index: Int) throws(StudyError) -> SetResult {
    var stream = RandomStream(seed: seed).split(index)
    let (result, order) = try fit(variables(&stream), seed: seed &+ UInt64(index))
    var (covered, naive): ([Bool], [Bool]) = ([], [])
    var (misses, errors, ratios): ([Double], [Double], [Double]) = ([], [], [])
    for (place, cell) in order.enumerated() {
      let truth = truths[place]
      let cell = result[cell]
      let (fit, linearised) = (cell.fit ?? .nan, cell.seLinearised ?? .nan)
      covered.append((cell.low ?? .nan) <= truth && truth <= (cell.high ?? .nan))
      naive.append(abs(fit - truth) <= 1.959963984540054 * linearised)
      misses.append(fit - truth)
      errors.append(cell.se ?? .nan)
      ratios.append((cell.se ?? .nan) / linearised)
    }
    return SetResult(
      isCovered: covered, isCoveredNaively: naive, misses: misses, errors: errors, ratios: ratios)
  }

  /// The fits of one very large set, to check the truths.
  package func limit(_ count: Int) throws(StudyError) -> [Double] {
    var stream = RandomStream(seed: seed).split(-1)
    let large = CoverageStudy(kind: kind, respondents: count, replicates: 0, seed: seed)
    let (cells, order) = try large.fit(large.variables(&stream), seed: seed)
    return order.map { cells[$0].fit ?? .nan }
  }

  /// What people answer, and the ratings of the two needs.
  private func variables(_ stream: inout RandomStream) -> [Variable] {
    func column(_ name: String, _ numbers: [Double]) -> Variable {
      Variable(name: name, level: .numeric, answers: .numbers(numbers))
    }
    switch kind {
    case .kmeans:
      let values = (0..<respondents).map { _ in
        (stream.uniform() < 0.5 ? -1.0 : 1) + stream.normal()
      }
      return [column("x", values), column("up", values), column("down", values.map { -$0 })]
    case .latentClass:
      var answers = [[Int]](repeating: [], count: Self.questions.count)
      var ticks: [Double] = []
      for _ in 0..<respondents {
        let chance = stream.uniform() < 0.5 ? 0.3 : 0.8
        var sum = 0.0
        for question in answers.indices {
          let isYes = stream.uniform() < chance
          answers[question].append(isYes ? 2 : 1)
          if isYes { sum += 1 }
        }
        ticks.append(sum)
      }
      let codes = ["no", "yes"].map { Category(code: .text($0)) }
      return zip(Self.questions, answers).map { name, positions in
        Variable(
          name: name, level: .nominal, categories: codes,
          answers: AnswerColumn(positions: positions, categoryCount: 2))
      } + [
        column("up", ticks), column("down", ticks.map { Double(Self.questions.count) - $0 }),
      ]
    }
  }

  private static let questions = (1...6).map { "q\($0)" }

  /// The cells of the fit, and their positions from the lower to the upper segment.
  private func fit(
    _ variables: [Variable], seed: UInt64
  ) throws(StudyError) -> (cells: [FitCell], order: [Int]) {
    let survey = Survey(variables: variables)
    let data = StudyData(
      survey: survey, design: .unweighted(respondents), weightSum: Double(respondents),
      sourceRows: Array(0..<respondents))
    var segments = SegmentsDeclaration()
    segments.active = kind == .kmeans ? ["x"] : Self.questions
    segments.count = .exactly(2)
    segments.method = kind == .kmeans ? .kmeans : .latentClass
    segments.starts = kind == .kmeans ? 4 : 10
    segments.stability = 0
    var settings = RunSettings()
    settings.seed = seed
    settings.replicates = replicates
    settings.minimumCell = 1
    settings.stability = 0
    let found = try StudySegmentation.run(data, segments, settings)
    let cells = try ProductFit.run(
      source(segments), found.segmented, settings: settings
    ).cells
    return (cells, cells.indices.sorted { (cells[$0].fit ?? 0) < (cells[$1].fit ?? 0) })
  }

  /// A product that serves the first of two needs and not the second.
  private func source(_ segments: SegmentsDeclaration) -> FitSource {
    var file = StudyFile(
      title: "Coverage", survey: SurveyDeclaration(files: ["coverage.csv"]), segments: segments)
    file.needScale =
      kind == .kmeans ? RatingScale(low: -8, high: 8) : RatingScale(low: 0, high: 6)
    file.needs = ["up", "down"].map { NeedDeclaration(name: $0, importance: $0) }
    file.features = ["a", "b"].map { FeatureDeclaration(name: $0, value: .linear(0, 1)) }
    return FitSource(
      file: file, path: "coverage.yaml",
      products: ProductTable(
        names: ["product"], features: ["a", "b"], cells: [[.number(1), .number(0)]]),
      relations: RelationTable(
        needs: ["up", "down"], features: ["a", "b"], strength: [[9, 0], [0, 9]]))
  }
}
