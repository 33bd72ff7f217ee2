/// Reads delimited text row by row, as texts: for headers, small tables, and to find out a dialect.
struct CSVRecords {
  /// One row.
  struct Record {
    /// Its fields, with quotes written plainly.
    let fields: [String]
    /// Lines that ended before the row.
    let line: Int
    /// Where the row begins.
    let start: Int
    /// Where the next row begins.
    let end: Int
    /// Which of the fields stand in quotes; empty for rows of workbooks.
    var isQuoted: [Bool] = []
    /// Whether there is nothing on the line.
    var isBlank: Bool { fields.isEmpty || (fields.count == 1 && fields[0].isEmpty) }
  }

  private let view: ByteView
  private let dialect: CSVDialect
  /// Where the next row begins.
  private(set) var position: Int
  /// Lines ended so far.
  private(set) var line: Int
  private let limit: Int

  /// Starts at the beginning of a row.
  init(view: ByteView, dialect: CSVDialect, position: Int, line: Int = 0, limit: Int? = nil) {
    self.view = view
    self.dialect = dialect
    self.position = position
    self.line = line
    self.limit = limit ?? view.count
  }

  /// Reads the next row, a blank line included.
  ///
  /// - Returns: The row; `nil` behind the last.
  /// - Throws: A quote without an end, text behind a quote, or a cell beyond the limit.
  mutating func next() throws(CSVFault) -> Record? {
    guard position < limit else { return nil }
    let start = position
    let startLine = line
    var ends = [UInt32](repeating: 0, count: 64 + CSVFieldIndex.slack)
    var scanner = CSVRowScanner(view: view, dialect: dialect, position: position, line: line)
    var found = try Self.scan(&scanner, &ends, start)
    if found > ends.count - CSVFieldIndex.slack {
      ends = [UInt32](repeating: 0, count: found + CSVFieldIndex.slack)
      scanner = CSVRowScanner(view: view, dialect: dialect, position: position, line: line)
      found = try Self.scan(&scanner, &ends, start)
    }
    position = scanner.position
    line = scanner.line
    var fields: [String] = []
    fields.reserveCapacity(found)
    var isQuoted: [Bool] = []
    isQuoted.reserveCapacity(found)
    var begin = start
    for field in 0..<found {
      let end = start + Int(ends[field] & 0x7FFF_FFFF)
      isQuoted.append(ends[field] & 0x8000_0000 != 0)
      if isQuoted[field] {
        fields.append(Self.unescaped(view, begin + 1..<end - 1, dialect))
      } else {
        fields.append(view.text(begin..<end))
      }
      begin = end + 1
    }
    return Record(
      fields: fields, line: startLine, start: start, end: position, isQuoted: isQuoted)
  }

  private static func scan(
    _ scanner: inout CSVRowScanner, _ ends: inout [UInt32], _ base: Int
  ) throws(CSVFault) -> Int {
    var fault: CSVFault?
    let count = ends.count - CSVFieldIndex.slack
    let found = unsafe ends.withUnsafeMutableBufferPointer { buffer -> Int in
      guard let pointer = buffer.baseAddress else { return 0 }
      do throws(CSVFault) {
        return try unsafe scanner.next(base: base, into: pointer, room: count)
      } catch {
        fault = error
        return 0
      }
    }
    if let fault { throw fault }
    return found
  }

  /// The text of a quoted field, without its quotes, with inner quotes written plainly.
  static func unescaped(_ view: ByteView, _ range: Range<Int>, _ dialect: CSVDialect) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = view[place]
      let isDoubled = byte == dialect.quote && dialect.escape == nil
      if isDoubled || byte == dialect.escape, place + 1 < range.upperBound {
        bytes.append(view[place + 1])
        place += 2
      } else {
        bytes.append(byte)
        place += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
