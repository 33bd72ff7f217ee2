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
    for (position, cell) in cells.enumerated() {
      if position > 0 { bytes.append(delimiter) }
      switch cell {
      case .text(let text): append(text, guarded: !isRaw)
      case .identifier(let text): append(text, guarded: false)
      case .number(let number): appendNumber(number)
      case .integer(let number): bytes.append(contentsOf: String(number).utf8)
      case .empty:
        // An empty line would be skipped by readers; a row of one empty cell is quoted.
        if cells.count == 1 { bytes.append(contentsOf: "\"\"".utf8) }
      }
    }
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

  private mutating func append(_ text: String, guarded: Bool) {
    let utf8 = Array(text.utf8)
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
