/// A feature whose level is held against respondents, by a barrier or by a burden, and the levels
/// at which that makes a difference.
struct HitFeature: Sendable, Equatable {
  /// Position among the features.
  let feature: Int
  /// How levels between those listed are read.
  let kind: Kind
  /// One level for each state, in ascending order.
  let levels: [Double]
  /// The levels at which the worth of a burden to people is kept; it runs smoothly between them.
  let worthLevels: [Double]

  /// How levels between those listed are read.
  enum Kind: Sendable, Equatable {
    /// Nothing changes between two cuts: every level has the state of one that is listed.
    /// Outside a range, if there is one, more may change than is told.
    case steps([Cut], within: ClosedRange<Double>?)
    /// Something may change anywhere: between the listed levels numbers are read as told.
    case grid(Between)
  }

  /// How a comparison is read between two listed levels.
  enum Between: Sendable, Equatable {
    /// Everything that it could turn at is listed: it is what it is at the lower level.
    case lower
    /// The same, and it is what it is at the upper level.
    case upper
    /// It turns in between as well: numbers are interpolated.
    case line
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
    /// Whether the level itself is not listed, where that makes a difference.
    var isBetween = false

    /// A number read off the listed ones.
    func value(_ numbers: [Double]) -> Double {
      part == 0 ? numbers[lower] : numbers[lower] * (1 - part) + numbers[upper] * part
    }
  }

  /// Steps between cuts.
  ///
  /// - Parameters:
  ///   - feature: Position among the features.
  ///   - cuts: Levels at which comparisons turn, in any order.
  ///   - range: Levels strictly within it are told; `nil` for all.
  init(feature: Int, cuts: [Cut], within range: ClosedRange<Double>? = nil) {
    worthLevels = []
    let ordered = Set(cuts).sorted {
      ($0.value, $0.isInclusive ? 0 : 1) < ($1.value, $1.isInclusive ? 0 : 1)
    }
    self.feature = feature
    kind = .steps(ordered, within: range)
    levels = (0...ordered.count).map { state in
      guard state > 0 else { return (ordered.first?.value ?? 0) - (ordered.isEmpty ? 0 : 1) }
      let below = ordered[state - 1]
      if below.isInclusive { return below.value }
      return state < ordered.count ? (below.value + ordered[state].value) / 2 : below.value + 1
    }
  }

  /// A grid of levels.
  ///
  /// - Parameters:
  ///   - feature: Position among the features.
  ///   - grid: Levels in ascending order.
  ///   - bounds: Further levels, at which comparisons with people's own numbers turn.
  ///   - between: How these are read between the levels.
  init(feature: Int, grid: [Double], bounds: [Double] = [], between: Between = .line) {
    self.feature = feature
    kind = .grid(between)
    worthLevels = grid
    levels = bounds.isEmpty ? grid : Set(grid + bounds).sorted()
  }

  /// Where a level lies.
  func place(of level: Double) -> Place {
    switch kind {
    case .steps(let cuts, _):
      let state = cuts.count { level > $0.value || ($0.isInclusive && level == $0.value) }
      return Place(lower: state, upper: state, part: 0)
    case .grid(let between):
      let line = Self.place(of: level, among: levels)
      guard line.part > 0 else { return line }
      switch between {
      case .line: return line
      case .lower: return Place(lower: line.lower, upper: line.lower, part: 0, isBetween: true)
      case .upper: return Place(lower: line.upper, upper: line.upper, part: 0, isBetween: true)
      }
    }
  }

  /// Where a level lies among those at which the worth of a burden is kept.
  func worthPlace(of level: Double) -> Place { Self.place(of: level, among: worthLevels) }

  private static func place(of level: Double, among levels: [Double]) -> Place {
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
      lower: upper - 1, upper: upper, part: (level - levels[upper - 1]) / width, isBetween: true)
  }

  /// For each level how early it is told of: round levels before those at which comparisons turn.
  var telling: [Int] { levels.map { isGrid && !worthLevels.contains($0) ? 1 : 0 } }

  /// Whether levels between the listed ones differ from these.
  var isGrid: Bool { if case .grid = kind { true } else { false } }

  /// Whether a level is one of those at which numbers are known, not interpolated.
  func isListed(_ level: Double) -> Bool {
    switch kind {
    case .steps(_, let range):
      range.map { $0.lowerBound < level && level < $0.upperBound } ?? true
    case .grid: levels.contains(level)
    }
  }
}
