/// Bytes that something else keeps in memory, read without copying.
///
/// Positions must lie inside; that is checked in debug builds only, because every byte of every
/// file goes through here.
@safe
struct ByteView: @unchecked Sendable {
  private let base: UnsafePointer<UInt8>
  /// Number of bytes.
  let count: Int

  /// Where the bytes stand, for a C library that reads them; valid as long as their owner lives.
  var pointer: UnsafePointer<UInt8> { unsafe base }

  /// Looks at bytes; whoever owns them must outlive the view.
  init(base: UnsafePointer<UInt8>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The bytes before a position.
  func prefix(_ end: Int) -> ByteView {
    unsafe ByteView(base: base, count: min(end, count))
  }

  /// The bytes from a position on.
  func suffix(from start: Int) -> ByteView { part(start..<count) }

  /// Some of the bytes.
  func part(_ range: Range<Int>) -> ByteView {
    assert(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe ByteView(base: base + range.lowerBound, count: range.count)
  }

  /// Adds the bytes to an array.
  func append(to bytes: inout [UInt8]) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
  }

  /// Whether bytes of ASCII stand at a position.
  @inline(__always)
  func begins(with text: StaticString, _ position: Int) -> Bool {
    guard position + text.utf8CodeUnitCount <= count else { return false }
    for place in 0..<text.utf8CodeUnitCount
    where unsafe base[position + place] != text.utf8Start[place] { return false }
    return true
  }

  /// Where bytes of ASCII stand first within a range.
  func place(of text: StaticString, in range: Range<Int>) -> Int? {
    range.first { begins(with: text, $0) }
  }

  /// The byte at a position.
  subscript(position: Int) -> UInt8 {
    @inline(__always) get {
      assert(position >= 0 && position < count)
      return unsafe base[position]
    }
  }

  /// Eight bytes from a position, the first in the lowest place.
  @inline(__always)
  func word(_ position: Int) -> UInt64 {
    assert(position >= 0 && position + 8 <= count)
    return unsafe UInt64(
      littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
  }

  /// A hash of some bytes.
  @inline(__always)
  func hash(_ range: Range<Int>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
    var position = range.lowerBound
    while position + 8 <= range.upperBound {
      state = (state ^ word(position)) &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 32
      position += 8
    }
    while position < range.upperBound {
      state = (state ^ UInt64(self[position])) &* 0xC4CE_B9FE_1A85_EC53
      state ^= state >> 29
      position += 1
    }
    return state ^ state >> 31
  }

  /// Whether some bytes equal some bytes of another view.
  func equals(_ range: Range<Int>, _ other: ByteView, _ otherStart: Int) -> Bool {
    assert(range.upperBound <= count && otherStart + range.count <= other.count)
    return unsafe memoryEquals(base + range.lowerBound, other.base + otherStart, range.count)
  }

  /// Some bytes as a text; they must be valid UTF-8.
  func text(_ range: Range<Int>) -> String {
    assert(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe String(
      decoding: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count),
      as: UTF8.self)
  }

  /// Some bytes, copied.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    assert(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(
      UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// How often a byte occurs in a range.
  func occurrences(of byte: UInt8, in range: Range<Int>) -> Int {
    var found = 0
    var position = range.lowerBound
    let (ones, low) = (0x0101_0101_0101_0101 as UInt64, 0x7F7F_7F7F_7F7F_7F7F as UInt64)
    let pattern = ones &* UInt64(byte)
    while position + 8 <= range.upperBound {
      // A byte that equals is zero now, and the only one whose highest bit is set below.
      let rest = word(position) ^ pattern
      found += (~((rest & low) &+ low | rest | low)).nonzeroBitCount
      position += 8
    }
    while position < range.upperBound {
      if self[position] == byte { found += 1 }
      position += 1
    }
    return found
  }

  /// The first position of a byte in a range.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var position = range.lowerBound
    while position < range.upperBound {
      if self[position] == byte { return position }
      position += 1
    }
    return nil
  }
}
