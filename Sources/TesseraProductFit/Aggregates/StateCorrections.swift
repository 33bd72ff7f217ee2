import TesseraMath

/// What the groups of people get wrong about one product and about every change of one feature.
///
/// The difference between the exact channels and those of the groups is kept at the product and at
/// every state one feature away: with one feature changed the page is exact. With more, these are
/// counted for as much as they help (``WhatIfAggregates/damping``), since three features
/// do together what no two of them tell.
///
/// A state is told only if, against the product and the states beside it that are told, it changes
/// what hits nobody or enough people.
struct StateCorrections: Sendable {
  /// Channels × segments at the product itself.
  let base: Matrix
  /// For each feature held against people, and each of its states.
  private(set) var singles: [[Entry?]] = []

  /// A correction; where it may not be told it is read off the nearest states that are.
  struct Entry: Sendable {
    var values: Matrix
    /// The segments for which it is exact.
    let isTold: [Bool]
  }

  /// How much is worked out.
  enum Depth: Int, Sendable {
    case base
    case singles
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
    for (number, feature) in features.enumerated() {
      let states = feature.levels.map { level in
        var result = levels
        result[feature.feature] = level
        return result
      }
      let hits = states.map { sums.hits($0) }
      let isTold = Self.told(hits, own: own[number], order: feature.telling, groups)
      let entries = states.indices.map { state -> Entry? in
        guard state != own[number] else { return nil }
        var values = residual(states[state])
        for place in values.values.indices { values.values[place] -= base.values[place] }
        return Entry(values: values, isTold: isTold[state])
      }
      singles.append(Self.bridged(entries, levels: feature.levels, own: own[number]))
    }
  }

  /// Which states may be told: those that, against the product itself and against the nearest states
  /// that are told, change what hits nobody or enough people.
  ///
  /// - Parameters:
  ///   - hits: For each state the barriers that hit each respondent.
  ///   - own: The product's own state, which is told.
  ///   - order: For each state how early it is taken; of equals the nearest to the product first.
  ///   - groups: Whom a number may stand for.
  /// - Returns: States × segments.
  private static func told(
    _ hits: [[UInt64]], own: Int, order: [Int], _ groups: PeopleGroups
  ) -> [[Bool]] {
    var isTold = hits.indices.map { [Bool](repeating: $0 == own, count: groups.members.count) }
    let states = hits.indices.filter { $0 != own }
      .sorted { (order[$0], abs($0 - own), $0) < (order[$1], abs($1 - own), $1) }
    for state in states {
      for segment in groups.members.indices {
        let neighbours = [
          (0..<state).last { isTold[$0][segment] },
          (state + 1..<hits.count).first { isTold[$0][segment] }, own,
        ]
        isTold[state][segment] = neighbours.compactMap(\.self).allSatisfy {
          groups.mayTell(hits[$0], hits[state], segment: segment)
        }
      }
    }
    return isTold
  }

  /// Entries with what may not be told replaced by a line between the nearest states that are
  /// told; the product's own state, where nothing is corrected, is one of them.
  private static func bridged(
    _ entries: [Entry?], levels: [Double], own: Int
  ) -> [Entry?] {
    var result = entries
    guard let columns = entries.compactMap(\.self).first?.values.columns else { return entries }
    for segment in 0..<columns {
      func isTold(_ state: Int) -> Bool {
        state == own || entries[state]?.isTold[segment] == true
      }
      for state in entries.indices where !isTold(state) {
        guard var entry = result[state] else { continue }
        let below = (0..<state).last(where: isTold)
        let above = (state + 1..<levels.count).first(where: isTold)
        var part = above == nil ? 0.0 : 1
        if let below, let above {
          part = (levels[state] - levels[below]) / (levels[above] - levels[below])
        }
        for channel in 0..<entry.values.rows {
          func value(_ place: Int?) -> Double {
            place.flatMap { entries[$0] }?.values[channel, segment] ?? 0
          }
          entry.values[channel, segment] = value(below) * (1 - part) + value(above) * part
        }
        result[state] = entry
      }
    }
    return result
  }

  /// The correction at some levels.
  ///
  /// - Returns: Channels × segments.
  func correction(_ levels: [Double], features: [HitFeature]) -> Matrix {
    var result = base
    func add(_ entry: Entry?, _ weight: Double) {
      guard let entry, weight > 0 else { return }
      for place in result.values.indices {
        result.values[place] += weight * entry.values.values[place]
      }
    }
    for (number, entries) in singles.enumerated() {
      let place = features[number].place(of: levels[features[number].feature])
      add(entries[place.lower], 1 - place.part)
      add(entries[place.upper], place.part)
    }
    return result
  }
}
