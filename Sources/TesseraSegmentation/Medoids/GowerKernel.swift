import TesseraMath

/// Gower dissimilarities of many rows to one, column by column.
///
/// Numbers are divided by their range beforehand.
///
/// - Reference: Gower (1971), *Biometrics* 27(4), 857–871.
struct GowerKernel: Sendable {
  /// Number of rows.
  let count: Int
  /// Items, informative or not.
  let items: Int
  /// Numeric columns, column after column, each over its range; a gap is 0.
  let numbers: [Float]
  /// 1 where a number was observed; empty if none is missing.
  let observed: [Float]
  /// Category columns, column after column, from 1; 0 for a gap.
  let codes: [UInt8]
  let numeric: Int
  let categorical: Int
  let hasGaps: Bool
  /// Overlap, in items, below which missing comparisons count as differences.
  let needed: Float
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
      case .ordinal, .gaussian, .poisson, .zeroInflated:
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

  /// The same for some of the rows, in their order.
  func selecting(_ rows: [Int]) -> GowerKernel {
    func gather<Value>(_ columns: [Value], _ width: Int) -> [Value] {
      (0..<width).flatMap { column in rows.map { columns[column * count + $0] } }
    }
    return GowerKernel(
      count: rows.count, items: items, numbers: gather(numbers, numeric),
      observed: hasGaps ? gather(observed, numeric) : [], codes: gather(codes, categorical),
      numeric: numeric, hasGaps: hasGaps, needed: needed, answered: rows.map { answered[$0] })
  }

  private init(
    count: Int, items: Int, numbers: [Float], observed: [Float], codes: [UInt8], numeric: Int,
    hasGaps: Bool, needed: Float, answered: [Int32]
  ) {
    self.count = count
    self.items = items
    self.numbers = numbers
    self.observed = observed
    self.codes = codes
    self.numeric = numeric
    categorical = items - numeric
    self.hasGaps = hasGaps
    self.needed = needed
    self.answered = answered
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
