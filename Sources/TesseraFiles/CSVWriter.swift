/// Writes delimited text after RFC 4180, safe to open in a spreadsheet.
///
/// A text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a zero byte would be
/// taken for a formula; it gets a leading apostrophe, except in columns that hold identifiers.
/// Numbers are never touched.
public struct CSVWriter: Sendable {
  /// One cell.
  public enum Cell: Sendable, Equatable {
    /// A text, guarded against being taken for a formula.
    case text(String)
    /// A text that must keep its bytes, such as an identifier.
    case identifier(String)
    /// A number; not finite becomes an empty cell.
    case number(Double)
    /// A chance, 0 to 1, with twelve decimals at most.
    case chance(Double)
    /// A whole number.
    case integer(Int)
    /// Nothing.
    case empty
  }

  /// The byte between fields.
  public let delimiter: UInt8
  /// Whether texts keep their bytes even if a spreadsheet would take them for formulas.
  public let isRaw: Bool
  /// The text so far, and room behind it.
  private var storage: [UInt8] = []
  private var used = 0
  private var isInsideRow = false

  /// Starts an empty text.
  ///
  /// - Parameters:
  ///   - delimiter: The byte between fields.
  ///   - isRaw: Whether the guard against formulas is off.
  public init(delimiter: UInt8 = UInt8(ascii: ","), isRaw: Bool = false) {
    self.delimiter = delimiter
    self.isRaw = isRaw
  }

  /// The text so far, as UTF-8.
  public var bytes: [UInt8] { Array(storage[..<used]) }

  /// Length of the text so far.
  public var count: Int { used }

  /// Hands out the text so far and starts anew, so that a long text need not be held whole.
  ///
  /// - Returns: The rows added since the last time.
  public mutating func takeBytes() -> [UInt8] {
    storage.removeLast(storage.count - used)
    defer {
      storage = []
      used = 0
    }
    return storage
  }

  /// Cells that recur, made ready to be added as often as needed.
  public struct Prepared: Sendable {
    fileprivate let bytes: [UInt8]
  }

  /// Makes cells ready that stand side by side in many rows.
  ///
  /// - Parameter cells: At least one.
  /// - Returns: Their text.
  public func prepared(_ cells: [Cell]) -> Prepared {
    var writer = CSVWriter(delimiter: delimiter, isRaw: isRaw)
    for cell in cells { writer.add(cell) }
    return Prepared(bytes: writer.takeBytes())
  }

  /// Adds cells that were made ready.
  ///
  /// - Parameter cells: What ``prepared(_:)`` gave.
  public mutating func add(_ cells: Prepared) {
    begin()
    append(cells.bytes)
  }

  /// Adds a row, ended by CR LF.
  ///
  /// - Parameter cells: The cells of the row.
  public mutating func append(_ cells: [Cell]) {
    // An empty line would be skipped by readers; a row of one empty cell is quoted.
    if cells == [.empty] { append([0x22, 0x22]) }
    for cell in cells { add(cell) }
    endRow()
  }

  /// Adds a cell to the row that is being written.
  ///
  /// - Parameter cell: The cell.
  public mutating func add(_ cell: Cell) {
    begin()
    switch cell {
    case .text(let text): append(text, guarded: !isRaw)
    case .identifier(let text): append(text, guarded: false)
    case .number(let number): append(number)
    case .chance(let chance): append(chance: chance)
    case .integer(let number): append(number)
    case .empty: break
    }
  }

  /// Ends the row that is being written, by CR LF.
  public mutating func endRow() {
    isInsideRow = false
    append([0x0D, 0x0A])
  }

  /// Adds a row of texts, such as a header.
  ///
  /// - Parameter texts: The cells of the row.
  public mutating func append(texts: [String]) {
    append(texts.map { .text($0) })
  }

  /// Adds a cell for each chance.
  ///
  /// - Parameter chances: From 0 to 1, written with twelve decimals at most.
  public mutating func add(chances: ArraySlice<Double>) {
    makeRoom(chances.count * (NumberText.room + 1))
    for chance in chances {
      begin()
      append(chance: chance)
    }
  }

  // MARK: - Bytes

  /// Takes away what stands behind the first bytes.
  mutating func cut(to count: Int) {
    used = min(used, count)
    isInsideRow = false
  }

  /// Shows the text, with so many bytes behind it that may be read; `nil` without any memory.
  @unsafe
  mutating func withBytes<Result>(
    behind count: Int, _ body: (UnsafePointer<UInt8>) -> Result
  ) -> Result? {
    makeRoom(count)
    return unsafe storage.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe body($0) }
    }
  }

  private mutating func begin() {
    if isInsideRow { append(delimiter) }
    isInsideRow = true
  }

  /// Sees to it that so many bytes can be written behind the text.
  @inline(__always)
  private mutating func makeRoom(_ count: Int) {
    if storage.count - used < count { grow(count) }
  }

  @inline(never)
  private mutating func grow(_ count: Int) {
    // A little at a time: room that is not used is better not touched.
    storage.append(contentsOf: repeatElement(0, count: max(count, min(max(256, used), 1 << 16))))
  }

  /// Lets at most so many bytes be written behind the text.
  @inline(__always)
  private mutating func write(
    atMost count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    makeRoom(count)
    let start = used
    let written = unsafe storage.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe body($0 + start) } ?? 0
    }
    used += written
  }

  private mutating func append(_ byte: UInt8) {
    unsafe write(atMost: 1) { target in
      unsafe target.pointee = byte
      return 1
    }
  }

  private mutating func append(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  @unsafe
  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    unsafe write(atMost: bytes.count) { target in
      unsafe target.update(from: base, count: bytes.count)
      return bytes.count
    }
  }

  private mutating func append(_ number: Double) {
    unsafe write(atMost: NumberText.room) { unsafe NumberText.write(number, $0) }
  }

  private mutating func append(chance: Double) {
    guard (0...1).contains(chance) else { return append(chance) }
    unsafe write(atMost: NumberText.room) { unsafe NumberText.write(chance: chance, $0) }
  }

  private mutating func append(_ number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    unsafe write(atMost: NumberText.room) {
      unsafe NumberText.write(whole: UInt64(number.magnitude), $0)
    }
  }

  private mutating func append(_ text: String, guarded: Bool) {
    var text = text
    text.withUTF8 { unsafe append($0, guarded: guarded) }
  }

  @unsafe
  private mutating func append(_ utf8: UnsafeBufferPointer<UInt8>, guarded: Bool) {
    let isFormula: Bool =
      switch unsafe utf8.first {
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D,
        0x00:
        guarded
      default: false
      }
    let isQuoted =
      unsafe isFormula || utf8.isEmpty
      || utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      || utf8.first == 0x20 || utf8.last == 0x20
    guard isQuoted else { return unsafe append(utf8) }
    unsafe write(atMost: 2 * utf8.count + 3) { target in
      unsafe target[0] = 0x22
      var count = 1
      func put(_ byte: UInt8) {
        unsafe target[count] = byte
        count += 1
      }
      if isFormula { put(0x27) }
      for place in utf8.indices {
        let byte = unsafe utf8[place]
        if byte == 0x22 { put(0x22) }
        put(byte)
      }
      put(0x22)
      return count
    }
  }
}
