import TesseraDesign
import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// Points of noise at which shares are told, and those between which they are told to lie: an
  /// assumption, as nobody's choices are known.
  static let scales = (middle: 10.0, others: [5.0, 20.0])

  /// First choice, share of preference and randomised first choice of every product in every audience.
  func preferenceShares() -> [PreferenceShare] {
    let names: [String?] = model.products.map(\.name) + [nil]
    func summary(
      _ chances: Matrix, _ estimator: DomainEstimator
    ) -> (means: Matrix, errors: [[Double]]) {
      let means = estimator.means(chances)
      let errors = settings.workers.map(chances.rows) {
        estimator.errors(Array(chances.row($0)), means: Array(means.row($0)))
      }
      return (means, errors)
    }
    let choice = randomisedFirstChoice(model.productLevels)
    func randomised(_ scale: Double) -> Matrix {
      choice.chances(blur(scale: scale), workers: settings.workers)
    }
    let first = PreferenceShares.firstChances(scores.fit)
    let preference = PreferenceShares.preferenceChances(scores.fit, scale: Self.scales.middle)
    let blurred = randomised(Self.scales.middle)
    let otherPreference = Self.scales.others.map {
      PreferenceShares.preferenceChances(scores.fit, scale: $0)
    }
    let otherBlurred = Self.scales.others.map(randomised)
    func all(_ estimator: DomainEstimator) -> (
      told: [(means: Matrix, errors: [[Double]])], preference: [Matrix], blurred: [Matrix]
    ) {
      (
        [first, preference, blurred].map { summary($0, estimator) },
        otherPreference.map { estimator.means($0) }, otherBlurred.map { estimator.means($0) }
      )
    }
    let (wide, narrow) = (all(population), all(estimator))
    let bounds = ShareBounds(scores, scale: Self.scales.middle)
    let isLevelMissing = model.products.contains { $0.levels.contains(where: \.isNaN) }
    let (wideBounds, narrowBounds) = (
      bounds.map { $0.means(population) }, bounds.map { $0.means(estimator) }
    )
    return audiences.flatMap { audience -> [PreferenceShare] in
      let shown = [0, 1, 2].map { kind in
        shares(
          names.indices.map {
            (audience.segment == nil ? wide : narrow).told[kind].means[$0, audience.segment ?? 0]
          }, of: audience)
      }
      return names.indices.map { product in
        let found = audience.segment == nil ? wide : narrow
        let place = audience.segment ?? 0
        func mean(_ kind: Int) -> Double? { shown[kind][product].share }
        func error(_ kind: Int) -> Double? {
          guard shown[kind][product].isExact else { return nil }
          return told(found.told[kind].errors[product][place], of: audience)
        }
        func ends(_ middle: Int, _ others: [Matrix]) -> (Double?, Double?) {
          guard shown[middle][product].isExact else { return (nil, nil) }
          let values =
            others.map { $0[product, place] } + [found.told[middle].means[product, place]]
          return (told(values.min(), of: audience), told(values.max(), of: audience))
        }
        var share = PreferenceShare(
          segment: audience.id, product: names[product], first: mean(0), firstSE: error(0),
          randomised: mean(2), randomisedSE: error(2))
        (share.preference, share.preferenceSE) = (mean(1), error(1))
        (share.preferenceLow, share.preferenceHigh) = ends(1, found.preference)
        if let bounds = audience.segment == nil ? wideBounds : narrowBounds {
          func end(_ kind: Int, _ means: Matrix) -> Double? {
            shown[kind][product].isExact ? told(means[product, place], of: audience) : nil
          }
          share.firstMin = end(0, bounds.first.low)
          share.firstMax = end(0, bounds.first.high)
          share.preferenceMin = end(1, bounds.preference.low)
          share.preferenceMax = end(1, bounds.preference.high)
          // A middle between so wide ends would look like a figure.
          if isLevelMissing, let low = share.firstMin, let high = share.firstMax, high - low > 0.05
          {
            (share.randomised, share.randomisedSE) = (nil, nil)
          }
        }
        let byScale = [
          found.preference[0][product, place], found.told[1].means[product, place],
          found.preference[1][product, place],
        ]
        share.preferenceByScale = byScale.compactMap { told($0, of: audience) }
        if share.randomised != nil {
          (share.randomisedLow, share.randomisedHigh) = ends(2, found.blurred)
        }
        return share
      }
    }
  }

  /// Shares of all products, as they may be told of an audience; of some hidden ones there are two.
  private func shares(
    _ all: [Double], of audience: Audience
  ) -> [(share: Double?, isExact: Bool)] {
    let base = audience.segment.map { suppression.bases[$0] } ?? suppression.bases.reduce(0, +)
    let rules = CellRules(settings, columns: model.barriers.flatMap(\.columns))
    guard isTold(audience) else { return all.map { _ in (nil, false) } }
    var shown = all.map { rules.told($0, base: base) }
    if rules.isStrict, shown.count(where: { $0 == nil }) == 1,
      let least = shown.indices.filter({ shown[$0] != nil }).min(by: { all[$0] < all[$1] })
    {
      shown[least] = nil
    }
    let isExact = rules.minimum <= 1 || (!rules.isStrict && base >= rules.small)
    return zip(all, shown).map { plain, share in
      (share == nil ? nil : isExact ? plain : share, isExact)
    }
  }

  /// The errors of randomised first choice at a scale.
  func blur(scale: Double) -> RandomisedFirstChoice.Settings {
    // Of many people fewer draws each say as much of a mean.
    let draws = max(50, min(500, 10_000_000 / max(1, model.respondents.count)))
    return .init(
      scale: scale, features: model.features.count, draws: draws, seed: settings.seed)
  }

  /// Whether barriers and products that not everybody can choose have a bit each.
  func canRandomise(_ chances: [Double]) -> Bool {
    model.barriers.count + chances.count { $0 > 0 && $0 < 1 } <= BarrierSet.most
  }

  /// Products as randomised first choice looks at them.
  ///
  /// - Parameters:
  ///   - levels: One row a product.
  ///   - chances: The chance that each product is known and to be had; empty where all are. A product
  ///     that is not is refused, as by a barrier of its own.
  /// - Returns: What shares are drawn from.
  func randomisedFirstChoice(
    _ levels: [[Double]], chances: [Double] = []
  ) -> RandomisedFirstChoice {
    let isUncertain = levels.contains { model.hasUnknowns(levels: $0) }
    let scenarios: [Scenario] = isUncertain ? [.worst, .best] : [.worst]
    let outcomes = scenarios.map { scorer.outcomes(levels, $0) }
    let people = model.respondents.count
    var strengths = model.barriers.map(\.strength)
    var hits = outcomes.map { $0.map(\.hits) }
    var quality = outcomes.map { $0.map(\.quality) }
    for (product, chance) in chances.enumerated() where chance < 1 {
      for scenario in scenarios.indices {
        guard chance > 0 else {
          quality[scenario][product] = [Double](repeating: 0, count: people)
          continue
        }
        let bit = UInt64(1) << UInt64(strengths.count)
        hits[scenario][product] =
          hits[scenario][product].isEmpty
          ? [UInt64](repeating: bit, count: people) : hits[scenario][product].map { $0 | bit }
      }
      if chance > 0 { strengths.append(1 - chance) }
    }
    return RandomisedFirstChoice(
      quality: quality.map { products in
        Matrix(rows: products.count, columns: people, values: products.flatMap(\.self))
      }, hits: hits, strengths: strengths,
      levels: levels.map { row in
        model.features.indices.map { feature in
          let (declared, level) = (model.features[feature], row[feature])
          if level.isNaN { return .unknown }
          if !declared.levelNames.isEmpty { return .named(Int(level)) }
          guard declared.isBurden else { return .worth(declared.worth(level)) }
          return .worths(
            model.respondents.incomes[feature].map {
              $0.isNaN ? 0.5 : declared.worth(level, income: $0)
            })
        }
      }, names: model.features.map(\.levelNames.count))
  }
}
