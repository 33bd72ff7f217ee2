internal import CReadStat

/// The cells of the rows that were read and not yet sent, a column after another.
///
/// A plain structure behind a pointer, because every cell of the file passes through it.
@safe
struct CellBlock {
  /// Bits of a number, or the code of a text; column *c* begins at `c * capacity`.
  let cells: UnsafeMutablePointer<UInt64>
  /// Which columns hold texts.
  let isText: UnsafeMutablePointer<Bool>
  /// Number of columns.
  let width: Int
  /// Rows that fit.
  let capacity: Int
  /// The first row.
  var start = 0
  /// Rows read so far.
  var count = 0

  /// Most cells held at a time.
  private static let mostCells = 1 << 20

  /// Makes room for as many rows as are sent at a time: fewer where there are many columns.
  init(isText columns: [Bool]) {
    width = columns.count
    capacity = max(32, min(8192, Self.mostCells / max(1, width)))
    unsafe cells = .allocate(capacity: capacity * max(1, width))
    unsafe cells.initialize(repeating: Self.missing, count: capacity * max(1, width))
    unsafe isText = .allocate(capacity: max(1, width))
    for (column, kind) in columns.enumerated() {
      unsafe (isText + column).initialize(to: kind)
    }
  }

  func deallocate() {
    unsafe cells.deallocate()
    unsafe isText.deallocate()
  }

  /// The bits that stand for a missing number.
  static let missing: UInt64 = 0x7FF8_0000_0000_0000

  /// A number as the bits of a `Double`; a NaN that carries the letter of a tagged missing value.
  @inline(__always)
  static func bits(_ value: readstat_value_t) -> UInt64 {
    if unsafe value.is_tagged_missing != 0 {
      return missing | UInt64(UInt8(bitPattern: unsafe value.tag))
    }
    if unsafe value.is_system_missing != 0 { return missing }
    let number: Double
    switch unsafe value.type {
    case READSTAT_TYPE_DOUBLE: number = unsafe value.v.double_value
    case READSTAT_TYPE_FLOAT: number = unsafe Double(value.v.float_value)
    case READSTAT_TYPE_INT32: number = unsafe Double(value.v.i32_value)
    case READSTAT_TYPE_INT16: number = unsafe Double(value.v.i16_value)
    case READSTAT_TYPE_INT8: number = unsafe Double(value.v.i8_value)
    default: return missing
    }
    return number.isNaN ? missing : number.bitPattern
  }
}
