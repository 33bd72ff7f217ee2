/// The terms a table's likelihood falls into.
struct LatentFactors: Sendable {
  var factors: [LatentFactor] = []
  /// Codes of all factors put end to end.
  var cells = 0
  private var columns = 0

  /// Splits a table into factors: blocks and pairs first, then every item not yet used.
  init(
    table: ItemTable, blocks: [LatentClass.Block], directEffects: [ItemPair]
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
      append(BlockFamily(size: block.items.count, variance: block.variance), items: block.items)
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
      append(
        PairFamily(first: categories[0], second: categories[1]), items: [pair.first, pair.second])
    }
    for (position, item) in table.items.enumerated() where !isUsed[position] {
      append(item.measurement.family, items: [position])
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

  private mutating func append(_ family: any Family, items: [Int]) {
    let factor = LatentFactor(
      family: family, position: factors.count, items: items, firstCell: cells,
      cells: family.cells, firstColumn: columns, columns: family.columns)
    factors.append(factor)
    cells += factor.cells
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
