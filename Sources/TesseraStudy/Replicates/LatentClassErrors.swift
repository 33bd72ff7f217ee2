import TesseraDesign
import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// Errors of a latent class model's own numbers by the sandwich.
enum LatentClassErrors {
  /// Respondents of whom the errors of larger studies are estimated.
  ///
  /// The variance of a part of n of N respondents, times n / N, is that of the whole; of so many it
  /// is known to 1 or 2%.
  static let largest = 20_000
  /// Fewest clusters of a part.
  private static let fewestClusters = 400

  /// The errors of a fit.
  ///
  /// - Parameters:
  ///   - task: The study.
  ///   - model: Its model.
  ///   - data: The table made ready.
  ///   - form: Blocks, direct effects and gaps of the model.
  ///   - prior: The prior it was fitted under.
  /// - Returns: The errors; withheld where the answers do not determine the parameters.
  /// - Throws: ``SegmentationError`` if the data do not go with the model or the design.
  static func sandwich(
    _ task: SegmentationTask, _ model: LatentClassModel, _ data: LatentClassData, form: LatentForm,
    prior: LatentClassPrior
  ) throws(SegmentationError) -> SegmentErrors {
    let part = try part(task, data, form)
    let found = try model.uncertainty(
      on: part.data, prior: prior, units: part.units, estimator: .sandwich)
    let quantile = StudentDistribution(degreesOfFreedom: max(1, found.degreesOfFreedom))
      .upperQuantile(0.025)
    func told(
      _ estimate: LatentClassUncertainty.Estimate, _ scale: IntervalScale
    ) -> SegmentErrors.Interval? {
      estimate.standardError.map {
        .of(estimate.value, error: $0 * part.shrinkage, scale, quantile: quantile)
      }
    }
    let shares = found.prevalence.map { told($0, .logit) }
    let answers = zip(model.items, found.items).prefix(task.encoded.indicators.count).map {
      item, rows in
      let scale: IntervalScale =
        switch item.distribution {
        case .categories, .adjacentCategories: .logit
        case .normal: .plain
        case .counts, .zeroInflated: .logarithm
        }
      return rows.map { $0.map { told($0, scale) } }
    }
    let isOnly = model.classCount == 1
    guard isOnly || shares.contains(where: { $0 != nil }) else {
      return SegmentErrors(
        method: .withheld, shares: shares, answers: answers,
        reason: "the answers do not determine all of the model's parameters.")
    }
    return SegmentErrors(method: .sandwich, shares: shares, answers: answers)
  }

  /// The whole study, or a part of a large one with the factor by which its errors shrink.
  private static func part(
    _ task: SegmentationTask, _ data: LatentClassData, _ form: LatentForm
  ) throws(SegmentationError) -> (data: LatentClassData, units: SamplingUnits, shrinkage: Double) {
    let design = task.data.design
    let units = SamplingUnits(design)
    let rows = data.table.respondentCount
    guard rows > largest else { return (data, units, 1) }
    // Whole clusters, evenly over the strata as they stand.
    let count = units.copies.count
    var every = (rows + largest - 1) / largest
    if !design.clusters.isEmpty { every = max(1, min(every, count / fewestClusters)) }
    guard every > 1 else { return (data, units, 1) }
    let kept = (0..<rows).filter { units.unitOfRow[$0] % every == 0 }
    let made = try LatentClassData(
      try task.encoded.table.selecting(rows: kept), blocks: form.blocks,
      directEffects: form.directEffects, missing: form.missing, workers: task.settings.workers)
    let keptCount = (count + every - 1) / every
    return (
      made, SamplingUnits(design.selecting(kept)),
      (Double(keptCount) / Double(count)).squareRoot()
    )
  }
}
