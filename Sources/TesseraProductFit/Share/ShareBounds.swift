import TesseraDesign
import TesseraMath

/// Between which shares of choice lie, whatever unknown features and incomes turn out to be.
///
/// A share grows with the product's own fit and falls with every other. So the least is reached at
/// most where each person's fit is least with this product and greatest with all others, and the greatest
/// the other way round. The bounds hold always; they are outer bounds, because no one level need be the
/// worst for everybody.
struct ShareBounds {
  /// Products and none × people.
  private let first: (low: Matrix, high: Matrix)
  private let preference: (low: Matrix, high: Matrix)

  /// Finds the bounds of everybody's choice.
  ///
  /// - Parameters:
  ///   - scores: Fits with their bounds.
  ///   - scale: Points of noise of shares of preference; `nil` comes back where all is known.
  /// - Complexity: O(products² × people).
  init?(_ scores: ProductScores, scale: Double) {
    guard scores.bounds.contains(where: { $0 != nil }) else { return nil }
    let (products, people) = (scores.fit.rows, scores.fit.columns)
    var low = scores.fit
    var high = scores.fit
    for (product, bounds) in scores.bounds.enumerated() {
      guard let bounds else { continue }
      for person in 0..<people {
        low[product, person] = bounds.low[person]
        high[product, person] = bounds.high[person]
      }
    }
    func ends(_ chances: (Matrix) -> Matrix) -> (low: Matrix, high: Matrix) {
      var least = Matrix(rows: products + 1, columns: people)
      var most = least
      for product in 0..<products {
        var (worst, best) = (high, low)
        for person in 0..<people {
          worst[product, person] = low[product, person]
          best[product, person] = high[product, person]
        }
        let (under, over) = (chances(worst), chances(best))
        for person in 0..<people {
          least[product, person] = under[product, person]
          most[product, person] = over[product, person]
        }
      }
      // Nothing is taken least often where every fit is at its greatest.
      let (none, all) = (chances(high), chances(low))
      for person in 0..<people {
        least[products, person] = none[products, person]
        most[products, person] = all[products, person]
      }
      return (least, most)
    }
    first = ends(PreferenceShares.firstChances)
    preference = ends { PreferenceShares.preferenceChances($0, scale: scale) }
  }

  /// Mean shares: products and none × segments.
  func means(
    _ estimator: DomainEstimator
  ) -> (first: (low: Matrix, high: Matrix), preference: (low: Matrix, high: Matrix)) {
    (
      (estimator.means(first.low), estimator.means(first.high)),
      (estimator.means(preference.low), estimator.means(preference.high))
    )
  }
}
