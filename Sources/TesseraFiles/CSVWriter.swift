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

  /// The text so far, as UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// The byte between fields.
  public let delimiter: UInt8
  /// Whether texts keep their bytes even if a spreadsheet would take them for formulas.
  public let isRaw: Bool
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

  /// Hands out the text so far and starts anew, so that a long text need not be held whole.
  ///
  /// - Returns: The rows added since the last time.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Adds a row, ended by CR LF.
  ///
  /// - Parameter cells: The cells of the row.
  public mutating func append(_ cells: [Cell]) {
    // An empty line would be skipped by readers; a row of one empty cell is quoted.
    if cells == [.empty] { bytes.append(contentsOf: "\"\"".utf8) }
    for cell in cells { add(cell) }
    endRow()
  }

  /// Adds a cell to the row that is being written.
  ///
  /// - Parameter cell: The cell.
  public mutating func add(_ cell: Cell) {
    if isInsideRow { bytes.append(delimiter) }
    isInsideRow = true
    switch cell {
    case .text(let text): append(text, guarded: !isRaw)
    case .identifier(let text): append(text, guarded: false)
    case .number(let number): appendNumber(number)
    case .chance(let chance): appendChance(chance)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .empty: break
    }
  }

  /// Ends the row that is being written, by CR LF.
  public mutating func endRow() {
    isInsideRow = false
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  /// Adds a row of texts, such as a header.
  ///
  /// - Parameter texts: The cells of the row.
  public mutating func append(texts: [String]) {
    append(texts.map { .text($0) })
  }

  private mutating func appendNumber(_ number: Double) {
    guard number.isFinite else { return }
    if number == number.rounded(), abs(number) < 1e15 {
      bytes.append(contentsOf: String(Int64(number)).utf8)
    } else {
      bytes.append(contentsOf: String(number).utf8)
    }
  }

  /// Twelve decimals without the zeros at their end: nearer to the chance than 1e-12.
  private mutating func appendChance(_ chance: Double) {
    guard chance.isFinite else { return }
    let unit = 1_000_000_000_000
    guard (0...1).contains(chance) else { return appendNumber(chance) }
    var rest = Int((chance * Double(unit)).rounded())
    guard rest > 0, rest < unit else {
      bytes.append(rest == 0 ? 0x30 : 0x31)
      return
    }
    bytes.append(0x30)
    bytes.append(0x2E)
    var place = unit / 10
    while rest > 0 {
      let digit = rest / place
      bytes.append(UInt8(0x30 + digit))
      rest -= digit * place
      place /= 10
    }
  }

  private mutating func append(_ text: String, guarded: Bool) {
    let utf8 = text.utf8
    let isFormula: Bool =
      switch utf8.first {
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D,
        0x00:
        guarded
      default: false
      }
    let quoted =
      isFormula || utf8.isEmpty
      || utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      || utf8.first == 0x20 || utf8.last == 0x20
    guard quoted else {
      bytes.append(contentsOf: utf8)
      return
    }
    bytes.append(0x22)
    if isFormula { bytes.append(0x27) }
    for byte in utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
