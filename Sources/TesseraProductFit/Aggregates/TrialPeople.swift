import TesseraMath
import TesseraStudy

/// What trial edits do to each of the people in the page's groups: how well each would be served,
/// and what would stop them.
struct TrialPeople: Sendable {
  /// Respondents, by position.
  let people: [Int]
  /// Number of trial edits.
  let edits: Int
  /// Number of barriers.
  let barriers: Int
  /// People × edits: own share times worth, 0 to 100 for all together.
  private(set) var worths: [Float]
  /// People × barriers × edits: own share times strength times whether it holds.
  private(set) var hits: [Float]
  /// Segments × edits: the fit that groups should come to.
  private(set) var fits: [Float]

  /// Numbers kept at most.
  private static let most = 8_000_000
  /// Edits at most, and fewest that are of use.
  private static let edits = (most: 768, least: 48)

  /// - Returns: `nil` where there is nothing to edit, or where groups are so large that they do not
  ///   need it.
  /// - Complexity: O(edits × people × (barriers + needs)).
  init?(
    _ cells: PeopleCells, model: FitModel, atoms: HitAtoms, trials: TrialEdits,
    channels: PageChannels, shares: Matrix
  ) {
    let people = cells.cells.flatMap { $0 }
    let barriers = model.barriers.count
    guard !trials.isEmpty, !people.isEmpty, barriers > 0 else { return nil }
    let edits = min(Self.edits.most, Self.most / (people.count * (barriers + 1)))
    guard edits >= Self.edits.least else { return nil }
    self.people = people
    self.edits = edits
    self.barriers = barriers
    var own = [Float](repeating: 0, count: people.count)
    var position = 0
    for (members, segment) in zip(cells.cells, cells.segments) {
      for respondent in members {
        own[position] = Float(shares[respondent, segment])
        position += 1
      }
    }
    worths = [Float](repeating: 0, count: people.count * edits)
    hits = [Float](repeating: 0, count: people.count * barriers * edits)
    fits = [Float](repeating: 0, count: shares.columns * edits)
    var columns = TrialColumns(model, atoms: atoms, trials: trials, people: people)
    var stream = RandomStream(seed: 2)
    for edit in 0..<edits {
      let levels = trials.draw(nil, &stream)
      let worth = columns.worths(levels, channels: channels)
      var accepted = worth
      for person in people.indices { worths[person * edits + edit] = own[person] * worth[person] }
      for (barrier, strength) in model.barriers.map({ Float($0.strength) }).enumerated() {
        let truths: [Float]
        switch columns.hits(barrier, levels) {
        case .same(let value): truths = [Float](repeating: value, count: people.count)
        case .each(let values): truths = values
        }
        for person in people.indices where truths[person] != 0 {
          accepted[person] *= 1 - strength * truths[person]
          hits[(person * barriers + barrier) * edits + edit] =
            own[person] * strength * truths[person]
        }
      }
      for segment in 0..<shares.columns {
        var sum = 0.0
        for (person, respondent) in people.enumerated() {
          sum += shares[respondent, segment] * Double(accepted[person])
        }
        fits[segment * edits + edit] = Float(sum)
      }
    }
  }
}

/// Columns over people, made for one edit after another.
private struct TrialColumns {
  let model: FitModel
  let trials: TrialEdits
  let trees: [HitTree]
  let against: [HitAtoms.Against]
  let places: [Int]
  let bits: [[Float]]
  let needWeights: [[Float]]
  let people: [Int]
  /// What a burden's level is worth to people, by feature and level.
  private var burdens: [BurdenLevel: [Float]] = [:]

  private struct BurdenLevel: Hashable {
    let feature: Int
    let level: Double
  }

  /// A number for everybody, or one each.
  enum Column {
    case same(Float)
    case each([Float])
  }

  init(_ model: FitModel, atoms: HitAtoms, trials: TrialEdits, people: [Int]) {
    self.model = model
    self.trials = trials
    self.people = people
    trees = atoms.trees
    against = atoms.against
    places = atoms.against.map { one in
      trials.features.firstIndex { $0.feature == one.feature } ?? 0
    }
    bits = atoms.bits.map { bit in people.map { bit[$0] ? 1 : 0 } }
    needWeights = model.needs.indices.map { need in
      let column = model.respondents.needWeights.column(need)
      return people.map { Float(column[$0]) }
    }
  }

  /// How well a product would serve each of the people, if nothing stopped them.
  mutating func worths(_ levels: [Double], channels: PageChannels) -> [Float] {
    let factors = channels.factors(model, levels: levels).map { Float(100 * $0) }
    var result = [Float](repeating: 0, count: people.count)
    for need in 0..<channels.needs where factors[need] != 0 {
      for person in people.indices { result[person] += factors[need] * needWeights[need][person] }
    }
    for (place, burden) in channels.burdens.enumerated() {
      let factor = factors[channels.needs + place]
      guard factor != 0 else { continue }
      let worth = worth(burden.feature, levels[burden.feature])
      for person in people.indices {
        result[person] += factor * needWeights[burden.need][person] * worth[person]
      }
    }
    return result
  }

  private mutating func worth(_ feature: Int, _ level: Double) -> [Float] {
    let key = BurdenLevel(feature: feature, level: level)
    if let known = burdens[key] { return known }
    let incomes = model.respondents.incomes[feature]
    let made = people.map { Float(StateSums.worth(model.features[feature], level, incomes[$0])) }
    burdens[key] = made
    return made
  }

  /// Whom a barrier stops.
  func hits(_ barrier: Int, _ levels: [Double]) -> Column { column(trees[barrier], levels) }

  private func column(_ tree: HitTree, _ levels: [Double]) -> Column {
    switch tree {
    case .bit(let bit): return .each(bits[bit])
    case .level(let feature, let comparison, let bound):
      return .same(comparison.holds(levels[feature], bound) ? 1 : 0)
    case .unknown(let feature, let isTrue):
      return .same(levels[feature].isNaN == isTrue ? 1 : 0)
    case .against(let number):
      let one = against[number]
      let feature = trials.features[places[number]]
      let level = feature.levels[feature.place(of: levels[one.feature]).lower]
      return .each(people.map { one.comparison.holds(level, one.bounds[$0]) ? 1 : 0 })
    case .all(let parts):
      return parts.reduce(.same(1)) { Self.product($0, column($1, levels)) }
    case .any(let parts):
      return Self.complement(
        parts.reduce(.same(1)) { Self.product($0, Self.complement(column($1, levels))) })
    }
  }

  private static func product(_ one: Column, _ other: Column) -> Column {
    switch (one, other) {
    case (.same(0), _), (_, .same(0)): .same(0)
    case (.same(let value), .same(let factor)): .same(value * factor)
    case (.same(let factor), .each(let values)), (.each(let values), .same(let factor)):
      factor == 1 ? .each(values) : .each(values.map { $0 * factor })
    case (.each(let values), .each(let factors)): .each(zip(values, factors).map { $0 * $1 })
    }
  }

  private static func complement(_ column: Column) -> Column {
    switch column {
    case .same(let value): .same(1 - value)
    case .each(let values): .each(values.map { 1 - $0 })
    }
  }
}
