/// The cells of a whole column before their level is known: codes of distinct texts, or numbers.
struct RawColumn: Sendable {
  /// What the cells hold.
  enum Cells: Sendable {
    /// For each row the position of its text, from 1; 0 for an empty cell.
    case coded(texts: [String], codes: [UInt32])
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
    self.cells = .coded(texts: texts, codes: codes)
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
      codes.append(contentsOf: ownCodes.lazy.map { global[Int($0)] })
    }
    cells = .coded(texts: texts, codes: codes)
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
    var codes: [UInt32] = []
    codes.reserveCapacity(total)
    for (stretch, builder) in zip(table.stretches, builders) {
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
      for row in 0..<stretch.rowCount { codes.append(global[builder.code(row)]) }
    }
    return .coded(texts: texts, codes: codes)
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
