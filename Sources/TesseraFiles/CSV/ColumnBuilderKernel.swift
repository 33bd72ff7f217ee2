/// The cells of one column in a stretch of rows, read as codes of distinct texts or as numbers.
///
/// A column begins as codes of the texts that occur. When more than 255 occur and all are numbers,
/// it becomes numbers; when a text turns up after that, it is ``needsText`` and must be read again
/// with every text kept.
final class ColumnBuilder: @unchecked Sendable {
  typealias Entry = CodeReader.Entry

  /// What numbers are, and which texts stand for a missing one.
  let rules: CellRules
  private let keepsText: Bool
  private let dialect: CSVDialect

  /// Number of cells read.
  private(set) var rowCount = 0
  /// The distinct texts, where the column is coded.
  var entries: [Entry] { reader.entries }
  /// Whether the column turned from codes to numbers.
  private(set) var isNumbers = false
  /// Whether a text turned up among numbers, so that the column must be read again as text.
  private(set) var needsText = false
  /// The first row, within the stretch, whose number has an exponent; -1 if none has.
  private(set) var firstExponent = -1

  private var decided = false
  private var bytes = GrowingBuffer<UInt8>()
  private var wides = GrowingBuffer<UInt32>()
  private var isWide = false
  private var numbers = GrowingBuffer<Double>()
  private var reader: CodeReader

  /// Starts a column.
  ///
  /// - Parameters:
  ///   - rules: What counts as a number.
  ///   - dialect: How quotes are written.
  ///   - keepsText: Whether every text is kept, numbers or not.
  init(rules: CellRules, dialect: CSVDialect, keepsText: Bool) {
    self.rules = rules
    self.dialect = dialect
    reader = CodeReader(dialect: dialect)
    self.keepsText = keepsText
    decided = keepsText
  }

  /// Code of the text of a cell, from 1; 0 for an empty cell.
  func code(_ row: Int) -> Int { isWide ? Int(wides[row]) : Int(bytes[row]) }

  /// Writes what a table gives for each cell's code behind what is already written.
  @unsafe
  func writeCodes<Value>(
    mappedBy table: [Value], to result: UnsafeMutableBufferPointer<Value>,
    from position: inout Int
  ) {
    if isWide {
      unsafe wides.writeValues(of: table, to: result, from: &position)
    } else {
      unsafe bytes.writeValues(of: table, to: result, from: &position)
    }
  }

  /// The number in a cell; a NaN that carries the position of a spelling of missing, from 1.
  func number(_ row: Int) -> Double { numbers[row] }

  /// Frees what the cells took.
  func clear() {
    bytes.clear()
    wides.clear()
    numbers.clear()
    reader.clear()
  }

  /// Reads a column of an index of fields.
  func consume(_ index: CSVFieldIndex, _ column: Int, _ view: ByteView) {
    guard !needsText else { return }
    if isNumbers {
      consumeNumbers(index, column, view)
    } else {
      consumeCodes(index, column, view)
    }
    rowCount += index.rowCount
  }

  private func consumeCodes(_ index: CSVFieldIndex, _ column: Int, _ view: ByteView) {
    reader.read(index.fields, column, view, rowBase: rowCount)
    let distinct = reader.entries.count
    if !decided, distinct > 255 {
      decided = true
      if switchToNumbers(view) { return }
    }
    if !isWide, distinct > 255 { widen() }
    if isWide {
      wides.append(narrowing: reader.codes)
    } else {
      bytes.append(narrowing: reader.codes)
    }
  }

  private func widen() {
    isWide = true
    wides.append(narrowing: bytes)
    bytes.clear()
  }

  /// Turns codes into numbers if every text so far is one or stands for a missing one.
  private func switchToNumbers(_ view: ByteView) -> Bool {
    var values: [Double] = [.nan]
    values.reserveCapacity(entries.count + 1)
    for entry in entries {
      guard !entry.isEscaped, let value = value(view, entry.range, entry.firstRow) else {
        firstExponent = -1
        return false
      }
      values.append(value)
    }
    isNumbers = true
    numbers.reserve(bytes.count + reader.codes.count)
    for row in 0..<bytes.count { numbers.append(values[Int(bytes[row])]) }
    for row in 0..<reader.codes.count { numbers.append(values[Int(reader.codes[row])]) }
    bytes.clear()
    reader.clear()
    return true
  }

  private func consumeNumbers(_ index: CSVFieldIndex, _ column: Int, _ view: ByteView) {
    let rows = index.rowCount
    let fields = index.fields
    numbers.reserve(rows)
    for row in 0..<rows {
      var (range, isQuoted) = fields.field(row, column)
      if isQuoted { range = range.lowerBound + 1..<range.upperBound - 1 }
      if range.isEmpty {
        numbers.append(.nan)
      } else if let value = value(view, range, rowCount + row) {
        numbers.append(value)
      } else {
        needsText = true
        numbers.clear()
        return
      }
    }
  }

  /// A cell as a number, or as a NaN that names the spelling of missing; `nil` for any other text.
  @inline(__always)
  private func value(_ view: ByteView, _ range: Range<Int>, _ row: Int) -> Double? {
    if let parsed = rules.grammar.parse(view, range) {
      if parsed.isIdentifier { return nil }
      if parsed.hasExponent, firstExponent < 0 { firstExponent = row }
      return parsed.value
    }
    return rules.missingSpelling(view, range).map { CellRules.missing($0) }
  }

  /// The text of an entry, with its quotes written plainly.
  func text(_ entry: Entry, _ view: ByteView) -> String {
    guard entry.isEscaped else { return view.text(entry.range) }
    return CSVRecords.unescaped(view, entry.range, dialect)
  }
}
