import TesseraMath

/// Edits drawn at random: what the groups of people are formed for, and what the page is judged by.
struct TrialEdits: Sendable {
  let features: [HitFeature]
  /// Products whose levels are all known.
  let products: [[Double]]

  init(_ model: FitModel, features: [HitFeature]) {
    self.features = features
    products = model.products.map(\.levels).filter { !$0.contains(where: \.isNaN) }
  }

  /// Whether there is anything to edit.
  var isEmpty: Bool { features.isEmpty || products.isEmpty }

  /// A product with some features that people are held against changed, and the others taken from
  /// one product or another.
  ///
  /// - Parameters:
  ///   - changes: How many features are changed; `nil` for any number.
  ///   - isBetween: Whether levels lie anywhere along a grid, not at the stops of a slider.
  ///   - stream: Where chance comes from.
  /// - Returns: One level a feature.
  func draw(_ changes: Int?, isBetween: Bool = false, _ stream: inout RandomStream) -> [Double] {
    var levels = products[stream.below(products.count)]
    let held = Set(features.map(\.feature))
    for feature in levels.indices where !held.contains(feature) {
      levels[feature] = products[stream.below(products.count)][feature]
    }
    var left = Array(features.indices)
    for _ in 0..<(changes ?? 1 + stream.below(features.count)) where !left.isEmpty {
      let feature = features[left.remove(at: stream.below(left.count))]
      levels[feature.feature] = Self.level(of: feature, isBetween: isBetween, &stream)
    }
    return levels
  }

  private static func level(
    of feature: HitFeature, isBetween: Bool, _ stream: inout RandomStream
  ) -> Double {
    guard isBetween, feature.isGrid, let low = feature.levels.first,
      let high = feature.levels.last
    else { return feature.levels[stream.below(feature.levels.count)] }
    return low + (high - low) * stream.uniform()
  }
}
