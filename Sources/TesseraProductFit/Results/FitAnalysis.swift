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
  /// Products × segments: mean fit.
  let fits: Matrix
  let losses: LossTable
  let replicates: ReplicateSums

  init(model: FitModel, segmented: SegmentedSurvey, settings: RunSettings) {
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
    losses = LossTable(scorer, products: model.productLevels, estimator: estimator)
    replicates = ReplicateSums(
      model: model, segmented: segmented, settings: settings, products: scores.fit,
      edits: edited.fit)
  }

  /// Binds declarations and scores products; nothing is resampled.
  init(
    bare source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    var settings = settings
    settings.replicates = 0
    self.init(
      model: try FitModel.bind(source, segmented), segmented: segmented, settings: settings)
  }

  /// Number of segments.
  var segments: Int { segmented.segments.count }

  /// Whether the segments were given and not found.
  var isGiven: Bool { segmented.resegmenter == nil }

  /// A number that may be told of a segment.
  func told(_ value: Double, in segment: Int) -> Double? {
    suppression.isHidden[segment] || !value.isFinite ? nil : value
  }

  /// A standard error and an interval, from replicates or else from linearisation.
  func interval(
    _ estimate: Double, linearised: Double, _ replicates: [Double]
  ) -> (se: Double, low: Double, high: Double) {
    if let summary = BootstrapSummary(estimate: estimate, values: replicates) {
      return (summary.se, summary.low, summary.high)
    }
    let reach = linearised * criticalValue
    return (linearised, estimate - reach, estimate + reach)
  }

  /// The 97.5% point of t with as many degrees of freedom as units less strata.
  var criticalValue: Double {
    let freedom = estimator.units.degreesOfFreedom
    return freedom > 0
      ? StudentDistribution(degreesOfFreedom: freedom).quantile(0.975) : .nan
  }
}

extension DomainEstimator {
  /// Means over everybody: one domain.
  static func everybody(design: SurveyDesign, isUsed: [Bool]) -> DomainEstimator {
    DomainEstimator(
      membership: Matrix(rows: design.weights.count, columns: 1, repeating: 1), design: design,
      isUsed: isUsed)
  }
}
