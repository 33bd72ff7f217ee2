import Foundation
import TesseraMath

/// Where a sweep finds the tables of a covariance block and puts its sums.
///
/// Each set of items that were answered together has its own tables, since the density is that of
/// the answered part.
struct LatentBlockShape: Sendable {
  let factor: Int
  /// First numeric column and how many.
  let column: Int
  let size: Int
  /// First of `size` tables of means.
  let means: Int
  let masks: [Mask]
  /// Sums: weight, then distances from the means, then their products (a ≤ b).
  let sum: Int

  /// One set of answered items.
  struct Mask: Sendable {
    let answered: [Int]
    let missing: [Int]
    /// The constant, then rows of the inverse root (b ≤ a), then slopes of each missing item on the
    /// answered ones, then what covariance they leave (a ≤ b).
    let table: Int

    var root: Int { table + 1 }
    var slopes: Int { root + answered.count * (answered.count + 1) / 2 }
    var rest: Int { slopes + missing.count * answered.count }
    var end: Int { rest + missing.count * (missing.count + 1) / 2 }
  }

  var productSum: Int { sum + 1 + size }
  var sumCount: Int { 1 + size + size * (size + 1) / 2 }
}

/// The sets of answered items of each block, and which of them each pattern has.
struct LatentBlockMasks: Sendable {
  /// For each block in turn, the sets as bits; the lowest bit is the first item.
  let sets: [[UInt64]]
  /// Blocks x patterns: position among the block's sets.
  let positions: [UInt16]

  init(factors: [LatentFactor], numbers: [Double], patterns: Int) {
    var sets: [[UInt64]] = []
    var positions: [UInt16] = []
    for factor in factors where factor.columns > 1 {
      let size = factor.columns
      let masks = (0..<patterns).map { pattern in
        (0..<size).reduce(UInt64(0)) { bits, item in
          let value = numbers[(factor.firstColumn + item) * patterns + pattern]
          return value.isNaN ? bits : bits | 1 << UInt64(item)
        }
      }
      let distinct = Array(Set(masks)).sorted()
      positions += masks.map { mask in
        UInt16(distinct.firstIndex(of: mask) ?? 0)
      }
      sets.append(distinct)
    }
    self.init(sets: sets, positions: positions)
  }

  private init(sets: [[UInt64]], positions: [UInt16]) {
    self.sets = sets
    self.positions = positions
  }

  /// The sets of some of the patterns.
  ///
  /// - Parameters:
  ///   - chosen: Which patterns, in their order.
  ///   - patterns: Patterns in all.
  /// - Returns: The same sets, with the positions of the patterns chosen.
  func selecting(_ chosen: [Int], of patterns: Int) -> LatentBlockMasks {
    LatentBlockMasks(
      sets: sets,
      positions: sets.indices.flatMap { block in
        chosen.map { positions[block * patterns + $0] }
      })
  }
}

extension LatentBlockShape.Mask {
  /// Fills a sweep's tables for the set from a class's covariance matrix.
  func fill(_ whole: Matrix, _ latent: Int, of sweep: any LatentSweeping) {
    let known = answered
    let part = whole.part(rows: known, columns: known)
    guard let factorised = try? Cholesky(part) else {
      sweep.setTable(table, lane: latent, to: -1e6)
      return
    }
    let norm = Double(known.count) * log(2 * Double.pi) + factorised.logDeterminant
    sweep.setTable(table, lane: latent, to: -0.5 * norm)
    // Rows of the inverse of the lower root, by forward substitution.
    var inverse = Matrix(rows: known.count, columns: known.count)
    var position = self.root
    for row in known.indices {
      for column in 0...row {
        var value = row == column ? 1.0 : 0
        for inner in column..<max(column, row) {
          value -= factorised.lower[row, inner] * inverse[inner, column]
        }
        inverse[row, column] = value / factorised.lower[row, row]
        sweep.setTable(position, lane: latent, to: inverse[row, column])
        position += 1
      }
    }
    guard !missing.isEmpty else { return }
    let cross = whole.part(rows: known, columns: missing)
    let regression = known.isEmpty ? cross : factorised.solve(cross)
    for (item, _) in missing.enumerated() {
      for other in known.indices {
        sweep.setTable(
          slopes + item * known.count + other, lane: latent, to: regression[other, item])
      }
    }
    position = rest
    for (a, first) in missing.enumerated() {
      for b in a..<missing.count {
        var value = whole[first, missing[b]]
        for other in known.indices {
          value -= regression[other, a] * cross[other, b]
        }
        sweep.setTable(position, lane: latent, to: value)
        position += 1
      }
    }
  }
}

extension Matrix {
  /// The elements in some rows and columns.
  func part(rows: [Int], columns: [Int]) -> Matrix {
    var result = Matrix(rows: rows.count, columns: columns.count)
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() {
        result[i, j] = self[row, column]
      }
    }
    return result
  }
}
