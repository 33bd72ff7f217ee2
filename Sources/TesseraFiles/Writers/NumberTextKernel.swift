/// Writes numbers as text into memory, without a `String` for each.
///
/// The text is the one that `String(_:)` gives, but whole numbers have no decimal point.
enum NumberText {
  /// Bytes that a number may take, with those written and left behind its end.
  static let room = 40

  private static let million = 1_000_000.0
  private static let trillion = 1_000_000_000_000.0

  /// Eight digits of a number below 10⁸, the first in the lowest byte; each 0 to 9.
  @inline(__always)
  private static func digits(_ number: UInt64) -> UInt64 {
    // Two numbers of four digits, then four of two, then eight of one, all side by side.
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x7F_0000_007F
    let pairs = hundreds | (fours &- 100 &* hundreds) << 16
    let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (pairs &- 10 &* tens) << 8
  }

  @inline(__always) @unsafe
  private static func store(_ digits: UInt64, _ target: UnsafeMutablePointer<UInt8>) {
    unsafe UnsafeMutableRawPointer(target).storeBytes(
      of: (digits | 0x3030_3030_3030_3030).littleEndian, as: UInt64.self)
  }

  /// Writes a whole number.
  ///
  /// - Returns: How many bytes were written.
  @inline(__always) @unsafe
  static func write(whole number: UInt64, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    guard number >= 10 else {
      unsafe target.pointee = 0x30 | UInt8(truncatingIfNeeded: number)
      return 1
    }
    guard number >= 100_000_000 else {
      let all = digits(number)
      let zeros = all.trailingZeroBitCount & ~7
      unsafe store(all >> UInt64(zeros), target)
      return 8 - zeros / 8
    }
    let (front, rest) = number.quotientAndRemainder(dividingBy: 100_000_000)
    let count = unsafe writeFront(front, target)
    unsafe store(digits(rest), target + count)
    return count + 8
  }

  /// What stands before the last eight digits.
  @inline(never) @unsafe
  private static func writeFront(_ number: UInt64, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    unsafe write(whole: number, target)
  }

  /// Writes a point and twelve decimals without the zeros at their end.
  ///
  /// - Parameters:
  ///   - decimals: From 1, below 10¹².
  ///   - target: Where to.
  /// - Returns: How many bytes were written.
  @inline(__always) @unsafe
  private static func write(decimals: UInt64, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    let (front, rest) = decimals.quotientAndRemainder(dividingBy: 10_000)
    let (first, last) = (digits(front), digits(rest) >> 32)
    unsafe target.pointee = 0x2E
    unsafe store(first, target + 1)
    unsafe store(last, target + 9)
    return rest == 0 ? 9 - first.leadingZeroBitCount / 8 : 13 - (last.leadingZeroBitCount / 8 - 4)
  }

  /// Writes a chance, 0 to 1, with twelve decimals at most: nearer to it than 1e-12.
  ///
  /// - Returns: How many bytes were written.
  @inline(__always) @unsafe
  static func write(chance: Double, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    let scaled = chance * trillion
    let floor = Int(scaled)
    let decimals = scaled - Double(floor) >= 0.5 ? floor &+ 1 : floor
    unsafe target.pointee = 0x30
    if decimals == 0 { return 1 }
    if decimals == 1_000_000_000_000 {
      unsafe target.pointee = 0x31
      return 1
    }
    return unsafe 1 + write(decimals: UInt64(decimals), target + 1)
  }

  /// Writes a number; nothing if it is not finite.
  ///
  /// - Returns: How many bytes were written.
  @inline(__always) @unsafe
  static func write(_ number: Double, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    let size = abs(number)
    if size < 1e15 {
      let whole = UInt64(truncatingIfNeeded: Int(size))
      if Double(Int(truncatingIfNeeded: whole)) == size {
        guard number < 0 else { return unsafe write(whole: whole, target) }
        unsafe target.pointee = 0x2D
        return unsafe 1 + write(whole: whole, target + 1)
      }
    }
    return unsafe writeFraction(number, size, target)
  }

  @inline(never) @unsafe
  private static func writeFraction(
    _ number: Double, _ size: Double, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard size.isFinite else { return 0 }
    // A decimal of at most 15 digits whose nearest `Double` is the number is its shortest text.
    if size >= 1e-3, size < 1e9 {
      let sixth = (size * million).rounded()
      if sixth / million == size {
        let (whole, rest) = UInt64(sixth).quotientAndRemainder(dividingBy: 1_000_000)
        return unsafe write(number, whole: whole, decimals: rest &* 1_000_000, target)
      }
      let twelfth = (size * trillion).rounded()
      if size < 1e3, twelfth / trillion == size {
        let (whole, rest) = UInt64(twelfth).quotientAndRemainder(dividingBy: 1_000_000_000_000)
        return unsafe write(number, whole: whole, decimals: rest, target)
      }
    }
    var count = 0
    for byte in String(number).utf8 {
      unsafe target[count] = byte
      count += 1
    }
    return count
  }

  @unsafe
  private static func write(
    _ number: Double, whole: UInt64, decimals: UInt64, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var count = 0
    if number < 0 {
      unsafe target.pointee = 0x2D
      count = 1
    }
    unsafe count += write(whole: whole, target + count)
    return unsafe count + write(decimals: decimals, target + count)
  }
}
