internal import TesseraSurvey

/// Sets the cells of a survey as delimited text, a stretch of rows at a time.
///
/// The text of an answer is made once; rows are put together from the places of texts.
struct DelimitedRows {
  /// Most rows in a stretch: fewer where there are many columns.
  let stretch: Int

  private struct Column {
    let variable: Variable
    let table: TableCells
    /// Places of the answers' texts, of an empty cell first.
    let answers: [Place]
    /// Places of the texts of reasons for no answer, of none first.
    let reasons: [Place]
  }

  /// Where a text stands among all: its start above its length.
  private typealias Place = UInt64

  private var columns: [Column] = []
  /// The texts of answers, and behind them those that only the rows at hand need.
  private var texts: CSVWriter
  private var lasting = 0
  /// The places of a stretch of rows, row after row.
  private var places: [Place]
  private var row: [UInt8] = []
  private let delimiter: UInt8
  private let emptyRow: Place

  /// Takes a survey; answers are shown by their codes or by their labels.
  init(_ survey: Survey, delimiter: UInt8, usesLabels: Bool) {
    self.delimiter = delimiter
    // Nothing is put before texts: another program must find what stood in the file.
    texts = CSVWriter(delimiter: delimiter, isRaw: true)
    // An empty line would be skipped by readers; a row of one empty cell is quoted.
    emptyRow = survey.variables.count == 1 ? Self.place(.text(""), &texts) : 0
    stretch = max(16, min(1024, 65_536 / max(1, survey.variables.count)))
    places = [Place](repeating: 0, count: stretch * survey.variables.count)
    for variable in survey.variables {
      let table = TableCells(variable, usesLabels: usesLabels)
      columns.append(
        Column(
          variable: variable, table: table,
          answers: table.answers.map { Self.place(Self.cell($0), &texts) },
          reasons: table.reasons.map { Self.place(Self.cell($0), &texts) }))
    }
    lasting = texts.count
  }

  private static func cell(_ cell: TableCells.Cell) -> CSVWriter.Cell {
    switch cell {
    case .empty: .empty
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .moment(let seconds, let time): .text(CalendarText.text(seconds, time) ?? "")
    }
  }

  private static func place(_ cell: CSVWriter.Cell, _ texts: inout CSVWriter) -> Place {
    let start = texts.count
    texts.add(cell)
    let length = texts.count - start
    texts.endRow()
    return Place(start) << 32 | Place(length)
  }

  /// The text of some rows, of a stretch at most.
  mutating func text(_ rows: Range<Int>) -> ArraySlice<UInt8> {
    texts.cut(to: lasting)
    for column in columns.indices {
      let (answers, reasons) = (columns[column].answers, columns[column].reasons)
      let missing = columns[column].variable.missing
      switch columns[column].variable.answers {
      case .codes8(let codes): find(column, rows, codes, missing, answers, reasons)
      case .codes16(let codes): find(column, rows, codes, missing, answers, reasons)
      case .codes32(let codes): find(column, rows, codes, missing, answers, reasons)
      case .numbers(let numbers): set(column, rows, numbers, missing, reasons)
      }
    }
    let count = joined(rows.count)
    return row[..<count]
  }

  private mutating func find(
    _ column: Int, _ rows: Range<Int>, _ codes: [some FixedWidthInteger], _ missing: [UInt8],
    _ answers: [Place], _ reasons: [Place]
  ) {
    var target = column
    for row in rows {
      let code = Int(truncatingIfNeeded: codes[row])
      places[target] =
        code > 0 ? answers[code] : reasons[missing.isEmpty ? 0 : Int(missing[row])]
      target += columns.count
    }
  }

  private mutating func set(
    _ column: Int, _ rows: Range<Int>, _ numbers: [Double], _ missing: [UInt8],
    _ reasons: [Place]
  ) {
    var target = column
    let table = columns[column].table
    for row in rows {
      if numbers[row].isNaN {
        places[target] = reasons[missing.isEmpty ? 0 : Int(missing[row])]
      } else {
        places[target] = Self.place(
          table.hasPlainNumbers ? .number(numbers[row]) : Self.cell(table.cell(row)), &texts)
      }
      target += columns.count
    }
  }

  /// Puts so many rows together.
  ///
  /// - Returns: The length of their text.
  private mutating func joined(_ count: Int) -> Int {
    let width = columns.count
    let cells = count * width
    if width == 1 {
      for place in 0..<cells where places[place] & 0xFFFF_FFFF == 0 { places[place] = emptyRow }
    }
    // Short texts are copied eight bytes at a time; what is too much is written over.
    var length = 16 + count * 2
    for place in 0..<cells { length += Int(truncatingIfNeeded: places[place] & 0xFFFF_FFFF) + 1 }
    if row.count < length { row = [UInt8](repeating: 0, count: length + length / 4) }
    let delimiter = delimiter
    return unsafe texts.withBytes(behind: 8) { source in
      unsafe row.withUnsafeMutableBufferPointer { target -> Int in
        guard var end = target.baseAddress else { return 0 }
        let start = unsafe end
        var cell = 0
        for _ in 0..<count {
          for column in 0..<width {
            if column > 0 {
              unsafe end.pointee = delimiter
              unsafe end += 1
            }
            let place = places[cell]
            cell += 1
            let from = unsafe source + Int(truncatingIfNeeded: place >> 32)
            let size = Int(truncatingIfNeeded: place & 0xFFFF_FFFF)
            if size <= 8 {
              unsafe UnsafeMutableRawPointer(end).storeBytes(
                of: UnsafeRawPointer(from).loadUnaligned(as: UInt64.self), as: UInt64.self)
            } else {
              unsafe end.update(from: from, count: size)
            }
            unsafe end += size
          }
          unsafe end.pointee = 0x0D
          unsafe end[1] = 0x0A
          unsafe end += 2
        }
        return unsafe end - start
      }
    } ?? 0
  }
}
