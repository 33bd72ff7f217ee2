/// How a delimited text separates rows, fields and decimals.
struct CSVDialect: Equatable, Sendable {
  /// The byte between fields; a byte that occurs nowhere if there is one column.
  var delimiter: UInt8
  /// The byte around fields.
  var quote: UInt8 = 0x22
  /// The byte before a quote inside a quoted field, if quotes are not doubled.
  var escape: UInt8?
  /// The byte that ends a row: LF (also behind CR), or CR alone.
  var newline: UInt8 = 0x0A
  /// The decimal mark.
  var decimal: UInt8 = 0x2E

  /// For the columns from the first on whether their cells always stand in quotes, as far as the first
  /// rows tell; empty if nobody looked.
  var isQuoted: [Bool] = []

  /// The longest cell that is read.
  static let cellLimit = 16 << 20
}
