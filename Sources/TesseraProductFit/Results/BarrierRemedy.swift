import TesseraStudy

extension BoundExpression {
  /// The truths of an expression in which some statements about features do not hold.
  ///
  /// - Parameters:
  ///   - levels: The product's levels.
  ///   - lifted: Positions among ``featureStatements`` of those that are taken not to hold.
  /// - Returns: The truths, as ``truths(levels:)``.
  func truths(levels: [Double], lifting lifted: Set<Int>) -> Truths {
    var position = 0
    return truths(levels: levels, lifting: lifted, &position)
  }

  private func truths(levels: [Double], lifting lifted: Set<Int>, _ position: inout Int) -> Truths {
    switch self {
    case .respondents, .unknownLevel: return truths(levels: levels)
    case .level, .levelAgainst:
      defer { position += 1 }
      return lifted.contains(position) ? .same(Truth.no) : truths(levels: levels)
    case .and(let one, let two):
      let first = one.truths(levels: levels, lifting: lifted, &position)
      return first.and(two.truths(levels: levels, lifting: lifted, &position))
    case .or(let one, let two):
      let first = one.truths(levels: levels, lifting: lifted, &position)
      return first.or(two.truths(levels: levels, lifting: lifted, &position))
    }
  }
}

extension FitModel {
  /// What would lift a barrier that a product hits.
  struct Remedy: Sendable, Equatable {
    /// The statements that must no longer hold.
    let statements: [FitBarrier.Statement]

    /// What must hold of the features, in words: "at least 4", or "doors at least 4 and seats at
    /// least 5".
    func text(_ features: [FitFeature]) -> String {
      guard statements.count > 1 else { return statements.first?.wanted ?? "" }
      return statements.map { "\(features[$0.feature].label) \($0.wanted)" }
        .joined(separator: " and ")
    }
  }

  /// The smallest set of statements about features that, no longer holding, frees everybody whom
  /// the barrier hits; the leftmost of several.
  ///
  /// Levels are moved as far as each statement asks and the whole expression is looked at again, so
  /// that a part of an `or` that does not hold, or a part that another replaces, is no remedy.
  ///
  /// - Returns: `nil` where no change of up to three statements frees all of them.
  func remedy(_ barrier: FitBarrier, levels: [Double]) -> Remedy? {
    let statements = barrier.violated.featureStatements
    guard statements.count == barrier.statements.count else { return nil }
    let acting = statements.indices.filter { position in
      switch statements[position].truths(levels: levels) {
      case .same(let truth): truth == Truth.yes
      case .each(let truths): truths.contains(Truth.yes)
      }
    }.prefix(12)
    for lifted in Self.subsets(Array(acting), upTo: 3)
    where frees(barrier, statements, levels: levels, Set(lifted)) {
      return Remedy(statements: lifted.map { barrier.statements[$0] })
    }
    return nil
  }

  private static func subsets(_ items: [Int], upTo most: Int) -> [[Int]] {
    var sets: [[Int]] = [[]]
    var result: [[Int]] = []
    for _ in 0..<min(most, items.count) {
      sets = sets.flatMap { set in
        items.filter { $0 > set.last ?? -1 }.map { set + [$0] }
      }
      result += sets
    }
    return result
  }

  private func frees(
    _ barrier: FitBarrier, _ statements: [BoundExpression], levels: [Double], _ lifted: Set<Int>
  ) -> Bool {
    var levels = levels
    for position in lifted {
      guard case .level(let feature, let comparison, let bound) = statements[position] else {
        continue
      }
      let names = features[feature].levelNames.count
      let step = names > 0 ? 1 : max(abs(bound), 1) * 1e-6
      switch comparison {
      case .less, .greater, .notEqual: levels[feature] = bound
      case .atMost: levels[feature] = bound + step
      case .atLeast: levels[feature] = bound - step
      case .equal:
        levels[feature] =
          bound + step < Double(names) || names == 0
          ? bound + step : bound - step
      }
      guard names == 0 || (0..<Double(names)).contains(levels[feature]) else { return false }
    }
    // Of several statements about one feature all must still be met.
    for position in lifted {
      guard case .level(let feature, let comparison, let bound) = statements[position] else {
        continue
      }
      if comparison.holds(levels[feature], bound) { return false }
    }
    let truths = barrier.violated.truths(
      levels: levels,
      lifting: lifted.filter { position in
        if case .levelAgainst = statements[position] { true } else { false }
      })
    // A level that is not known may hit all the same.
    func isHit(_ truth: UInt8) -> Bool { truth == Truth.yes || truth == Truth.unlevelled }
    switch truths.and(barrier.held) {
    case .same(let truth): return !isHit(truth)
    case .each(let truths): return !truths.contains(where: isHit)
    }
  }
}

extension FitBarrier.Statement {
  /// What must hold of the level so that the statement does not, in words.
  var wanted: String {
    switch comparison.opposite {
    case .less: "below \(bound)"
    case .atMost: "at most \(bound)"
    case .equal: bound
    case .notEqual: "other than \(bound)"
    case .atLeast: "at least \(bound)"
    case .greater: "above \(bound)"
    }
  }

  /// How the level stands to the bound, in words: "above", "below".
  var standing: String {
    switch comparison {
    case .less: "below"
    case .atMost: "at or below"
    case .equal: "the same as"
    case .notEqual: "other than"
    case .atLeast: "at or above"
    case .greater: "above"
    }
  }
}
