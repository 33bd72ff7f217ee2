/// Categorical items counted together: few answers to several items make one code, so that a row
/// adds to far fewer cells than it has pairs of answers.
///
/// How often two answers were given together is a sum over the codes that hold both.
struct FactorPacking: Sendable {
  /// What an item adds to the code of its group.
  struct Item: Sendable {
    let group: Int
    let step: Int
    /// Its first column.
    let start: Int
    /// Categories, and one more level for an answer not given, where there may be any.
    let levels: Int
    /// Categories.
    let categories: Int
  }

  let items: [Item]
  /// Codes of each group.
  let sizes: [Int]
  /// The first code of each group, counted over all.
  let first: [Int]
  /// Where the counts of a group begin, then those of each pair with a later one.
  let bases: [Int]
  /// Cells of all tables.
  let cells: Int
  /// The column that stands for answers not given: one past the last.
  private(set) var gap = 0

  /// Codes of all groups.
  var codes: Int { sizes.reduce(0, +) }

  /// Cells that stay near a processor.
  private static let most = 1 << 17

  /// Packs neighbouring items, as many as leaves the tables small.
  ///
  /// - Parameters:
  ///   - layout: Where each item's columns lie.
  ///   - hasGaps: Whether answers may be missing.
  init(_ layout: FactorLayout, hasGaps: Bool) {
    let choices = layout.places.filter { $0.categories > 0 }
    let packings = [36, 18, 9].lazy.map { Self(choices, most: $0, hasGaps: hasGaps) }
    self =
      packings.first { $0.cells <= Self.most } ?? Self(choices, most: 1, hasGaps: hasGaps)
    gap = layout.count
  }

  private init(_ choices: [FactorLayout.Place], most: Int, hasGaps: Bool) {
    var items: [Item] = []
    var sizes: [Int] = []
    for choice in choices {
      let levels = choice.categories + (hasGaps ? 1 : 0)
      let joins = sizes.last.map { $0 * levels <= most } ?? false
      let step = joins ? sizes.removeLast() : 1
      items.append(
        Item(
          group: sizes.count, step: step, start: choice.start, levels: levels,
          categories: choice.categories))
      sizes.append(step * levels)
    }
    var first: [Int] = []
    var bases: [Int] = []
    var (codes, cells) = (0, 0)
    for (group, size) in sizes.enumerated() {
      first.append(codes)
      codes += size
      bases.append(cells)
      cells += size
      for other in sizes[(group + 1)...] {
        bases.append(cells)
        cells += size * other
      }
    }
    self.items = items
    self.sizes = sizes
    self.first = first
    self.bases = bases
    self.cells = max(1, cells)
  }

  /// Sums by column from sums by code.
  ///
  /// - Parameters:
  ///   - sums: Sums by code.
  ///   - measures: Number of numeric items.
  /// - Returns: (Columns + 1)² counts, above the diagonal, and columns + 1 × numbers.
  /// - Complexity: O(cells · items²) for the items of two groups.
  func unpacked(_ sums: FactorCrossKernel.Sums, measures: Int) -> FactorCrossKernel.Sums {
    let stride = gap + 1
    var result = FactorCrossKernel.Sums(
      pairs: [Double](repeating: 0, count: stride * stride),
      mixed: [Double](repeating: 0, count: stride * measures), numbers: sums.numbers)
    let columns = columns
    var table = 0
    for group in sizes.indices {
      for (code, answers) in columns[group].enumerated() {
        let count = sums.pairs[bases[table] + code]
        for (place, answer) in answers.enumerated() {
          for other in answers[place...] { result.pairs[answer * stride + other] += count }
          for item in 0..<measures {
            result.mixed[answer * measures + item] +=
              sums.mixed[(first[group] + code) * measures + item]
          }
        }
      }
      table += 1
      for other in group + 1..<max(sizes.count, group + 1) {
        for (code, answers) in columns[group].enumerated() {
          for (second, others) in columns[other].enumerated() {
            let count = sums.pairs[bases[table] + code * sizes[other] + second]
            guard count != 0 else { continue }
            for answer in answers {
              for column in others { result.pairs[answer * stride + column] += count }
            }
          }
        }
        table += 1
      }
    }
    return result
  }

  /// For each group the columns that each of its codes stands for.
  var columns: [[[Int]]] {
    sizes.indices.map { group in
      let own = items.filter { $0.group == group }
      return (0..<sizes[group]).map { code in
        own.map { item in
          let level = code / item.step % item.levels
          return level == item.categories ? gap : item.start + level
        }
      }
    }
  }
}
