import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// Segments the same respondents again under other weights by a latent class model.
///
/// Nothing is encoded anew: the climb begins at the study's own model, or at random models near
/// the answers of everybody.
struct LatentClassRestart: Resegmenter {
  let data: LatentClassData
  /// The study's own model.
  let reference: LatentClassModel
  /// The model of a single class, around which random models are drawn.
  let everybody: LatentClassModel
  let prior: LatentClassPrior

  /// Random models tried for a fresh start; the best is carried on.
  private static let freshStarts = 4
  /// Rounds given to each of them.
  private static let shortRounds = 20
  /// Rounds in which the best must have arrived: what has not by then is no better optimum found.
  private static let longRounds = 150
  /// Respondents beyond whom fresh starts, which only tell how often the reference start is beaten,
  /// are halved in number and rounds.
  private static let crowd = 20_000

  func resegment(
    weights: [Double], start: ResegmentationStart
  ) -> (posterior: Matrix, objective: Double) {
    let climbed: LatentClassClimb? =
      switch start {
      case .reference: try? climb(from: reference, weights)
      case .fresh(let stream): try? fresh(weights, stream)
      }
    if let climbed { return (climbed.posterior, climbed.objective) }
    // Weights of which nobody is left; memberships stay as they were.
    let rows = data.table.respondentCount
    let posterior =
      (try? reference.posterior(of: data.table))
      ?? Matrix(rows: rows, columns: reference.classCount, repeating: 1)
    return (posterior, -.infinity)
  }

  private func climb(
    from model: LatentClassModel, _ weights: [Double]
  ) throws(SegmentationError) -> LatentClassClimb {
    try model.climb(on: data, weights: weights, prior: prior)
  }

  private func fresh(
    _ weights: [Double], _ stream: RandomStream
  ) throws(SegmentationError) -> LatentClassClimb {
    var best: LatentClassClimb?
    let part = data.table.respondentCount > Self.crowd ? 2 : 1
    for start in 0..<Self.freshStarts / part {
      var random = stream.split(start)
      let model = everybody.scattered(into: reference.classCount, &random)
      let climbed = try model.climb(
        on: data, weights: weights, prior: prior,
        until: ConvergenceRule(tolerance: 1e-5, iterations: Self.shortRounds / part))
      if climbed.objective > best?.objective ?? -.infinity { best = climbed }
    }
    guard let best else { return try climb(from: reference, weights) }
    return try best.model.climb(
      on: data, weights: weights, prior: prior,
      until: ConvergenceRule(tolerance: 1e-7, iterations: Self.longRounds / part))
  }
}

extension LatentClassModel {
  /// A model of several classes at random distances from this one of a single class.
  ///
  /// - Parameters:
  ///   - classes: Number of classes.
  ///   - random: Where the distances come from.
  /// - Returns: A model of equal classes.
  func scattered(into classes: Int, _ random: inout RandomStream) -> LatentClassModel {
    let items = items.map { item in
      ItemModel(
        name: item.name, measurement: item.measurement,
        distribution: item.distribution.scattered(into: classes, &random))
    }
    let blocks = blocks.map { block in
      let size = block.items.count
      return CovarianceBlock(
        items: block.items,
        means: (0..<classes).map { _ in
          (0..<size).map { item in
            block.means[0][item]
              + block.covariances[0][item * size + item].squareRoot() * random.normal()
          }
        }, covariances: [[Double]](repeating: block.covariances[0], count: classes))
    }
    return LatentClassModel(
      prevalence: [Double](repeating: 1 / Double(classes), count: classes), items: items,
      blocks: blocks,
      directEffects: directEffects.map { effect in
        DirectEffect(
          first: effect.first, second: effect.second,
          probabilities: (0..<classes).map { _ in effect.scattered(width: width(effect), &random) })
      },
      membership: membership.map { rows in
        [[Double]](
          repeating: [Double](repeating: 0, count: rows.first?.count ?? 1), count: classes)
      }, modelledGaps: modelledGaps)
  }
}

extension LatentClassModel {
  /// Categories of the second item of a pair.
  private func width(_ effect: DirectEffect) -> Int {
    max(1, items[effect.second].measurement.categories)
  }
}

extension DirectEffect {
  /// Chances of the pairs with the margins of the first class moved at random, the tie unchanged.
  fileprivate func scattered(width: Int, _ random: inout RandomStream) -> [Double] {
    let base = probabilities[0]
    let rows = (0..<base.count / width).map { _ in exp(random.normal()) }
    let columns = (0..<width).map { _ in exp(random.normal()) }
    let raw = base.indices.map {
      max(base[$0], 1e-6) * rows[$0 / width] * columns[$0 % width]
    }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }
}

extension ItemModel.Distribution {
  /// Standard deviation of the log-odds by which classes begin apart.
  private static let scatter = 1.0

  fileprivate func scattered(
    into classes: Int, _ random: inout RandomStream
  ) -> ItemModel.Distribution {
    switch self {
    case .categories(let rows):
      return .categories(
        (0..<classes).map { _ in
          let raw = rows[0].map { max($0, 1e-6) * exp(Self.scatter * random.normal()) }
          let sum = raw.reduce(0, +)
          return raw.map { $0 / sum }
        })
    case .adjacentCategories(_, let intercepts, _, let scores):
      let width = max((scores.max() ?? 1) - (scores.min() ?? 0), 1)
      var slopes = (0..<classes).map { _ in 3 * Self.scatter * random.normal() / width }
      if let first = slopes.first { slopes = slopes.map { $0 - first } }
      let rows = slopes.map { slope in
        let logs = zip(intercepts, scores).map { $0 + slope * $1 }
        let top = logs.max() ?? 0
        let raw = logs.map { exp($0 - top) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
      }
      return .adjacentCategories(
        probabilities: rows, intercepts: intercepts, slopes: slopes, scores: scores)
    case .normal(let means, let variances):
      let spread = variances[0].squareRoot()
      return .normal(
        means: (0..<classes).map { _ in means[0] + Self.scatter * spread * random.normal() },
        variances: [Double](repeating: variances[0], count: classes))
    case .counts(let rates):
      return .counts(
        rates: (0..<classes).map { _ in max(rates[0], 1e-3) * exp(0.5 * random.normal()) })
    }
  }
}
