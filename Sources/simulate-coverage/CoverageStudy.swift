import TesseraMath
import TesseraProductFit
package import TesseraStudy
import TesseraSurvey

/// How often intervals of the fit hold its true value, where segments overlap.
///
/// A need is what segments are made of: x is a mixture of two normal distributions whose means lie
/// two standard deviations apart, half of the people in each, and k-means with two segments divides
/// it. The fit of the only product is 100 (x + 8)/16. By symmetry the division in the limit lies at
/// 0, and the fit in the upper segment tends to 100 (E|x| + 8)/16 with E|x| = 2φ(1) + 2Φ(1) − 1.
///
/// The naive interval takes the segments found as fixed and known (±1.96 linearised standard
/// errors); the other is the tool's own, which segments each resample anew.
package struct CoverageStudy: Sendable {
  /// Respondents of a set.
  package let respondents: Int
  /// Bootstrap replicates of a set.
  package let replicates: Int
  package let seed: UInt64

  package init(respondents: Int, replicates: Int, seed: UInt64) {
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
    /// Resampled by linearised standard error.
    package let ratios: [Double]
  }

  /// True fits of the lower and the upper segment.
  package static let truths: [Double] = {
    let normal = NormalDistribution.standard
    let mean = 2 * normal.density(1) + 2 * normal.cumulative(1) - 1
    return [100 * (8 - mean) / 16, 100 * (8 + mean) / 16]
  }()

  /// Draws and judges one set.
  ///
  /// - Parameter index: Which set, from 0; sets do not depend on each other.
  /// - Returns: What the intervals of the set hold.
  /// - Throws: `StudyError` if the set cannot be segmented, which is a fault of ours.
  package func run(_ index: Int) throws(StudyError) -> SetResult {
    var stream = RandomStream(seed: seed).split(index)
    let values = (0..<respondents).map { _ in
      (stream.uniform() < 0.5 ? -1.0 : 1) + stream.normal()
    }
    let (result, order) = try fit(values, seed: seed &+ UInt64(index))
    var (covered, naive): ([Bool], [Bool]) = ([], [])
    var (misses, ratios): ([Double], [Double]) = ([], [])
    for (place, cell) in order.enumerated() {
      let truth = Self.truths[place]
      let cell = result[cell]
      let (fit, linearised) = (cell.fit ?? .nan, cell.seLinearised ?? .nan)
      covered.append((cell.low ?? .nan) <= truth && truth <= (cell.high ?? .nan))
      naive.append(abs(fit - truth) <= 1.959963984540054 * linearised)
      misses.append(fit - truth)
      ratios.append((cell.se ?? .nan) / linearised)
    }
    return SetResult(
      isCovered: covered, isCoveredNaively: naive, misses: misses, ratios: ratios)
  }

  /// The fits of one very large set, to check the truths.
  package func limit(_ count: Int) throws(StudyError) -> [Double] {
    var stream = RandomStream(seed: seed).split(-1)
    let values = (0..<count).map { _ in (stream.uniform() < 0.5 ? -1.0 : 1) + stream.normal() }
    let large = CoverageStudy(respondents: count, replicates: 0, seed: seed)
    let (cells, order) = try large.fit(values, seed: seed)
    return order.map { cells[$0].fit ?? .nan }
  }

  /// The cells of the fit, and their positions from the lower to the upper segment.
  private func fit(
    _ values: [Double], seed: UInt64
  ) throws(StudyError) -> (cells: [FitCell], order: [Int]) {
    func column(_ name: String, _ numbers: [Double]) -> Variable {
      Variable(name: name, level: .numeric, answers: .numbers(numbers))
    }
    let survey = Survey(
      variables: [
        column("x", values), column("up", values), column("down", values.map { -$0 }),
      ])
    let data = StudyData(
      survey: survey, design: .unweighted(values.count), weightSum: Double(values.count),
      sourceRows: Array(values.indices))
    var segments = SegmentsDeclaration()
    segments.active = ["x"]
    segments.count = .exactly(2)
    segments.method = .kmeans
    segments.starts = 4
    segments.stability = 0
    var settings = RunSettings()
    settings.seed = seed
    settings.replicates = replicates
    settings.minimumCell = 1
    settings.stability = 0
    let found = try StudySegmentation.run(data, segments, settings)
    let cells = try ProductFit.run(
      Self.source(segments), found.segmented, settings: settings
    ).cells
    return (cells, cells.indices.sorted { (cells[$0].fit ?? 0) < (cells[$1].fit ?? 0) })
  }

  /// A product that serves the first of two needs and not the second: its fit is the first's weight.
  private static func source(_ segments: SegmentsDeclaration) -> FitSource {
    var file = StudyFile(
      title: "Coverage", survey: SurveyDeclaration(files: ["coverage.csv"]), segments: segments)
    file.needScale = RatingScale(low: -8, high: 8)
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
