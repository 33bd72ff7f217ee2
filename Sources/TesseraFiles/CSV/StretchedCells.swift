/// The codes of a column whose stretches of rows were read by themselves.
///
/// The cells stay as they were read until they are mapped to what the table holds, so that no
/// second copy of a whole table is ever made.
struct StretchedCodes: Sendable {
  /// The distinct texts of all stretches, in the order in which they occur.
  let texts: [String]
  /// Number of rows.
  let count: Int
  private let builders: [ColumnBuilder]
  /// For each stretch the positions of its own texts among all, 0 for an empty cell in front.
  private let positions: [[UInt32]]
  /// In which row each text occurs first.
  private let firsts: [Int]

  /// Joins the texts of stretches.
  init(_ builders: [ColumnBuilder], _ table: CSVTable) {
    var places: [TextKey: UInt32] = [:]
    var texts: [String] = []
    var firsts: [Int] = []
    var positions: [[UInt32]] = []
    var before = 0
    for builder in builders {
      var own: [UInt32] = [0]
      own.reserveCapacity(builder.entries.count + 1)
      for (entry, text) in zip(builder.entries, builder.texts(table.view)) {
        let next = UInt32(texts.count + 1)
        let place = places[TextKey(text), default: next]
        if place == next {
          places[TextKey(text)] = next
          texts.append(text)
          firsts.append(before + entry.firstRow)
        }
        own.append(place)
      }
      positions.append(own)
      before += builder.rowCount
    }
    self.builders = builders
    self.texts = texts
    self.firsts = firsts
    self.positions = positions
    count = before
  }

  /// What a table gives for each row's position.
  func mapped<Value: BitwiseCopyable>(by table: [Value]) -> [Value] {
    unsafe [Value](unsafeUninitializedCapacity: count) { result, count in
      guard let start = result.baseAddress else { return }
      for (builder, own) in zip(builders, positions) {
        unsafe builder.write(own.map { table[Int($0)] }, to: start + count)
        count += builder.rowCount
      }
    }
  }

  /// Adds how often each position occurs.
  func tally(_ counts: inout [Int]) {
    for (builder, own) in zip(builders, positions) {
      var found = [Int](repeating: 0, count: own.count)
      builder.tally(&found)
      for (code, times) in found.enumerated() { counts[Int(own[code])] += times }
    }
  }

  /// Writes in which row each position occurs first; that of an empty cell is not looked for.
  func findFirsts(_ result: inout [Int]) {
    for (position, row) in firsts.enumerated() { result[position + 1] = row }
  }

  /// Gives the memory of the cells back.
  func release() { for builder in builders { builder.clear() } }
}

/// The numbers of a column whose stretches of rows were read by themselves.
struct StretchedNumbers: Sendable {
  /// Number of rows.
  let count: Int
  private let builders: [ColumnBuilder]
  private let table: CSVTable

  /// Joins stretches, of which some may be coded.
  init(_ builders: [ColumnBuilder], _ table: CSVTable) {
    self.builders = builders
    self.table = table
    count = builders.reduce(0) { $0 + $1.rowCount }
  }

  /// The numbers in one piece, while the memory of the stretches is given back.
  func gathered() -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: count) { result, count in
      guard let start = result.baseAddress else { return }
      for builder in builders {
        if builder.isNumbers {
          unsafe builder.writeNumbers(to: start + count)
        } else {
          // A stretch with few distinct numbers beside one with many.
          unsafe builder.write(values(builder), to: start + count)
        }
        count += builder.rowCount
        builder.clear()
      }
    }
  }

  private func values(_ builder: ColumnBuilder) -> [Double] {
    [.nan]
      + builder.entries.map { entry in
        if let parsed = builder.rules.grammar.parse(table.view, entry.range) {
          return parsed.value
        }
        return CellRules.missing(builder.rules.missingSpelling(table.view, entry.range) ?? -1)
      }
  }

  /// Gives the memory of the cells back.
  func release() { for builder in builders { builder.clear() } }
}
