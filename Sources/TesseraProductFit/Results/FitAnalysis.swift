import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A model scored against its segments: what every part of a result is taken from.
struct FitAnalysis: Sendable {
  let model: FitModel
  let segmented: SegmentedSurvey
  let settings: RunSettings
  let scorer: Scorer
  /// The products.
  let scores: ProductScores
  /// The products as the declared edits would make them.
  let edited: ProductScores
  /// Means over segments; respondents without need weights are left out.
  let estimator: DomainEstimator
  /// The same over everybody.
  let population: DomainEstimator
  let suppression: Suppression
  /// Products × segments: mean fit, midway between its bounds where something is unknown.
  private(set) var fits: Matrix
  /// Products × segments: what ``fits`` has beyond the means of ``scores``.
  private(set) var shifts: Matrix
  /// Products × segments: share that would accept a product.
  private(set) var acceptances: Matrix
  private(set) var losses: LossTable
  /// The study's replicates, stored or drawn.
  let bootstrap: Bootstrap
  let replicates: ReplicateSums
  /// Between which means unknown levels and incomes leave the products' fits; `nil` without any.
  private(set) var bounds: [UnknownBounds?] = []

  /// Scores products.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - segmented: Its respondents.
  ///   - settings: How many replicates, seed and threads.
  ///   - isBare: Whether only changes are asked for: fits and needs get no replicates then, and
  ///     changes those that the respondents come with.
  init(
    model: FitModel, segmented: SegmentedSurvey, settings: RunSettings, isBare: Bool = false
  ) {
    let isUsed = model.respondents.isUsable
    self.model = model
    self.segmented = segmented
    self.settings = settings
    scorer = Scorer(model, workers: settings.workers)
    scores = scorer.scores(model.productLevels)
    edited = scorer.scores(
      model.edits.map { model.levels(of: $0.product, with: $0.changes) })
    estimator = DomainEstimator(
      membership: segmented.posterior, design: segmented.design, isUsed: isUsed)
    population = DomainEstimator.everybody(design: segmented.design, isUsed: isUsed)
    suppression = Suppression(
      segmented, isUsed: isUsed, minimumCell: settings.minimumCell)
    fits = estimator.means(scores.fit)
    shifts = Matrix(rows: fits.rows, columns: fits.columns)
    acceptances = estimator.means(scores.acceptance)
    losses = LossTable(scorer, products: model.productLevels, estimator: estimator)
    bootstrap = Bootstrap(segmented, settings)
    replicates =
      isBare
      ? ReplicateSums(without: bootstrap)
      : ReplicateSums(
        model: model, bootstrap: bootstrap, products: scores.fit, edits: edited.fit)
    bounds = unknownBounds()
    moveToMiddle()
  }

  /// Where levels that serve one need and harm another bring the bounds closer than respondents'
  /// own worst and best, takes the means and the account of losses from the bounds.
  private mutating func moveToMiddle() {
    for product in model.products.indices {
      guard let range = bounds[product], !range.ends.isEmpty else { continue }
      let shift = (0..<segments).map { range.middle($0) - fits[product, $0] }
      guard shift.contains(where: { abs($0) > 1e-9 }) else { continue }
      let rows = range.ends.flatMap { [$0.low, $0.high] }
      let sides = rows.indices.map { $0 % 2 == 0 ? Scenario.worst : .best }
      let scored = scorer.acceptances(rows, sides)
      let table = LossTable(scorer, products: rows, sides, estimator: estimator)
      for segment in 0..<segments where shift[segment].isFinite {
        fits[product, segment] += shift[segment]
        shifts[product, segment] = shift[segment]
        let means = estimator.means(
          Matrix([scored[2 * segment], scored[2 * segment + 1]]))
        acceptances[product, segment] = (means[0, segment] + means[1, segment]) / 2
      }
      losses.replace(product, with: table)
    }
  }

  /// Replicates of a mean fit.
  func replicateFits(_ product: Int, _ segment: Int) -> [Double] {
    let shift = shifts[product, segment]
    let drawn = replicates.fit(product, segment)
    return shift == 0 ? drawn : drawn.map { $0 + shift }
  }

  /// Binds declarations and scores products, to ask for changes; nothing is drawn.
  init(
    bare source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    var settings = settings
    settings.replicates = 0
    self.init(
      model: try FitModel.bind(source, segmented, minimumCell: settings.minimumCell),
      segmented: segmented, settings: settings,
      isBare: true)
  }

  /// Number of segments.
  var segments: Int { segmented.segments.count }

  /// Whether replicates keep the segments: they were given and not found.
  var isGiven: Bool { segmented.holdsSegments }

  /// A number that may be told of a segment.
  func told(_ value: Double, in segment: Int) -> Double? {
    suppression.isHidden[segment] || !value.isFinite ? nil : value
  }

  /// A share of a segment's people, as it may be told.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - segment: The segment.
  ///   - columns: Columns and sets that it rests on.
  /// - Returns: `nil` where it may not be told.
  func told(share: Double, in segment: Int, columns: [String] = []) -> Double? {
    guard !suppression.isHidden[segment] else { return nil }
    return CellRules(settings, columns: columns).told(share, base: suppression.bases[segment])
  }

  /// Whether shares of a segment's people are rounded, since they are few.
  func isSmall(_ segment: Int) -> Bool {
    settings.minimumCell > 1 && suppression.bases[segment] < Double(settings.smallBase)
  }

  /// A share of a segment's people whom a loss hits, as it may be told.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - loss: The loss.
  ///   - segment: The segment.
  /// - Returns: `nil` where it may not be told.
  func told(share: Double, of loss: Loss, in segment: Int) -> Double? {
    guard !suppression.isHidden[segment] else { return nil }
    guard case .barrier(let barrier) = loss.cause else { return told(share: share, in: segment) }
    let rules = CellRules(settings, columns: model.barriers[barrier].columns)
    let stopped = zip(loss.range.most, suppression.bases).map { $0 * $1 }
    let told = rules.told(
      share, base: suppression.bases[segment], everybody: stopped.reduce(0, +))
    guard told != nil, rules.isStrict, rules.minimum > 1 else { return told }
    // What is hidden of some segments must not follow from the others and everybody.
    let others = zip(suppression.bases, stopped).map { $0 - $1 }
    return rules.hidden([others, stopped]).contains { $0[segment] } ? nil : told
  }

  /// The points that a loss costs a segment, no more exact than the share of people whom it hits.
  ///
  /// - Parameters:
  ///   - loss: The loss.
  ///   - segment: The segment.
  /// - Returns: Points of 100: where the share may not be told, in steps that as many people make as a
  ///   cell must hold.
  func told(points loss: Loss, in segment: Int) -> Double {
    let (points, share) = (loss.means[segment], loss.affected[segment])
    guard case .barrier = loss.cause, suppression.minimum > 1, share > 0 else { return points }
    guard let shown = told(share: share, of: loss, in: segment) else {
      let step = 100 * suppression.minimum / max(suppression.bases[segment], 1)
      let steps = (points / step).rounded()
      // Less than half a step lies between 0 and that, not at 0.
      return steps > 0 ? steps * step : step / 4
    }
    return abs(shown - share) < 1e-4 ? points : points * shown / share
  }

  /// The points that a loss costs a product in a segment, as they may be told.
  ///
  /// Rounded losses that would sum to more than 100 take the excess from the largest barrier, so that no
  /// fit falls below 0.
  func told(points loss: Loss, of product: Int, in segment: Int) -> Double {
    let points = told(points: loss, in: segment)
    guard case .barrier = loss.cause, suppression.minimum > 1 else { return points }
    let told = losses.losses[product].map { (loss: $0, points: self.told(points: $0, in: segment)) }
    let excess = told.reduce(-100) { $0 + $1.points }
    let barriers = told.filter { if case .barrier = $0.loss.cause { true } else { false } }
    guard excess > 1e-9, let largest = barriers.max(by: { $0.points < $1.points }),
      largest.loss.cause == loss.cause
    else { return points }
    return max(0, points - excess)
  }

  /// How far a product's fit in a segment may lie below and above what is told, because shares of people
  /// whom barriers stop are hidden there; 0 where none is.
  func hiddenRange(_ product: Int, _ segment: Int) -> (below: Double, above: Double) {
    var range = (below: 0.0, above: 0.0)
    for loss in losses.losses[product] where isHidden(loss, in: segment) {
      let half = 50 * suppression.minimum / max(suppression.bases[segment], 1)
      let told = told(points: loss, of: product, in: segment)
      let reach = told < half ? half / 2 : half
      range.below += reach
      range.above += min(reach, told)
    }
    return range
  }

  /// Whether a barrier's share of a segment is hidden though the segment is told.
  private func isHidden(_ loss: Loss, in segment: Int) -> Bool {
    guard case .barrier = loss.cause, suppression.minimum > 1, !suppression.isHidden[segment],
      loss.affected[segment] > 0
    else { return false }
    return told(share: loss.affected[segment], of: loss, in: segment) == nil
  }

  /// Segments of which some state of a product stops so few people, or so sensitive ones, by a barrier
  /// that nothing may be told from which their number would follow.
  func hiddenStops(_ states: [[Double]]) -> [Bool] {
    guard suppression.minimum > 1 else { return [Bool](repeating: false, count: segments) }
    var result = [Bool](repeating: false, count: segments)
    for levels in states {
      let hits = scorer.hits(levels: levels, .worst)
      guard !hits.isEmpty else { continue }
      for (number, barrier) in model.barriers.enumerated() {
        let bit = UInt64(1) << UInt64(number)
        let stopped = hits.count { $0 & bit != 0 }
        // Many people are hidden only where shares are shown by counts.
        guard stopped > 0, settings.mayHideStops || Double(stopped) < 4 * suppression.minimum
        else { continue }
        let shares = estimator.means(hits.map { $0 & bit == 0 ? 0 : 1 })
        let everybody = zip(shares, suppression.bases).reduce(0) { $0 + $1.0 * $1.1 }
        let rules = CellRules(settings, columns: barrier.columns)
        for segment in 0..<segments where shares[segment] > 0 {
          let told = rules.told(
            shares[segment], base: suppression.bases[segment], everybody: everybody)
          if told == nil { result[segment] = true }
        }
      }
    }
    // One hidden segment would follow from the others and from everybody.
    return result.contains(true) ? result.map { _ in true } : result
  }

  /// What a product's fit in a segment is told too high by, because its losses are rounded.
  func rounding(_ product: Int, _ segment: Int) -> Double {
    losses.losses[product].reduce(0) {
      $0 + $1.means[segment] - told(points: $1, of: product, in: segment)
    }
  }

  /// A standard error and an interval, from replicates or else from linearisation.
  func interval(
    _ estimate: Double, linearised: Double, _ replicates: [Double]
  ) -> (se: Double, low: Double, high: Double) {
    if let summary = BootstrapSummary(estimate: estimate, values: replicates) {
      guard hasFewClusters else { return (summary.se, summary.low, summary.high) }
      // Percentiles of so few clusters are too narrow; t knows how few there are.
      let reach = summary.se * criticalValue
      return (summary.se, estimate - reach, estimate + reach)
    }
    let reach = linearised * criticalValue
    return (linearised, estimate - reach, estimate + reach)
  }

  /// Whether respondents were drawn in so few clusters that intervals need t.
  var hasFewClusters: Bool {
    !segmented.design.clusters.isEmpty
      && estimator.units.copies.count < SamplingUnits.few
  }

  /// The 97.5% point of t with as many degrees of freedom as units less strata.
  var criticalValue: Double { estimator.units.criticalValue }
}
