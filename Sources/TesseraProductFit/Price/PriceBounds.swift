import TesseraDesign
import TesseraMath
import TesseraStudy

/// Between which numbers levels that nobody knows leave a product at its prices.
///
/// A person's own fit is least with every level the worst for that person, and a share is least with the
/// product's own fit least and every rival's greatest. So these are outer bounds: they hold always.
struct PriceBounds: Sendable {
  /// Spoken prices × respondents, for the worst and the best.
  let fit: (low: Matrix, high: Matrix)
  let acceptance: (low: Matrix, high: Matrix)
  /// For each spoken price the shares by the rule that the study counts by.
  let share: (low: [MarketColumn], high: [MarketColumn])
  /// For each spoken price who takes anything; `nil` where shares are of everybody.
  let taking: (low: [MarketColumn?], high: [MarketColumn?])
  /// What is not known: "aa (x, z)".
  let words: String

  /// Finds the bounds; `nil` where all levels that matter are known.
  ///
  /// - Parameters:
  ///   - product: The product.
  ///   - levels: Its levels at the spoken prices.
  ///   - scored: Its scores there.
  ///   - market: What it stands against.
  init?(
    _ product: Int, _ levels: [[Double]], _ scored: ProductScores, _ market: MarketAnalysis
  ) {
    let analysis = market.analysis
    let priced = analysis.model.priceFeature
    let open = market.openOffers(market.market.today, with: product, knowing: priced)
    guard !open.isEmpty else { return nil }
    words = open.map(\.words).joined(separator: ", ")
    fit = (scored.fits(.worst), scored.fits(.best))
    func accepted(_ side: Scenario) -> Matrix {
      Matrix(
        rows: levels.count, columns: scored.fit.columns,
        values: analysis.scorer.acceptances(levels, levels.map { _ in side }).flatMap(\.self))
    }
    acceptance = (accepted(.worst), accepted(.best))
    let strong = PriceRivals(
      market, product, rule: market.rule, fit: analysis.scores.fits(.best))
    let weak = PriceRivals(
      market, product, rule: market.rule, fit: analysis.scores.fits(.worst))
    let (low, high) = (fit.low, fit.high)
    let rows = analysis.settings.workers.map(levels.count) { place in
      (
        low: strong.shares(low.row(place)), high: weak.shares(high.row(place)),
        takingLow: strong.taking(low.row(place)), takingHigh: weak.taking(high.row(place))
      )
    }
    share = (rows.map(\.low), rows.map(\.high))
    taking = (rows.map(\.takingLow), rows.map(\.takingHigh))
  }
}

extension ProductScores {
  /// Products × respondents: everybody's fit if all that is unknown turns out for the worst, or the best.
  func fits(_ side: Scenario) -> Matrix {
    var result = fit
    for (product, bounds) in bounds.enumerated() {
      guard let bounds else { continue }
      for person in 0..<fit.columns {
        result[product, person] = side == .worst ? bounds.low[person] : bounds.high[person]
      }
    }
    return result
  }
}

extension MarketAnalysis {
  /// A product of which a level is not known that a need or a barrier asks for.
  struct OpenOffer: Sendable {
    let offer: Int
    /// The product and the features: "aa (x, z)".
    let words: String
  }

  /// The products on a market whose fit may be anything in a range, because levels are not known.
  ///
  /// - Parameters:
  ///   - state: The market.
  ///   - product: A product that counts as there in any case.
  ///   - feature: A feature of this product that is known.
  /// - Returns: Those whose mean fit is open by more than a point in some segment.
  func openOffers(
    _ state: MarketState, with product: Int? = nil, knowing feature: Int? = nil
  ) -> [OpenOffer] {
    let model = analysis.model
    return state.offers.indices.compactMap { offer in
      guard state.offers[offer].isPresent || offer == product else { return nil }
      let levels = state.offers[offer].levels
      let missing = levels.indices.filter {
        levels[$0].isNaN && !(offer == product && $0 == feature)
      }
      guard !missing.isEmpty, model.hasUnknowns(levels: levels) else { return nil }
      guard let bounds = analysis.scorer.scores([levels]).bounds[0] else { return nil }
      let range = zip(bounds.low, bounds.high).map { $1 - $0 }
      let means = analysis.estimator.means(Matrix([range]))
      guard (0..<analysis.segments).contains(where: { means[0, $0] > 1 }) else { return nil }
      let label = state.offers[offer].product.map { model.products[$0].label } ?? "a new product"
      return OpenOffer(
        offer: offer,
        words: "\(label) (\(missing.map { model.features[$0].label }.joined(separator: ", ")))")
    }
  }
}
