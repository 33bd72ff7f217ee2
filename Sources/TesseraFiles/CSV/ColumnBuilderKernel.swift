/// A table from short byte sequences to codes, by open addressing.
@safe
struct ShortKeyTable: ~Copyable {
  private var keys: UnsafeMutablePointer<UInt64>
  private var codes: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private var count = 0

  /// Makes an empty table.
  init() {
    mask = 255
    unsafe keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    unsafe codes = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    unsafe keys.initialize(repeating: 0, count: 256)
    unsafe codes.initialize(repeating: 0, count: 256)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe codes.deallocate()
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    let mixed = (key ^ key >> 29) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }

  /// The code of a key; 0 if it is new.
  ///
  /// A key is never 0, because it carries its length.
  @inline(__always)
  func find(_ key: UInt64) -> UInt32 {
    var place = slot(key)
    while true {
      let found = unsafe keys[place]
      if found == key { return unsafe codes[place] }
      if found == 0 { return 0 }
      place = (place &+ 1) & mask
    }
  }

  /// Adds a key that is not there yet.
  mutating func insert(_ key: UInt64, _ code: UInt32) {
    if (count + 1) * 2 > mask {
      let oldKeys = unsafe keys
      let oldCodes = unsafe codes
      let oldSize = mask + 1
      let size = oldSize * 4
      mask = size - 1
      unsafe keys = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
      unsafe codes = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
      unsafe keys.initialize(repeating: 0, count: size)
      unsafe codes.initialize(repeating: 0, count: size)
      for old in 0..<oldSize where unsafe oldKeys[old] != 0 {
        unsafe place(oldKeys[old], oldCodes[old])
      }
      unsafe oldKeys.deallocate()
      unsafe oldCodes.deallocate()
    }
    place(key, code)
    count += 1
  }

  private mutating func place(_ key: UInt64, _ code: UInt32) {
    var place = slot(key)
    while unsafe keys[place] != 0 { place = (place + 1) & mask }
    unsafe keys[place] = key
    unsafe codes[place] = code
  }
}

/// The cells of one column in a stretch of rows, read as codes of distinct texts or as numbers.
///
/// A column begins as codes of the texts that occur. When more than 255 occur and all are numbers,
/// it becomes numbers; when a text turns up after that, it is ``needsText`` and must be read again
/// with every text kept.
final class ColumnBuilder: @unchecked Sendable {
  /// A distinct text: where it first occurs.
  struct Entry {
    /// Its bytes in the text.
    var range: Range<Int>
    /// Whether quotes inside it are doubled or escaped.
    var isEscaped: Bool
    /// The first row that holds it, from 0 within the stretch.
    var firstRow: Int
  }

  /// What numbers are, and which texts stand for a missing one.
  let rules: CellRules
  private let keepsText: Bool
  private let dialect: CSVDialect

  /// Number of cells read.
  private(set) var rowCount = 0
  /// The distinct texts, where the column is coded.
  private(set) var entries: [Entry] = []
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
  private var scratch = GrowingBuffer<UInt32>()
  private var single: [UInt32] = [UInt32](repeating: 0, count: 256)
  private var shorts = ShortKeyTable()
  private var longs = ShortKeyTable()

  /// Starts a column.
  ///
  /// - Parameters:
  ///   - rules: What counts as a number.
  ///   - dialect: How quotes are written.
  ///   - keepsText: Whether every text is kept, numbers or not.
  init(rules: CellRules, dialect: CSVDialect, keepsText: Bool) {
    self.rules = rules
    self.dialect = dialect
    self.keepsText = keepsText
    decided = keepsText
  }

  /// Code of the text of a cell, from 1; 0 for an empty cell.
  func code(_ row: Int) -> Int { isWide ? Int(wides[row]) : Int(bytes[row]) }

  /// The number in a cell; a NaN that carries the position of a spelling of missing, from 1.
  func number(_ row: Int) -> Double { numbers[row] }

  /// Frees what the cells took.
  func clear() {
    bytes.clear()
    wides.clear()
    numbers.clear()
    entries = []
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
    let rows = index.rowCount
    scratch.removeAll()
    scratch.reserve(rows)
    var row = 0
    while row < rows {
      let (range, isQuoted) = index.field(row, column)
      let length = range.upperBound &- range.lowerBound
      if isQuoted {
        scratch.append(quotedCode(view, range, row))
      } else if length == 1 {
        let byte = Int(view[range.lowerBound])
        var code = single[byte]
        if code == 0 {
          code = add(range, isEscaped: false, row)
          single[byte] = code
        }
        scratch.append(code)
      } else if length == 0 {
        scratch.append(0)
      } else {
        scratch.append(textCode(view, range, row))
      }
      row &+= 1
    }
    if !decided, entries.count > 255 {
      decided = true
      if switchToNumbers(view) { return }
    }
    if !isWide, entries.count > 255 { widen() }
    if isWide {
      wides.reserve(rows)
      for row in 0..<rows { wides.append(scratch[row]) }
    } else {
      bytes.reserve(rows)
      for row in 0..<rows { bytes.append(UInt8(truncatingIfNeeded: scratch[row])) }
    }
  }

  private func widen() {
    isWide = true
    wides.reserve(bytes.count)
    for row in 0..<bytes.count { wides.append(UInt32(bytes[row])) }
    bytes.clear()
  }

  @inline(__always)
  private func textCode(_ view: ByteView, _ range: Range<Int>, _ row: Int) -> UInt32 {
    let length = range.upperBound &- range.lowerBound
    guard length <= 7 else { return longCode(view, range, isEscaped: false, row) }
    let key = view.shortKey(range.lowerBound, length)
    let found = shorts.find(key)
    if found != 0 { return found }
    let code = add(range, isEscaped: false, row)
    shorts.insert(key, code)
    return code
  }

  private func quotedCode(_ view: ByteView, _ range: Range<Int>, _ row: Int) -> UInt32 {
    let inner = range.lowerBound + 1..<range.upperBound - 1
    if inner.isEmpty { return 0 }
    var place = inner.lowerBound
    while place < inner.upperBound {
      if view[place] == dialect.quote || view[place] == dialect.escape {
        return longCode(view, inner, isEscaped: true, row)
      }
      place &+= 1
    }
    if inner.count == 1 {
      let byte = Int(view[inner.lowerBound])
      if single[byte] == 0 { single[byte] = add(inner, isEscaped: false, row) }
      return single[byte]
    }
    return textCode(view, inner, row)
  }

  private func longCode(
    _ view: ByteView, _ range: Range<Int>, isEscaped: Bool, _ row: Int
  ) -> UInt32 {
    // Texts of one hash are told apart by their bytes; the next hash is tried if they differ.
    var hash = view.hash(range) | 1
    while true {
      let found = longs.find(hash)
      if found == 0 {
        let code = add(range, isEscaped: isEscaped, row)
        longs.insert(hash, code)
        return code
      }
      let entry = entries[Int(found) - 1]
      if entry.isEscaped == isEscaped, entry.range.count == range.count,
        view.equals(range, view, entry.range.lowerBound)
      {
        return found
      }
      hash = hash &+ 2
    }
  }

  private func add(_ range: Range<Int>, isEscaped: Bool, _ row: Int) -> UInt32 {
    entries.append(Entry(range: range, isEscaped: isEscaped, firstRow: rowCount + row))
    return UInt32(entries.count)
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
    numbers.reserve(bytes.count + scratch.count)
    for row in 0..<bytes.count { numbers.append(values[Int(bytes[row])]) }
    for row in 0..<scratch.count { numbers.append(values[Int(scratch[row])]) }
    bytes.clear()
    entries = []
    return true
  }

  private func consumeNumbers(_ index: CSVFieldIndex, _ column: Int, _ view: ByteView) {
    let rows = index.rowCount
    numbers.reserve(rows)
    for row in 0..<rows {
      var (range, isQuoted) = index.field(row, column)
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
