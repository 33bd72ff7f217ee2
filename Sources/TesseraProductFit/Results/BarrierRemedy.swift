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
    /// The levels that free everybody, in words, where only one feature is changed and "not as it is"
    /// would promise too much.
    var levels: String?
    /// The product's levels with the nearest change that is enough; `nil` where each person has a limit
    /// of their own.
    var changed: [Double]?

    /// What must hold of the features, in words: "at least 4", or "doors at least 4 and seats at
    /// least 5".
    func text(_ features: [FitFeature]) -> String {
      if let levels { return levels }
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
    if let one = oneFeature(barrier, Array(acting), levels: levels) { return one }
    for lifted in Self.subsets(Array(acting), upTo: 3) {
      guard let changed = freeing(barrier, statements, levels: levels, Set(lifted)) else {
        continue
      }
      let isPersonal = lifted.contains { barrier.statements[$0].isPersonal }
      return Remedy(
        statements: lifted.map { barrier.statements[$0] }, changed: isPersonal ? nil : changed)
    }
    return nil
  }

  /// The first feature of which some levels free everybody, with all else as it is.
  private func oneFeature(
    _ barrier: FitBarrier, _ acting: [Int], levels: [Double]
  ) -> Remedy? {
    for position in acting {
      let statement = barrier.statements[position]
      let own = barrier.statements.indices.filter {
        barrier.statements[$0].feature == statement.feature
      }
      let all = barrier.violated.featureStatements
      let bounds = own.compactMap { place -> (bound: Double, comparison: Comparison)? in
        guard case .level(_, let comparison, let bound) = all[place] else { return nil }
        return (bound, comparison)
      }
      guard bounds.count == own.count, let place = own.firstIndex(of: position) else { continue }
      func isFree(_ level: Double) -> Bool {
        var changed = levels
        changed[statement.feature] = level
        return isFreed(barrier, barrier.violated.truths(levels: changed))
      }
      let feature = features[statement.feature]
      let mine = bounds[place]
      let points =
        feature.levelNames.isEmpty
        ? Self.between(bounds.map(\.bound)) : feature.levelNames.indices.map(Double.init)
      let free = points.filter(isFree)
      guard !free.isEmpty else { continue }
      var changed = levels
      changed[statement.feature] =
        free.min { abs($0 - levels[statement.feature]) < abs($1 - levels[statement.feature]) }
        ?? levels[statement.feature]
      // "At least 4" is enough where every level that is so is free.
      if points.allSatisfy({ mine.comparison.holds($0, mine.bound) || isFree($0) }) {
        return Remedy(statements: [statement], changed: changed)
      }
      if feature.levelNames.isEmpty {
        guard let range = Self.range(points, isFree, from: levels[statement.feature]) else {
          continue
        }
        let inside = bounds.map(\.bound).filter { range.contains($0) }.sorted()
        guard let low = inside.first, let high = inside.last else { continue }
        return Remedy(
          statements: [statement],
          levels: low == high
            ? feature.text(low) : "\(feature.text(low)) to \(feature.text(high))",
          changed: changed)
      }
      return Remedy(
        statements: [statement],
        levels: free.map { feature.text($0) }.joined(separator: " or "), changed: changed)
    }
    return nil
  }

  /// Numbers at, between and beyond some bounds, rising.
  private static func between(_ bounds: [Double]) -> [Double] {
    let sorted = Set(bounds).sorted()
    guard let first = sorted.first, let last = sorted.last else { return [] }
    let step = max(1, last - first)
    let gaps = zip(sorted, sorted.dropFirst()).map { ($0 + $1) / 2 }
    return ([first - step, last + step] + sorted + gaps).sorted()
  }

  /// The run of free numbers that is nearest to a level.
  private static func range(
    _ points: [Double], _ isFree: (Double) -> Bool, from level: Double
  ) -> ClosedRange<Double>? {
    guard
      let start = points.indices.filter({ isFree(points[$0]) })
        .min(by: { abs(points[$0] - level) < abs(points[$1] - level) })
    else { return nil }
    var (low, high) = (start, start)
    while low > 0, isFree(points[low - 1]) { low -= 1 }
    while high + 1 < points.count, isFree(points[high + 1]) { high += 1 }
    return points[low]...points[high]
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

  /// The levels at which some statements no longer hold, where that frees everybody.
  private func freeing(
    _ barrier: FitBarrier, _ statements: [BoundExpression], levels: [Double], _ lifted: Set<Int>
  ) -> [Double]? {
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
      guard names == 0 || (0..<Double(names)).contains(levels[feature]) else { return nil }
    }
    // A limit of each person's own is kept by a level of each person's own, which no other statement
    // about the feature may ask to be elsewhere.
    for position in lifted {
      guard case .levelAgainst = statements[position] else { continue }
      let feature = barrier.statements[position].feature
      if barrier.statements.filter({ $0.feature == feature }).count > 1 { return nil }
    }
    // Of several statements about one feature all must still be met.
    for position in lifted {
      guard case .level(let feature, let comparison, let bound) = statements[position] else {
        continue
      }
      if comparison.holds(levels[feature], bound) { return nil }
    }
    let truths = barrier.violated.truths(
      levels: levels,
      lifting: lifted.filter { position in
        if case .levelAgainst = statements[position] { true } else { false }
      })
    return isFreed(barrier, truths) ? levels : nil
  }

  /// Whether a barrier whose statements are so hits nobody.
  private func isFreed(_ barrier: FitBarrier, _ truths: Truths) -> Bool {
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

  /// The bound as the end of a sentence; of a person's own limit what they answered.
  var limit: String {
    let asked = Question.spoken(bound)
    let isQuestion = asked.hasSuffix("?") || asked.split(separator: " ").count > 6
    return isPersonal && isQuestion ? "their answer to \"\(asked)\"" : bound
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
