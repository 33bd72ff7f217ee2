import TesseraMath

/// What one product is chosen against, summed up for each respondent.
///
/// The chances are those of ``MarketChoice`` with the one product beside the others of the market of
/// today, without looking at every other product again for each of its prices.
struct PriceRivals: Sendable {
  /// What a respondent may stand before, without the product: for first choice the best fit and how many
  /// rivals share it, for share of preference the sum of exp(fit/scale) over rivals.
  private struct Outcome: Sendable {
    let level: Double
    let ties: Double
    let chance: Double
  }

  /// Respondents of some segments.
  private struct Group: Sendable {
    /// How likely the product is known and to be had.
    let chance: Double
    /// For each respondent.
    let outcomes: [[Outcome]]
    /// How likely a respondent knows no rival that they accept.
    let none: [Double]
  }

  private let groups: [Group]
  private let rule: ChoiceRule
  private let hasOutside: Bool
  /// What the product has beyond its fit.
  private let constant: Double

  /// Sums up the rivals of a product.
  ///
  /// - Parameters:
  ///   - market: The market of today.
  ///   - product: The product, which is on the market whether or not it is today.
  ///   - rule: First choice or share of preference.
  ///   - fit: Products × respondents; what the study says if left out.
  init(_ market: MarketAnalysis, _ product: Int, rule: ChoiceRule, fit: Matrix? = nil) {
    self.rule = rule
    hasOutside = market.market.hasOutside
    constant = market.constants[product]
    let fit = fit ?? market.analysis.scores.fit
    var state = market.market.today
    state.offers[product].isPresent = true
    let present = state.offers.indices.filter { $0 != product && state.offers[$0].isPresent }
    groups = market.groups.map { segments in
      let chances = MarketAnalysis.chances(state, market.market, segments[0])
      let rivals = present.filter { chances[$0] > 0 }
      let none = (0..<fit.columns).map { person in
        rivals.reduce(1.0) { fit[$1, person] > 0 ? $0 * (1 - chances[$1]) : $0 }
      }
      guard rule == .first else {
        // With the product among those that are known: its own chance stands in the sets.
        let sets = MarketChoice(chances: chances).sets.filter { $0.products.contains(product) }
        var worths = fit
        for rival in rivals {
          for person in 0..<fit.columns {
            let own = fit[rival, person]
            worths[rival, person] =
              own > 0
              ? (own / MarketAnalysis.scale + market.constants[rival]).exponential : 0
          }
        }
        return Group(
          chance: 1,
          outcomes: (0..<fit.columns).map { person in
            sets.map { set in
              Outcome(
                level: set.products.reduce(0) { $1 == product ? $0 : $0 + worths[$1, person] },
                ties: 0, chance: set.chance)
            }
          }, none: none)
      }
      return Group(
        chance: chances[product],
        outcomes: (0..<fit.columns).map { person in
          LineValue.rivals(rivals.map { fit[$0, person] }, rivals.map { chances[$0] }).map {
            Outcome(level: $0.best, ties: $0.ties, chance: $0.chance)
          }
        }, none: none)
    }
    known = market.groups.map { MarketAnalysis.chances(state, market.market, $0[0])[product] }
  }

  /// For each group of segments the chance that the product is known and to be had.
  private let known: [Double]

  /// Each respondent's chance to take the product, given its fit.
  func shares(_ fit: ArraySlice<Double>) -> MarketColumn {
    groups.map { group in
      zip(fit, group.outcomes).map { fit, outcomes in
        guard fit > 0 else { return 0 }
        guard rule == .first else {
          let own = (fit / MarketAnalysis.scale + constant).exponential
          return outcomes.reduce(0) { $0 + $1.chance * own / (own + $1.level) }
        }
        return group.chance
          * outcomes.reduce(0) { sum, one in
            guard fit >= one.level - LineValue.tie else { return sum }
            return sum + one.chance * (fit > one.level + LineValue.tie ? 1 : 1 / (1 + one.ties))
          }
      }
    }
  }

  /// Each respondent's chance to take any product; `nil` where shares are of everybody.
  func taking(_ fit: ArraySlice<Double>) -> MarketColumn? {
    guard !hasOutside else { return nil }
    return zip(groups, known).map { group, known in
      zip(fit, group.none).map { 1 - $1 * ($0 > 0 ? 1 - known : 1) }
    }
  }
}
