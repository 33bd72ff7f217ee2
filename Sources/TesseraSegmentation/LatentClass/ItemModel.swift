import Foundation
public import TesseraMath

/// How one item is answered in each class.
public struct ItemModel: Sendable, Equatable, Codable {
  /// The item's name.
  public let name: String
  /// How its answers are to be understood.
  public let measurement: Item.Measurement
  /// The distribution of its answers, class by class.
  public let distribution: Distribution

  /// Makes the model of an item.
  public init(name: String, measurement: Item.Measurement, distribution: Distribution) {
    self.name = name
    self.measurement = measurement
    self.distribution = distribution
  }

  /// The distribution of an item's answers, class by class.
  public enum Distribution: Sendable, Equatable, Codable {
    /// Chance of each category: a row a class, one number a category, each row summing to 1.
    case categories([[Double]])
    /// Chance of each category, bound by log-odds that shift with the class: P(m | k) is
    /// proportional to exp(intercept m + slope k · score m). First intercept and slope are 0.
    case adjacentCategories(
      probabilities: [[Double]], intercepts: [Double], slopes: [Double], scores: [Double])
    /// Mean and variance of a normal distribution in each class.
    case normal(means: [Double], variances: [Double])
    /// Mean count in each class.
    case counts(rates: [Double])
    /// Share of each class that never counts anything, and the mean count of the others: a respondent
    /// has 0 because of the one or of the other.
    case zeroInflated(zeros: [Double], rates: [Double])
  }

  /// Chance of each category in each class, a row a class; absent for numbers.
  public var probabilities: [[Double]]? {
    switch distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _): rows
    case .normal, .counts, .zeroInflated: nil
    }
  }

  /// Mean in each class: of the numbers, the counts, or the category scores 1, 2, 3, ...
  public var means: [Double] {
    switch distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _):
      rows.map { row in
        row.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
      }
    case .normal(let means, _): means
    case .counts(let rates): rates
    case .zeroInflated(let zeros, let rates): zip(zeros, rates).map { (1 - $0) * $1 }
    }
  }

  /// Variance in each class of numbers and counts; absent for categories.
  public var variances: [Double]? {
    switch distribution {
    case .categories, .adjacentCategories: nil
    case .normal(_, let variances): variances
    case .counts(let rates): rates
    case .zeroInflated(let zeros, let rates):
      zip(zeros, rates).map { (1 - $0) * $1 * (1 + $0 * $1) }
    }
  }
}

extension ItemModel.Distribution {
  /// Draws an answer of a class.
  ///
  /// - Parameters:
  ///   - latent: The class, from 0.
  ///   - stream: Source of chance.
  /// - Returns: A category from 1, or a number.
  public func draw(class latent: Int, _ stream: inout RandomStream) -> Double {
    switch self {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _):
      Double(1 + stream.categorical(rows[latent]))
    case .normal(let means, let variances):
      means[latent] + variances[latent].squareRoot() * stream.normal()
    case .counts(let rates): Double(stream.poisson(mean: rates[latent]))
    case .zeroInflated(let zeros, let rates):
      stream.uniform() < zeros[latent] ? 0 : Double(stream.poisson(mean: rates[latent]))
    }
  }

  /// Log chance of a count in each class, but for -ln y!, which is the same in all.
  ///
  /// - Parameter count: A whole number from 0.
  /// - Returns: One number a class, in nats; none where the answers are no counts.
  public func logChances(count: Double) -> [Double] {
    switch self {
    case .categories, .adjacentCategories, .normal: []
    case .counts(let rates): rates.map { count * log(max($0, 1e-300)) - $0 }
    case .zeroInflated(let zeros, let rates):
      zip(zeros, rates).map { ZeroInflatedFamily.logChance(count, zero: $0, rate: $1) }
    }
  }

  /// The numbers of all classes, table after table.
  var numbers: [Double] {
    switch self {
    case .categories(let rows): rows.flatMap { $0 }
    case .adjacentCategories(_, let intercepts, let slopes, _): intercepts + slopes
    case .normal(let means, let variances): means + variances
    case .counts(let rates): rates
    case .zeroInflated(let zeros, let rates): zeros + rates
    }
  }

  /// A distribution of the same form with numbers that are taken in the order of ``numbers``.
  func with(_ take: (Int) -> [Double]) -> ItemModel.Distribution {
    switch self {
    case .categories(let rows): .categories(rows.map { take($0.count) })
    case .adjacentCategories(_, let intercepts, let slopes, let scores):
      .adjacent(intercepts: take(intercepts.count), slopes: take(slopes.count), scores: scores)
    case .normal(let means, let variances):
      .normal(means: take(means.count), variances: take(variances.count))
    case .counts(let rates): .counts(rates: take(rates.count))
    case .zeroInflated(let zeros, let rates):
      .zeroInflated(zeros: take(zeros.count), rates: take(rates.count))
    }
  }

  /// The distribution of some of the classes, in the order given; one may come twice.
  func selecting(_ classes: [Int]) -> ItemModel.Distribution {
    func chosen<Value>(_ values: [Value]) -> [Value] { classes.map { values[$0] } }
    switch self {
    case .categories(let rows): return .categories(chosen(rows))
    case .adjacentCategories(_, let intercepts, let slopes, let scores):
      // The first class has slope 0: what it had goes into the intercepts.
      let first = slopes[classes[0]]
      return .adjacent(
        intercepts: zip(intercepts, scores).map { $0 + first * ($1 - scores[0]) },
        slopes: chosen(slopes).map { $0 - first }, scores: scores)
    case .normal(let means, let variances):
      return .normal(means: chosen(means), variances: chosen(variances))
    case .counts(let rates): return .counts(rates: chosen(rates))
    case .zeroInflated(let zeros, let rates):
      return .zeroInflated(zeros: chosen(zeros), rates: chosen(rates))
    }
  }

  /// Chances of adjacent categories from their log-odds.
  ///
  /// - Parameters:
  ///   - intercepts: One a category, the first 0.
  ///   - slopes: One a class, the first 0.
  ///   - scores: One a category.
  /// - Returns: The distribution.
  public static func adjacent(
    intercepts: [Double], slopes: [Double], scores: [Double]
  ) -> ItemModel.Distribution {
    .adjacentCategories(
      probabilities: slopes.map { slope in
        let logs = zip(intercepts, scores).map { $0 + slope * $1 }
        let top = logs.max() ?? 0
        let raw = logs.map { exp($0 - top) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
      }, intercepts: intercepts, slopes: slopes, scores: scores)
  }
}
