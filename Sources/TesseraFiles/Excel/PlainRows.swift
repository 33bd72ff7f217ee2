/// Takes the rows of a sheet that are written plainly, so that no parser of XML need see them.
///
/// Nearly every row of an export is cells with a reference, a style, a type and a value in ASCII.
/// Such rows are taken out whole; everything else goes to the parser. Whole elements are taken out,
/// so that what is left is as well-formed as all of it.
struct PlainRows {
  private let handler: SheetHandler
  private let stream: XMLStream
  /// The beginning of a row whose end has not come.
  private var pending: [UInt8] = []
  /// How much of it was searched for its end.
  private var searched = 0
  private var place = Place.before
  private var cells: [Cell] = []

  /// Most bytes of a row: a longer one is left to the parser.
  private static let longest = 1 << 22

  private enum Place {
    /// Before the first row.
    case before
    /// Where a row may begin.
    case betweenRows
    /// Behind the last row, or where something stands that only the parser understands.
    case over
  }

  /// Where the parts of a cell stand; the same end and beginning for what is not there.
  struct Cell {
    var reference = 0..<0
    var type = 0..<0
    var style = 0..<0
    /// `nil` for a cell without a value.
    var value: Range<Int>?
  }

  init(_ handler: SheetHandler, _ stream: XMLStream) {
    self.handler = handler
    self.stream = stream
  }

  /// Takes the next bytes of a sheet.
  ///
  /// - Throws: What the handler or the parser found.
  mutating func take(_ bytes: ByteView) throws(SurveyFileError) {
    switch place {
    case .over: try stream.take(bytes, isLast: false)
    case .before: try begin(bytes)
    case .betweenRows where pending.isEmpty: try takeRows(bytes)
    case .betweenRows:
      bytes.append(to: &pending)
      let owner = FileBytes.copying(pending)
      pending = []
      try takeRows(owner.view)
      withExtendedLifetime(owner) {}
    }
  }

  /// Hands what is left to the parser.
  mutating func end() throws(SurveyFileError) {
    let owner = FileBytes.copying(pending)
    pending = []
    try stream.take(owner.view, isLast: true)
    withExtendedLifetime(owner) {}
  }

  /// Looks for the beginning of the rows.
  private mutating func begin(_ bytes: ByteView) throws(SurveyFileError) {
    guard !handler.hasData, let start = bytes.place(of: "<sheetData>", in: 0..<bytes.count) else {
      return try stream.take(bytes, isLast: false)
    }
    let end = start + 11
    try stream.take(bytes.prefix(end), isLast: false)
    // The same letters may stand in a comment.
    place = handler.isBetweenRows ? .betweenRows : .over
    try take(bytes.suffix(from: end))
  }

  private mutating func takeRows(_ bytes: ByteView) throws(SurveyFileError) {
    var position = 0
    while true {
      while position < bytes.count, Self.isSpace(bytes[position]) {
        if bytes[position] == 0x0A { stream.skippedLines += 1 }
        position += 1
      }
      let start = position
      guard position + 6 <= bytes.count else { return try keep(bytes, start) }
      guard bytes.begins(with: "<row", position), !Self.isName(bytes[position + 4]) else {
        place = .over
        return try stream.take(bytes.suffix(from: start), isLast: false)
      }
      guard let close = Self.rowEnd(bytes, start + searched) else {
        return try keep(bytes, start)
      }
      searched = 0
      if let end = scan(bytes, start, close) {
        handler.take(bytes, reference, cells)
        if let failure = handler.failure { throw failure }
        position = end
        continue
      }
      // A comment may hold what looks like the end of a row.
      let isWhole = bytes.place(of: "<!", in: start..<close) == nil
      let end = isWhole ? close + 6 : bytes.count
      let ended = handler.endedRows
      try stream.take(bytes.part(start..<end), isLast: false)
      position = end
      guard isWhole, handler.isBetweenRows, handler.endedRows == ended + 1 else {
        place = .over
        return try stream.take(bytes.suffix(from: end), isLast: false)
      }
    }
  }

  /// Keeps the beginning of a row until more comes.
  private mutating func keep(_ bytes: ByteView, _ start: Int) throws(SurveyFileError) {
    guard bytes.count - start <= Self.longest else {
      place = .over
      return try stream.take(bytes.suffix(from: start), isLast: false)
    }
    pending = bytes.bytes(start..<bytes.count)
    searched = max(0, pending.count - 5)
  }

  // MARK: - Scanning

  /// Where the first `</row>` from a position on begins.
  private static func rowEnd(_ bytes: ByteView, _ start: Int) -> Int? {
    // By the last byte of the six: most bytes occur nowhere in them.
    var last = start + 5
    while last < bytes.count {
      switch bytes[last] {
      case UInt8(ascii: ">"):
        if bytes.begins(with: "</row>", last - 5) { return last - 5 }
        last += 6
      case UInt8(ascii: "w"): last += 1
      case UInt8(ascii: "o"): last += 2
      case UInt8(ascii: "r"): last += 3
      case UInt8(ascii: "/"): last += 4
      case UInt8(ascii: "<"): last += 5
      default: last += 6
      }
    }
    return nil
  }

  private var reference = 0..<0

  /// Reads a row that is written plainly into ``cells``.
  ///
  /// - Returns: Where it ends; `nil` if it is not written plainly.
  private mutating func scan(_ bytes: ByteView, _ start: Int, _ close: Int) -> Int? {
    cells.removeAll(keepingCapacity: true)
    var row = Cell()
    var position = start + 4
    guard let isEmpty = Self.attributes(bytes, &position, close, &row) else { return nil }
    reference = row.reference
    if isEmpty { return position }
    while position < close {
      guard bytes.begins(with: "<c", position), !Self.isName(bytes[position + 2]) else {
        return nil
      }
      position += 2
      var cell = Cell()
      guard let isEmpty = Self.attributes(bytes, &position, close, &cell) else { return nil }
      if !isEmpty {
        if bytes.begins(with: "<v>", position) {
          let first = position + 3
          position = first
          while Self.isPlain(bytes[position]) { position += 1 }
          cell.value = first..<position
          guard bytes.begins(with: "</v>", position) else { return nil }
          position += 4
        }
        guard bytes.begins(with: "</c>", position) else { return nil }
        position += 4
      }
      cells.append(cell)
    }
    return position == close ? close + 6 : nil
  }

  /// Reads attributes up to the end of a tag.
  ///
  /// - Returns: Whether the element ends with the tag; `nil` if it is not written plainly.
  private static func attributes(
    _ bytes: ByteView, _ position: inout Int, _ end: Int, _ found: inout Cell
  ) -> Bool? {
    while position < end {
      let byte = bytes[position]
      if byte == 0x3E {
        position += 1
        return false
      }
      if byte == 0x2F {
        guard bytes[position + 1] == 0x3E else { return nil }
        position += 2
        return true
      }
      guard byte == 0x20 else { return nil }
      position += 1
      if bytes[position] == 0x2F || bytes[position] == 0x3E { continue }
      let name = position
      while isName(bytes[position]) { position += 1 }
      let length = position - name
      guard length > 0, bytes[position] == 0x3D, bytes[position + 1] == 0x22 else { return nil }
      position += 2
      let first = position
      while isPlain(bytes[position]), bytes[position] != 0x22 { position += 1 }
      guard bytes[position] == 0x22 else { return nil }
      let value = first..<position
      position += 1
      guard length == 1 else {
        // Behind a prefix a short name could be one of ours.
        if bytes[name + length - 2] == 0x3A { return nil }
        continue
      }
      guard !value.isEmpty else { return nil }
      switch bytes[name] {
      case UInt8(ascii: "r") where found.reference.isEmpty: found.reference = value
      case UInt8(ascii: "t") where found.type.isEmpty: found.type = value
      case UInt8(ascii: "s") where found.style.isEmpty: found.style = value
      default: return nil
      }
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Whether a byte can stand in the name of an element or an attribute.
  private static func isName(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x3A || byte == 0x2D
      || byte == 0x2E || byte == 0x5F
  }

  /// Whether a byte stands for itself in a text: ASCII without `<` and `&`.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != 0x3C && byte != 0x26
  }
}
