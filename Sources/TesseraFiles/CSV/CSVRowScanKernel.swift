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
    // The field in the middle of which a quote opened that has not closed in it.
    var strayField = -1
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
        } else if quoteEnd < 0 {
          try noteStray(at, fieldStart, rowStart, rowLine, field, &strayField)
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

  /// Judges a quote in the middle of a field.
  ///
  /// `Birch"good, cheap"` has lost the delimiter before its quote, and what stands between the quotes
  /// is cut in two. `slow"` has lost the quote before it. Inch marks close no field.
  private func noteStray(
    _ at: Int, _ fieldStart: Int, _ rowStart: Int, _ rowLine: Int, _ field: Int,
    _ strayField: inout Int
  ) throws(CSVFault) {
    let next = at + 1 < view.count ? view[at + 1] : dialect.newline
    let isAtEnd = next == dialect.delimiter || next == dialect.newline || next == 0x0D
    if isAtEnd, strayField < 0 || strayField == field, lostOpening(at, fieldStart, field) {
      throw .unopened(rowStart: rowStart, line: rowLine, field: field)
    }
    if strayField == field {
      strayField = -1
    } else if strayField >= 0 {
      if isAtEnd { throw .strayQuote(rowStart: rowStart, line: rowLine, field: strayField) }
    } else if !isAtEnd, next != 0x20 {
      strayField = field
    }
  }

  /// Whether a quote at the end of a field closes none: it makes their number odd, and it is no inch
  /// mark behind a number, unless all other cells of the column stand in quotes.
  private func lostOpening(_ at: Int, _ fieldStart: Int, _ field: Int) -> Bool {
    guard dialect.quote == 0x22, at > fieldStart else { return false }
    var count = 0
    for place in fieldStart...at where view[place] == dialect.quote {
      if place == fieldStart || dialect.escape == nil || view[place - 1] != dialect.escape {
        count += 1
      }
    }
    guard count % 2 == 1 else { return false }
    if field < dialect.isQuoted.count, dialect.isQuoted[field] { return true }
    let before = view[at - 1]
    // 27", and the fractions of Latin-1 in UTF-8.
    return !(0x30...0x39).contains(before) && !(0xBC...0xBE).contains(before)
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
