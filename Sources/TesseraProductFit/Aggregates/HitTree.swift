import TesseraStudy

/// When a product hits a barrier, with all that respondents decide taken apart into atoms that can
/// be averaged over a group of people.
indirect enum HitTree: Sendable, Equatable {
  /// A statement about people alone.
  case bit(Int)
  /// A feature's level against a number.
  case level(feature: Int, Comparison, Double)
  /// A feature's level against each respondent's number.
  case against(Int)
  /// Whether a feature's level is unknown.
  case unknown(feature: Int, isTrue: Bool)
  /// All hold.
  case all([HitTree])
  /// At least one holds.
  case any([HitTree])
}

/// The barriers of a model, taken apart.
struct HitAtoms: Sendable {
  /// Statements about people alone, one truth a respondent.
  private(set) var bits: [[Bool]] = []
  /// Largest strength of the barriers that look at each statement.
  private(set) var bitStrengths: [Double] = []
  /// Features held against people's own numbers.
  private(set) var against: [Against] = []
  /// One tree a barrier.
  private(set) var trees: [HitTree] = []

  /// A feature held against people's own numbers.
  struct Against: Sendable {
    let feature: Int
    let comparison: Comparison
    /// One number a respondent; NaN never holds.
    var bounds: [Double]
    let strength: Double
  }

  init(_ model: FitModel) {
    let count = model.respondents.count
    for barrier in model.barriers {
      var parts: [BoundExpression] = []
      Self.flatten(barrier.violated, into: &parts)
      var people = [Bool](repeating: true, count: count)
      var decidesAlone = false
      if case .each(let held) = barrier.held {
        for respondent in 0..<count { people[respondent] = held[respondent] == Truth.yes }
        decidesAlone = true
      } else if barrier.held != .same(Truth.yes) {
        people = [Bool](repeating: false, count: count)
        decidesAlone = true
      }
      var rest: [BoundExpression] = []
      for part in parts {
        if case .respondents(let truths) = part {
          for respondent in 0..<count where truths[respondent] != Truth.yes {
            people[respondent] = false
          }
          decidesAlone = true
        } else {
          rest.append(part)
        }
      }
      // Where one number is compared, those who do not hold the barrier never meet it: the two
      // statements become one, and averages over people lose nothing.
      let compared = rest.count { if case .levelAgainst = $0 { true } else { false } }
      let mask = decidesAlone && compared == 1 ? people : nil
      var branches = rest.map { tree($0, strength: barrier.strength, mask: mask) }
      if decidesAlone, compared != 1 {
        branches.append(.bit(add(people, strength: barrier.strength)))
      }
      trees.append(branches.count == 1 ? branches[0] : .all(branches))
    }
  }

  private static func flatten(_ expression: BoundExpression, into parts: inout [BoundExpression]) {
    if case .and(let one, let two) = expression {
      flatten(one, into: &parts)
      flatten(two, into: &parts)
    } else {
      parts.append(expression)
    }
  }

  private mutating func add(_ bit: [Bool], strength: Double) -> Int {
    if let known = bits.firstIndex(of: bit) {
      bitStrengths[known] = max(bitStrengths[known], strength)
      return known
    }
    bits.append(bit)
    bitStrengths.append(strength)
    return bits.count - 1
  }

  private mutating func tree(
    _ expression: BoundExpression, strength: Double, mask: [Bool]?
  ) -> HitTree {
    switch expression {
    case .respondents(let truths):
      return .bit(add(truths.map { $0 == Truth.yes }, strength: strength))
    case .level(let feature, let comparison, let bound):
      return .level(feature: feature, comparison, bound)
    case .levelAgainst(let feature, let comparison, var bounds):
      if let mask {
        for respondent in bounds.indices where !mask[respondent] { bounds[respondent] = .nan }
      }
      against.append(
        Against(feature: feature, comparison: comparison, bounds: bounds, strength: strength))
      return .against(against.count - 1)
    case .unknownLevel(let feature, let isTrue):
      return .unknown(feature: feature, isTrue: isTrue)
    case .and(let one, let two):
      return .all([
        tree(one, strength: strength, mask: nil), tree(two, strength: strength, mask: nil),
      ])
    case .or(let one, let two):
      return .any([
        tree(one, strength: strength, mask: nil), tree(two, strength: strength, mask: nil),
      ])
    }
  }

  /// The levels at which plain comparisons with a feature turn.
  func cuts(of feature: Int) -> [HitFeature.Cut] {
    var cuts: [HitFeature.Cut] = []
    func visit(_ tree: HitTree) {
      switch tree {
      case .level(feature, let comparison, let bound):
        cuts += Self.cuts(comparison, bound)
      case .all(let parts), .any(let parts): for part in parts { visit(part) }
      case .bit, .level, .against, .unknown: break
      }
    }
    for tree in trees { visit(tree) }
    return cuts
  }

  /// Where a comparison with a bound turns as the level rises.
  static func cuts(_ comparison: Comparison, _ bound: Double) -> [HitFeature.Cut] {
    switch comparison {
    case .less, .atLeast: [.init(value: bound, isInclusive: true)]
    case .greater, .atMost: [.init(value: bound, isInclusive: false)]
    case .equal, .notEqual:
      [.init(value: bound, isInclusive: true), .init(value: bound, isInclusive: false)]
    }
  }
}
