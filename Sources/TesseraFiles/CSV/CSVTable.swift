/// The cells of a delimited table, column by column, before anything is known about levels.
struct CSVTable {
  /// The text.
  let view: ByteView
  /// Keeps the text in memory.
  let owner: FileBytes
  /// The stretches of rows that were read by themselves, in order.
  let stretches: [Stretch]
  /// For each row the physical line from 1.
  let rows: RowLines
  /// Rows set aside.
  let rejected: [RejectedRow]
  /// Lines that are no respondents.
  let passedOver: CSVNoRespondents

  /// Some rows that were read by themselves.
  struct Stretch: Sendable {
    /// One builder for each column that was read; `nil` for the others.
    let columns: [ColumnBuilder?]
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
  /// Tells what is wrong with the text.
  let check: TextCheck
  let salvages: Bool
  let threads: Int
  /// Whether every text is kept, numbers or not.
  let keepsText: Bool
  /// The rows of the heading as they stand, which are no respondents further down.
  var headings: [[UInt8]] = []

  /// How long the stretches are that threads share; they do not depend on how many threads there are.
  var pieceLength: Int?
  /// Whether rows are found one at a time, which must come to the same.
  var readsRowByRow = false
  /// Lines that came before the bytes at hand, where these are a part of what a pipe brings.
  var linesBefore = 0

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
        || (builders.contains(where: \.isNumbers) && rules[column].pointMayPartThousands
          && builders.allSatisfy { $0.mayHoldThousands(view) })
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
    var rows = RowLines()
    var rejected: [RejectedRow] = []
    var before = line
    var passedOver = CSVNoRespondents()
    for piece in pieces {
      passedOver.add(piece.passedOver, behind: before)
      rows.append(piece.rowLines, behind: before + 1)
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
      view: view, owner: owner, stretches: pieces.map { CSVTable.Stretch(columns: $0.columns) },
      rows: rows, rejected: rejected, passedOver: passedOver)
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

  /// How long pieces are: a column of a wide table shall have some rows in each, and those of a long
  /// one shall be as large as ``PageMemory`` gives back.
  private static func pieceLength(text: Int, columns: Int) -> Int {
    max(4 << 20, min(columns << 11, 64 << 20), min(text / 40, 32 << 20))
  }

  private func pieces(
    _ start: Int, _ end: Int, _ wanted: [Bool?]
  ) throws(SurveyFileError) -> [CSVPiece] {
    let length = pieceLength ?? Self.pieceLength(text: end - start, columns: names.count)
    let count = max(1, (end - start + length - 1) / length)
    @Sendable func piece(_ low: Int, _ high: Int) -> CSVPiece {
      CSVPiece(self, from: low, to: high, wanted)
    }
    // Every stretch but the first begins behind a line break, as if no quote were open there.
    let guessed = Parallel.map(count, threads: threads) { index -> CSVPiece in
      let low = start + index * length
      let high = min(end, low + length)
      guard index > 0 else { return piece(low, high) }
      let mark = view.first(dialect.newline, in: low - 1..<end).map { $0 + 1 } ?? end
      return mark < high ? piece(mark, high) : CSVPiece(at: mark, [])
    }
    var result: [CSVPiece] = []
    var position = start
    for (index, guess) in guessed.enumerated() {
      let high = min(end, start + (index + 1) * length)
      if position >= high, index > 0 {
        result.append(CSVPiece(at: position, fresh(wanted)))
        continue
      }
      // A quote was open there after all: read the stretch again from where it really begins.
      let piece =
        guess.start != position || guess.columns.isEmpty ? piece(position, high) : guess
      if piece.isDamaged {
        try check.run()
        preconditionFailure("a piece of the text is damaged, but not the text")
      }
      if let fault = piece.fault {
        let before = linesBefore + view.occurrences(of: dialect.newline, in: 0..<position)
        throw error(fault, before)
      }
      position = piece.end
      result.append(piece)
    }
    return result
  }

  /// Columns without rows; `nil` for those that are not wanted.
  func fresh(_ wanted: [Bool?]) -> [ColumnBuilder?] {
    wanted.indices.map { column in
      wanted[column].map {
        ColumnBuilder(rules: rules[column], dialect: dialect, keepsText: $0)
      }
    }
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
    case .strayQuote(_, _, let field):
      return .strayQuote(file: file, row: row, column: name(field))
    case .unopened(_, _, let field):
      return .unopenedQuote(file: file, row: row, column: name(field))
    case .tooLong(_, _, let field):
      return .cellTooLong(
        file: file, row: row, column: name(field), limit: CSVDialect.cellLimit)
    }
  }
}
