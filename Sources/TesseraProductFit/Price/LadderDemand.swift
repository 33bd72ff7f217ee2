/// Gabor-Granger: who would buy at each of several prices.
///
/// Who would buy at a price would buy at any lower one: of a person's answers the highest price that
/// got a yes counts, and what was answered against it below does not. Between two prices asked demand
/// falls on a straight line, because nothing is known between them; outside them nothing is said.
///
/// - Reference: Gabor & Granger (1966), Price as an indicator of quality: report on an enquiry,
///   *Economica* 33(129), 43-70.
package struct LadderDemand: Sendable, Equatable {
  /// The prices asked, rising.
  package let prices: [Double]
  /// For each person how many of the prices, from the lowest, they would pay; `nil` without an answer.
  package let paid: [Int?]
  /// People who said no to a price below one to which they said yes.
  package let reversed: Int

  /// Takes answers.
  ///
  /// - Parameters:
  ///   - prices: The prices, rising.
  ///   - answers: For each person and price 1 for yes, 0 for no, NaN without an answer.
  package init(prices: [Double], answers: [[Double]]) {
    precondition(answers.allSatisfy { $0.count == prices.count }, "an answer for each price")
    self.prices = prices
    paid = answers.map { person in
      guard person.contains(where: { !$0.isNaN }) else { return nil }
      return (person.lastIndex { $0 == 1 } ?? -1) + 1
    }
    reversed = answers.count { person in
      guard let highest = person.lastIndex(where: { $0 == 1 }) else { return false }
      return person[..<highest].contains(0)
    }
  }

  /// What each person would do at a price: 1 buys, 0 does not, a share between two prices asked.
  ///
  /// - Parameter price: A price from the lowest to the highest asked.
  /// - Returns: One number for each person, 0 for those without an answer.
  package func demand(at price: Double) -> [Double] {
    let above = prices.firstIndex { $0 >= price } ?? prices.count - 1
    let below = above == 0 || prices[above] == price ? above : above - 1
    let share =
      above == below ? 0 : (price - prices[below]) / (prices[above] - prices[below])
    return paid.map { paid in
      guard let paid else { return 0 }
      return (paid > below ? 1 - share : 0) + (paid > above ? share : 0)
    }
  }
}
