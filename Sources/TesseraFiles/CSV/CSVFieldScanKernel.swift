/// Why a row cannot be split into fields.
enum CSVFault: Error, Equatable {
  /// Another number of fields than expected, in the row that begins at an offset.
  case ragged(rowStart: Int, line: Int, found: Int)
  /// A quote without an end, at an offset, in a field counted from 0.
  case unclosed(rowStart: Int, line: Int, field: Int)
  /// Text behind a closing quote.
  case textAfterQuote(rowStart: Int, line: Int, field: Int)
  /// A cell beyond the limit.
  case tooLong(rowStart: Int, line: Int, field: Int)

  /// Where the faulty row begins.
  var rowStart: Int {
    switch self {
    case .ragged(let start, _, _), .unclosed(let start, _, _), .textAfterQuote(let start, _, _),
      .tooLong(let start, _, _):
      start
    }
  }

  /// Line of the fault, counted as the scan counts.
  var line: Int {
    switch self {
    case .ragged(_, let line, _), .unclosed(_, let line, _), .textAfterQuote(_, let line, _),
      .tooLong(_, let line, _):
      line
    }
  }
}

/// The fields of some rows: where each begins and ends.
///
/// Positions count from ``base``. Row *r* begins at `rowStarts[r]`; its field *c* ends before
/// `ends[r * columns + c]`, whose highest bit is set if the field stands in quotes (which are part
/// of it), and the next field begins one byte behind that end.
@safe
final class CSVFieldIndex {
  /// Number of fields in every row.
  let columns: Int
  /// Offset of the first row in the text.
  private(set) var base = 0
  /// Number of rows found.
  private(set) var rowCount = 0
  /// Where reading goes on if a row with another number of fields is set aside.
  private(set) var resume = (offset: 0, line: 0)
  /// Lines that ended before each row, counted as the scan counts.
  private(set) var lines: [UInt32] = []
  private let rowStarts: UnsafeMutablePointer<UInt32>
  private let ends: UnsafeMutablePointer<UInt32>
  private let capacity: Int

  /// How many bytes are split before their columns are read; they stay in the cache meanwhile.
  private static let stretch = 1 << 16

  /// Room behind the last end, since the scan writes the ends of eight bytes at once.
  static let slack = 8

  /// Makes an empty index for rows of so many fields.
  init(columns: Int) {
    self.columns = columns
    capacity = max(1 << 15, columns * 2)
    unsafe ends = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity + Self.slack)
    unsafe ends.initialize(repeating: 0, count: capacity + Self.slack)
    unsafe rowStarts = .allocate(capacity: capacity)
    unsafe rowStarts.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe ends.deallocate()
    unsafe rowStarts.deallocate()
  }

  /// The fields found, for a loop over rows.
  var fields: CSVFields {
    unsafe CSVFields(
      ends: UnsafePointer(ends), starts: UnsafePointer(rowStarts), base: base, columns: columns,
      rowCount: rowCount)
  }

  /// Splits rows from an offset until a row begins at or behind a limit, or enough are found.
  ///
  /// - Parameters:
  ///   - view: The whole text.
  ///   - dialect: How rows and fields are separated.
  ///   - offset: Where a row begins; moved to where the next one does.
  ///   - limit: No row that begins at or behind it is read.
  ///   - line: Lines ended so far; moved on.
  /// - Throws: The first fault; rows before it are in the index, and the offset stays at the row.
  func scan(
    _ view: ByteView, _ dialect: CSVDialect, from offset: inout Int, limit: Int,
    line: inout Int
  ) throws(CSVFault) {
    base = offset
    rowCount = 0
    lines.removeAll(keepingCapacity: true)
    var scanner = CSVRowScanner(view: view, dialect: dialect, position: offset, line: line)
    let start = offset
    var rows = 0
    var used = 0
    while scanner.position < limit, used + columns <= capacity,
      scanner.position - start < Self.stretch
    {
      let rowStart = scanner.position
      let rowLine = scanner.line
      let found: Int
      do throws(CSVFault) {
        found = try unsafe scanner.next(base: start, into: ends + used, room: columns)
        if found > 0, found != columns {
          resume = (scanner.position, scanner.line)
          throw .ragged(rowStart: rowStart, line: rowLine, found: found)
        }
      } catch {
        rowCount = rows
        throw error
      }
      if found > 0 {
        unsafe rowStarts[rows] = UInt32(truncatingIfNeeded: rowStart - start)
        lines.append(UInt32(truncatingIfNeeded: rowLine))
        rows += 1
        used += columns
      }
      offset = scanner.position
      line = scanner.line
    }
    rowCount = rows
  }
}

/// The fields of some rows, as an index found them.
///
/// Valid until the index is filled anew.
@safe
struct CSVFields {
  private let ends: UnsafePointer<UInt32>
  private let starts: UnsafePointer<UInt32>
  /// What positions count from.
  let base: Int
  private let columns: Int
  /// Number of rows.
  let rowCount: Int

  /// Looks at what an index found.
  init(
    ends: UnsafePointer<UInt32>, starts: UnsafePointer<UInt32>, base: Int, columns: Int,
    rowCount: Int
  ) {
    unsafe self.ends = unsafe ends
    unsafe self.starts = unsafe starts
    self.base = base
    self.columns = columns
    self.rowCount = rowCount
  }

  /// Where a field begins and ends, from the first row; the end's highest bit tells of quotes.
  @inline(__always)
  func bounds(_ row: Int, _ column: Int) -> (start: UInt32, end: UInt32) {
    let place = row &* columns &+ column
    let end = unsafe ends[place]
    if column == 0 { return (unsafe starts[row], end) }
    return (unsafe (ends[place &- 1] & 0x7FFF_FFFF) &+ 1, end)
  }

  /// The bytes of a field, and whether they stand in quotes.
  @inline(__always)
  func field(_ row: Int, _ column: Int) -> (range: Range<Int>, isQuoted: Bool) {
    let place = row &* columns &+ column
    let end = unsafe ends[place]
    let start: UInt32
    if column == 0 {
      start = unsafe starts[row]
    } else {
      start = unsafe (ends[place &- 1] & 0x7FFF_FFFF) &+ 1
    }
    return (
      unsafe Range(uncheckedBounds: (base &+ Int(start), base &+ Int(end & 0x7FFF_FFFF))),
      end & 0x8000_0000 != 0
    )
  }
}

/// Splits one row after another into fields.
struct CSVRowScanner {
  private let view: ByteView
  private let dialect: CSVDialect
  private let delimiters: UInt64
  private let newlines: UInt64
  private let quotes: UInt64
  /// Where the next row begins.
  private(set) var position: Int
  /// Lines ended so far.
  private(set) var line: Int

  /// Starts at the beginning of a row.
  init(view: ByteView, dialect: CSVDialect, position: Int, line: Int) {
    self.view = view
    self.dialect = dialect
    self.position = position
    self.line = line
    let ones: UInt64 = 0x0101_0101_0101_0101
    delimiters = UInt64(dialect.delimiter) &* ones
    newlines = UInt64(dialect.newline) &* ones
    quotes = UInt64(dialect.quote) &* ones
  }

  /// The highest bit of each byte of a word that is zero.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & low) &+ low) | word | low)
  }

  /// Where the first mark of a word stands, from an origin.
  @inline(__always)
  private static func end(_ origin: Int, _ marks: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: origin &+ (marks.trailingZeroBitCount &>> 3))
  }

  /// Splits the row at ``position`` and moves behind it.
  ///
  /// - Parameters:
  ///   - base: What the ends count from.
  ///   - ends: Room for the ends of the fields, and for eight more behind them.
  ///   - room: How many ends are wanted; further fields are counted only.
  /// - Returns: Number of fields; 0 for a blank line of a table with several columns.
  /// - Throws: A quote without an end, text behind a quote, or a cell beyond the limit.
  @unsafe @inline(__always)
  mutating func next(
    base: Int, into ends: UnsafeMutablePointer<UInt32>, room: Int
  ) throws(CSVFault) -> Int {
    let rowStart = position
    let rowLine = line
    let count = view.count
    var field = 0
    var fieldStart = rowStart
    var quoteEnd = -1
    var scan = rowStart
    while true {
      var mask: UInt64
      if scan &+ 8 <= count {
        let word = view.word(scan)
        let marks = Self.zeros(word ^ delimiters)
        let others = Self.zeros(word ^ newlines) | Self.zeros(word ^ quotes)
        if others == 0, quoteEnd < 0 {
          // Nothing but delimiters, as in most words.
          if marks != 0 {
            let found = marks.nonzeroBitCount
            if field <= room {
              // Four ends at once, whether there are as many or not: what is written too much lies
              // behind the row, and is overwritten.
              let target = unsafe ends + field
              let origin = scan &- base
              let second = marks & (marks &- 1)
              let third = second & (second &- 1)
              let fourth = third & (third &- 1)
              unsafe target[0] = Self.end(origin, marks)
              unsafe target[1] = Self.end(origin, second)
              unsafe target[2] = Self.end(origin, third)
              unsafe target[3] = Self.end(origin, fourth)
              if found > 4 {
                let fifth = fourth & (fourth &- 1)
                let sixth = fifth & (fifth &- 1)
                let seventh = sixth & (sixth &- 1)
                unsafe target[4] = Self.end(origin, fifth)
                unsafe target[5] = Self.end(origin, sixth)
                unsafe target[6] = Self.end(origin, seventh)
                unsafe target[7] = Self.end(origin, seventh & (seventh &- 1))
              }
            }
            let first = scan &+ (marks.trailingZeroBitCount &>> 3)
            if first &- fieldStart > CSVDialect.cellLimit {
              throw .tooLong(rowStart: rowStart, line: rowLine, field: field)
            }
            field &+= found
            fieldStart = scan &+ 8 &- (marks.leadingZeroBitCount &>> 3)
          }
          scan = scan &+ 8
          continue
        }
        mask = marks | others
      } else {
        // The last bytes of the text, one at a time.
        mask = 0
        var place = scan
        while place < count {
          let byte = view[place]
          if byte == dialect.delimiter || byte == dialect.newline || byte == dialect.quote {
            mask |= UInt64(0x80) << UInt64(8 * (place - scan))
          }
          place += 1
        }
        if mask == 0 {
          return try unsafe finish(
            count, base, ends, room, rowStart, rowLine, field, fieldStart, quoteEnd)
        }
      }
      let wordStart = scan
      var jumped = false
      while mask != 0 {
        let at = wordStart &+ (mask.trailingZeroBitCount &>> 3)
        mask &= mask &- 1
        let byte = view[at]
        if byte == dialect.delimiter {
          try unsafe store(at, base, ends, room, rowStart, rowLine, field, fieldStart, quoteEnd)
          field &+= 1
          fieldStart = at &+ 1
          quoteEnd = -1
        } else if byte == dialect.newline {
          line &+= 1
          return try unsafe endRow(
            at, base, ends, room, rowStart, rowLine, field, fieldStart, quoteEnd)
        } else if at == fieldStart, quoteEnd < 0 {
          scan = try closing(at, rowStart, rowLine, field)
          quoteEnd = scan
          jumped = true
          break
        }
      }
      if !jumped {
        if wordStart &+ 8 > count {
          return try unsafe finish(
            count, base, ends, room, rowStart, rowLine, field, fieldStart, quoteEnd)
        }
        scan = wordStart &+ 8
      }
    }
  }

  /// Ends the last row of a text that has no line break behind it.
  @unsafe
  private mutating func finish(
    _ end: Int, _ base: Int, _ ends: UnsafeMutablePointer<UInt32>, _ room: Int, _ rowStart: Int,
    _ rowLine: Int, _ field: Int, _ fieldStart: Int, _ quoteEnd: Int
  ) throws(CSVFault) -> Int {
    let result = try unsafe endRow(
      end, base, ends, room, rowStart, rowLine, field, fieldStart, quoteEnd)
    position = end
    return result
  }

  @unsafe @inline(__always)
  private mutating func endRow(
    _ at: Int, _ base: Int, _ ends: UnsafeMutablePointer<UInt32>, _ room: Int, _ rowStart: Int,
    _ rowLine: Int, _ field: Int, _ fieldStart: Int, _ quoteEnd: Int
  ) throws(CSVFault) -> Int {
    var end = at
    if end > fieldStart, view[end &- 1] == 0x0D { end &-= 1 }
    position = at &+ 1
    if field == 0, end == fieldStart, room > 1 { return 0 }
    try unsafe store(end, base, ends, room, rowStart, rowLine, field, fieldStart, quoteEnd)
    return field &+ 1
  }

  @unsafe @inline(__always)
  private mutating func store(
    _ end: Int, _ base: Int, _ ends: UnsafeMutablePointer<UInt32>, _ room: Int, _ rowStart: Int,
    _ rowLine: Int, _ field: Int, _ fieldStart: Int, _ quoteEnd: Int
  ) throws(CSVFault) {
    var flag: UInt32 = 0
    if quoteEnd >= 0 {
      guard quoteEnd == end else {
        throw .textAfterQuote(rowStart: rowStart, line: rowLine, field: field)
      }
      flag = 0x8000_0000
    }
    if end &- fieldStart > CSVDialect.cellLimit || end &- base > 0x7FFF_FFFF {
      throw .tooLong(rowStart: rowStart, line: rowLine, field: field)
    }
    if field < room {
      unsafe ends[field] = UInt32(truncatingIfNeeded: end &- base) | flag
    }
  }

  /// The position behind the quote that closes the one at a position.
  private mutating func closing(
    _ opening: Int, _ rowStart: Int, _ rowLine: Int, _ field: Int
  ) throws(CSVFault) -> Int {
    var place = opening + 1
    let count = view.count
    let limit = min(count, opening + CSVDialect.cellLimit + 2)
    let openingLine = line
    while place < limit {
      let byte = view[place]
      if byte == dialect.escape, byte != dialect.quote {
        place += 2
      } else if byte == dialect.quote {
        guard place + 1 < count, view[place + 1] == dialect.quote, dialect.escape == nil else {
          return place + 1
        }
        place += 2
      } else {
        if byte == dialect.newline { line += 1 }
        place += 1
      }
    }
    if place < count { throw .tooLong(rowStart: rowStart, line: openingLine, field: field) }
    throw .unclosed(rowStart: rowStart, line: openingLine, field: field)
  }
}
