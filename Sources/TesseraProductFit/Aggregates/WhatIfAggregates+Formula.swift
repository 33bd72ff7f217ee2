import TesseraMath

extension WhatIfAggregates {
  /// The fit of any product, as the page works it out.
  ///
  /// - Parameter levels: One level a feature; NaN is unknown.
  /// - Returns: One fit a segment, 0 to 100.
  func fits(_ levels: [Double]) -> [Double] {
    let anchor = anchor(of: levels)
    let raw = formula(levels, anchor: anchor)
    return raw.indices.map { raw[$0] + offsets[anchor][$0] }
  }

  /// For which segments the fit of a product is exact, as the page says.
  func isExact(_ levels: [Double]) -> [Bool] {
    let none = [Bool](repeating: false, count: segments.count)
    let anchor = anchor(of: levels)
    guard model.needs.indices.allSatisfy({ PageChannels.isSum($0, model) }),
      !levels.contains(where: \.isNaN), let correction = corrections[anchor]
    else { return none }
    let changed = table.features.indices.filter { number in
      let feature = table.features[number]
      return feature.place(of: levels[feature.feature])
        != feature.place(of: model.products[anchor].levels[feature.feature])
    }
    guard let number = changed.first else { return none.map { _ in true } }
    let feature = table.features[number]
    guard changed.count == 1, !correction.singles.isEmpty,
      feature.isListed(levels[feature.feature])
    else { return none }
    let state = feature.place(of: levels[feature.feature]).lower
    return correction.singles[number][state]?.isTold ?? none
  }

  /// The product itself, or the one that differs least in what people are held against; the first
  /// of several.
  func anchor(of levels: [Double]) -> Int {
    if let own = model.products.firstIndex(where: { Self.isSame($0.levels, levels) }) { return own }
    var best = (product: 0, changes: Int.max)
    for product in model.products.indices {
      let changes = changes(levels, from: product) + (corrections[product] == nil ? 1000 : 0)
      if changes < best.changes { best = (product, changes) }
    }
    return best.product
  }

  private static func isSame(_ one: [Double], _ other: [Double]) -> Bool {
    zip(one, other).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  /// How many features that people are held against are in another state.
  func changes(_ levels: [Double], from product: Int) -> Int {
    table.features.count { feature in
      let (one, other) = (
        levels[feature.feature], model.products[product].levels[feature.feature]
      )
      if one.isNaN || other.isNaN { return !(one.isNaN && other.isNaN) }
      return feature.place(of: one) != feature.place(of: other)
    }
  }

  private func formula(_ levels: [Double], anchor: Int) -> [Double] {
    var sums = table.sums(levels)
    if let correction = corrections[anchor]?.correction(levels, features: table.features) {
      for place in sums.values.indices { sums.values[place] += correction.values[place] }
    }
    let rest = table.remainder(levels, model)
    return segments.indices.map { segment in
      channels.fit(sums.column(segment), model, levels: levels) + rest[segment]
    }
  }

  /// Makes the formula exact at every product.
  mutating func calibrate() {
    let raw = model.products.indices.map { formula(model.products[$0].levels, anchor: $0) }
    offsets = zip(fits, raw).map { exact, rough in zip(exact, rough).map { $0 - $1 } }
  }

  /// Tries edits that change several features and keeps how far the formula was off.
  mutating func measure(_ scorer: Scorer, _ estimator: DomainEstimator) {
    var stream = RandomStream(seed: 1)
    let features = table.features
    let anchors = model.products.indices.filter { corrections[$0] != nil }
    guard !features.isEmpty, !anchors.isEmpty else { return }
    var found: [Accuracy] = []
    for changes in 1...min(4, features.count) {
      var errors: [Double] = []
      let tries = 48
      for trial in 0..<tries {
        var levels = model.products[anchors[trial % anchors.count]].levels
        var left = Array(features.indices)
        let count = changes == 4 ? features.count : changes
        for _ in 0..<count where !left.isEmpty {
          let feature = features[left.remove(at: stream.below(left.count))]
          levels[feature.feature] = Self.draw(feature, &stream)
        }
        let exact = estimator.means(scorer.scores([levels]).fit)
        for (segment, fit) in fits(levels).enumerated() {
          errors.append(abs(fit - exact[0, segment]))
        }
      }
      errors.sort()
      found.append(
        Accuracy(
          changes: changes, edits: tries,
          usual: errors[min(errors.count - 1, Int(0.95 * Double(errors.count)))],
          largest: errors.last ?? 0))
    }
    accuracy = found
  }

  /// A level somewhere: any state of a feature, or any place along a grid.
  private static func draw(_ feature: HitFeature, _ stream: inout RandomStream) -> Double {
    guard feature.kind == .grid, let low = feature.levels.first, let high = feature.levels.last
    else { return feature.levels[stream.below(feature.levels.count)] }
    return low + (high - low) * stream.uniform()
  }
}
