import TesseraMath

/// How items become columns of a factor analysis: centred, and scaled so that each item weighs 1.
///
/// A number becomes its z-score. A category *l* chosen by the share p becomes (1[l] − p) / √p. A gap
/// stands at the mean, 0 in all columns of its item.
struct FactorColumns: Sendable, Equatable {
  /// Where an item's columns lie, and what they do.
  struct Block: Sendable, Equatable {
    let item: Int
    let start: Int
    /// Mean and inverse deviation of a number.
    let centre: Double
    let rate: Double
    /// Share of each category, from code 1; empty for a number.
    let shares: [Double]

    var width: Int { shares.isEmpty ? 1 : shares.count }
  }

  let blocks: [Block]
  /// Number of columns.
  let count: Int
  /// Items with at least two different answers.
  let informative: Int

  init(_ items: EncodedItems) {
    var blocks: [Block] = []
    var start = 0
    var informative = 0
    let distinct = items.distinct
    for item in items.items {
      let categories = items.measurements[item].categories
      var mass = 0.0
      var sum = 0.0
      var masses = [Double](repeating: 0, count: categories)
      for (row, weight) in zip(distinct.first, distinct.weights) {
        let value = items.values[row, item]
        guard !value.isNaN else { continue }
        mass += weight
        sum += weight * value
        if categories > 0 {
          masses[Int(value) - 1] += weight
        }
      }
      let centre = mass > 0 ? sum / mass : 0
      var rate = 0.0
      if categories == 0 {
        var squares = 0.0
        for (row, weight) in zip(distinct.first, distinct.weights) {
          let value = items.values[row, item]
          guard !value.isNaN else { continue }
          squares += weight * (value - centre) * (value - centre)
        }
        // What rounding leaves of a constant is no deviation.
        let deviation = mass > 0 ? (squares / mass).squareRoot() : 0
        rate = deviation > 1e-12 * abs(centre) ? 1 / deviation : 0
      }
      let shares = masses.map { mass > 0 ? $0 / mass : 0 }
      informative += rate > 0 || shares.count { $0 > 0 } > 1 ? 1 : 0
      blocks.append(Block(item: item, start: start, centre: centre, rate: rate, shares: shares))
      start += categories == 0 ? 1 : categories
    }
    self.blocks = blocks
    count = start
    self.informative = informative
  }

  /// Whether all items are categories.
  var allCategories: Bool { blocks.allSatisfy { !$0.shares.isEmpty } }

  /// Writes the columns of some rows, each times a factor.
  ///
  /// - Parameters:
  ///   - rows: Which rows of `values`.
  ///   - values: Respondents × items.
  ///   - factors: What each row is multiplied by.
  /// - Returns: Rows × columns.
  func block(_ rows: ArraySlice<Int>, of values: Matrix, factors: ArraySlice<Double>?) -> Matrix {
    var result = Matrix(rows: rows.count, columns: count)
    for (place, row) in rows.enumerated() {
      let factor = factors.map { $0[$0.startIndex + place] } ?? 1
      let to = place * count
      for block in blocks {
        let value = values.values[row * values.columns + block.item]
        guard !value.isNaN else { continue }
        if block.shares.isEmpty {
          result.values[to + block.start] = factor * (value - block.centre) * block.rate
        } else {
          let chosen = Int(value) - 1
          for category in block.shares.indices where block.shares[category] > 0 {
            let share = block.shares[category]
            let indicator: Double = category == chosen ? 1 : 0
            result.values[to + block.start + category] =
              factor * (indicator - share) / share.squareRoot()
          }
        }
      }
    }
    return result
  }
}
