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
  private(set) var lines = RowLines()
  private var rowStarts: UnsafeMutablePointer<UInt32>
  private var ends: UnsafeMutablePointer<UInt32>
  private var rowCapacity: Int
  private var capacity: Int
  private var stretch = CSVFieldIndex.shortest
  private let readsRowByRow: Bool
  private let headings: [[UInt8]]
  /// Lines that were passed over since they are no respondents, counted as the scan counts.
  private(set) var passedOver = CSVNoRespondents()

  /// How many bytes are split before their columns are read; they stay in the cache meanwhile.
  ///
  /// Wide tables take more at once, so that a column has some rows to read.
  private static let shortest = 1 << 16
  private static let longest = 1 << 22
  private static let fewRows = 192

  /// Room behind the last end, since a scan writes the ends of several fields at once.
  static let slack = 8

  /// Makes an empty index for rows of so many fields.
  ///
  /// - Parameters:
  ///   - columns: Fields in every row.
  ///   - readsRowByRow: Whether the quick scan is left out: what it finds must be the same.
  ///   - headings: The rows of the heading as they stand, which are no respondents further down.
  init(columns: Int, readsRowByRow: Bool = false, headings: [[UInt8]] = []) {
    self.columns = columns
    self.readsRowByRow = readsRowByRow
    self.headings = headings
    capacity = max(Self.shortest + 1, columns * 2)
    rowCapacity = capacity / columns + 1
    unsafe ends = .allocate(capacity: capacity + Self.slack)
    unsafe rowStarts = .allocate(capacity: rowCapacity + 1)
  }

  deinit {
    unsafe ends.deallocate()
    unsafe rowStarts.deallocate()
  }

  /// The fields found, for a loop over rows.
  func fields(_ view: ByteView) -> CSVFields {
    unsafe CSVFields(
      ends: UnsafePointer(ends), starts: UnsafePointer(rowStarts), base: base, columns: columns,
      rowCount: rowCount, view: view)
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
    lines = RowLines()
    if !readsRowByRow, scanAtOnce(view, dialect, limit) {
      lines.append(line, count: rowCount)
      line += rowCount
      offset = base + Int(unsafe rowStarts[rowCount])
      return
    }
    try scanRows(view, dialect, from: &offset, limit: limit, line: &line)
  }

  /// Splits a stretch with ``CSVMarkScanner``.
  ///
  /// - Returns: Whether that came to rows of the right number of fields and to nothing else.
  private func scanAtOnce(_ view: ByteView, _ dialect: CSVDialect, _ limit: Int) -> Bool {
    let blocks = min(stretch, min(limit, view.count) - base) / CSVMarkScanner.block
    guard blocks > 0 else { return false }
    let text = unsafe view.pointer + base
    let found = unsafe CSVMarkScanner(dialect).scan(text, blocks: blocks, into: ends)
    if found.isPlain, found.rows < Self.fewRows { grow() }
    let rows = found.rows
    guard found.isPlain, rows > 0, found.marks - rows * columns < columns,
      rows * columns <= found.marks
    else { return false }
    // As many line ends as rows, each where a row's last field ends: so there are no others.
    unsafe rowStarts[0] = 0
    var place = columns &- 1
    for row in 0..<rows {
      let end = unsafe ends[place]
      let at = Int(end & 0x7FFF_FFFF)
      guard unsafe text[at] == dialect.newline else { return false }
      unsafe rowStarts[row &+ 1] = UInt32(truncatingIfNeeded: at &+ 1)
      if at > Int(unsafe rowStarts[row]), unsafe text[at &- 1] == 0x0D {
        unsafe ends[place] = end &- 1
      }
      let length = Int(unsafe ends[place] & 0x7FFF_FFFF) &- Int(unsafe rowStarts[row])
      if reason(view, base &+ Int(unsafe rowStarts[row]), length) != nil { return false }
      place &+= columns
    }
    rowCount = rows
    return true
  }

  /// Why a row of the right number of fields is no respondent, if it is none.
  @inline(__always)
  private func reason(_ view: ByteView, _ start: Int, _ length: Int) -> CSVNoRespondents.Reason? {
    columns == 1 || headings.isEmpty
      ? nil : CSVNoRespondents.reason(view, start, length, headings)
  }

  /// Takes longer stretches from now on.
  private func grow() {
    guard stretch < Self.longest else { return }
    stretch *= 2
    guard stretch >= capacity else { return }
    let wanted = stretch + 1
    let moved = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted + Self.slack)
    unsafe moved.update(from: ends, count: capacity + Self.slack)
    unsafe ends.deallocate()
    unsafe ends = unsafe moved
    capacity = wanted
    rowCapacity = max(rowCapacity, capacity / columns + 1)
    unsafe rowStarts.deallocate()
    unsafe rowStarts = .allocate(capacity: rowCapacity + 1)
  }

  /// Splits row by row, with every fault told exactly.
  private func scanRows(
    _ view: ByteView, _ dialect: CSVDialect, from offset: inout Int, limit: Int,
    line: inout Int
  ) throws(CSVFault) {
    var scanner = CSVRowScanner(view: view, dialect: dialect, position: offset, line: line)
    let start = offset
    var rows = 0
    var used = 0
    while scanner.position < limit, used + columns <= capacity, rows < rowCapacity,
      scanner.position - start < Self.shortest
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
      let length = start + Int(unsafe ends[used + columns - 1] & 0x7FFF_FFFF) - rowStart
      if found > 0, let reason = reason(view, rowStart, length) {
        passedOver.add(reason, rowLine)
      } else if found > 0 {
        unsafe rowStarts[rows] = UInt32(truncatingIfNeeded: rowStart - start)
        lines.append(rowLine)
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
  /// Ends of fields, row after row.
  let ends: UnsafePointer<UInt32>
  /// Beginnings of rows.
  let starts: UnsafePointer<UInt32>
  /// What positions count from.
  let base: Int
  /// Fields in a row.
  let columns: Int
  /// Number of rows.
  let rowCount: Int
  /// How many of the rows have at least 16 bytes behind each of their fields' beginnings.
  let roomyRows: Int

  /// Looks at what an index found.
  init(
    ends: UnsafePointer<UInt32>, starts: UnsafePointer<UInt32>, base: Int, columns: Int,
    rowCount: Int, view: ByteView
  ) {
    unsafe self.ends = unsafe ends
    unsafe self.starts = unsafe starts
    self.base = base
    self.columns = columns
    self.rowCount = rowCount
    var roomy = rowCount
    while roomy > 0,
      base + Int(unsafe ends[roomy * columns - 1] & 0x7FFF_FFFF) + 16 > view.count
    {
      roomy -= 1
    }
    roomyRows = roomy
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

  /// Walks down a column.
  func walk(_ column: Int, from row: Int) -> CSVColumnWalk {
    unsafe CSVColumnWalk(
      ends: ends + (row * columns + column), stride: columns,
      befores: column == 0 ? starts + row : ends + (row * columns + column - 1),
      beforeStride: column == 0 ? 1 : columns, gap: column == 0 ? 0 : 1)
  }
}

/// The fields of one column, one row after another.
@safe
struct CSVColumnWalk {
  private var ends: UnsafePointer<UInt32>
  private let stride: Int
  private var befores: UnsafePointer<UInt32>
  private let beforeStride: Int
  private let gap: UInt32

  init(
    ends: UnsafePointer<UInt32>, stride: Int, befores: UnsafePointer<UInt32>, beforeStride: Int,
    gap: UInt32
  ) {
    unsafe self.ends = unsafe ends
    self.stride = stride
    unsafe self.befores = unsafe befores
    self.beforeStride = beforeStride
    self.gap = gap
  }

  /// Where the next field begins and ends; the end's highest bit tells of quotes.
  @inline(__always)
  mutating func next() -> (start: UInt32, end: UInt32) {
    let result = unsafe ((befores[0] & 0x7FFF_FFFF) &+ gap, ends[0])
    unsafe ends += stride
    unsafe befores += beforeStride
    return result
  }

  /// Passes over fields.
  @inline(__always)
  mutating func skip(_ fields: Int) {
    unsafe ends += fields &* stride
    unsafe befores += fields &* beforeStride
  }
}
