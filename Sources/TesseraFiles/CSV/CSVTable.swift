internal import Dispatch
internal import Synchronization

/// The cells of a delimited table, column by column, before anything is known about levels.
struct CSVTable {
  /// The text.
  let view: ByteView
  /// Keeps the text in memory.
  let owner: FileBytes
  /// The stretches of rows that were read by themselves, in order.
  let stretches: [Stretch]
  /// For each row the physical line from 1.
  let rows: [Int]
  /// Rows set aside.
  let rejected: [RejectedRow]

  /// Some rows that were read by themselves.
  struct Stretch: Sendable {
    /// One builder for each column that was read; `nil` for the others.
    let columns: [ColumnBuilder?]
    /// Number of rows.
    let rowCount: Int
  }
}

/// Reads the rows of a delimited text into columns, in stretches that threads share.
struct CSVTableReader {
  let owner: FileBytes
  /// The text up to where the table ends.
  let view: ByteView
  let dialect: CSVDialect
  let names: [String]
  let rules: [CellRules]
  let file: String
  let salvages: Bool
  let threads: Int
  /// Whether every text is kept, numbers or not.
  let keepsText: Bool

  /// What one stretch of the text came to.
  private struct Piece: Sendable {
    var columns: [ColumnBuilder?] = []
    var rowLines: [UInt32] = []
    var start = 0
    var end = 0
    var endLine = 0
    var rejected: [(start: Int, end: Int, line: Int, fault: CSVFault)] = []
    var fault: CSVFault?
  }

  private static let pieceLength = 8 << 20

  /// Reads the rows from an offset to an end.
  ///
  /// - Parameters:
  ///   - start: Where the first row begins.
  ///   - line: Lines before the first row.
  /// - Returns: The columns.
  /// - Throws: The first row that cannot be split, in the order of the file.
  func read(from start: Int, line: Int) throws(SurveyFileError) -> CSVTable {
    let end = view.count
    let every = [Bool?](repeating: keepsText, count: names.count)
    var pieces = try pieces(start, end, every)
    // A column that is numbers in one stretch and text in another is read again, as text.
    let again = (0..<names.count).map { column -> Bool? in
      let builders = pieces.compactMap { $0.columns[column] }
      let isNeeded =
        builders.contains(where: \.needsText)
        || (builders.contains(where: \.isNumbers)
          && !builders.allSatisfy { $0.isNumbers || isNumeric($0) })
      return isNeeded ? true : nil
    }
    if !keepsText, again.contains(true) {
      let texts = try self.pieces(start, end, again)
      for position in pieces.indices {
        for column in again.indices where again[column] == true {
          pieces[position].columns[column] = texts[position].columns[column]
        }
      }
    }
    var rows: [Int] = []
    rows.reserveCapacity(pieces.reduce(0) { $0 + $1.rowLines.count })
    var rejected: [RejectedRow] = []
    var before = line
    for piece in pieces {
      for row in piece.rowLines { rows.append(before + Int(row) + 1) }
      for row in piece.rejected {
        rejected.append(
          RejectedRow(
            file: file, row: before + row.line + 1,
            reason: error(row.fault, before).message,
            text: view.text(row.start..<row.end)))
      }
      before += piece.endLine
    }
    return CSVTable(
      view: view, owner: owner,
      stretches: pieces.map {
        CSVTable.Stretch(columns: $0.columns, rowCount: $0.rowLines.count)
      },
      rows: rows, rejected: rejected)
  }

  private func isNumeric(_ builder: ColumnBuilder) -> Bool {
    builder.entries.allSatisfy { entry in
      guard !entry.isEscaped else { return false }
      if let parsed = builder.rules.grammar.parse(view, entry.range) {
        return !parsed.isIdentifier
      }
      return builder.rules.missingSpelling(view, entry.range) != nil
    }
  }

  private func pieces(
    _ start: Int, _ end: Int, _ wanted: [Bool?]
  ) throws(SurveyFileError) -> [Piece] {
    let count = max(1, (end - start + Self.pieceLength - 1) / Self.pieceLength)
    // Every stretch but the first begins behind a line break, as if no quote were open there.
    let guessed = Parallel.map(count, threads: threads) { index -> Piece in
      let low = start + index * Self.pieceLength
      let high = min(end, low + Self.pieceLength)
      guard index > 0 else { return piece(low, high, end, wanted) }
      guard let mark = view.first(dialect.newline, in: low - 1..<end) else {
        return Piece(start: end, end: end)
      }
      guard mark + 1 < high else { return Piece(start: mark + 1, end: mark + 1) }
      return piece(mark + 1, high, end, wanted)
    }
    var result: [Piece] = []
    var position = start
    for (index, guess) in guessed.enumerated() {
      let high = min(end, start + (index + 1) * Self.pieceLength)
      if position >= high, index > 0 {
        result.append(
          Piece(
            columns: fresh(wanted), rowLines: [], start: position, end: position))
        continue
      }
      // A quote was open there after all: read the stretch again from where it really begins.
      var piece = guess
      if guess.start != position || guess.columns.isEmpty {
        piece = self.piece(position, high, end, wanted)
      }
      if let fault = piece.fault {
        let before = view.occurrences(of: dialect.newline, in: 0..<position)
        throw error(fault, before)
      }
      position = piece.end
      result.append(piece)
    }
    return result
  }

  private func fresh(_ wanted: [Bool?]) -> [ColumnBuilder?] {
    wanted.indices.map { column in
      wanted[column].map {
        ColumnBuilder(rules: rules[column], dialect: dialect, keepsText: $0)
      }
    }
  }

  private func piece(_ low: Int, _ high: Int, _ end: Int, _ wanted: [Bool?]) -> Piece {
    var piece = Piece(columns: fresh(wanted), start: low)
    let index = CSVFieldIndex(columns: names.count)
    var offset = low
    var line = 0
    while offset < high {
      var fault: CSVFault?
      do throws(CSVFault) {
        try index.scan(view, dialect, from: &offset, limit: high, line: &line)
      } catch {
        fault = error
      }
      for (column, builder) in piece.columns.enumerated() {
        builder?.consume(index, column, view)
      }
      piece.rowLines.append(contentsOf: index.lines)
      guard let fault else { continue }
      guard salvages else {
        piece.fault = fault
        break
      }
      let begin = offset
      let beginLine = line
      if case .ragged = fault {
        (offset, line) = index.resume
      } else {
        let mark = view.first(dialect.newline, in: offset..<end)
        offset = mark.map { $0 + 1 } ?? end
        line += 1
      }
      var stop = offset
      while stop > begin, view[stop - 1] == 0x0A || view[stop - 1] == 0x0D {
        stop -= 1
      }
      piece.rejected.append((begin, stop, beginLine, fault))
    }
    piece.end = offset
    piece.endLine = line
    return piece
  }

  /// The error for a fault, with so many lines before those the fault counts.
  func error(_ fault: CSVFault, _ before: Int) -> SurveyFileError {
    func name(_ field: Int) -> String {
      field < names.count ? "column \(names[field])" : "column \(field + 1)"
    }
    let row = before + fault.line + 1
    switch fault {
    case .ragged(_, _, let found):
      return .raggedRow(file: file, row: row, found: found, expected: names.count)
    case .unclosed(_, _, let field):
      return .unclosedQuote(file: file, row: row, column: name(field))
    case .textAfterQuote(_, _, let field):
      return .textAfterQuote(file: file, row: row, column: name(field))
    case .tooLong(_, _, let field):
      return .cellTooLong(
        file: file, row: row, column: name(field), limit: CSVDialect.cellLimit)
    }
  }
}

/// Shares independent work among threads.
enum Parallel {
  /// Computes a value for each index from 0, and returns the values in order.
  static func map<Value: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    guard threads > 1, count > 1 else { return (0..<count).map(body) }
    let next = Atomic<Int>(0)
    let results = Mutex<[Value?]>([Value?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let value = body(index)
        results.withLock { $0[index] = value }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
