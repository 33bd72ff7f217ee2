import TesseraDesign
import TesseraMath
import TesseraSegmentation
import TesseraStudy

/// What the figures of a bridge would be in surveys drawn anew: every step is done again.
enum BridgeReplicates {
  /// People drawn anew are folded, and predicted from the others, in so many parts.
  private static let folds = 5

  /// Figures of replicates.
  ///
  /// In each, respondents are drawn by the design, segments found again from the study's, errors of
  /// assignment counted, the logit fitted without each fold, and the figures taken of that fold.
  ///
  /// - Parameters:
  ///   - data: The people.
  ///   - ridge: The ridge of the bridge.
  ///   - settings: Replicates and seed.
  /// - Returns: A figure set for each replicate that could be made.
  static func make(
    _ data: BridgeData, ridge: Double, _ settings: BridgeSettings
  ) -> [BridgeFigures] {
    let draws = ReplicateWeights(data.design)
    guard draws.canDraw, settings.replicates > 1 else { return [] }
    let stream = RandomStream(seed: settings.seed).split(42)
    let prepared = data.classes.flatMap { classes in
      data.table.flatMap { try? classes.data(scoring: $0) }
    }
    let found = settings.workers.map(settings.replicates) { place -> BridgeFigures? in
      var own = stream.split(place)
      let weights = draws.draw(&own)
      return try? figures(data, weights, prepared, ridge, own)
    }
    return found.compactMap { $0 }
  }

  private static func figures(
    _ data: BridgeData, _ weights: [Double], _ prepared: LatentClassData?, _ ridge: Double,
    _ stream: RandomStream
  ) throws -> BridgeFigures? {
    var (assigned, classification) = (data.assigned, data.classification)
    var active: (logs: AnswerLogs, places: [Int])?
    if let classes = data.classes, let prepared, let table = data.table {
      // Begun from the study's segments, so that each keeps its place.
      let refit = try classes.refit(on: prepared, weights: weights)
      assigned = refit.posterior.likeliest
      classification = ThreeStep.classification(
        refit.posterior, assigned: assigned, weights: weights)
      if !data.active.isEmpty { active = (try AnswerLogs(refit.model, table), data.active) }
    }
    guard classification.values.allSatisfy(\.isFinite) else { return nil }
    let parts = BridgeTrial.parts(data, folds, stream.split(0))
    var chances = [[Double]](repeating: [], count: data.rows)
    for fold in 0..<folds {
      let outside = parts.indices.filter { parts[$0] == fold && weights[$0] > 0 }
      let inside = parts.indices.map { parts[$0] == fold ? 0 : weights[$0] }
      let logit = BridgeTrial.logit(data, assigned, classification, inside, parts, ridge: ridge)
      let fit = BridgeFit(logit: logit.logit, active: active)
      for (place, own) in fit.chances(data, rows: outside).enumerated() {
        chances[outside[place]] = own
      }
    }
    return BridgeFigures(
      chances, assigned: assigned, classification: classification, weights: weights, folds: parts)
  }
}
