import TesseraDesign
import TesseraSurvey

extension StudySegmentation {
  /// Draws the respondents again by their design and segments them again, once for all intervals.
  ///
  /// Where memberships are not clear (entropy R² below .9) and there are at most 20,000 rows, the
  /// intervals from 500 replicates or more take the place of linearised errors, which are too small
  /// there; a method without a model has no others. Under 30 clusters linearised errors stay: they go
  /// by t.
  ///
  /// - Parameters:
  ///   - settings: How many replicates, seed and threads.
  ///   - isFitAsked: Whether a fit needs them, whatever the intervals of shares come from.
  /// - Complexity: O(replicates × one segmentation from the estimate).
  public mutating func replicate(_ settings: RunSettings, isFitAsked: Bool) {
    guard takesPercentiles || isFitAsked else { return }
    let drawn = SegmentReplicates.draw(
      segmented, count: settings.replicates, seed: settings.seed, workers: settings.workers,
      progress: settings.progress)
    segmented.replicates = drawn
    guard takesPercentiles, let errors = SegmentErrors.bootstrap(drawn, of: result) else { return }
    result.errors = errors.without(result.errors?.hidden ?? [])
    model = SegmentModel(
      result: result, indicators: model.indicators, covariates: model.covariates,
      parameters: model.parameters, survey: model.survey, style: model.style,
      evidence: model.evidence)
  }

  /// Whether intervals of shares and answers come from replicates.
  private var takesPercentiles: Bool {
    guard segmented.resegmenter != nil, result.segments.count > 1 else { return false }
    let isClear = (result.entropyR2 ?? 0) >= Self.clearSeparation
    let isLarge = segmented.design.weights.count > LatentClassErrors.largest
    let hasFewClusters =
      !segmented.design.clusters.isEmpty
      && SamplingUnits(segmented.design).copies.count < SamplingUnits.few
    return !(result.errors?.method == .sandwich && (isClear || isLarge || hasFewClusters))
  }

  /// Entropy R² from which on linearised errors of shares hold.
  private static let clearSeparation = 0.9
}
