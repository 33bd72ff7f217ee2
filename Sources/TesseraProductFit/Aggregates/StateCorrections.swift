import TesseraMath

/// What the groups of people get wrong about one product and the states around it.
///
/// The difference between the exact channels and those of the groups is kept at the product, for
/// every change of one feature and for many changes of two, as an anchored expansion: with one
/// feature changed the page is exact, with more it errs by what three features do together.
///
/// A state is told only if, against the product and the state before it, it changes what hits
/// nobody or enough people.
///
/// - Reference: Rabitz & Aliş (1999), *Journal of Mathematical Chemistry* 25, 197–233 (cut-HDMR).
struct StateCorrections: Sendable {
  /// Channels × segments at the product itself.
  let base: Matrix
  /// For each feature held against people, and each of its states.
  private(set) var singles: [[Entry?]] = []
  private(set) var pairs: [Pair] = []

  /// A correction, and the segments for which it may be told.
  struct Entry: Sendable {
    let values: Matrix
    let isTold: [Bool]
  }

  /// Two features changed at once.
  struct Pair: Sendable {
    let one: Int
    let other: Int
    /// States of the first, as places among its levels.
    let oneStates: [Int]
    let otherStates: [Int]
    /// First states × other states; `nil` where one of them is the product's own.
    let entries: [[Entry?]]
  }

  /// How much is worked out.
  enum Depth: Int, Sendable {
    case base
    case singles
    case pairs
  }

  init(
    product levels: [Double], depth: Depth, table: CellTable, sums: StateSums,
    groups: PeopleGroups
  ) {
    let features = table.features
    func residual(_ levels: [Double]) -> Matrix {
      var result = sums.sums(levels)
      let rough = table.sums(levels)
      for place in result.values.indices { result.values[place] -= rough.values[place] }
      return result
    }
    let base = residual(levels)
    self.base = base
    guard depth.rawValue >= Depth.singles.rawValue else { return }
    let own = features.map { $0.place(of: levels[$0.feature]).lower }
    let ownHits = sums.hits(levels)
    func changed(_ changes: [(feature: Int, state: Int)]) -> [Double] {
      var result = levels
      for change in changes {
        result[features[change.feature].feature] = features[change.feature].levels[change.state]
      }
      return result
    }
    for (number, feature) in features.enumerated() {
      var entries = [Entry?](repeating: nil, count: feature.levels.count)
      for states in [
        Array(own[number] + 1..<max(own[number] + 1, feature.levels.count)),
        Array((0..<own[number]).reversed()),
      ] {
        var lastHits = [[UInt64]](repeating: ownHits, count: groups.members.count)
        for state in states {
          let levels = changed([(number, state)])
          let hits = sums.hits(levels)
          let isTold = groups.members.indices.map { segment in
            groups.mayTell(lastHits[segment], hits)[segment]
              && groups.mayTell(ownHits, hits)[segment]
          }
          for segment in isTold.indices where isTold[segment] { lastHits[segment] = hits }
          var values = residual(levels)
          for place in values.values.indices { values.values[place] -= base.values[place] }
          entries[state] = Entry(values: values, isTold: isTold)
        }
      }
      singles.append(entries)
    }
    guard depth == .pairs else { return }
    for one in features.indices {
      for other in features.indices where other > one {
        let oneStates = Self.states(features[one], own[one])
        let otherStates = Self.states(features[other], own[other])
        let entries = oneStates.map { first in
          otherStates.map { second -> Entry? in
            guard first != own[one], second != own[other],
              let left = singles[one][first], let right = singles[other][second]
            else { return nil }
            let levels = changed([(one, first), (other, second)])
            let hits = sums.hits(levels)
            let leftMay = groups.mayTell(sums.hits(changed([(one, first)])), hits)
            let rightMay = groups.mayTell(sums.hits(changed([(other, second)])), hits)
            var values = residual(levels)
            for place in values.values.indices {
              let (segment, columns) = (place % values.columns, values.columns)
              precondition(segment < columns)
              values.values[place] -=
                base.values[place] + (left.isTold[segment] ? left.values.values[place] : 0)
                + (right.isTold[segment] ? right.values.values[place] : 0)
            }
            return Entry(
              values: values,
              isTold: leftMay.indices.map {
                leftMay[$0] && rightMay[$0] && left.isTold[$0] && right.isTold[$0]
              })
          }
        }
        pairs.append(
          Pair(
            one: one, other: other, oneStates: oneStates, otherStates: otherStates,
            entries: entries))
      }
    }
  }

  /// The states of a feature that pairs are worked out at: all, or some of a long grid.
  private static func states(_ feature: HitFeature, _ own: Int) -> [Int] {
    let most = 9
    guard feature.levels.count > most else { return Array(feature.levels.indices) }
    let stride = Double(feature.levels.count - 1) / Double(most - 1)
    let spread = (0..<most).map { Int((Double($0) * stride).rounded()) }
    return Array(Set(spread + [own])).sorted()
  }

  /// The correction at some levels.
  ///
  /// - Returns: Channels × segments.
  func correction(_ levels: [Double], features: [HitFeature]) -> Matrix {
    var result = base
    func add(_ entry: Entry?, _ weight: Double) {
      guard let entry, weight > 0 else { return }
      for place in result.values.indices where entry.isTold[place % result.columns] {
        result.values[place] += weight * entry.values.values[place]
      }
    }
    for (number, entries) in singles.enumerated() {
      let place = features[number].place(of: levels[features[number].feature])
      add(entries[place.lower], 1 - place.part)
      add(entries[place.upper], place.part)
    }
    for pair in pairs {
      let one = Self.place(levels[features[pair.one].feature], features[pair.one], pair.oneStates)
      let other = Self.place(
        levels[features[pair.other].feature], features[pair.other], pair.otherStates)
      add(pair.entries[one.lower][other.lower], (1 - one.part) * (1 - other.part))
      add(pair.entries[one.lower][other.upper], (1 - one.part) * other.part)
      add(pair.entries[one.upper][other.lower], one.part * (1 - other.part))
      add(pair.entries[one.upper][other.upper], one.part * other.part)
    }
    return result
  }

  /// Where a level lies among some of a feature's states.
  private static func place(
    _ level: Double, _ feature: HitFeature, _ states: [Int]
  ) -> HitFeature.Place {
    if case .steps = feature.kind { return feature.place(of: level) }
    return HitFeature(feature: feature.feature, grid: states.map { feature.levels[$0] })
      .place(of: level)
  }
}
