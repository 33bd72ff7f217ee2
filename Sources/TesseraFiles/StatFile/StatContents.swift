/// What an SPSS, Stata or SAS file holds, before levels and missing answers are settled.
struct StatContents {
  /// A value of the file's dictionary.
  enum Value: Hashable {
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
    /// A letter that marks a kind of missing (Stata's and SAS's `.a` to `.z`).
    case tag(UInt8)
  }

  /// One variable.
  struct Column {
    var name: String
    var label: String
    var format: String
    var labelSet: String
    var isText: Bool
    /// 1 nominal, 2 ordinal, 3 scale, 0 unknown.
    var measure: Int
    /// In how many characters a program shows the column; 0 unknown.
    var displayWidth = 0
    var missing: [(low: Value, high: Value)] = []
    /// The distinct numbers, in the order met; a NaN carries the letter of a tagged missing value.
    var values: [Double] = []
    /// The distinct texts, in the order met.
    var texts: [String] = []
    /// The cells in the form they have come in so far; the other two are empty.
    var narrow: [UInt8] = []
    var wide: [UInt32] = []
    var numbers: [Double] = []
    var form = Form.narrow
  }

  /// How the cells of a variable are held.
  enum Form {
    /// Positions of up to 255 distinct numbers or texts, from 1; 0 for a missing or empty one.
    case narrow
    /// Positions of more texts.
    case wide
    /// Numbers, where more than 255 differ; a NaN may carry the letter of a tagged missing value.
    case numbers
  }

  var columns: [Column] = []
  /// The labels of each set of labels, in the order of the file.
  var labelSets: [String: [(value: Value, label: String)]] = [:]
  var declaredRows = -1
  var fileLabel = ""
  var encoding = ""
  var notes: [String] = []
  var weight: String?
  var rowCount = 0
  /// Rows before these, where a file is read in blocks.
  var earlierRows = 0
  /// What the reader said when it could not go on.
  var failure: String?
  /// Rows sent, the furthest byte read, the file's size; `nil` if the reader did not finish.
  var ending: (rows: Int, furthest: Int, size: Int)?
  /// Whether a text of the dictionary or a cell was not valid in its encoding.
  var hasBadText = false
}

extension StatContents {
  /// Rows that were read so far.
  var rows: Int { earlierRows + rowCount }

  /// Forgets the cells, and keeps what they refer to for those that come next.
  mutating func dropCells() {
    for place in columns.indices {
      columns[place].narrow = []
      columns[place].wide = []
      columns[place].numbers = []
    }
    earlierRows += rowCount
    rowCount = 0
  }
}

/// Puts the messages of `tessera-read` together.
struct StatFrames {
  /// What has come so far.
  private(set) var contents = StatContents()
  private var pending: [UInt8] = []
  private var offset = 0
  private var block: (rows: Int, forms: [UInt8])?

  /// Hands out the rows that have come.
  ///
  /// - Returns: They, with all that is known of the file.
  mutating func takeRows() -> StatContents {
    let taken = contents
    contents.dropCells()
    return taken
  }

  /// Takes bytes in the order they come.
  ///
  /// - Returns: False if they make no sense.
  mutating func receive(_ bytes: ArraySlice<UInt8>) -> Bool {
    pending.append(contentsOf: bytes)
    while true {
      if let (rows, forms) = block {
        let size = forms.reduce(0) { $0 + rows * Self.width($1) }
        guard pending.count - offset >= size else { break }
        guard takeBlock(rows, forms) else { return false }
        block = nil
        continue
      }
      guard pending.count - offset >= 5 else { break }
      // A message begins with its tag and its length.
      let tag = pending[offset]
      var head = FrameCursor(bytes: pending, position: offset + 1)
      guard let length = head.count(), length <= 1 << 28 else { return false }
      guard pending.count - offset >= 5 + length else { break }
      var cursor = FrameCursor(bytes: pending, position: offset + 5)
      guard take(tag, &cursor) else { return false }
      offset += 5 + length
    }
    if offset > 1 << 20 || offset == pending.count {
      pending.removeFirst(offset)
      offset = 0
    }
    return true
  }

  private mutating func takeBlock(_ rows: Int, _ forms: [UInt8]) -> Bool {
    for (column, form) in forms.enumerated() {
      let size = rows * Self.width(form)
      guard contents.columns[column].take(pending[offset..<offset + size], form, rows: rows) else {
        return false
      }
      offset += size
    }
    contents.rowCount += rows
    return true
  }

  /// Bytes a cell takes.
  private static func width(_ form: UInt8) -> Int { form == 0 ? 8 : form == 1 ? 1 : 4 }

  private mutating func take(_ tag: UInt8, _ cursor: inout FrameCursor) -> Bool {
    switch Character(UnicodeScalar(tag)) {
    case "M":
      guard let rows = cursor.number(), cursor.count() != nil, let label = text(&cursor),
        let encoding = text(&cursor)
      else { return false }
      contents.declaredRows = Int(max(-1, min(rows, 1e15)))
      contents.fileLabel = label
      contents.encoding = encoding
    case "N":
      guard let note = text(&cursor) else { return false }
      contents.notes.append(note)
    case "W":
      guard let name = text(&cursor) else { return false }
      contents.weight = name
    case "V": return takeVariable(&cursor)
    case "L":
      guard let set = text(&cursor), let value = value(&cursor), let label = text(&cursor)
      else { return false }
      contents.labelSets[set, default: []].append((value, label))
    case "S":
      guard let column = cursor.count(), column < contents.columns.count,
        let text = text(&cursor)
      else { return false }
      contents.columns[column].texts.append(text)
    case "B":
      guard let rows = cursor.count(), rows <= 1 << 20,
        let forms = cursor.rest(contents.columns.count), forms.allSatisfy({ $0 <= 2 })
      else { return false }
      block = (rows, forms)
    case "D":
      guard let column = cursor.count(), column < contents.columns.count,
        let value = cursor.number(), contents.columns[column].values.count < 255
      else { return false }
      contents.columns[column].values.append(value)
    case "E":
      guard let rows = cursor.number(), let furthest = cursor.number(), let size = cursor.number()
      else { return false }
      contents.ending = (Int(rows), Int(furthest), Int(size))
    case "X":
      guard let reason = text(&cursor) else { return false }
      contents.failure = reason
    default: return false
    }
    return true
  }

  private mutating func takeVariable(_ cursor: inout FrameCursor) -> Bool {
    guard let name = text(&cursor), let label = text(&cursor), let format = text(&cursor),
      let set = text(&cursor), let kind = cursor.count(), let measure = cursor.count(),
      let width = cursor.count(), let ranges = cursor.count(), ranges <= 32
    else { return false }
    var column = StatContents.Column(
      name: name, label: label, format: format, labelSet: set, isText: kind == 1,
      measure: measure, displayWidth: width)
    for _ in 0..<ranges {
      guard let low = value(&cursor), let high = value(&cursor) else { return false }
      column.missing.append((low, high))
    }
    contents.columns.append(column)
    return true
  }

  private mutating func value(_ cursor: inout FrameCursor) -> StatContents.Value? {
    guard let kind = cursor.count() else { return nil }
    if kind == 1 { return text(&cursor).map { .text($0) } }
    guard let number = cursor.number() else { return nil }
    if number.isNaN { return .tag(UInt8(truncatingIfNeeded: number.bitPattern)) }
    return .number(number)
  }

  private mutating func text(_ cursor: inout FrameCursor) -> String? {
    guard let bytes = cursor.bytes() else { return nil }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    contents.hasBadText = true
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Reads little-endian values one after another.
struct FrameCursor {
  private let source: [UInt8]
  private var position: Int

  init(bytes: [UInt8], position: Int) {
    source = bytes
    self.position = position
  }

  private mutating func word(_ length: Int) -> UInt64? {
    guard position + length <= source.count else { return nil }
    var value: UInt64 = 0
    for offset in 0..<length { value |= UInt64(source[position + offset]) << UInt64(8 * offset) }
    position += length
    return value
  }

  /// A whole number below 2³².
  mutating func count() -> Int? { word(4).map { Int($0) } }

  /// So many single bytes.
  mutating func rest(_ count: Int) -> [UInt8]? {
    guard position + count <= source.count else { return nil }
    defer { position += count }
    return Array(source[position..<position + count])
  }

  /// A number.
  mutating func number() -> Double? { word(8).map { Double(bitPattern: $0) } }

  /// Bytes with their number before them.
  mutating func bytes() -> ArraySlice<UInt8>? {
    guard let count = count(), position + count <= source.count else { return nil }
    defer { position += count }
    return source[position..<position + count]
  }
}
