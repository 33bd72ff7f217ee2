import Foundation
import TesseraStudy

/// The prices at which a product is looked at, and those that the answers speak about.
struct PriceGrid: Sendable, Equatable {
  /// The prices, rising.
  let prices: [Double]

  /// Prices from an end to another, equally far apart, with the present price among them.
  ///
  /// - Parameters:
  ///   - span: The ends.
  ///   - steps: How many, 2 or more.
  ///   - present: The present price; left out where it lies outside.
  ///   - isRound: Whether the prices are multiples of a round number within the ends: at most
  ///     `steps` of them. What people state is round, and a price just above it loses them.
  init(_ span: ClosedRange<Double>, steps: Int, present: Double?, isRound: Bool) {
    let width = span.upperBound - span.lowerBound
    var prices: [Double] = []
    if isRound {
      let step = Self.roundedUp(width / Double(max(1, steps - 1)))
      let first = (span.lowerBound / step - 1e-9).rounded(.up)
      let last = (span.upperBound / step + 1e-9).rounded(.down)
      if last >= first { prices = (0...Int(last - first)).map { (first + Double($0)) * step } }
    }
    if prices.count < 2 {
      prices = (0..<steps).map {
        span.lowerBound + width * Double($0) / Double(max(1, steps - 1))
      }
    }
    if let present, span.contains(present) { prices.append(present) }
    self.prices = Array(Set(prices)).sorted()
  }

  /// The least of 1, 2, 2.5 and 5 times a power of ten that is not below a number above 0.
  static func roundedUp(_ raw: Double) -> Double {
    let power = pow(10, floor(log10(raw)))
    return ([1, 2, 2.5, 5, 10].first { $0 * power >= raw * (1 - 1e-9) } ?? 10) * power
  }

  /// The span of what people stated, with as many people at either end as may be told.
  ///
  /// - Parameters:
  ///   - answers: Prices; NaN without an answer.
  ///   - heads: People that each answer stands for.
  ///   - minimum: People at each end.
  /// - Returns: The ends; `nil` where fewer people answered, or all alike.
  static func span(
    _ answers: [Double], heads: [Double], minimum: Double
  ) -> ClosedRange<Double>? {
    let order = answers.indices.filter { answers[$0] > 0 && heads[$0] > 0 }
      .sorted { answers[$0] < answers[$1] }
    func end(_ order: some Sequence<Int>) -> Double? {
      var people = 0.0
      for place in order {
        people += heads[place]
        if people >= max(1, minimum) { return answers[place] }
      }
      return nil
    }
    guard let low = end(order), let high = end(order.reversed()), low < high else { return nil }
    return low...high
  }
}
