/// The terms a table's likelihood falls into.
struct LatentFactors: Sendable {
  var factors: [LatentFactor] = []
  /// Codes of all factors put end to end.
  var cells = 0
  private var columns = 0

  /// Splits a table into factors: blocks and pairs first, then every item not yet used.
  init(
    table: ItemTable, blocks: [LatentClassSettings.Block], directEffects: [ItemPair]
  ) throws(SegmentationError) {
    var isUsed = [Bool](repeating: false, count: table.items.count)
    for block in blocks {
      try LatentFactors.claim(block.items, of: table, in: &isUsed, as: "block of items")
      guard block.items.count >= 2 else {
        throw .setting(
          name: "block of items", problem: "a block needs two items or more",
          remedy: "Leave single items out of the blocks.")
      }
      guard block.items.count <= 64 else {
        throw .setting(
          name: "block of items", problem: "it holds \(block.items.count) items, more than 64",
          remedy: "Split the block, or reduce its items to components first.")
      }
      for item in block.items {
        guard case .gaussian = table.items[item].measurement else {
          throw .answers(item: table.items[item].name, expected: "numbers to stand in a block")
        }
      }
      append(.block(block.items.count, block.variance), items: block.items)
    }
    for pair in directEffects {
      try LatentFactors.claim(
        [pair.first, pair.second], of: table, in: &isUsed, as: "direct effect")
      let categories = [pair.first, pair.second].map { table.items[$0].measurement.categories }
      guard categories[0] > 0, categories[1] > 0 else {
        throw .setting(
          name: "direct effect", problem: "it ties categorical items only",
          remedy: "Put numeric items that vary together into a block.")
      }
      append(.pair(categories[0], categories[1]), items: [pair.first, pair.second])
    }
    for (position, item) in table.items.enumerated() where !isUsed[position] {
      append(LatentFactors.kind(of: item.measurement), items: [position])
    }
    guard cells <= 65_000 else {
      throw .setting(
        name: "items", problem: "they have \(cells) categories together, more than 65000",
        remedy: "Merge rare categories.")
    }
  }

  /// The factors of a table with the same items.
  init(copying factors: [LatentFactor], cells: Int) {
    self.factors = factors
    self.cells = cells
    columns = factors.reduce(0) { $0 + $1.columns }
  }

  private static func kind(of measurement: Item.Measurement) -> LatentFactor.Kind {
    switch measurement {
    case .nominal(let categories), .ordinal(let categories, .nominal): .categorical(categories)
    case .binary: .categorical(2)
    case .ordinal(let categories, .adjacentCategory(let scores)):
      .adjacent(scores: scores.isEmpty ? (1...categories).map(Double.init) : scores)
    case .gaussian(let variance): .normal(variance)
    case .poisson: .poisson
    }
  }

  private static func claim(
    _ items: [Int], of table: ItemTable, in isUsed: inout [Bool], as what: String
  ) throws(SegmentationError) {
    for item in items {
      guard isUsed.indices.contains(item) else {
        throw .setting(
          name: what, problem: "there is no item \(item + 1)",
          remedy: "Items are numbered 1 to \(isUsed.count).")
      }
      guard !isUsed[item] else {
        throw .setting(
          name: what, problem: "\(table.items[item].name) stands in more than one",
          remedy: "Name each item in one block or one direct effect.")
      }
      isUsed[item] = true
    }
  }

  private mutating func append(_ kind: LatentFactor.Kind, items: [Int]) {
    let width: Int
    switch kind {
    case .categorical(let categories): width = categories + 1
    case .adjacent(let scores): width = scores.count + 1
    case .pair(let a, let b): width = (a + 1) * (b + 1)
    default: width = 0
    }
    let factor = LatentFactor(
      kind: kind, items: items, firstCell: cells, cells: width, firstColumn: columns)
    factors.append(factor)
    cells += width
    columns += factor.columns
  }
}

extension ItemTable {
  /// Positions of the items that some respondents answered and others did not.
  var itemsWithGaps: [Int] {
    items.indices.filter { position in
      let missing = (0..<respondentCount).count { items[position].isMissing($0) }
      return missing > 0 && missing < respondentCount
    }
  }

  /// The table with an item behind its own for each of some items that tells whether it was answered.
  func withGapItems(_ positions: [Int]) throws(SegmentationError) -> ItemTable {
    let gapItems = positions.map { position in
      let item = items[position]
      return Item(
        name: "\(item.name) answered", measurement: .binary,
        answers: .codes((0..<respondentCount).map { item.isMissing($0) ? 1 : 2 }))
    }
    return try ItemTable(
      respondentCount: respondentCount, items: items + gapItems, weights: weights,
      covariates: covariates)
  }
}
