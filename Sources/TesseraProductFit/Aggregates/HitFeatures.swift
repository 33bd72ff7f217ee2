import TesseraStudy

/// Which features are held against people, and at which levels numbers are kept for the page.
struct HitFeatures: Sendable {
  /// The features, in the catalogue's order.
  let features: [HitFeature]

  /// Levels of a grid at most.
  private static let mostLevels = 48
  /// Levels of the finer grid at which comparisons with people's own numbers are read.
  private static let mostStops = 128
  /// Share of people's own numbers that must lie on the finer grid for it to stand for all.
  private static let enoughOnGrid = 0.95

  init(_ model: FitModel, atoms: HitAtoms) {
    var found: [HitFeature] = []
    for (position, feature) in model.features.enumerated() {
      let against = atoms.against.filter { $0.feature == position }
      var cuts = atoms.cuts(of: position)
      let isBurden = feature.isBurden
      if cuts.isEmpty, against.isEmpty, !isBurden { continue }
      if !feature.levelNames.isEmpty, !isBurden {
        cuts = (1..<max(1, feature.levelNames.count)).map {
          .init(value: Double($0), isInclusive: true)
        }
        found.append(HitFeature(feature: position, cuts: cuts))
        continue
      }
      let own = model.products.map { $0.levels[position] }.filter(\.isFinite)
      let bounds = against.flatMap { $0.bounds.filter(\.isFinite) }
      if !isBurden, let steps = Self.steps(around: own, for: bounds) {
        for one in against { for step in steps { cuts += HitAtoms.cuts(one.comparison, step) } }
        let ends = steps.first.flatMap { first in steps.last.map { first...$0 } }
        found.append(HitFeature(feature: position, cuts: cuts, within: ends))
      } else {
        guard !own.isEmpty else { continue }
        let grid = Self.grid(own, constants: cuts.map(\.value))
        let stops = Self.stops(
          from: grid[0], to: grid[grid.count - 1], for: against.flatMap(\.bounds))
        found.append(
          HitFeature(
            feature: position, grid: grid, bounds: stops.levels,
            between: stops.holdAll ? Self.between(against) : .line))
      }
    }
    features = found
  }

  /// How comparisons with people's own numbers are read between two of these numbers.
  private static func between(_ against: [HitAtoms.Against]) -> HitFeature.Between {
    let all = Set(
      against.map { one -> HitFeature.Between in
        switch one.comparison {
        case .less, .atLeast: .lower
        case .greater, .atMost: .upper
        case .equal, .notEqual: .line
        }
      })
    return all.count == 1 ? all.first ?? .line : .line
  }

  /// Round levels a step apart: the widest step on which people's own numbers lie, or else the
  /// finest that is kept.
  ///
  /// They follow from the step alone. A list of the numbers themselves would tell what single people
  /// answered.
  ///
  /// - Parameters:
  ///   - low: The lowest level kept.
  ///   - high: The highest.
  ///   - bounds: People's own numbers.
  /// - Returns: The levels, and whether nearly all numbers between the ends lie on them.
  static func stops(
    from low: Double, to high: Double, for bounds: [Double]
  ) -> (levels: [Double], holdAll: Bool) {
    let inside = bounds.filter { $0 > low && $0 < high }
    let finest = roundStep((high - low) / Double(mostStops))
    var step = finest
    var fitting: Double?
    while step <= roundStep((high - low) / Double(mostLevels)) * (1 + 1e-9) {
      let onGrid = inside.count { abs($0 / step - ($0 / step).rounded()) < 1e-6 }
      if Double(onGrid) >= enoughOnGrid * Double(inside.count) { fitting = step }
      step = roundStep(step * 1.01)
    }
    let width = fitting ?? finest
    let levels = stride(
      from: (low / width).rounded(.up), through: (high / width).rounded(.down), by: 1
    ).map { $0 * width }
    return (levels.filter { $0 > low && $0 < high }, fitting != nil)
  }

  /// Round levels at which comparisons turn, where people's own numbers are all multiples of one step.
  ///
  /// They follow from that step and from the products, so that they tell neither who gave a rare
  /// number nor what the least and the largest of them are.
  ///
  /// - Parameters:
  ///   - own: The products' levels.
  ///   - bounds: People's own numbers.
  /// - Returns: The levels, which enclose those of the products; none where people have no numbers;
  ///   `nil` if no step is wide enough.
  static func steps(around own: [Double], for bounds: [Double]) -> [Double]? {
    if bounds.isEmpty { return [] }
    guard !own.isEmpty else { return nil }
    let (low, high) = ends(own)
    var fitting: Double?
    var step = roundStep((high - low) / Double(mostLevels))
    while step <= high - low {
      if bounds.allSatisfy({ abs($0 / step - ($0 / step).rounded()) < 1e-9 }) { fitting = step }
      step = roundStep(step * 1.01)
    }
    guard let fitting else { return nil }
    return stride(
      from: (low / fitting).rounded(.down), through: (high / fitting).rounded(.up), by: 1
    ).map { $0 * fitting }
  }

  /// Levels well below and above those of the products.
  private static func ends(_ own: [Double]) -> (low: Double, high: Double) {
    let lowest = own.min() ?? 0
    let highest = own.max() ?? 1
    return (
      lowest > 0 ? lowest * 0.5 : lowest - (highest - lowest) * 0.5 - 1,
      highest > 0 ? highest * 1.25 : highest + (highest - lowest) * 0.5 + 1
    )
  }

  /// Round levels around those of the products.
  private static func grid(_ own: [Double], constants: [Double]) -> [Double] {
    let (low, high) = ends(own)
    let step = roundStep((high - low) / Double(mostLevels))
    var candidates: [Double] = []
    var level = (low / step).rounded(.up)
    while level * step <= high {
      candidates.append(level * step)
      level += 1
    }
    return Set(candidates + own + constants).sorted()
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is not below a number.
  static func roundStep(_ least: Double) -> Double {
    var step = 1.0
    while step > least { step /= 10 }
    while step * 10 <= least { step *= 10 }
    for factor in [1.0, 2, 5] where step * factor >= least { return step * factor }
    return step * 10
  }
}
