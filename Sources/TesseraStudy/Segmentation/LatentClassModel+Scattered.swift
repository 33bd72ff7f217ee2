import Foundation
import TesseraMath
import TesseraSegmentation

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
      return .adjacent(intercepts: intercepts, slopes: slopes, scores: scores)
    case .normal(let means, let variances):
      let spread = variances[0].squareRoot()
      return .normal(
        means: (0..<classes).map { _ in means[0] + Self.scatter * spread * random.normal() },
        variances: [Double](repeating: variances[0], count: classes))
    case .counts(let rates):
      return .counts(
        rates: (0..<classes).map { _ in max(rates[0], 1e-3) * exp(0.5 * random.normal()) })
    case .zeroInflated(let zeros, let rates):
      return .zeroInflated(
        zeros: (0..<classes).map { _ in
          let odds = max(zeros[0], 0.01) / max(1 - zeros[0], 0.01) * exp(random.normal())
          return odds / (1 + odds)
        }, rates: (0..<classes).map { _ in max(rates[0], 1e-3) * exp(0.5 * random.normal()) })
    }
  }
}
