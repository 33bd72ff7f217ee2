/// The cells of one column in a stretch of rows, read as codes of distinct texts or as numbers.
///
/// A column begins as codes of the texts that occur. When more than 255 occur and all are numbers,
/// it becomes numbers; when a text turns up after that, it is ``needsText`` and must be read again
/// with every text kept.
final class ColumnBuilder: @unchecked Sendable {
  typealias Entry = CodeReader.Entry

  private enum Form { case bytes, wides, numbers }

  /// What numbers are, and which texts stand for a missing one.
  let rules: CellRules
  private let dialect: CSVDialect

  /// Number of cells read.
  private(set) var rowCount = 0
  /// The distinct texts, where the column is coded; known once it is finished.
  private(set) var entries: [Entry] = []
  /// Whether a text turned up among numbers, so that the column must be read again as text.
  private(set) var needsText = false
  /// The first row, within the stretch, whose number has an exponent; -1 if none has.
  private(set) var firstExponent = -1

  private var copies: [String] = []
  private var expected = 0
  private var form = Form.bytes
  private var decided = false
  private var bytes = GrowingBuffer<UInt8>()
  private var wides = GrowingBuffer<UInt32>()
  private var numbers = GrowingBuffer<Double>()
  private var reader: CodeReader?

  /// Starts a column.
  ///
  /// - Parameters:
  ///   - rules: What counts as a number.
  ///   - dialect: How quotes are written.
  ///   - keepsText: Whether every text is kept, numbers or not.
  init(rules: CellRules, dialect: CSVDialect, keepsText: Bool) {
    self.rules = rules
    self.dialect = dialect
    decided = keepsText
    reader = CodeReader(dialect: dialect)
  }

  /// Whether the column turned from codes to numbers.
  var isNumbers: Bool { form == .numbers }

  /// Makes room for so many rows in all.
  func expect(_ rows: Int) {
    expected = rows
    bytes.reserve(rows - bytes.count)
  }

  /// Gives back what only reading needs, and copies few texts, so that the file is left alone.
  func finish(_ view: ByteView) {
    if form != .numbers, let found = reader?.takeEntries() { entries = found }
    reader = nil
    if form == .bytes { copies = entries.map { text($0, view) } }
    bytes.trim()
    wides.trim()
    numbers.trim()
  }

  /// Frees what the cells took.
  func clear() {
    bytes.clear()
    wides.clear()
    numbers.clear()
    entries = []
    copies = []
  }

  // MARK: - Reading

  /// Reads a column of some rows.
  func consume(_ fields: CSVFields, _ column: Int, _ view: ByteView) {
    guard !needsText else { return }
    var row = 0
    while row < fields.rowCount {
      switch form {
      case .bytes:
        let first = row
        unsafe bytes.append(upTo: fields.rowCount - first) { target in
          row =
            unsafe reader?.read(
              fields, column, view, from: first, rowBase: rowCount, into: target)
            ?? fields.rowCount
          return row - first
        }
        guard row < fields.rowCount else { break }
        // The 256th text.
        if decided || !switchToNumbers(view) { widen() }
        decided = true
      case .wides:
        let first = row
        unsafe wides.append(upTo: fields.rowCount - first) { target in
          row =
            unsafe reader?.read(
              fields, column, view, from: first, rowBase: rowCount, into: target)
            ?? fields.rowCount
          return row - first
        }
      case .numbers:
        readNumbers(fields, column, view, &row)
        guard row == fields.rowCount else {
          needsText = true
          numbers.clear()
          return
        }
      }
    }
    rowCount += fields.rowCount
  }

  /// Whether points could part thousands: no number reaches 1,000, none has more than three decimals,
  /// and none below 1 has any.
  func mayHoldThousands(_ view: ByteView) -> Bool {
    func fits(_ value: Double) -> Bool {
      let size = abs(value)
      let thousandths = size * 1000
      return value.isNaN
        || size < 1000 && abs(thousandths - thousandths.rounded()) < 1e-6
          && (size >= 1 || size == 0)
    }
    if isNumbers { return unsafe numbers.values.allSatisfy(fits) }
    return entries.allSatisfy { rules.grammar.parse(view, $0.range).map { fits($0.value) } ?? true }
  }

  private func readNumbers(
    _ fields: CSVFields, _ column: Int, _ view: ByteView, _ row: inout Int
  ) {
    let first = row
    var end = row
    unsafe numbers.append(upTo: fields.rowCount - first) { target in
      end = unsafe NumberReader.read(
        fields, column, view, rules.grammar, from: first, into: target
      ) { range, row in
        value(view, range, rowCount + row)
      }
      return end - first
    }
    row = end
  }

  private func widen() {
    form = .wides
    let count = bytes.count
    wides.reserve(max(expected, count))
    unsafe wides.append(upTo: count) { target in
      for place in 0..<count { unsafe target[place] = UInt32(bytes.values[place]) }
      return count
    }
    bytes.clear()
  }

  /// Turns codes into numbers if every text so far is one or stands for a missing one.
  private func switchToNumbers(_ view: ByteView) -> Bool {
    guard let values = reader?.entries.numbers(self, view) else {
      firstExponent = -1
      return false
    }
    form = .numbers
    reader = nil
    let count = bytes.count
    numbers.reserve(max(expected, count))
    unsafe numbers.append(upTo: count) { target in
      for place in 0..<count { unsafe target[place] = values[Int(bytes.values[place])] }
      return count
    }
    bytes.clear()
    return true
  }

  /// A cell as a number, or as a NaN that names the spelling of missing; `nil` for any other text.
  fileprivate func value(_ view: ByteView, _ range: Range<Int>, _ row: Int) -> Double? {
    if let parsed = rules.grammar.parse(view, range) {
      if parsed.isIdentifier { return nil }
      if parsed.hasExponent, firstExponent < 0 { firstExponent = row }
      return parsed.value
    }
    return rules.missingSpelling(view, range).map { CellRules.missing($0) }
  }

  // MARK: - Results

  /// The distinct texts, with their quotes written plainly.
  func texts(_ view: ByteView) -> [String] {
    form == .bytes ? copies : entries.map { text($0, view) }
  }

  private func text(_ entry: Entry, _ view: ByteView) -> String {
    guard entry.isEscaped else { return view.text(entry.range) }
    return CSVRecords.unescaped(view, entry.range, dialect)
  }

  /// Writes what a table gives for each cell's code, 0 for an empty cell.
  @unsafe
  func write<Value: BitwiseCopyable>(
    _ table: [Value], to result: UnsafeMutablePointer<Value>
  ) {
    precondition(table.count > entries.count)
    unsafe table.withUnsafeBufferPointer { table in
      if form == .bytes {
        let codes = unsafe bytes.values
        for place in codes.indices { unsafe result[place] = table[Int(codes[place])] }
      } else {
        let codes = unsafe wides.values
        for place in codes.indices { unsafe result[place] = table[Int(codes[place])] }
      }
    }
  }

  /// Writes the numbers of the cells; a NaN may carry the position of a spelling of missing.
  @unsafe
  func writeNumbers(to result: UnsafeMutablePointer<Double>) {
    if let source = unsafe numbers.values.baseAddress {
      unsafe result.update(from: source, count: numbers.count)
    }
  }

  /// Adds how often each code occurs.
  func tally(_ counts: inout [Int]) {
    if form == .bytes {
      unsafe CodeTally.count(bytes.values, &counts)
    } else {
      let codes = unsafe wides.values
      for place in codes.indices { unsafe counts[Int(codes[place])] += 1 }
    }
  }
}

extension [ColumnBuilder.Entry] {
  /// The numbers that texts are, behind that of an empty cell; `nil` if one is none.
  fileprivate func numbers(_ builder: ColumnBuilder, _ view: ByteView) -> [Double]? {
    var values: [Double] = [.nan]
    values.reserveCapacity(count + 1)
    for entry in self {
      guard !entry.isEscaped, let value = builder.value(view, entry.range, entry.firstRow) else {
        return nil
      }
      values.append(value)
    }
    return values
  }
}
