extension NumberGrammar {
  /// Reads a number of up to eight bytes that is written plainly: digits, perhaps a minus before
  /// them, perhaps a decimal mark.
  ///
  /// - Parameters:
  ///   - word: The bytes, the first in the lowest place; what stands behind them does not matter.
  ///   - length: Number of bytes, from 1 to 8.
  /// - Returns: What ``parse(_:_:)`` gives; NaN for everything that is left to it.
  @inline(__always)
  package func plain(_ word: UInt64, _ length: UInt32) -> Double {
    var length = length
    var word = word
    let isNegative = word & 0xFF == 0x2D
    if isNegative {
      word &>>= 8
      length &-= 1
      if length == 0 { return .nan }
    }
    // The last byte in the highest place, and zeros before the first.
    let empty = UInt64(64 &- 8 &* length)
    let zeros: UInt64 = 0x3030_3030_3030_3030
    let text = length == 8 ? word : word &<< empty | zeros &>> (64 &- empty)
    var digits = text ^ zeros
    let strange = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    // A zero before another digit may belong to an identifier.
    if word & 0xFF == 0x30, length > 1, word &>> 8 & 0xFF != UInt64(decimal) { return .nan }
    if strange == 0 {
      let value = Double(Self.value(digits))
      return isNegative ? -value : value
    }
    guard strange & (strange &- 1) == 0, length > 1 else { return .nan }
    let bit = UInt64(truncatingIfNeeded: strange.trailingZeroBitCount) &- 7
    guard text &>> bit & 0xFF == UInt64(decimal) else { return .nan }
    // The digits before the mark move up by one place.
    let below = (1 &<< bit) &- 1
    digits = digits & ~(below | 0xFF &<< bit) | (digits & below) &<< 8
    let fraction = Int(truncatingIfNeeded: (56 &- bit) &>> 3)
    let value = Double(Self.value(digits)) / Self.smallPowers(fraction)
    return isNegative ? -value : value
  }

  /// The number that eight digits are, the first in the lowest place.
  @inline(__always)
  private static func value(_ digits: UInt64) -> UInt64 {
    let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
  }

  @inline(__always)
  private static func smallPowers(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    default: 10_000_000
    }
  }
}

/// Reads the cells of a column as numbers.
enum NumberReader {
  /// Reads numbers until one cell is none.
  ///
  /// - Parameters:
  ///   - fields: The rows.
  ///   - column: Which field of each.
  ///   - view: The text.
  ///   - grammar: What counts as a number.
  ///   - first: The row to begin with.
  ///   - result: Room for a number for each row from the first.
  ///   - other: Reads what is not written plainly; `nil` if it is no number and not missing.
  /// - Returns: The row behind the last one read.
  @unsafe @inline(__always)
  static func read(
    _ fields: CSVFields, _ column: Int, _ view: ByteView, _ grammar: NumberGrammar,
    from first: Int, into result: UnsafeMutablePointer<Double>,
    other: (Range<Int>, _ row: Int) -> Double?
  ) -> Int {
    let text = unsafe view.pointer + fields.base
    var walk = fields.walk(column, from: first)
    var row = first
    while row < fields.rowCount {
      var (start, end) = walk.next()
      if end >> 31 != 0 {
        start &+= 1
        end = (end & 0x7FFF_FFFF) &- 1
      }
      let length = end &- start
      if length == 0 {
        unsafe result[row &- first] = .nan
        row &+= 1
        continue
      }
      if length <= 8, row < fields.roomyRows {
        let word = unsafe UInt64(
          littleEndian: UnsafeRawPointer(text + Int(start)).loadUnaligned(as: UInt64.self))
        let value = grammar.plain(word, length)
        if !value.isNaN {
          unsafe result[row &- first] = value
          row &+= 1
          continue
        }
      }
      let range = fields.base &+ Int(start)..<fields.base &+ Int(end)
      guard let value = other(range, row) else { return row }
      unsafe result[row &- first] = value
      row &+= 1
    }
    return row
  }
}
