import TesseraMath

/// Gower dissimilarities of many rows to one, column by column.
///
/// Numbers are divided by their range beforehand; categories are compared sixteen at a time.
///
/// - Reference: Gower (1971), *Biometrics* 27(4), 857–871.
struct GowerKernel: Sendable {
  /// Number of rows.
  let count: Int
  /// Items, informative or not.
  let items: Int
  /// Numeric columns, column after column, each over its range; a gap is 0.
  private let numbers: [Float]
  /// 1 where a number was observed; empty if none is missing.
  private let observed: [Float]
  /// Category columns, column after column, from 1; 0 for a gap.
  private let codes: [UInt8]
  private let numeric: Int
  private let categorical: Int
  private let hasGaps: Bool
  /// Overlap, in items, below which missing comparisons count as differences.
  private let needed: Float
  /// Items answered by each row.
  let answered: [Int32]

  /// Lays out the rows that differ, and behind them rows that are only to be placed.
  init(_ encoded: EncodedItems, outsiders: [Int], settings: GowerSettings) {
    let rows = encoded.distinct.first + outsiders
    let weights = encoded.distinct.weights + outsiders.map { _ in 0 }
    var numbers: [Float] = []
    var observed: [Float] = []
    var codes: [UInt8] = []
    var numeric = 0
    var answered = [Int32](repeating: 0, count: rows.count)
    for item in encoded.items {
      var column = rows.map { encoded.values[$0, item] }
      for row in rows.indices where !column[row].isNaN {
        answered[row] += 1
      }
      switch encoded.measurements[item] {
      case .nominal, .binary:
        // Codes above 255 keep apart what they can; so many categories hold few answers each.
        codes.append(contentsOf: column.map { $0.isNaN ? 0 : UInt8((Int($0) - 1) % 255 + 1) })
        continue
      case .ordinal where settings.ordinal == .ranks:
        column = Self.midRanks(column, weights: weights)
      case .ordinal, .gaussian, .poisson:
        break
      }
      let known = column.prefix(encoded.distinct.count).filter { !$0.isNaN }
      let low = known.min() ?? 0
      let range = (known.max() ?? 0) - low
      numeric += 1
      numbers.append(
        contentsOf: column.map { value in
          value.isNaN || range == 0 ? 0 : Float(max(0, min(1, (value - low) / range)))
        })
      observed.append(contentsOf: column.map { $0.isNaN ? 0 : 1 })
    }
    count = rows.count
    items = encoded.items.count
    self.numeric = numeric
    categorical = items - numeric
    hasGaps = encoded.distinct.hasGaps
    self.numbers = numbers
    self.observed = hasGaps ? observed : []
    self.codes = codes
    needed = Float(settings.minimumOverlap * Double(items))
    self.answered = answered
  }

  /// Dissimilarities of a run of rows to one row.
  ///
  /// - Parameters:
  ///   - row: The row all are compared with.
  ///   - others: Which rows to compare.
  ///   - result: Where they go, from its start.
  func distances(from row: Int, to others: Range<Int>, into result: inout [Float]) {
    precondition(others.upperBound <= count && row < count && result.count >= others.count)
    let block = 2048
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        unsafe observed.withUnsafeBufferPointer { observed in
          unsafe codes.withUnsafeBufferPointer { codes in
            unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: block) { overlap in
              unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * block) { marks in
                for start in stride(from: others.lowerBound, to: others.upperBound, by: block) {
                  let width = min(block, others.upperBound - start)
                  let target = unsafe UnsafeMutableBufferPointer(
                    rebasing: result[
                      (start - others.lowerBound)..<(start - others.lowerBound + width)])
                  unsafe compare(
                    row, start, width, numbers, observed, codes, overlap, marks, target)
                }
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func compare(
    _ row: Int, _ start: Int, _ width: Int, _ numbers: UnsafeBufferPointer<Float>,
    _ observed: UnsafeBufferPointer<Float>, _ codes: UnsafeBufferPointer<UInt8>,
    _ overlap: UnsafeMutableBufferPointer<Float>, _ marks: UnsafeMutableBufferPointer<UInt8>,
    _ result: UnsafeMutableBufferPointer<Float>
  ) {
    for place in 0..<width {
      unsafe result[place] = 0
      unsafe overlap[place] = 0
    }
    for column in 0..<numeric {
      let from = column * count
      if hasGaps {
        guard unsafe observed[from + row] > 0 else { continue }
        let value = unsafe numbers[from + row]
        for place in 0..<width {
          let seen = unsafe observed[from + start + place]
          unsafe result[place] += abs(numbers[from + start + place] - value) * seen
          unsafe overlap[place] += seen
        }
      } else {
        let value = unsafe numbers[from + row]
        for place in 0..<width {
          unsafe result[place] += abs(numbers[from + start + place] - value)
        }
      }
    }
    // Up to 255 comparisons fit in a byte; more are carried over.
    let counted = 2048
    for first in stride(from: 0, to: categorical, by: 255) {
      for place in 0..<width {
        unsafe marks[place] = 0
        unsafe marks[counted + place] = 0
      }
      for column in first..<min(first + 255, categorical) {
        let from = column * count
        let value = unsafe codes[from + row]
        guard value > 0 else { continue }
        for place in 0..<width {
          let code = unsafe codes[from + start + place]
          let seen: UInt8 = code != 0 ? 1 : 0
          let differs: UInt8 = code != value ? 1 : 0
          unsafe marks[place] &+= differs & seen
          unsafe marks[counted + place] &+= seen
        }
      }
      for place in 0..<width {
        unsafe result[place] += Float(marks[place])
        unsafe overlap[place] += Float(marks[counted + place])
      }
    }
    guard hasGaps else {
      let scale = 1 / Float(max(1, items))
      for place in 0..<width {
        unsafe result[place] *= scale
      }
      return
    }
    for place in 0..<width {
      let seen = unsafe overlap[place]
      let lacking = max(0, needed - seen)
      let mass = seen + lacking
      unsafe result[place] = mass > 0 ? (result[place] + lacking) / mass : 1
    }
  }

  /// Mid-ranks of the observed values by weight.
  private static func midRanks(_ column: [Double], weights: [Double]) -> [Double] {
    let order = column.indices.filter { !column[$0].isNaN }
      .sorted { (column[$0], $0) < (column[$1], $1) }
    var result = column
    var below = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var mass = 0.0
      while end < order.count, column[order[end]] == column[order[start]] {
        mass += weights[order[end]]
        end += 1
      }
      for place in start..<end {
        result[order[place]] = below + mass / 2
      }
      below += mass
      start = end
    }
    return result
  }
}
