import Foundation
import TesseraMath
import TesseraSegmentation

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
      on: part.data, prior: prior, design: part.design, estimator: .sandwich)
    let quantile =
      found.degreesOfFreedom.isFinite
      ? StudentDistribution(degreesOfFreedom: max(1, found.degreesOfFreedom)).upperQuantile(0.025)
      : NormalDistribution.standard.upperQuantile(0.025)
    func told(
      _ estimate: LatentClassUncertainty.Estimate, _ scale: Scale
    ) -> SegmentErrors.Interval? {
      estimate.standardError.map {
        interval(estimate.value, $0 * part.shrinkage, scale, quantile)
      }
    }
    let shares = found.prevalence.map { told($0, .logit) }
    let answers = zip(model.items, found.items).prefix(task.encoded.indicators.count).map {
      item, rows in
      let scale: Scale =
        switch item.distribution {
        case .categories, .adjacentCategories: .logit
        case .normal: .plain
        case .counts: .logarithm
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

  private enum Scale { case logit, logarithm, plain }

  private static func interval(
    _ value: Double, _ error: Double, _ scale: Scale, _ quantile: Double
  ) -> SegmentErrors.Interval {
    switch scale {
    case .logit:
      let centre = log(value / (1 - value))
      let reach = quantile * error / (value * (1 - value))
      return SegmentErrors.Interval(
        standardError: error, low: 1 / (1 + exp(reach - centre)),
        high: 1 / (1 + exp(-reach - centre)))
    case .logarithm:
      let factor = exp(quantile * error / value)
      return SegmentErrors.Interval(
        standardError: error, low: value / factor, high: value * factor)
    case .plain:
      return SegmentErrors.Interval(
        standardError: error, low: value - quantile * error, high: value + quantile * error)
    }
  }

  /// The whole study, or a part of a large one with the factor by which its errors shrink.
  private static func part(
    _ task: SegmentationTask, _ data: LatentClassData, _ form: LatentForm
  ) throws(SegmentationError) -> (data: LatentClassData, design: CaseDesign, shrinkage: Double) {
    let design = CaseDesign(task.data.design)
    let rows = data.table.respondentCount
    guard rows > largest else { return (data, design, 1) }
    // Whole clusters, evenly over the strata as they stand.
    var order: [[Int]: Int] = [:]
    var unitOfRow = [Int](repeating: 0, count: rows)
    for row in 0..<rows {
      guard let clusters = design.clusters else {
        unitOfRow[row] = row
        continue
      }
      let key = [design.strata?[row] ?? 0, clusters[row]]
      let unit = order[key] ?? order.count
      order[key] = unit
      unitOfRow[row] = unit
    }
    let units = design.clusters == nil ? rows : order.count
    var every = Int((Double(rows) / Double(largest)).rounded(.up))
    if design.clusters != nil { every = max(1, min(every, units / fewestClusters)) }
    guard every > 1 else { return (data, design, 1) }
    let kept = (0..<rows).filter { unitOfRow[$0] % every == 0 }
    let table = try task.encoded.table.selecting(rows: kept)
    let made = try LatentClassData(
      table, blocks: form.blocks, directEffects: form.directEffects, missing: form.missing,
      workers: task.settings.workers)
    let keptUnits = (units + every - 1) / every
    return (
      made,
      CaseDesign(
        strata: design.strata.map { strata in kept.map { strata[$0] } },
        clusters: design.clusters.map { clusters in kept.map { clusters[$0] } }),
      (Double(keptUnits) / Double(units)).squareRoot()
    )
  }
}
