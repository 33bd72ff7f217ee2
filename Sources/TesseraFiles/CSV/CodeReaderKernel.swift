/// Reads the cells of a column as codes of the distinct texts met so far.
@safe
struct CodeReader: ~Copyable {
  /// A distinct text: where it first occurs.
  struct Entry: BitwiseCopyable, Sendable {
    private let start: Int
    private let length: UInt32
    private let row: UInt32

    init(range: Range<Int>, isEscaped: Bool, firstRow: Int) {
      start = range.lowerBound
      length = UInt32(range.count) | (isEscaped ? 1 << 31 : 0)
      row = UInt32(firstRow)
    }

    /// Its bytes in the text.
    var range: Range<Int> { start..<start + Int(length & 0x7FFF_FFFF) }
    /// Whether quotes inside it are doubled or escaped.
    var isEscaped: Bool { length >> 31 != 0 }
    /// The first row that holds it, from 0 within the stretch.
    var firstRow: Int { Int(row) }
  }

  /// The distinct texts, in the order met; the first has code 1.
  private(set) var entries: [Entry] = []
  private var known = TextCodes()
  private let dialect: CSVDialect

  /// Starts without texts.
  init(dialect: CSVDialect) { self.dialect = dialect }

  /// Reads the codes of a column, 0 for an empty cell.
  ///
  /// - Parameters:
  ///   - fields: The rows.
  ///   - column: Which field of each.
  ///   - view: The text.
  ///   - first: The row to begin with.
  ///   - rowBase: Rows before those of `fields`.
  ///   - result: Room for a code for each row from the first.
  /// - Returns: The row behind the last one read: the next one's code is too large for the type.
  @unsafe
  mutating func read<Code: FixedWidthInteger & UnsignedInteger>(
    _ fields: CSVFields, _ column: Int, _ view: ByteView, from first: Int, rowBase: Int,
    into result: UnsafeMutablePointer<Code>
  ) -> Int {
    let text = unsafe view.pointer + fields.base
    let singles = unsafe known.singles
    let largest = Code.max
    var walk = fields.walk(column, from: first)
    var target = unsafe result
    var row = first
    let roomy = fields.roomyRows
    while row < roomy {
      // Most cells hold no byte, or one that was met before.
      let run = unsafe Self.readSingles(walk, text, singles, into: target, upTo: roomy &- row)
      row &+= run
      unsafe target += run
      walk.skip(run)
      guard row < roomy else { break }
      let (start, end) = walk.next()
      let length = end &- start
      if length > 1, length <= 16 {
        let short = unsafe ShortText(roomy: text + Int(start), Int(length))
        let code = known.shorts.find(short.low, short.high)
        if code != 0, code <= largest {
          unsafe target[0] = Code(truncatingIfNeeded: code)
          unsafe target += 1
          row &+= 1
          continue
        }
      }
      let code = code(fields, row, column, view, rowBase)
      guard code <= largest else { return row }
      unsafe target[0] = Code(truncatingIfNeeded: code)
      unsafe target += 1
      row &+= 1
    }
    while row < fields.rowCount {
      let code = code(fields, row, column, view, rowBase)
      guard code <= largest else { return row }
      unsafe target[0] = Code(truncatingIfNeeded: code)
      unsafe target += 1
      row &+= 1
    }
    return row
  }

  /// Reads cells of no byte or of one with a known code, and stops before any other.
  ///
  /// - Returns: How many were read.
  @unsafe @inline(__always)
  private static func readSingles<Code: FixedWidthInteger & UnsignedInteger>(
    _ walk: CSVColumnWalk, _ text: UnsafePointer<UInt8>, _ singles: UnsafePointer<UInt8>,
    into target: UnsafeMutablePointer<Code>, upTo rows: Int
  ) -> Int {
    var walk = walk
    var row = 0
    while row < rows {
      let (start, end) = walk.next()
      let length = end &- start
      guard length < 2 else { break }
      // The byte behind an empty cell is taken as none.
      let byte = unsafe text[Int(start)] & UInt8(truncatingIfNeeded: 0 &- length)
      let code = unsafe singles[Int(byte)]
      guard code != TextCodes.unknown else { break }
      unsafe target[row] = Code(truncatingIfNeeded: code)
      row &+= 1
    }
    return row
  }

  /// The code of any cell.
  private mutating func code(
    _ fields: CSVFields, _ row: Int, _ column: Int, _ view: ByteView, _ rowBase: Int
  ) -> UInt32 {
    var (range, isQuoted) = fields.field(row, column)
    if isQuoted { range = range.lowerBound + 1..<range.upperBound - 1 }
    guard !range.isEmpty else { return 0 }
    let place = rowBase + row
    guard range.count <= 16 else {
      return longCode(view, range, isEscaped: isQuoted && isEscaped(view, range), place)
    }
    let short: ShortText
    if row < fields.roomyRows {
      unsafe short = ShortText(roomy: view.pointer + range.lowerBound, range.count)
    } else {
      short = ShortText(view, range.lowerBound, range.count)
    }
    if isQuoted, short.contains(dialect.quote) || dialect.escape.map(short.contains) == true {
      return longCode(view, range, isEscaped: true, place)
    }
    if range.count == 1 {
      let code = unsafe known.singles[Int(view[range.lowerBound])]
      if code != TextCodes.unknown { return UInt32(code) }
    }
    let found = known.shorts.find(short.low, short.high)
    if found != 0 { return found }
    let code = add(range, isEscaped: false, place)
    if range.count == 1, code < UInt32(TextCodes.unknown) {
      unsafe known.singles[Int(view[range.lowerBound])] = UInt8(code)
    } else {
      known.shorts.insert(short.low, short.high, code)
    }
    return code
  }

  private func isEscaped(_ view: ByteView, _ range: Range<Int>) -> Bool {
    for place in range where view[place] == dialect.quote || view[place] == dialect.escape {
      return true
    }
    return false
  }

  private mutating func longCode(
    _ view: ByteView, _ range: Range<Int>, isEscaped: Bool, _ row: Int
  ) -> UInt32 {
    // Texts of one hash are told apart by their bytes; the next hash is tried if they differ.
    var hash = view.hash(range)
    while true {
      let found = known.longs.find(hash, 0)
      if found == 0 {
        let code = add(range, isEscaped: isEscaped, row)
        known.longs.insert(hash, 0, code)
        return code
      }
      let entry = entries[Int(found) - 1]
      if entry.isEscaped == isEscaped, entry.range.count == range.count,
        view.equals(range, view, entry.range.lowerBound)
      {
        return found
      }
      hash = hash &+ 1
    }
  }

  private mutating func add(_ range: Range<Int>, isEscaped: Bool, _ row: Int) -> UInt32 {
    entries.append(Entry(range: range, isEscaped: isEscaped, firstRow: row))
    return UInt32(entries.count)
  }

  /// Forgets the texts; those of now are the result.
  mutating func takeEntries() -> [Entry] {
    defer { entries = [] }
    return entries
  }
}
