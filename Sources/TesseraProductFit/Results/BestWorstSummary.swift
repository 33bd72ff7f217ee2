import Foundation
import TesseraMath
public import TesseraStudy

/// What best-worst tasks say of one item in one audience.
///
/// The utility is that of the maximum-difference logit of the tasks as they were shown. Where it is not
/// known what was shown it is the aggregate multinomial logit in closed form, ln (1 + s)/(1 − s) of the
/// score s = (best − worst)/shown, which counts strong and weak rivals alike.
///
/// - Reference: Marley & Louviere (2005), *J. Mathematical Psychology* 49, 464–480; Lipovetsky & Conklin (2014), *J. Choice Modelling* 10, 60–68.
public struct BestWorstSummary: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The need's name.
  public var need: String
  /// (Best − worst) / shown, −1 to 1; `nil` if suppressed.
  public var score: Double?
  /// The utility; `nil` where the item was always best or always worst.
  public var utility: Double?
  /// Its standard error where answered tasks are independent (in closed form: showings, as published).
  public var se: Double?
  /// Its standard error by the design, all tasks of a respondent together.
  public var clusteredSE: Double?
  /// The item's share of choices among all of them, by the maximum-difference logit of the tasks as they
  /// were shown; `nil` where it is not known what was shown, or an item was always or never taken.
  public var share: Double?

  /// The utility of counts, and its error where showings are independent.
  ///
  /// - Parameters:
  ///   - net: Best less worst.
  ///   - shown: How often it was shown.
  /// - Returns: `nil` where the item was always best or always worst.
  public static func utility(net: Double, shown: Double) -> (value: Double, se: Double)? {
    let score = net / shown
    guard shown > 0, abs(score) < 1 else { return nil }
    let chance = (1 + score) / 2
    return (
      log(chance / (1 - chance)), 1 / (shown * chance * (1 - chance)).squareRoot()
    )
  }

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "segment": segment, "need": need, "score": score, "utility": utility, "se": se,
      "se_clustered": clusteredSE, "share": share,
    ]
  }
}

extension FitAnalysis {
  /// Scores and utilities of the items of best-worst tasks in every audience.
  func bestWorst() -> [BestWorstSummary] {
    let (net, shown) = model.respondents.bestWorst
    let asked = model.needs.indices.filter { need in
      (0..<model.respondents.count).contains { shown[$0, need] > 0 }
    }
    guard !asked.isEmpty else { return [] }
    return audiences.flatMap { audience in
      let weights = weights(of: audience)
      let found = asked.map { summary($0, net.column($0), shown.column($0), weights, audience) }
      guard found.allSatisfy({ $0.utility != nil }), let estimate = estimate(weights, asked.count)
      else { return found }
      let sum = asked.reduce(0) { $0 + exp(estimate.utilities[$1]) }
      return zip(found, asked).map { one, need in
        var one = one
        one.utility = estimate.utilities[need]
        one.se = estimate.errors[need]
        let error = observed(estimate.influences.column(need)).errors[audience.place]
        one.clusteredSE = error.isFinite ? error : nil
        one.share = exp(estimate.utilities[need]) / sum
        return one
      }
    }
  }

  /// Utilities by the tasks as they were shown; `nil` where that is not known.
  private func estimate(_ weights: [Double], _ asked: Int) -> BestWorstLogit.Estimate? {
    let (menus, items) = model.respondents.bestWorstMenus
    // Needs that are no items have no utility.
    guard !menus.isEmpty, asked == model.needs.count else { return nil }
    return BestWorstLogit.estimate(menus, weights: weights, items: items)
  }

  private func summary(
    _ need: Int, _ net: [Double], _ shown: [Double], _ weights: [Double], _ audience: Audience
  ) -> BestWorstSummary {
    var one = BestWorstSummary(segment: audience.id, need: model.needs[need].name)
    let isUsed = shown.map { $0 > 0 }
    guard isTold(audience, base: base(of: audience, isUsed)) else { return one }
    var (best, times) = (0.0, 0.0)
    for respondent in isUsed.indices where isUsed[respondent] {
      best += weights[respondent] * net[respondent]
      times += weights[respondent] * shown[respondent]
    }
    guard times > 0 else { return one }
    let score = best / times
    one.score = score
    guard let utility = BestWorstSummary.utility(net: best, shown: times) else { return one }
    one.utility = utility.value
    one.se = utility.se
    // The score is a ratio of means; each respondent's part of its error, then ln (1 + s)/(1 − s).
    let weightSum = zip(isUsed, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
    let parts = isUsed.indices.map { respondent -> Double in
      guard isUsed[respondent] else { return .nan }
      return (net[respondent] - score * shown[respondent]) / (times / weightSum)
    }
    let error = observed(parts).errors[audience.place]
    one.clusteredSE = error.isFinite ? error * 2 / (1 - score * score) : nil
    return one
  }
}
