/// How many would take a price: who accepts it or, where intent was asked, how many would buy.
///
/// Somebody accepts a price between their too cheap and too expensive. With intent at the bargain and
/// at the expensive price the chance to buy is 0 at too cheap, the chance of the stated intent at the
/// two prices between, 0 at too expensive, and straight in between.
///
/// - Reference: Newton, Miller & Smith (1993), A market acceptance extension to traditional price
///   sensitivity measurement, *AMA Advanced Research Techniques Forum*.
public struct PriceDemand: Sendable, Equatable {
  /// Prices that were asked, rising.
  public let prices: [Double]
  /// For each price the weighted share who accept it, or the mean chance to buy.
  public let demand: [Double]
  private let people: [Person]

  private struct Person: Sendable, Equatable {
    let prices: [Double]
    let chances: [Double]?
    let weight: Double

    func demand(at price: Double) -> Double {
      PriceDemand.demand(at: price, between: prices, chances: chances)
    }
  }

  /// One person's demand: 1 or 0 for acceptance, else the chance to buy, straight between the prices
  /// at which chances are known.
  static func demand(at price: Double, between prices: [Double], chances: [Double]?) -> Double {
    guard price > prices[0], price < prices[3] else { return 0 }
    guard let chances else { return 1 }
    for end in 1..<4 where price <= prices[end] {
      let share = (price - prices[end - 1]) / (prices[end] - prices[end - 1])
      return chances[end - 1] + share * (chances[end] - chances[end - 1])
    }
    return 0
  }

  /// Takes answers; there is no demand where nobody's are in order.
  ///
  /// - Parameters:
  ///   - answers: One for each person; those that are not in order are left out.
  ///   - intents: For each person the chances to buy at the bargain and at the expensive price, NaN
  ///     where not answered (these people are left out); `nil` for acceptance.
  ///   - weights: One for each person.
  public init?(
    _ answers: [PriceSensitivity.Answer], intents: [(cheap: Double, expensive: Double)]? = nil,
    weights: [Double]
  ) {
    let used = answers.indices.filter { person in
      answers[person].isOrdered && weights[person] > 0
        && (intents.map { !$0[person].cheap.isNaN && !$0[person].expensive.isNaN } ?? true)
    }
    guard !used.isEmpty else { return nil }
    let total = used.reduce(0) { $0 + weights[$1] }
    let people = used.map { person in
      Person(
        prices: answers[person].prices,
        chances: intents.map { [0, $0[person].cheap, $0[person].expensive, 0] },
        weight: weights[person] / total)
    }
    self.people = people
    prices = Array(Set(people.flatMap(\.prices))).sorted()
    demand = prices.map { price in people.reduce(0) { $0 + $1.weight * $1.demand(at: price) } }
  }

  /// The demand at a price.
  ///
  /// - Parameter price: A price.
  /// - Returns: A share; `nil` for a price outside those that were asked.
  public func demand(at price: Double) -> Double? {
    guard let first = prices.first, let last = prices.last, price >= first, price <= last else {
      return nil
    }
    return people.reduce(0) { $0 + $1.weight * $1.demand(at: price) }
  }

  /// The lowest of the prices at which most would buy, and the one that brings most money.
  public var best: (demand: Double, revenue: Double) {
    func top(_ values: [Double]) -> Double {
      var best = 0
      for place in values.indices where values[place] > values[best] + 1e-12 { best = place }
      return prices[best]
    }
    return (top(demand), top(zip(prices, demand).map { $0 * $1 }))
  }

  /// Arc elasticity from 5% below a price to 5% above it.
  ///
  /// - Parameter price: A price.
  /// - Returns: Relative change of demand over relative change of price, both to their midpoints;
  ///   `nil` where an end lies outside the prices asked or nobody is left at both ends.
  public func elasticity(at price: Double) -> Double? {
    guard let below = demand(at: 0.95 * price), let above = demand(at: 1.05 * price),
      below + above > 0
    else { return nil }
    return (above - below) / ((above + below) / 2) / 0.1
  }
}
