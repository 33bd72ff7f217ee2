/// Finds where fields and rows end, 64 bytes at a time, in text without surprises.
///
/// Comparing sixteen bytes at once and gathering one bit for each byte needs no instruction beyond
/// the first x86-64. What is unusual (a quote in the middle of a field, a line break inside quotes,
/// an escape) is not judged here: ``CSVRowScanner`` reads such a stretch row by row.
@safe
struct CSVMarkScanner {
  private typealias Bytes = SIMD16<UInt8>

  /// What a stretch came to.
  struct Found {
    /// Number of ends of fields.
    var marks = 0
    /// Number of ends of rows among them.
    var rows = 0
    /// Whether nothing unusual turned up.
    var isPlain = true
  }

  /// How many bytes are looked at in one step.
  static let block = 64

  private let delimiters: Bytes
  private let newlines: Bytes
  private let quotes: Bytes
  private let returns = Bytes(repeating: 0x0D)
  private let takesQuotes: Bool

  /// Looks for the marks of a dialect.
  init(_ dialect: CSVDialect) {
    delimiters = Bytes(repeating: dialect.delimiter)
    newlines = Bytes(repeating: dialect.newline)
    quotes = Bytes(repeating: dialect.quote)
    takesQuotes = dialect.escape == nil && dialect.newline == 0x0A
  }

  /// Finds the marks of some blocks that begin with a row.
  ///
  /// - Parameters:
  ///   - text: The first byte.
  ///   - blocks: How many times 64 bytes.
  ///   - marks: Room for a mark a byte and ``slack``; each is the end of a field, counted from the
  ///     first byte, with the highest bit set if the field stands in quotes.
  /// - Returns: How many were found.
  @unsafe
  func scan(
    _ text: UnsafePointer<UInt8>, blocks: Int, into marks: UnsafeMutablePointer<UInt32>
  ) -> Found {
    var found = Found()
    var block = 0
    while block < blocks {
      // A byte counts to 255, and a block raises it by up to four.
      let stop = min(blocks, block &+ 63)
      var lines = Bytes.zero
      while block < stop {
        let place = unsafe text + block &* Self.block
        let one = unsafe Self.load(place)
        let two = unsafe Self.load(place + 16)
        let three = unsafe Self.load(place + 32)
        let four = unsafe Self.load(place + 48)
        let quoted =
          (one .== quotes) .| (two .== quotes) .| (three .== quotes) .| (four .== quotes)
        if unsafe Self.isAny(quoted) {
          found.rows &+= Self.total(lines)
          guard takesQuotes else {
            found.isPlain = false
            return found
          }
          return unsafe scanQuoted(text, from: block, to: blocks, into: marks, found)
        }
        let lineOne = one .== newlines
        let lineTwo = two .== newlines
        let lineThree = three .== newlines
        let lineFour = four .== newlines
        // Each bit set is minus one.
        lines =
          unsafe lines &- Self.bytes(lineOne) &- Self.bytes(lineTwo)
          &- Self.bytes(lineThree) &- Self.bytes(lineFour)
        let bits = unsafe Self.bits(
          (one .== delimiters) .| lineOne, (two .== delimiters) .| lineTwo,
          (three .== delimiters) .| lineThree, (four .== delimiters) .| lineFour)
        unsafe Self.write(bits, block &* Self.block, marks, &found.marks)
        block &+= 1
      }
      found.rows &+= Self.total(lines)
    }
    return found
  }

  /// What was last seen before a block.
  private struct Carry {
    /// All bits set inside quotes, none outside.
    var inside: UInt64 = 0
    /// The lowest bit is set behind a mark.
    var mark: UInt64 = 0
    /// The same behind a closing quote.
    var closing: UInt64 = 0
    /// The same behind a carriage return that follows one.
    var closedReturn: UInt64 = 0
  }

  /// The same where quotes occur; a doubled quote is one that closes and one that opens.
  @unsafe
  private func scanQuoted(
    _ text: UnsafePointer<UInt8>, from first: Int, to blocks: Int,
    into marks: UnsafeMutablePointer<UInt32>, _ before: Found
  ) -> Found {
    var found = before
    var carry = Carry()
    if first == 0 {
      carry.mark = 1
    } else {
      let last = unsafe text[first &* Self.block &- 1]
      carry.mark = last == delimiters[0] || last == newlines[0] ? 1 : 0
    }
    for block in first..<blocks {
      let place = unsafe text + block &* Self.block
      let one = unsafe Self.load(place)
      let two = unsafe Self.load(place + 16)
      let three = unsafe Self.load(place + 32)
      let four = unsafe Self.load(place + 48)
      let quote = unsafe Self.bits(
        one .== quotes, two .== quotes, three .== quotes, four .== quotes)
      let line = unsafe Self.bits(
        one .== newlines, two .== newlines, three .== newlines, four .== newlines)
      let comma = unsafe Self.bits(
        one .== delimiters, two .== delimiters, three .== delimiters, four .== delimiters)
      let inside = Self.insides(quote) ^ carry.inside
      let opening = quote & inside
      let closing = quote & ~inside
      let bits = (comma | line) & ~inside
      let behindMark = bits << 1 | carry.mark
      let behindClosing = closing << 1 | carry.closing
      var closedReturn: UInt64 = 0
      if behindClosing & ~(bits | quote) != 0 {
        let back = unsafe Self.bits(
          one .== returns, two .== returns, three .== returns, four .== returns)
        closedReturn = behindClosing & back
      }
      let behindReturn = closedReturn << 1 | carry.closedReturn
      let isOdd =
        opening & ~(behindMark | behindClosing)
        | behindClosing & ~(bits | quote | closedReturn) | behindReturn & ~line | line & inside
      if isOdd != 0 {
        found.isPlain = false
        return found
      }
      carry = Carry(
        inside: inside >> 63 == 0 ? 0 : ~0, mark: bits >> 63, closing: closing >> 63,
        closedReturn: closedReturn >> 63)
      let flags = behindClosing | behindReturn
      found.rows &+= (line & bits).nonzeroBitCount
      let start = found.marks
      unsafe Self.write(bits, block &* Self.block, marks, &found.marks)
      guard flags & bits != 0 else { continue }
      for place in start..<found.marks {
        let bit = unsafe UInt64(marks[place] & 63)
        unsafe marks[place] |= UInt32(truncatingIfNeeded: flags &>> bit) << 31
      }
    }
    return found
  }

  /// For each bit whether an odd number of bits is set up to it and with it.
  @inline(__always)
  private static func insides(_ quotes: UInt64) -> UInt64 {
    var bits = quotes
    bits ^= bits << 1
    bits ^= bits << 2
    bits ^= bits << 4
    bits ^= bits << 8
    bits ^= bits << 16
    bits ^= bits << 32
    return bits
  }

  /// Writes where bits are set, four at a time: what is written too much is overwritten.
  @unsafe @inline(__always)
  private static func write(
    _ bits: UInt64, _ origin: Int, _ marks: UnsafeMutablePointer<UInt32>, _ count: inout Int
  ) {
    let found = bits.nonzeroBitCount
    let end = count &+ found
    let base = UInt32(truncatingIfNeeded: origin)
    var rest = bits
    var place = count
    while place < end {
      let target = unsafe marks + place
      // With a bit that is never reached, the processor need not ask whether any is left.
      unsafe target[0] = base &+ lowest(rest)
      rest &= rest &- 1
      unsafe target[1] = base &+ lowest(rest)
      rest &= rest &- 1
      unsafe target[2] = base &+ lowest(rest)
      rest &= rest &- 1
      unsafe target[3] = base &+ lowest(rest)
      rest &= rest &- 1
      place &+= 4
    }
    count = end
  }

  @inline(__always)
  private static func lowest(_ bits: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (bits | 1 << 63).trailingZeroBitCount)
  }

  @unsafe @inline(__always)
  private static func load(_ place: UnsafePointer<UInt8>) -> Bytes {
    unsafe UnsafeRawPointer(place).loadUnaligned(as: Bytes.self)
  }

  @unsafe @inline(__always)
  private static func bytes(_ mask: SIMDMask<SIMD16<Int8>>) -> Bytes {
    unsafe unsafeBitCast(mask, to: Bytes.self)
  }

  @unsafe @inline(__always)
  private static func isAny(_ mask: SIMDMask<SIMD16<Int8>>) -> Bool {
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  /// One bit for each byte of a mask: the sum of eight weights that a multiplication gathers.
  @unsafe @inline(__always)
  private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let weights = SIMD2<UInt64>(repeating: 0x8040_2010_0804_0201)
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self) & weights
    let ones: UInt64 = 0x0101_0101_0101_0101
    return (words[0] &* ones) &>> 56 | ((words[1] &* ones) &>> 56) &<< 8
  }

  @unsafe @inline(__always)
  private static func bits(
    _ one: SIMDMask<SIMD16<Int8>>, _ two: SIMDMask<SIMD16<Int8>>,
    _ three: SIMDMask<SIMD16<Int8>>, _ four: SIMDMask<SIMD16<Int8>>
  ) -> UInt64 {
    unsafe bits(one) | bits(two) &<< 16 | bits(three) &<< 32 | bits(four) &<< 48
  }

  private static func total(_ counts: Bytes) -> Int {
    var result = 0
    for lane in 0..<16 { result &+= Int(counts[lane]) }
    return result
  }
}
