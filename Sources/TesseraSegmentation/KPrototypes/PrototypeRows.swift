import TesseraMath

/// Different respondents as the search for prototypes sees them: numbers and codes.
struct PrototypeRows: Sendable {
  /// The numbers, standardised.
  let numbers: KMeansRows
  /// Rows × categorical items: which row of the penalty table each answer looks up.
  let codes: [UInt16]
  /// Where the codes of each categorical item begin in the table; the first of them is the gap.
  let starts: [Int]
  /// Rows of the penalty table in all.
  let entries: Int
  /// Columns of the encoded table that are numbers, and that are categories.
  let numericItems: [Int]
  let categoricalItems: [Int]
  /// What a mismatch costs.
  let gamma: Double

  var count: Int { numbers.count }
  var items: Int { categoricalItems.count }
  var weights: [Double] { numbers.weights }

  init(
    _ encoded: EncodedItems, ordinalNumbers: Bool, gamma: KPrototypes.Gamma
  ) throws(SegmentationError) {
    var numeric: [Int] = []
    var categorical: [Int] = []
    for item in encoded.items {
      switch encoded.measurements[item] {
      case .nominal, .binary: categorical.append(item)
      case .ordinal: ordinalNumbers ? numeric.append(item) : categorical.append(item)
      case .gaussian, .poisson, .zeroInflated: numeric.append(item)
      }
    }
    let count = encoded.values.rows
    var table = Matrix(rows: count, columns: numeric.count)
    for row in 0..<count {
      for (column, item) in numeric.enumerated() {
        table[row, column] = encoded.values[row, item]
      }
    }
    let distinct = encoded.distinct
    numbers = KMeansRows(
      table: table, source: distinct.first, weights: distinct.weights,
      columnOrder: Array(0..<numeric.count), hasGaps: table.values.contains(where: \.isNaN),
      scale: ColumnScale(
        of: table, weights: encoded.weights, standardisation: .standardDeviation))
    var starts: [Int] = []
    var entries = 0
    for item in categorical {
      starts.append(entries)
      entries += encoded.measurements[item].categories + 1
    }
    guard entries <= 65_536 else {
      throw .badSetting(
        name: "the number of categories", value: Double(entries),
        remedy: "Merge rare categories until there are fewer than 65,536.")
    }
    var codes: [UInt16] = []
    codes.reserveCapacity(distinct.first.count * categorical.count)
    for row in distinct.first {
      for (column, item) in categorical.enumerated() {
        let value = encoded.values[row, item]
        codes.append(UInt16(starts[column] + (value.isNaN ? 0 : Int(value))))
      }
    }
    self.codes = codes
    self.starts = starts
    self.entries = entries
    numericItems = numeric
    categoricalItems = categorical
    switch gamma {
    case .value(let value):
      guard value >= 0, value.isFinite else {
        throw .badSetting(
          name: "gamma", value: value, remedy: "Use 0 or more, or let it be estimated.")
      }
      self.gamma = value
    case .halfDeviation:
      self.gamma = numeric.isEmpty ? 1 : 0.5
    case .varianceRatio:
      let spread = Self.meanHeterogeneity(
        codes, starts: starts, entries: entries, weights: distinct.weights)
      self.gamma = numeric.isEmpty || spread == 0 ? 1 : 1 / spread
    }
  }

  /// Mean over items of 1 − Σ p², the chance that two respondents differ.
  private static func meanHeterogeneity(
    _ codes: [UInt16], starts: [Int], entries: Int, weights: [Double]
  ) -> Double {
    guard !starts.isEmpty else { return 0 }
    var masses = [Double](repeating: 0, count: entries)
    for (place, code) in codes.enumerated() {
      masses[Int(code)] += weights[place / starts.count]
    }
    var sum = 0.0
    for (item, start) in starts.enumerated() {
      let end = item + 1 < starts.count ? starts[item + 1] : entries
      let observed = masses[(start + 1)..<end]
      let total = observed.reduce(0, +)
      guard total > 0 else { continue }
      sum += 1 - observed.reduce(0) { $0 + ($1 / total) * ($1 / total) }
    }
    return sum / Double(starts.count)
  }

  /// The table of what each answer costs each prototype.
  ///
  /// - Parameters:
  ///   - modes: Prototypes × categorical items: the category each stands for, from 1; 0 for none.
  ///   - count: Number of prototypes.
  /// - Returns: 0 for gaps and for the mode, gamma otherwise.
  func penalties(_ modes: [Int], count: Int) -> PenaltyTable {
    let padded = (count + 3) / 4 * 4
    var table = PenaltyTable(
      padded: padded, values: [Float](repeating: Float(gamma), count: entries * padded))
    for (item, start) in starts.enumerated() {
      for prototype in 0..<padded {
        table.values[start * padded + prototype] = 0
        if prototype < count, modes[prototype * items + item] > 0 {
          table.values[(start + modes[prototype * items + item]) * padded + prototype] = 0
        }
      }
    }
    return table
  }
}

/// Prototypes: a mean for each number, a category for each other item.
struct Prototypes: Sendable {
  /// Prototypes × numeric items, standardised.
  var means: [Double]
  /// Prototypes × categorical items, categories from 1; 0 where nobody answered.
  var modes: [Int]
  let count: Int
}
