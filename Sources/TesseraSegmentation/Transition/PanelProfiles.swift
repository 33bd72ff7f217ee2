import Foundation
import TesseraMath

/// Profiles of classes over the answers of a table: log chances of rows, and the M-step.
///
/// Ordered answers are taken as categories, so that each step has a closed form.
struct PanelProfiles: Sendable {
  /// Answers of an item, ready for look-ups.
  private enum Column: Sendable {
    /// Categories from 0; below 0 is missing.
    case codes([Int32], categories: Int)
    /// Numbers; NaN is missing.
    case numbers([Double], isCount: Bool)
  }

  private let items: [Item]
  private let columns: [Column]
  let rows: Int
  /// Share of each category, or mean and variance, of everybody; what the prior leans on.
  private let overall: [[Double]]

  init(_ table: ItemTable) {
    items = table.items
    rows = table.respondentCount
    columns = table.items.map { item in
      switch item.answers {
      case .codes(let codes):
        .codes(codes.map { Int32($0) - 1 }, categories: item.measurement.categories)
      case .wideCodes(let codes):
        .codes(codes.map { Int32($0) - 1 }, categories: item.measurement.categories)
      case .numbers(let numbers): .numbers(numbers, isCount: item.measurement.isCount)
      }
    }
    let everybody = [Double](repeating: 1, count: table.respondentCount)
    overall = columns.map { Self.sums($0, everybody, stride: 1, at: 0) }
  }

  /// Counts of categories, or mass, sum and squares about 0.
  private static func sums(
    _ column: Column, _ posterior: [Double], stride: Int, at latent: Int
  ) -> [Double] {
    switch column {
    case .codes(let codes, let categories):
      var counts = [Double](repeating: 0, count: categories)
      for (row, code) in codes.enumerated() where code >= 0 {
        counts[Int(code)] += posterior[row * stride + latent]
      }
      return counts
    case .numbers(let numbers, _):
      var sums = [0.0, 0, 0]
      for (row, number) in numbers.enumerated() where !number.isNaN {
        let weight = posterior[row * stride + latent]
        sums[0] += weight
        sums[1] += weight * number
        sums[2] += weight * number * number
      }
      return sums
    }
  }

  /// The profiles that memberships make: an M-step.
  ///
  /// - Parameters:
  ///   - posterior: Rows x classes, weighted.
  ///   - classes: How many classes.
  ///   - prior: Imaginary answers of each class to each item.
  /// - Returns: How each item is answered in each class.
  func maximise(_ posterior: [Double], classes: Int, prior: Double) -> [ItemModel] {
    columns.indices.map { place in
      let own = (0..<classes).map {
        Self.sums(columns[place], posterior, stride: classes, at: $0)
      }
      let all = overall[place]
      let distribution: ItemModel.Distribution
      switch columns[place] {
      case .codes(_, let categories):
        let total = max(all.reduce(0, +), 1e-300)
        distribution = .categories(
          own.map { counts in
            let mass = counts.reduce(0, +) + prior
            guard mass > 0 else { return all.map { $0 / total } }
            return (0..<categories).map { (counts[$0] + prior * all[$0] / total) / mass }
          })
      case .numbers(_, let isCount):
        let mean = all[1] / max(all[0], 1e-300)
        let spread = max(all[2] / max(all[0], 1e-300) - mean * mean, 1e-12)
        let means = own.map { ($0[1] + prior * mean) / max($0[0] + prior, 1e-300) }
        distribution =
          isCount
          ? .counts(rates: means.map { max($0, 1e-6) })
          : .normal(
            means: means,
            variances: zip(own, means).map { sums, own in
              let squares = sums[2] - 2 * own * sums[1] + own * own * sums[0] + prior * spread
              return max(squares / max(sums[0] + prior, 1e-300), 1e-3 * spread)
            })
      }
      return ItemModel(
        name: items[place].name, measurement: items[place].measurement, distribution: distribution)
    }
  }

  /// Log of the prior at profiles, but for a constant.
  func logPrior(_ models: [ItemModel], prior: Double) -> Double {
    guard prior > 0 else { return 0 }
    var sum = 0.0
    for (place, model) in models.enumerated() {
      guard case .categories(let rows) = model.distribution else { continue }
      let total = max(overall[place].reduce(0, +), 1e-300)
      for row in rows {
        for (category, chance) in row.enumerated() where overall[place][category] > 0 {
          sum += prior * overall[place][category] / total * log(max(chance, 1e-300))
        }
      }
    }
    return sum
  }

  /// Log chances of each row's answers in each class, rows x classes, in nats.
  func logChances(_ models: [ItemModel], classes: Int) -> [Double] {
    var result = [Double](repeating: 0, count: rows * classes)
    for (column, model) in zip(columns, models) {
      switch (column, model.distribution) {
      case (.codes(let codes, _), .categories(let chances)),
        (.codes(let codes, _), .adjacentCategories(let chances, _, _, _)):
        let categories = chances.first?.count ?? 0
        // Category after category, the classes of each side by side.
        let logs = (0..<categories).flatMap { category in
          (0..<classes).map { log(max(chances[$0][category], 1e-300)) }
        }
        for (row, code) in codes.enumerated() where code >= 0 {
          let from = Int(code) * classes
          for latent in 0..<classes { result[row * classes + latent] += logs[from + latent] }
        }
      case (.numbers(let numbers, _), .normal(let means, let variances)):
        for (row, number) in numbers.enumerated() where !number.isNaN {
          for latent in 0..<classes {
            let gap = number - means[latent]
            result[row * classes + latent] -=
              0.5 * (gap * gap / variances[latent] + log(2 * .pi * variances[latent]))
          }
        }
      case (.numbers(let numbers, _), .counts(let rates)):
        for (row, number) in numbers.enumerated() where !number.isNaN {
          let factorial = logGamma(number + 1)
          for latent in 0..<classes {
            result[row * classes + latent] +=
              number * log(rates[latent]) - rates[latent] - factorial
          }
        }
      default: continue
      }
    }
    return result
  }

  /// Memberships to begin a search from: rows in order of a random sum of their answers, cut into as
  /// many parts of random sizes as there are classes.
  func randomMemberships(_ stream: inout RandomStream, classes: Int) -> [Double] {
    var scores = (0..<rows).map { _ in 0.3 * stream.normal() }
    for (place, column) in columns.enumerated() {
      let slope = stream.normal()
      switch column {
      case .codes(let codes, let categories):
        let isOrdered = if case .nominal = items[place].measurement { false } else { true }
        let values = (0..<categories).map { category in
          isOrdered
            ? slope * (Double(category) / Double(max(1, categories - 1)) - 0.5) : stream.normal()
        }
        for (row, code) in codes.enumerated() where code >= 0 { scores[row] += values[Int(code)] }
      case .numbers(let numbers, _):
        let all = overall[place]
        let mean = all[1] / max(all[0], 1)
        let spread = max(all[2] / max(all[0], 1) - mean * mean, 1e-12).squareRoot()
        for (row, number) in numbers.enumerated() where !number.isNaN {
          scores[row] += slope * (number - mean) / spread
        }
      }
    }
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    var cuts = (0..<classes - 1).map { _ in stream.below(rows) }
    for place in cuts.indices where stream.below(2) == 0 {
      cuts[place] = (place + 1) * rows / classes
    }
    cuts.sort()
    var result = [Double](repeating: 0.1 / Double(classes), count: rows * classes)
    var latent = 0
    for (rank, row) in order.enumerated() {
      while latent < cuts.count, rank >= cuts[latent] { latent += 1 }
      result[row * classes + latent] += 0.9
    }
    return result
  }
}
