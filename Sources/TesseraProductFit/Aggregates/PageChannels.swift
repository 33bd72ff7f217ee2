import TesseraMath
import TesseraStudy

/// The sums a fit is made of: what each need weighs, and what each burden is worth, among those
/// who would accept a product.
///
/// With W the weight of a need, A a person's acceptance and u what a level is worth to them, the
/// channels are Σ s A W for each need, then Σ s A W u for each need and burden; s is a person's
/// share of the segment. Over the needs the first sum to the acceptance of the segment.
struct PageChannels: Sendable, Equatable {
  /// Number of needs.
  let needs: Int
  /// Needs with the burdens they relate to.
  let burdens: [Burden]

  /// A need that looks at a burden.
  struct Burden: Sendable, Equatable {
    let need: Int
    let feature: Int
  }

  init(_ model: FitModel) {
    needs = model.needs.count
    burdens = model.needs.indices.flatMap { need in
      model.features(of: need).filter { model.features[$0].isBurden }
        .map { Burden(need: need, feature: $0) }
    }
  }

  /// Number of channels.
  var count: Int { needs + burdens.count }

  /// Whether a need's fulfilment is a sum over its features, so that the channels alone give it.
  static func isSum(_ need: Int, _ model: FitModel) -> Bool {
    model.needs[need].combine == .mean
      || !model.features(of: need).contains { model.features[$0].isBurden }
  }

  /// The fit, from channels and from what levels are worth to everybody.
  ///
  /// - Parameters:
  ///   - channels: One number a channel.
  ///   - model: Relations and values.
  ///   - levels: The product's levels; an unknown one is worth one half.
  /// - Returns: 0 to 100, without the needs that ``isSum(_:_:)`` leaves to the groups of people.
  func fit(_ channels: [Double], _ model: FitModel, levels: [Double]) -> Double {
    100 * zip(channels, factors(model, levels: levels)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// What each channel counts for in the fit of a product, as a share of 1.
  func factors(_ model: FitModel, levels: [Double]) -> [Double] {
    var factors = [Double](repeating: 0, count: count)
    for need in 0..<needs where Self.isSum(need, model) {
      let related = model.features(of: need)
      guard related.contains(where: { model.features[$0].isBurden }) else {
        factors[need] = combined(need, model, levels) { _ in 0 }
        continue
      }
      var total = 0.0
      for feature in related { total += abs(model.relations[need, feature]) }
      for feature in related {
        let strength = model.relations[need, feature] / total
        guard model.features[feature].isBurden else {
          factors[need] += abs(strength) * fulfilled(need, feature, model, levels)
          continue
        }
        let place = burdens.firstIndex { $0.need == need && $0.feature == feature } ?? 0
        factors[needs + place] += strength
        if strength < 0 { factors[need] -= strength }
      }
    }
    return factors
  }

  /// What a feature does for a need, 0 to 1, the same for everybody.
  private func fulfilled(
    _ need: Int, _ feature: Int, _ model: FitModel, _ levels: [Double]
  ) -> Double {
    guard !levels[feature].isNaN else { return 0.5 }
    let worth = model.features[feature].worth(levels[feature])
    return model.relations[need, feature] > 0 ? worth : 1 - worth
  }

  /// A need's fulfilment; `burden` tells what a burden is worth.
  func combined(
    _ need: Int, _ model: FitModel, _ levels: [Double], burden: (Int) -> Double
  ) -> Double {
    let related = model.features(of: need)
    let parts = related.map { feature -> Double in
      guard model.features[feature].isBurden, !levels[feature].isNaN else {
        return fulfilled(need, feature, model, levels)
      }
      let worth = burden(feature)
      return model.relations[need, feature] > 0 ? worth : 1 - worth
    }
    var losses = parts
    return FeatureCombiner(
      strengths: related.map { abs(model.relations[need, $0]) },
      combine: model.needs[need].combine
    ).combine(parts, losses: &losses)
  }
}
