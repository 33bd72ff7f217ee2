import Foundation
package import TesseraMath
package import TesseraSegmentation

/// Whether segments have changed between waves: their sizes, their profiles, or neither model holds.
public struct SegmentsMoved: Sendable, Equatable {
  /// Whether sizes differ between waves: 2(LL1 - LL0).
  public let size: Test
  /// Whether profiles differ between waves: 2(LL2 - LL1), or one question in one segment by itself.
  ///
  /// Its p is that of the smaller of two: of the statistic, which sums over everything, and of the
  /// question that changed most; held against the smaller of the two in every set.
  public let profile: Test
  /// p of the profile statistic alone.
  public let profileSumP: Double
  /// Whether answers fit no set of segments as they did; `nil` where it cannot be told.
  public let misfit: Misfit?
  /// The profile change of each question in each segment, of largest evidence first.
  public let questions: [Question]
  /// Share of people asked before who keep their segment by the model, 0 to 1; `nil` without any.
  public let stay: Double?
  /// Sets drawn for each reference.
  public let sets: Int

  /// A likelihood ratio against its reference.
  public struct Test: Sendable, Equatable {
    /// Twice the gain in log-likelihood.
    public let statistic: Double
    /// Its mean over sets without the change.
    public let expected: Double
    /// Share of such sets with a statistic as large, the survey itself counted.
    public let pValue: Double
  }

  /// How much less likely answers became that no change of sizes and profiles explains.
  public struct Misfit: Sendable, Equatable {
    /// For each wave after the first the fall in mean log-likelihood per person under the frozen model
    /// beyond what M2 expects, against the first wave, in nats.
    public let falls: [Double]
    /// Standard deviation of each over sets in which people of one segment changed waves.
    public let errors: [Double]
    /// Share of such sets with falls as large together, the survey itself counted; `nil` where they
    /// cannot be told apart.
    public let pValue: Double?
  }

  /// A question's profile in a segment.
  public struct Question: Sendable, Equatable {
    /// Position of the segment.
    public let segment: Int
    /// Position of the model's question.
    public let item: Int
    /// Evidence of change as a multiple of what chance gives.
    public let ratio: Double
    /// p adjusted for all segments and questions (largest of all, by the reference).
    public let pAdjusted: Double
  }

  /// Looks for changes.
  ///
  /// - Parameters:
  ///   - answers: The model's questions in two waves or more.
  ///   - frozen: The model that was frozen.
  ///   - prior: What is believed before the answers are seen.
  ///   - sets: Sets drawn for each reference, 19 or more.
  ///   - stream: Source of chance.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told how far the sets are.
  /// - Throws: ``SegmentationError`` if the answers do not go with the model.
  /// - Complexity: O(sets · fits).
  package init(
    _ answers: WaveAnswers, frozen: LatentClassModel, prior: LatentClassPrior = .default,
    sets: Int = 199, stream: RandomStream, workers: Workers = .single,
    progress: TesseraMath.Progress = .silent
  ) throws(SegmentationError) {
    let frozen = frozen.withoutGaps(items: answers.table.items.count)
    let fitter = WaveFitter(answers, prior: prior)
    let models = try fitter.fit(from: frozen)
    let dependence = WaveDependence(answers, models.equal)
    let reference = WaveReference(
      fitter: fitter, models: models, dependence: dependence, stream: stream, workers: workers,
      progress: progress)
    let sizes = try reference.sizes(sets)
    let ownMisfit = WaveMisfit(frozen: frozen)
    let profiles = try reference.profiles(sets, misfit: ownMisfit)
    size = Self.test(models.sizeStatistic, sizes)
    let sum = Self.test(models.profileStatistic, profiles.map(\.statistic))
    let cells = CellEvidence(ProfileShift(models, answers).ratios, profiles.map(\.cells))
    questions = cells.questions(items: frozen.items.count)
    profileSumP = sum.pValue
    profile = Test(
      statistic: sum.statistic, expected: sum.expected,
      pValue: cells.together([models.profileStatistic] + profiles.map(\.statistic)))
    misfit = Misfit(
      try ownMisfit.falls(fitter, models, stream: stream.split(3)), sets: profiles.map(\.falls))
    stay = dependence.previous.contains { $0 >= 0 } ? dependence.stay : nil
    self.sets = sets
  }

  private static func test(_ statistic: Double, _ reference: [Double]) -> Test {
    Test(
      statistic: statistic,
      expected: reference.reduce(0, +) / Double(max(1, reference.count)),
      pValue: Double(1 + reference.count { $0 >= statistic }) / Double(reference.count + 1))
  }
}

/// Makes sets without a change, and fits them as the survey was fitted: for sizes they are drawn from M0,
/// for profiles people of one segment change waves.
struct WaveReference: Sendable {
  let fitter: WaveFitter
  let models: WaveModels
  let dependence: WaveDependence
  let stream: RandomStream
  let workers: Workers
  let progress: TesseraMath.Progress

  /// Size statistics of sets in which nothing changed (M0).
  func sizes(_ sets: Int) throws(SegmentationError) -> [Double] {
    let model = models.equal.model
    let rowSizes = RowSizes(model, fitter.answers.table)
    let drawing = WaveDrawing(
      fitter.answers, dependence,
      models: [LatentClassModel](repeating: model, count: fitter.answers.waveCount),
      sizes: { rowSizes[$0] })
    let source = stream.split(1)
    return try workers.tryMap(sets) { set throws(SegmentationError) in
      var random = source.split(set)
      let table = try drawing.draw(&random)
      let equal = try fitter.equal(table, from: model)
      let free = try fitter.sizesFree(table, from: equal.model)
      progress.report("sets without a change", set + 1, 2 * sets)
      return 2 * (free.logLikelihood - equal.logLikelihood)
    }
  }

  /// Profile statistics of sets in which people of one segment changed waves, whole and by segment and
  /// question, and the falls of their likelihood.
  func profiles(
    _ sets: Int, misfit: WaveMisfit
  ) throws(SegmentationError) -> [(statistic: Double, cells: [Double], falls: [Double]?)] {
    let answers = fitter.answers
    let permutation = WavePermutation(answers, posterior: models.sizesFree.posterior)
    let source = stream.split(2)
    return try workers.tryMap(sets) { set throws(SegmentationError) in
      var random = source.split(set)
      let drawn = try answers.exchanged(permutation.draw(&random))
      // The answers of all waves together are the same, and so is M0.
      let own = WaveFitter(drawn, prior: fitter.prior)
      let found = try own.fit(equal: models.equal)
      let falls = try misfit.falls(own, found, stream: random)
      progress.report("sets without a change", sets + set + 1, 2 * sets)
      return (found.profileStatistic, ProfileShift(found, drawn).ratios, falls)
    }
  }
}

/// Chances of the segments for each row, by its covariates where a model has them.
struct RowSizes: Sendable {
  private let prevalence: [Double]
  private let rows: Matrix?

  init(_ model: LatentClassModel, _ table: ItemTable) {
    prevalence = model.prevalence
    guard let membership = model.membership, let covariates = table.covariates else {
      rows = nil
      return
    }
    var rows = Matrix(rows: covariates.rows, columns: prevalence.count)
    for row in 0..<covariates.rows {
      let terms = membership.map { line in
        line[0] + (0..<covariates.columns).reduce(0) { $0 + line[$1 + 1] * covariates[row, $1] }
      }
      let norm = logSumExp(terms)
      for (latent, term) in terms.enumerated() { rows[row, latent] = exp(term - norm) }
    }
    self.rows = rows
  }

  subscript(row: Int) -> [Double] { rows.map { Array($0.row(row)) } ?? prevalence }
}
