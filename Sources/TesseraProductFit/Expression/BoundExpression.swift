import TesseraStudy

/// The truth of a statement for every respondent.
enum Truths: Sendable, Equatable {
  /// The same for all.
  case same(UInt8)
  /// One for each respondent.
  case each([UInt8])

  /// The truth for one respondent.
  func callAsFunction(_ respondent: Int) -> UInt8 {
    switch self {
    case .same(let truth): truth
    case .each(let truths): truths[respondent]
    }
  }

  /// Both hold.
  func and(_ other: Truths) -> Truths { combined(other, neutral: Truth.yes, final: Truth.no, min) }

  /// At least one holds.
  func or(_ other: Truths) -> Truths { combined(other, neutral: Truth.no, final: Truth.yes, max) }

  private func combined(
    _ other: Truths, neutral: UInt8, final: UInt8, _ join: (UInt8, UInt8) -> UInt8
  ) -> Truths {
    switch (self, other) {
    case (.same(let one), .same(let two)): return .same(join(one, two))
    case (.same(let one), .each(let many)), (.each(let many), .same(let one)):
      if one == neutral { return .each(many) }
      if one == final { return .same(final) }
      return .each(many.map { join(one, $0) })
    case (.each(let one), .each(let two)):
      return .each((0..<one.count).map { join(one[$0], two[$0]) })
    }
  }
}

/// An expression held against features and respondents: what only respondents decide is worked out,
/// `not` has moved to the single statements.
indirect enum BoundExpression: Sendable {
  /// Decided by respondents alone.
  case respondents([UInt8])
  /// A feature's level against a number or the position of a level.
  case level(feature: Int, Comparison, Double)
  /// A feature's level against each respondent's number; NaN without an answer.
  case levelAgainst(feature: Int, Comparison, [Double])
  /// Whether a feature's level is unknown.
  case unknownLevel(feature: Int, isTrue: Bool)
  /// Both hold.
  case and(BoundExpression, BoundExpression)
  /// At least one holds.
  case or(BoundExpression, BoundExpression)

  /// The truth for every respondent of a product.
  ///
  /// - Parameter levels: The product's levels, one a feature; NaN is unknown.
  /// - Returns: One truth for all, where no respondent makes a difference.
  /// - Complexity: O(respondents × statements that mix feature and respondent).
  func truths(levels: [Double]) -> Truths {
    switch self {
    case .respondents(let truths): return .each(truths)
    case .level(let feature, let comparison, let bound):
      let level = levels[feature]
      return .same(level.isNaN ? Truth.unlevelled : Truth.of(comparison.holds(level, bound)))
    case .levelAgainst(let feature, let comparison, let bounds):
      let level = levels[feature]
      if level.isNaN {
        return .each(bounds.map { $0.isNaN ? Truth.unanswered : Truth.unlevelled })
      }
      return .each(
        bounds.map { $0.isNaN ? Truth.unanswered : Truth.of(comparison.holds(level, $0)) })
    case .unknownLevel(let feature, let isTrue):
      return .same(Truth.of(levels[feature].isNaN == isTrue))
    case .and(let one, let two):
      let first = one.truths(levels: levels)
      if first == .same(Truth.no) { return first }
      return first.and(two.truths(levels: levels))
    case .or(let one, let two):
      let first = one.truths(levels: levels)
      if first == .same(Truth.yes) { return first }
      return first.or(two.truths(levels: levels))
    }
  }

  /// The features it looks at, in ascending order, each once.
  var features: [Int] {
    switch self {
    case .respondents: []
    case .level(let feature, _, _), .levelAgainst(let feature, _, _),
      .unknownLevel(let feature, _):
      [feature]
    case .and(let one, let two), .or(let one, let two):
      Array(Set(one.features).union(two.features)).sorted()
    }
  }

  /// Its single statements about features and what they are compared with, from left to right.
  var featureStatements: [BoundExpression] {
    switch self {
    case .respondents, .unknownLevel: []
    case .level, .levelAgainst: [self]
    case .and(let one, let two), .or(let one, let two):
      one.featureStatements + two.featureStatements
    }
  }
}
