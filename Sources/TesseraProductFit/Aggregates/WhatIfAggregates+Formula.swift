import TesseraDesign
import TesseraMath

extension WhatIfAggregates {
  /// The fit of any product, as the page works it out.
  ///
  /// - Parameter levels: One level a feature; NaN is unknown.
  /// - Returns: One fit a segment, 0 to 100.
  func fits(_ levels: [Double]) -> [Double] {
    fits(pieces(levels))
  }

  /// What a fit is made of before it is settled how much corrections count for.
  private typealias Pieces = (
    rough: [Double], correction: [Double], anchor: Int, changes: Int
  )

  private func pieces(_ levels: [Double]) -> Pieces {
    let anchor = anchor(of: levels)
    let (rough, correction) = parts(levels, anchor: anchor)
    return (rough, correction, anchor, changes(levels, from: anchor))
  }

  private func fits(_ pieces: Pieces) -> [Double] {
    let weight = weight(ofChanges: pieces.changes)
    return pieces.rough.indices.map {
      min(
        100,
        max(
          0,
          pieces.rough[$0] + weight * (pieces.correction[$0] + offsets[pieces.anchor][$0])))
    }
  }

  /// How much corrections count for.
  private func weight(ofChanges changes: Int) -> Double {
    changes < 2 ? 1 : damping[min(changes, damping.count + 1) - 2]
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

  /// What the groups of people give, and what the corrections around a product add.
  private func parts(
    _ levels: [Double], anchor: Int
  ) -> (rough: [Double], correction: [Double]) {
    let sums = table.sums(levels)
    let rest = table.remainder(levels, model)
    let rough = segments.indices.map {
      channels.fit(sums.column($0), model, levels: levels) + rest[$0]
    }
    guard let correction = corrections[anchor]?.correction(levels, features: table.features) else {
      return (rough, rough.map { _ in 0 })
    }
    return (
      rough,
      segments.indices.map { channels.fit(correction.column($0), model, levels: levels) }
    )
  }

  /// Makes the formula exact at every product.
  mutating func calibrate() {
    offsets = model.products.indices.map { product in
      let (rough, correction) = parts(model.products[product].levels, anchor: product)
      return fits[product].indices.map { fits[product][$0] - rough[$0] - correction[$0] }
    }
  }

  /// Tries edits against the exact computation: a first set sets how much corrections count for, a
  /// second tells how far the formula is off.
  mutating func judge(_ trials: TrialEdits, _ scorer: Scorer, _ estimator: DomainEstimator) {
    guard !trials.isEmpty else { return }
    var stream = RandomStream(seed: 1)
    let tries = 96
    func draw(_ changes: Int?, isBetween: Bool = false) -> ([Pieces], Matrix) {
      let edits = (0..<tries).map { _ in trials.draw(changes, isBetween: isBetween, &stream) }
      let formula = self
      let pieces = scorer.workers.map(tries) { formula.pieces(edits[$0]) }
      return (pieces, estimator.means(scorer.scores(edits).fit))
    }
    for changes in 2..<2 + damping.count where changes <= trials.features.count {
      let (edits, exact) = draw(changes == 1 + damping.count ? nil : changes)
      var best = (error: Double.infinity, weight: 1.0)
      for weight in [0, 0.25, 0.5, 0.75, 1] {
        damping[changes - 2] = weight
        let error = errors(edits, exact).reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
        if error < best.error { best = (error, weight) }
      }
      damping[changes - 2] = best.weight
    }
    let most = trials.features.count
    for changes in 1...min(4, most) {
      let (edits, exact) = draw(changes == 4 ? most : changes)
      accuracy.append(
        Accuracy(changes: changes, edits: tries, errors: errors(edits, exact), parts: parts))
    }
    if trials.features.contains(where: \.isGrid) {
      let (edits, exact) = draw(nil, isBetween: true)
      between = Accuracy(
        changes: most, edits: tries, errors: errors(edits, exact), parts: parts)
    }
  }

  /// Fits less the exact ones, edits × segments.
  private func errors(_ edits: [Pieces], _ exact: Matrix) -> [[Double]] {
    edits.enumerated().map { number, pieces in
      fits(pieces).enumerated().map { $1 - exact[number, $0] }
    }
  }
}

extension WhatIfAggregates.Accuracy {
  /// - Parameters:
  ///   - changes: Changed features that people are held against.
  ///   - edits: Edits tried.
  ///   - errors: Edits × segments.
  ///   - parts: The part of each segment among all people; empty where one is suppressed.
  init(changes: Int, edits: Int, errors: [[Double]], parts: [Double]) {
    let segments = Self.sizes(errors.flatMap(\.self))
    let overall = errors.map { zip($0, parts).reduce(0) { $0 + $1.0 * $1.1 } }
    self.init(
      changes: changes, edits: edits, usual: segments.usual, largest: segments.largest,
      overall: parts.isEmpty ? (.nan, .nan) : Self.sizes(overall))
  }

  private static func sizes(_ errors: [Double]) -> (usual: Double, largest: Double) {
    let sorted = errors.map(abs).sorted()
    return (
      sorted[min(sorted.count - 1, Int(0.95 * Double(sorted.count)))], sorted.last ?? 0
    )
  }
}
