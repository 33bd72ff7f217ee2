/// A feature whose level is held against respondents, by a barrier or by a burden, and the levels
/// at which that makes a difference.
struct HitFeature: Sendable, Equatable {
  /// Position among the features.
  let feature: Int
  /// How levels between those listed are read.
  let kind: Kind
  /// One level for each state, in ascending order.
  let levels: [Double]

  /// How levels between those listed are read.
  enum Kind: Sendable, Equatable {
    /// Nothing changes between two cuts: every level has the state of one that is listed.
    case steps([Cut])
    /// Something may change anywhere: between the listed levels numbers are interpolated.
    case grid
  }

  /// A level at which a comparison turns.
  struct Cut: Sendable, Hashable {
    let value: Double
    /// Whether the level itself lies beyond the cut.
    let isInclusive: Bool
  }

  /// Where a level lies among those listed.
  struct Place: Sendable, Equatable {
    let lower: Int
    let upper: Int
    /// Weight of the upper one, 0 to 1.
    let part: Double

    /// A number read off the listed ones.
    func value(_ numbers: [Double]) -> Double {
      part == 0 ? numbers[lower] : numbers[lower] * (1 - part) + numbers[upper] * part
    }
  }

  /// Steps between cuts.
  init(feature: Int, cuts: [Cut]) {
    let ordered = Set(cuts).sorted {
      ($0.value, $0.isInclusive ? 0 : 1) < ($1.value, $1.isInclusive ? 0 : 1)
    }
    self.feature = feature
    kind = .steps(ordered)
    levels = (0...ordered.count).map { state in
      guard state > 0 else { return (ordered.first?.value ?? 0) - (ordered.isEmpty ? 0 : 1) }
      let below = ordered[state - 1]
      if below.isInclusive { return below.value }
      return state < ordered.count ? (below.value + ordered[state].value) / 2 : below.value + 1
    }
  }

  /// A grid of levels.
  init(feature: Int, grid: [Double]) {
    self.feature = feature
    kind = .grid
    levels = grid
  }

  /// Where a level lies.
  func place(of level: Double) -> Place {
    switch kind {
    case .steps(let cuts):
      let state = cuts.count { level > $0.value || ($0.isInclusive && level == $0.value) }
      return Place(lower: state, upper: state, part: 0)
    case .grid:
      guard let first = levels.first, let last = levels.last, level > first else {
        return Place(lower: 0, upper: 0, part: 0)
      }
      guard level < last else {
        return Place(lower: levels.count - 1, upper: levels.count - 1, part: 0)
      }
      let upper = levels.firstIndex { $0 >= level } ?? levels.count - 1
      if levels[upper] == level { return Place(lower: upper, upper: upper, part: 0) }
      let width = levels[upper] - levels[upper - 1]
      return Place(
        lower: upper - 1, upper: upper, part: (level - levels[upper - 1]) / width)
    }
  }

  /// Whether a level is one of those at which numbers are known, not interpolated.
  func isListed(_ level: Double) -> Bool {
    switch kind {
    case .steps: true
    case .grid: levels.contains(level)
    }
  }
}
