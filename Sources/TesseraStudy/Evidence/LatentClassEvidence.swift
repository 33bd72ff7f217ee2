import TesseraDesign
import TesseraMath
import TesseraSegmentation

/// The evidence that only a model with a likelihood can give.
struct LatentClassEvidence {
  let task: SegmentationTask
  let settings: LatentClass
  let data: LatentClassData

  /// Tests each number of segments against one more by simulation.
  ///
  /// - Parameter fits: Fits with rising numbers of segments.
  /// - Returns: One result for each step between neighbours; empty if not asked.
  /// - Throws: ``SegmentationError`` if a simulated set cannot be fitted.
  func likelihoodRatios(
    _ fits: [LatentClassFit]
  ) throws(SegmentationError) -> [LikelihoodRatioResult] {
    let sets = task.declaration.evidence.likelihoodRatioSets
    guard sets > 0 else { return [] }
    var results: [LikelihoodRatioResult] = []
    for (smaller, larger) in zip(fits, fits.dropFirst())
    where larger.segmentCount == smaller.segmentCount + 1 {
      var settings = settings
      settings.stream = task.stream(.likelihoodRatio).split(smaller.segmentCount)
      let test = try settings.bootstrapTest(smaller, against: larger, on: data, sets: sets)
      results.append(
        LikelihoodRatioResult(
          segments: smaller.segmentCount, statistic: test.statistic, sets: sets,
          pValue: test.pValue))
    }
    return results
  }

  /// Surveys drawn from the model to see how often its number of segments is found again.
  private static let surveys = 50

  /// How often the number is found again in surveys drawn from the model; `nil` if not asked.
  func recovery(_ fit: LatentClassFit) throws(SegmentationError) -> CountRecovery? {
    guard task.declaration.evidence.structureSets > 0 else { return nil }
    var settings = settings
    settings.stream = task.stream(.recovery)
    return try settings.recovery(of: fit, on: data, sets: Self.surveys)
  }

  /// Log-likelihood per respondent left out, for each fit; empty if not asked.
  func crossValidated(_ fits: [LatentClassFit]) throws(SegmentationError) -> [Double] {
    let folds = task.declaration.evidence.folds
    guard folds > 1 else { return [] }
    var results: [Double] = []
    for fit in fits {
      var settings = settings
      // The same parts for every number of segments, so that they can be compared.
      settings.stream = task.stream(.folds)
      results.append(try settings.crossValidatedLogLikelihood(fit, on: data, folds: folds))
      task.settings.progress.report("cross-validation", results.count, fits.count)
    }
    return results
  }

  /// What ties pairs of questions within segments, largest first.
  func residuals(_ fit: LatentClassFit) throws(SegmentationError) -> [ResidualResult] {
    var settings = settings
    settings.stream = task.stream(.residuals)
    settings.segments = fit.segmentCount
    let names = data.table.items.map(\.name)
    return try settings.bivariateTest(
      fit, on: data, sets: task.declaration.evidence.residualSets
    ).filter { $0.statistic.isFinite }.sorted {
      ($1.statistic, $0.first, $0.second) < ($0.statistic, $1.first, $1.second)
    }.map {
      ResidualResult(
        first: names[$0.first], second: names[$0.second], statistic: $0.statistic,
        published: $0.published, pValue: $0.pValue)
    }
  }

  /// What membership depends on, with design-based errors.
  func covariates(_ fit: LatentClassFit) throws(SegmentationError) -> [CovariateEffect] {
    guard !task.encoded.covariates.isEmpty, fit.segmentCount > 1 else { return [] }
    let errors = try fit.model.uncertainty(
      on: data, prior: settings.prior, units: SamplingUnits(task.data.design))
    let terms = ["(intercept)"] + task.encoded.covariates.flatMap(\.columnNames)
    return (errors.membership ?? []).enumerated().flatMap { place, row in
      zip(terms, row).map { term, estimate in
        CovariateEffect(
          segment: "S\(place + 2)", term: term, estimate: estimate.value,
          standardError: estimate.standardError, low: estimate.low, high: estimate.high)
      }
    }
  }
}

extension [ResidualResult] {
  /// The ties that should not be overlooked: significant by simulation, or far above 1.
  var striking: [ResidualResult] {
    filter { residual in
      guard let p = residual.pValue else { return residual.statistic > 10 }
      return p <= 0.05 && residual.statistic > 3.84
    }
  }
}
