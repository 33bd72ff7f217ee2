internal import TesseraSurvey

/// The cells of a whole column before their level is known: codes of distinct texts, or numbers.
struct RawColumn: Sendable {
  /// What the cells hold.
  enum Cells: Sendable {
    /// For each row the position of its text, from 1; 0 for an empty cell.
    case coded(texts: [String], codes: RawCodes)
    /// Numbers; a NaN may carry the position of a spelling of missing.
    case numbers([Double])
  }

  /// What the cells hold.
  let cells: Cells
  /// The first row, from 0, whose number has an exponent, where the cells are numbers.
  let firstExponent: Int?

  /// Number of rows.
  var rowCount: Int {
    switch cells {
    case .coded(_, let codes): codes.count
    case .numbers(let numbers): numbers.count
    }
  }

  /// A column of texts; empty texts are empty cells.
  init(texts cells: [String]) {
    var positions: [TextKey: UInt32] = [:]
    var texts: [String] = []
    let codes = cells.map { text -> UInt32 in
      if text.isEmpty { return 0 }
      if let known = positions[TextKey(text)] { return known }
      texts.append(text)
      positions[TextKey(text)] = UInt32(texts.count)
      return UInt32(texts.count)
    }
    self.cells = .coded(texts: texts, codes: RawCodes(codes, limit: texts.count))
    firstExponent = nil
  }

  /// Columns of texts, one below the other.
  init(stacking columns: [RawColumn]) {
    var positions: [TextKey: UInt32] = [:]
    var texts: [String] = []
    var codes: [UInt32] = []
    for column in columns {
      guard case .coded(let own, let ownCodes) = column.cells else {
        preconditionFailure("only columns of texts can be stacked")
      }
      var global: [UInt32] = [0]
      for text in own {
        let key = TextKey(text)
        if positions[key] == nil {
          texts.append(text)
          positions[key] = UInt32(texts.count)
        }
        global.append(positions[key] ?? 0)
      }
      codes.append(contentsOf: ownCodes.mapped(by: global))
    }
    cells = .coded(texts: texts, codes: RawCodes(codes, limit: texts.count))
    firstExponent = nil
  }

  /// A column made of stretches that were read by themselves; their memory is given back.
  init(_ table: CSVTable, column: Int) {
    let total = table.rows.count
    let builders = table.stretches.map { $0.columns[column] }
    var exponent: Int?
    var before = 0
    for (stretch, builder) in zip(table.stretches, builders) {
      if let first = builder?.firstExponent, first >= 0, exponent == nil {
        exponent = before + first
      }
      before += stretch.rowCount
    }
    firstExponent = exponent
    if builders.contains(where: { $0?.isNumbers == true }) {
      cells = .numbers(Self.numbers(table, builders, total))
    } else {
      cells = Self.codes(table, builders, total)
    }
    for builder in builders { builder?.clear() }
  }

  private static func numbers(
    _ table: CSVTable, _ builders: [ColumnBuilder?], _ total: Int
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(total)
    for (stretch, builder) in zip(table.stretches, builders) {
      guard let builder else { continue }
      if builder.isNumbers {
        for row in 0..<stretch.rowCount { result.append(builder.number(row)) }
        continue
      }
      // A stretch with few distinct numbers beside one with many.
      var values: [Double] = [.nan]
      for entry in builder.entries {
        if let parsed = builder.rules.grammar.parse(table.view, entry.range) {
          values.append(parsed.value)
        } else {
          values.append(
            CellRules.missing(builder.rules.missingSpelling(table.view, entry.range) ?? -1))
        }
      }
      for row in 0..<stretch.rowCount { result.append(values[builder.code(row)]) }
    }
    return result
  }

  private static func codes(
    _ table: CSVTable, _ builders: [ColumnBuilder?], _ total: Int
  ) -> Cells {
    var positions: [TextKey: UInt32] = [:]
    var texts: [String] = []
    var globals: [[UInt32]] = []
    for builder in builders {
      guard let builder else { continue }
      var global: [UInt32] = [0]
      global.reserveCapacity(builder.entries.count + 1)
      for entry in builder.entries {
        let text = builder.text(entry, table.view)
        let key = TextKey(text)
        if let known = positions[key] {
          global.append(known)
        } else {
          texts.append(text)
          positions[key] = UInt32(texts.count)
          global.append(UInt32(texts.count))
        }
      }
      globals.append(global)
    }
    let present = builders.compactMap { $0 }
    if texts.count <= 255 {
      let tables = globals.map { $0.map { UInt8($0) } }
      return .coded(texts: texts, codes: .narrow(gathered(present, tables, total)))
    }
    return .coded(texts: texts, codes: .wide(gathered(present, globals, total)))
  }

  private static func gathered<Code: BitwiseCopyable>(
    _ builders: [ColumnBuilder], _ tables: [[Code]], _ total: Int
  ) -> [Code] {
    unsafe [Code](unsafeUninitializedCapacity: total) { result, count in
      for (builder, table) in zip(builders, tables) {
        unsafe builder.writeCodes(mappedBy: table, to: result, from: &count)
      }
    }
  }
}

/// For each row the position of its text, as narrow as their number allows.
enum RawCodes: Sendable {
  /// Positions of up to 255 texts.
  case narrow([UInt8])
  /// Positions of more.
  case wide([UInt32])

  /// Packs positions.
  init(_ codes: [UInt32], limit: Int) {
    self = limit <= 255 ? .narrow(codes.map { UInt8($0) }) : .wide(codes)
  }

  /// Number of rows.
  var count: Int {
    switch self {
    case .narrow(let codes): codes.count
    case .wide(let codes): codes.count
    }
  }

  /// The position in a row.
  subscript(row: Int) -> Int {
    switch self {
    case .narrow(let codes): Int(codes[row])
    case .wide(let codes): Int(codes[row])
    }
  }

  /// What a table gives for each row's position.
  func mapped<Value: BitwiseCopyable>(by table: [Value]) -> [Value] {
    switch self {
    case .narrow(let codes): Self.map(codes, by: table)
    case .wide(let codes): Self.map(codes, by: table)
    }
  }

  /// Positions lie inside the table, since the table was made for them; that is checked once.
  private static func map<Code: FixedWidthInteger, Value: BitwiseCopyable>(
    _ codes: [Code], by table: [Value]
  ) -> [Value] {
    precondition(Int(codes.max() ?? 0) < table.count)
    return unsafe [Value](unsafeUninitializedCapacity: codes.count) { result, count in
      unsafe table.withUnsafeBufferPointer { table in
        for row in codes.indices { unsafe result[row] = table[Int(codes[row])] }
      }
      count = codes.count
    }
  }

  /// How often each position occurs, and in which row first; -1 if it does not occur.
  func tally(_ limit: Int) -> (counts: [Int], firsts: [Int]) {
    var counts = [Int](repeating: 0, count: limit + 1)
    var firsts = [Int](repeating: -1, count: limit + 1)
    switch self {
    case .narrow(let codes): CodeTally.count(codes, &counts, &firsts)
    case .wide(let codes):
      for row in codes.indices {
        let code = Int(codes[row])
        if counts[code] == 0 { firsts[code] = row }
        counts[code] &+= 1
      }
    }
    return (counts, firsts)
  }

  /// Answers, where each position stands for a category, or for none.
  func answers(_ positions: [Int], categoryCount: Int) -> AnswerColumn {
    if categoryCount <= 0xFF { return .codes8(mapped(by: positions.map { UInt8($0) })) }
    if categoryCount <= 0xFFFF { return .codes16(mapped(by: positions.map { UInt16($0) })) }
    return .codes32(mapped(by: positions.map { UInt32($0) }))
  }
}

/// A text told apart by its bytes, so that two spellings of "é" are two texts.
struct TextKey: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: TextKey, right: TextKey) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
