/// Means, variances and their kin, precise also where the spread is tiny beside the mean.
///
/// Numbers are first taken relative to one of their own, so that a large common part cancels
/// exactly, and sums carry their rounding errors along (``CompensatedSum``). The certified values
/// of the NIST Statistical Reference Datasets are reproduced as far as doubles allow.
public enum Descriptive {
  /// The mean; `nil` if there are no numbers.
  ///
  /// - Parameter values: Finite numbers.
  /// - Returns: Σ *x* / *n*.
  /// - Complexity: O(*n*).
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.compensatedSum() / Double(values.count)
  }

  /// The sample variance with divisor *n* − 1; `nil` for fewer than two numbers.
  ///
  /// - Parameter values: Finite numbers.
  /// - Returns: Σ (*x* − *x̄*)² / (*n* − 1).
  /// - Complexity: O(*n*), two passes.
  public static func variance(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    return Deviations(values).squares / Double(values.count - 1)
  }

  /// The square root of ``variance(_:)``.
  ///
  /// - Parameter values: Finite numbers.
  /// - Returns: In the units of the numbers; `nil` for fewer than two.
  /// - Complexity: O(*n*).
  public static func standardDeviation(_ values: [Double]) -> Double? {
    variance(values).map { $0.squareRoot() }
  }

  /// The weighted mean; `nil` if the weights sum to zero.
  ///
  /// - Parameters:
  ///   - values: Finite numbers.
  ///   - weights: As many finite weights; numbers of weight 0 are not looked at.
  /// - Returns: Σ *w* *x* / Σ *w*.
  /// - Complexity: O(*n*).
  public static func mean(_ values: [Double], weights: [Double]) -> Double? {
    precondition(values.count == weights.count, "\(weights.count) weights, \(values.count) values")
    guard let origin = values.indices.first(where: { weights[$0] != 0 }).map({ values[$0] }) else {
      return nil
    }
    var sum = CompensatedSum()
    var total = CompensatedSum()
    for (value, weight) in zip(values, weights) where weight != 0 {
      sum.add(weight * (value - origin))
      total.add(weight)
    }
    return total.value == 0 ? nil : origin + sum.value / total.value
  }

  /// What a weighted sum of squares is divided by.
  public enum Divisor: Sendable {
    /// Σ *w*: the variance of the weighted people themselves.
    case total
    /// Σ *w* − 1: each weight counts so many people.
    case frequencies
    /// Σ *w* (*n* − 1) / *n*, with *n* the numbers of weight above 0: weights only say how many
    /// each stands for.
    case rows
  }

  /// The weighted variance; `nil` if the divisor is not above zero.
  ///
  /// - Parameters:
  ///   - values: Finite numbers.
  ///   - weights: As many weights, 0 or more; numbers of weight 0 are not looked at.
  ///   - divisor: What the sum of squares is divided by.
  /// - Returns: Σ *w* (*x* − *x̄*)² over the divisor.
  /// - Complexity: O(*n*), two passes.
  public static func variance(
    _ values: [Double], weights: [Double], divisor: Divisor = .total
  ) -> Double? {
    guard let mean = mean(values, weights: weights) else { return nil }
    var squares = CompensatedSum()
    var errors = CompensatedSum()
    var total = CompensatedSum()
    var count = 0.0
    for (value, weight) in zip(values, weights) where weight != 0 {
      let difference = value - mean
      squares.add(weight * difference * difference)
      errors.add(weight * difference)
      total.add(weight)
      count += 1
    }
    let bottom =
      switch divisor {
      case .total: total.value
      case .frequencies: total.value - 1
      case .rows: total.value * (count - 1) / count
      }
    guard bottom > 0 else { return nil }
    return max(0, squares.value - errors.value * errors.value / total.value) / bottom
  }

  /// The correlation of each number with the one after it; `nil` if all are equal.
  ///
  /// - Parameter values: Finite numbers in their order in time.
  /// - Returns: Σ (*x*ᵢ − *x̄*)(*x*ᵢ₊₁ − *x̄*) / Σ (*x* − *x̄*)².
  /// - Complexity: O(*n*).
  public static func lagOneAutocorrelation(_ values: [Double]) -> Double? {
    let deviations = Deviations(values)
    guard deviations.squares > 0 else { return nil }
    var products = CompensatedSum()
    for (before, after) in zip(deviations.values, deviations.values.dropFirst()) {
      products.add(before * after)
    }
    return products.value / deviations.squares
  }
}

/// Differences from the mean, and the sum of their squares.
struct Deviations {
  let values: [Double]
  let squares: Double

  /// Subtracts first a number of the sample, which is exact for neighbours, then the mean of what is
  /// left, which is small; and takes off the squares what that mean's rounding has added.
  init(_ sample: [Double]) {
    let origin = sample.first ?? 0
    let shifted = sample.map { $0 - origin }
    let count = Double(max(1, sample.count))
    let mean = shifted.compensatedSum() / count
    values = shifted.map { $0 - mean }
    let error = values.compensatedSum()
    let sum = values.lazy.map { $0 * $0 }.compensatedSum()
    squares = max(0, sum - error * error / count)
  }
}
