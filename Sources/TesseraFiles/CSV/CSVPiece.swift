/// What one stretch of a delimited text came to.
struct CSVPiece: Sendable {
  /// A row set aside.
  struct Rejected: Sendable {
    let start: Int
    let end: Int
    let line: Int
    let fault: CSVFault
  }

  /// One builder for each column that was read; `nil` for the others.
  var columns: [ColumnBuilder?]
  /// The lines of the rows, counted from the beginning of the stretch.
  private(set) var rowLines = RowLines()
  /// Where the first row begins.
  let start: Int
  /// Where the first row behind begins.
  private(set) var end: Int
  /// Lines ended before that.
  private(set) var endLine = 0
  /// Rows set aside.
  private(set) var rejected: [Rejected] = []
  /// Lines that are no respondents, counted from the beginning of the stretch.
  private(set) var passedOver = CSVNoRespondents()
  /// The first row that cannot be split, unless such rows are set aside.
  private(set) var fault: CSVFault?
  /// Whether the bytes are no text; the rows are not all there then.
  private(set) var isDamaged = false

  /// A stretch without rows.
  init(at start: Int, _ columns: [ColumnBuilder?]) {
    self.columns = columns
    self.start = start
    end = start
  }

  /// How much of the file stays in memory behind the place that is being read.
  private static let kept = 1 << 20

  /// Reads the rows that begin from an offset to a limit.
  ///
  /// - Parameters:
  ///   - reader: The text, and what is known about it.
  ///   - start: Where the first row begins.
  ///   - limit: No row that begins at or behind it is read.
  ///   - wanted: For each column whether numbers stay texts; `nil` to leave it out.
  init(_ reader: CSVTableReader, from start: Int, to limit: Int, _ wanted: [Bool?]) {
    let view = reader.view
    columns = reader.fresh(wanted)
    self.start = start
    end = start
    let index = CSVFieldIndex(
      columns: reader.names.count, readsRowByRow: reader.readsRowByRow, headings: reader.headings)
    var released = start
    while end < limit, fault == nil {
      let first = end
      var found: CSVFault?
      do throws(CSVFault) {
        try index.scan(view, reader.dialect, from: &end, limit: limit, line: &endLine)
      } catch {
        found = error
      }
      if let found, reader.salvages {
        setAside(found, index, reader)
      } else {
        fault = found
      }
      isDamaged = TextEncoding.firstFault(view, first..<end) != nil
      guard !isDamaged else { break }
      let fields = index.fields(view)
      if rowLines.count == 0, fields.rowCount > 0 {
        let rows = fields.rowCount * (limit - start) / max(1, end - first)
        for builder in columns { builder?.expect(rows + rows / 64) }
      }
      for (column, builder) in columns.enumerated() {
        builder?.consume(fields, column, view)
      }
      rowLines.append(index.lines)
      if end - released > Self.kept {
        reader.owner.release(released..<end)
        released = end & ~4095
      }
    }
    passedOver = index.passedOver
    for builder in columns { builder?.finish(view) }
    reader.owner.release(released..<end)
  }

  /// Goes on behind a row that cannot be split.
  private mutating func setAside(
    _ fault: CSVFault, _ index: CSVFieldIndex, _ reader: CSVTableReader
  ) {
    let begin = end
    let line = endLine
    if case .ragged = fault {
      (end, endLine) = index.resume
    } else {
      let mark = reader.view.first(reader.dialect.newline, in: end..<reader.view.count)
      end = mark.map { $0 + 1 } ?? reader.view.count
      endLine += 1
    }
    var stop = end
    while stop > begin, reader.view[stop - 1] == 0x0A || reader.view[stop - 1] == 0x0D {
      stop -= 1
    }
    rejected.append(Rejected(start: begin, end: stop, line: line, fault: fault))
  }
}
