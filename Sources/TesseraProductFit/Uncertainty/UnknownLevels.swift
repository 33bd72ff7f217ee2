import TesseraMath
import TesseraStudy

extension FitModel {
  /// Most joint levels of unknown features that are tried.
  static let mostJointLevels = 100_000

  /// Joint levels of unknown features among which every mean fit is least and greatest.
  ///
  /// - Parameters:
  ///   - unknown: The features.
  ///   - rows: Levels of the product, and of what it is compared with.
  ///   - most: Most joint levels.
  /// - Returns: For each the features' levels; `nil` where they are too many.
  func jointLevels(_ unknown: [Int], of rows: [[Double]], atMost most: Int) -> [[Double]]? {
    var lists: [[Double]] = []
    for feature in unknown {
      guard let list = turningLevels(feature) else { return nil }
      lists.append(list)
    }
    guard let crossings = crossings(unknown, lists, rows) else { return nil }
    var sets: [[Double]] = [[]]
    for (list, more) in zip(lists, crossings) {
      let levels = (list + more).sorted()
      guard sets.count * levels.count <= most else { return nil }
      sets = sets.flatMap { set in levels.map { set + [$0] } }
    }
    return sets
  }

  /// Levels at which another feature of the same need becomes the one that binds; `nil` where a
  /// price against income is among them.
  private func crossings(
    _ unknown: [Int], _ turning: [[Double]], _ rows: [[Double]]
  ) -> [[Double]]? {
    // What a feature may be worth where something bends, in billionths.
    func key(_ worth: Double) -> Int { Int((worth * 1e9).rounded()) }
    var worths = [Set<Int>](repeating: [], count: features.count)
    for (place, feature) in unknown.enumerated() where !features[feature].isBurden {
      worths[feature] = Set(turning[place].map { key(features[feature].worth($0)) })
    }
    var grows = true
    while grows {
      grows = false
      for feature in unknown where !features[feature].isBurden {
        for need in needs.indices
        where needs[need].combine != .mean && relations[need, feature] != 0 {
          for other in self.features(of: need) where other != feature {
            guard !features[other].isBurden else { return nil }
            var known = worths[other]
            for row in rows where !row[other].isNaN {
              known.insert(key(features[other].worth(row[other])))
            }
            let isTurned = (relations[need, other] > 0) != (relations[need, feature] > 0)
            let wanted = isTurned ? Set(known.map { key(1) - $0 }) : known
            if !wanted.isSubset(of: worths[feature]) {
              worths[feature].formUnion(wanted)
              grows = true
            }
            guard worths[feature].count <= Self.mostJointLevels else { return nil }
          }
        }
      }
    }
    return unknown.indices.map { place in
      features[unknown[place]].levels(
        worth: worths[unknown[place]].sorted().map { Double($0) / 1e9 }, between: turning[place])
    }
  }

  /// The levels of a feature at which its value bends or a barrier begins; `nil` for too many.
  private func turningLevels(_ feature: Int) -> [Double]? {
    let declared = features[feature]
    var levels: Set<Double> = []
    func both(_ level: Double) {
      let step = 1e-9 * max(1, abs(level))
      levels.formUnion([level - step, level, level + step])
    }
    switch declared.value {
    case .levels(let names): return names.indices.map { Double($0) }
    case .linear(let from, let to): levels.formUnion([from, to])
    case .target(let target, let tolerance):
      levels.formUnion([target - tolerance, target, target + tolerance])
    case .threshold(let from, let ramp):
      if ramp > 0 { levels.formUnion([from, from + ramp]) } else { both(from) }
    case .knots(let knots): levels.formUnion(knots.map(\.level))
    case .rate(let from, let scale): levels.formUnion([from, from + 40 * scale])
    case .burden(_, let fullAt, let zeroAt):
      let incomes = Set(respondents.incomes[feature].filter { !$0.isNaN })
      levels.formUnion([0, (incomes.max() ?? 0) * zeroAt + 1])
      if !isOneWay(feature) {
        guard incomes.count <= 2_000 else { return nil }
        for income in incomes { levels.formUnion([income * fullAt, income * zeroAt]) }
      }
    }
    for barrier in barriers {
      for statement in barrier.violated.featureStatements {
        switch statement {
        case .level(feature, _, let bound): both(bound)
        case .levelAgainst(feature, _, let bounds):
          let known = Set(bounds.filter { !$0.isNaN })
          if known.count > 2_000 || isOneWay(feature) {
            guard isOneWay(feature) else { return nil }
            if let least = known.min(), let most = known.max() {
              both(least)
              both(most)
            }
          } else {
            known.forEach(both)
          }
        default: break
        }
      }
    }
    return levels.sorted()
  }

  /// Whether more of a feature is better for everybody in everything, or worse.
  func isOneWay(_ feature: Int) -> Bool {
    var directions: Set<Bool> = []
    let rises: Bool? =
      switch features[feature].value {
      case .linear(let from, let to): to > from
      case .threshold, .rate: true
      case .burden: false
      case .target, .knots, .levels: nil
      }
    for strength in relations.column(feature) where strength != 0 {
      guard let rises else { return false }
      directions.insert((strength > 0) == rises)
    }
    for barrier in barriers {
      for statement in barrier.violated.featureStatements {
        let comparison: Comparison
        switch statement {
        case .level(feature, let one, _), .levelAgainst(feature, let one, _): comparison = one
        default: continue
        }
        switch comparison {
        case .less, .atMost: directions.insert(true)
        case .greater, .atLeast: directions.insert(false)
        case .equal, .notEqual: return false
        }
      }
    }
    return directions.count < 2
  }
}

extension FitFeature {
  /// The levels between turning points at which a feature is worth given amounts.
  fileprivate func levels(worth wanted: [Double], between turning: [Double]) -> [Double] {
    guard levelNames.isEmpty else { return [] }
    let ends = turning.sorted()
    var found: [Double] = []
    for (left, right) in zip(ends, ends.dropFirst()) {
      let (one, other) = (worth(left), worth(right))
      for value in wanted where (one - value) * (other - value) < 0 {
        guard min(abs(one - value), abs(other - value)) > 1e-9 else { continue }
        var (low, high) = (left, right)
        for _ in 0..<60 {
          let middle = (low + high) / 2
          if (worth(middle) - value) * (one - value) > 0 { low = middle } else { high = middle }
        }
        found.append((low + high) / 2)
      }
    }
    return found
  }
}
