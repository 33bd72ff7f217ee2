/// The distinct texts of a column so far, and the codes of the cells of one stretch of rows.
@safe
struct CodeReader: ~Copyable {
  /// A distinct text: where it first occurs.
  struct Entry {
    /// Its bytes in the text.
    var range: Range<Int>
    /// Whether quotes inside it are doubled or escaped.
    var isEscaped: Bool
    /// The first row that holds it, from 0 within the stretch.
    var firstRow: Int
  }

  /// The distinct texts, in the order met; the first has code 1.
  private(set) var entries: [Entry] = []
  /// The codes of the rows read last; 0 for an empty cell.
  private(set) var codes = GrowingBuffer<UInt32>()
  private let single: UnsafeMutablePointer<UInt32>
  private var shorts = ShortKeyTable()
  private var longs = ShortKeyTable()
  private let dialect: CSVDialect
  private var rowBase = 0

  /// Starts without texts.
  init(dialect: CSVDialect) {
    self.dialect = dialect
    unsafe single = .allocate(capacity: 256)
    unsafe single.initialize(repeating: 0, count: 256)
  }

  deinit { unsafe single.deallocate() }

  /// Forgets everything.
  mutating func clear() {
    entries = []
    codes.clear()
  }

  /// Reads the codes of a column; rows are counted from a base.
  mutating func read(_ fields: CSVFields, _ column: Int, _ view: ByteView, rowBase: Int) {
    self.rowBase = rowBase
    let rows = fields.rowCount
    codes.removeAll()
    codes.reserve(rows)
    var row = 0
    while row < rows {
      // Most cells hold one byte that was met before.
      let (start, end) = fields.bounds(row, column)
      if end &- start == 1 {
        let code = unsafe single[Int(view[fields.base &+ Int(start)])]
        if code != 0 {
          codes.append(code)
          row &+= 1
          continue
        }
      }
      let (range, isQuoted) = fields.field(row, column)
      let length = range.upperBound &- range.lowerBound
      if isQuoted {
        codes.append(quotedCode(view, range, row))
      } else if length == 1 {
        let byte = Int(view[range.lowerBound])
        var code = unsafe single[byte]
        if code == 0 {
          code = add(range, isEscaped: false, row)
          unsafe single[byte] = code
        }
        codes.append(code)
      } else if length == 0 {
        codes.append(0)
      } else {
        codes.append(textCode(view, range, row))
      }
      row &+= 1
    }
  }

  @inline(__always)
  private mutating func textCode(_ view: ByteView, _ range: Range<Int>, _ row: Int) -> UInt32 {
    let length = range.upperBound &- range.lowerBound
    guard length <= 7 else { return longCode(view, range, isEscaped: false, row) }
    let key = view.shortKey(range.lowerBound, length)
    let found = shorts.find(key)
    if found != 0 { return found }
    let code = add(range, isEscaped: false, row)
    shorts.insert(key, code)
    return code
  }

  private mutating func quotedCode(_ view: ByteView, _ range: Range<Int>, _ row: Int) -> UInt32 {
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
      if unsafe single[byte] == 0 { unsafe single[byte] = add(inner, isEscaped: false, row) }
      return unsafe single[byte]
    }
    return textCode(view, inner, row)
  }

  private mutating func longCode(
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

  private mutating func add(_ range: Range<Int>, isEscaped: Bool, _ row: Int) -> UInt32 {
    entries.append(Entry(range: range, isEscaped: isEscaped, firstRow: rowBase + row))
    return UInt32(entries.count)
  }
}
