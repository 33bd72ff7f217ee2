import TesseraMath
import TesseraStudy

/// What the page knows of people: for each group its share of every segment, the mean weights of
/// needs, and how many of it each barrier finds; no number stands for fewer people than allowed.
struct CellTable: Sendable {
  let features: [HitFeature]
  let trees: [HitTree]
  let strengths: [Double]
  let channels: PageChannels
  /// For each feature held against people's own numbers its place among ``features``.
  let against: [Int]
  /// Groups × segments.
  private(set) var shares: [[Double]] = []
  /// Groups × needs.
  private(set) var weights: [[Double]] = []
  /// Groups × statements about people: share of whom it holds.
  private(set) var bits: [[Double]] = []
  /// Groups × comparisons × levels: share for whom it holds.
  private(set) var holds: [[[Double]]] = []
  /// Groups × burdens × levels of worth: mean of weight times worth.
  private(set) var worths: [[[Double]]] = []
  /// People in the smallest group.
  let smallest: Double

  init(
    _ cells: PeopleCells, model: FitModel, atoms: HitAtoms, features: [HitFeature],
    channels: PageChannels, shares: Matrix, groups: PeopleGroups
  ) {
    smallest = cells.cells.map { groups.people($0) }.min() ?? 0
    self.features = features
    self.channels = channels
    trees = atoms.trees
    strengths = model.barriers.map(\.strength)
    against = atoms.against.map { one in features.firstIndex { $0.feature == one.feature } ?? 0 }
    let sums = CellSums(cells, shares: shares, groups: groups)
    self.shares = cells.cells.map { people in
      (0..<shares.columns).map { segment in
        var sum = 0.0
        for respondent in people { sum += shares[respondent, segment] }
        return (sum * 1e8).rounded() / 1e8
      }
    }
    let weightColumns = (0..<channels.needs).map { model.respondents.needWeights.column($0) }
    weights = Self.rows(weightColumns.map { column in sums.means { column[$0] } }, cells)
    bits = Self.rows(atoms.bits.map { bit in sums.means { bit[$0] ? 1 : 0 } }, cells)
    let held = zip(atoms.against, against).map { one, place in
      Self.rows(
        features[place].levels.map { level in
          sums.means { one.comparison.holds(level, one.bounds[$0]) ? 1 : 0 }
        }, cells)
    }
    holds = cells.cells.indices.map { cell in held.map { $0[cell] } }
    let borne = channels.burdens.map { burden in
      let feature = model.features[burden.feature]
      let incomes = model.respondents.incomes[burden.feature]
      let levels = features.first { $0.feature == burden.feature }?.worthLevels ?? []
      return Self.rows(
        levels.map { level in
          sums.means {
            weightColumns[burden.need][$0] * StateSums.worth(feature, level, incomes[$0])
          }
        }, cells)
    }
    worths = cells.cells.indices.map { cell in borne.map { $0[cell] } }
  }

  /// Columns over groups as a row for each group.
  private static func rows(_ columns: [[Double]], _ cells: PeopleCells) -> [[Double]] {
    cells.cells.indices.map { cell in columns.map { rounded($0[cell]) } }
  }

  /// Five decimals: what the page carries.
  static func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }

  /// Number of groups.
  var count: Int { shares.count }

  /// The channels as the groups give them.
  ///
  /// - Parameter levels: A product's levels.
  /// - Returns: Channels × segments.
  func sums(_ levels: [Double]) -> Matrix {
    let segments = shares.first?.count ?? 0
    var result = Matrix(rows: channels.count, columns: segments)
    let places = features.map { $0.place(of: levels[$0.feature]) }
    for cell in 0..<count {
      let accepted = acceptance(cell, levels, places)
      for channel in 0..<channels.count {
        let value = accepted * self.value(channel, of: cell, levels)
        for segment in 0..<segments {
          result[channel, segment] += shares[cell][segment] * value
        }
      }
    }
    return result
  }

  /// Points of the needs that no sum gives, because a least or a most is taken over a burden.
  func remainder(_ levels: [Double], _ model: FitModel) -> [Double] {
    let segments = shares.first?.count ?? 0
    var result = [Double](repeating: 0, count: segments)
    let needs = (0..<channels.needs).filter { !PageChannels.isSum($0, model) }
    guard !needs.isEmpty else { return result }
    let places = features.map { $0.place(of: levels[$0.feature]) }
    for cell in 0..<count {
      let accepted = acceptance(cell, levels, places)
      for need in needs where weights[cell][need] > 0 {
        let fulfilled = channels.combined(need, model, levels) { feature in
          let place = channels.burdens.firstIndex { $0.need == need && $0.feature == feature } ?? 0
          return value(channels.needs + place, of: cell, levels) / weights[cell][need]
        }
        for segment in 0..<segments {
          result[segment] +=
            100 * shares[cell][segment] * accepted * weights[cell][need] * fulfilled
        }
      }
    }
    return result
  }

  private func value(
    _ channel: Int, of cell: Int, _ levels: [Double]
  ) -> Double {
    guard channel >= channels.needs else { return weights[cell][channel] }
    let burden = channels.burdens[channel - channels.needs]
    let level = levels[burden.feature]
    guard let feature = features.first(where: { $0.feature == burden.feature }), !level.isNaN
    else { return weights[cell][burden.need] / 2 }
    return feature.worthPlace(of: level).value(worths[cell][channel - channels.needs])
  }

  private func acceptance(
    _ cell: Int, _ levels: [Double], _ places: [HitFeature.Place]
  ) -> Double {
    var result = 1.0
    for (tree, strength) in zip(trees, strengths) {
      result *= 1 - strength * share(tree, cell, levels, places)
    }
    return result
  }

  /// Share of a group for whom a statement holds; what is unknown holds for one half.
  private func share(
    _ tree: HitTree, _ cell: Int, _ levels: [Double], _ places: [HitFeature.Place]
  ) -> Double {
    switch tree {
    case .bit(let bit): return bits[cell][bit]
    case .level(let feature, let comparison, let bound):
      let level = levels[feature]
      return level.isNaN ? 0.5 : comparison.holds(level, bound) ? 1 : 0
    case .against(let number):
      let place = against[number]
      if levels[features[place].feature].isNaN { return 0.5 }
      return places[place].value(holds[cell][number])
    case .unknown(let feature, let isTrue):
      return levels[feature].isNaN == isTrue ? 1 : 0
    case .all(let parts):
      var product = 1.0
      for part in parts { product *= share(part, cell, levels, places) }
      return product
    case .any(let parts):
      var none = 1.0
      for part in parts { none *= 1 - share(part, cell, levels, places) }
      return 1 - none
    }
  }
}
