/// A table from texts of up to sixteen bytes to codes, by open addressing.
///
/// Texts hold no zero bytes, so sixteen bytes filled up with zeros tell the length as well.
@safe
struct ShortTextTable: ~Copyable {
  private struct Slot: BitwiseCopyable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var code: UInt32 = 0
  }

  private var slots: UnsafeMutablePointer<Slot>?
  private var mask = -1
  private var shift: UInt64 = 64
  private var count = 0

  /// Makes an empty table, which takes no memory until something is added.
  init() { unsafe slots = nil }

  deinit { unsafe slots?.deallocate() }

  /// The highest bits of the product, which every bit of the text has a part in.
  @inline(__always)
  private func place(_ low: UInt64, _ high: UInt64) -> Int {
    let product = (low ^ (high &<< 23 | high &>> 41)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product &>> shift)
  }

  /// The code of a text; 0 if it is new.
  @inline(__always)
  func find(_ low: UInt64, _ high: UInt64) -> UInt32 {
    guard let slots = unsafe slots else { return 0 }
    var place = place(low, high)
    while true {
      let found = unsafe slots[place]
      if found.low == low, found.high == high { return found.code }
      if found.code == 0 { return 0 }
      place = (place &+ 1) & mask
    }
  }

  /// Adds a text that is not there yet.
  mutating func insert(_ low: UInt64, _ high: UInt64, _ code: UInt32) {
    if (count + 1) * 2 > mask { grow() }
    put(Slot(low: low, high: high, code: code))
    count += 1
  }

  private mutating func grow() {
    let old = unsafe slots
    let oldSize = mask + 1
    let size = max(16, oldSize * 4)
    mask = size - 1
    shift = UInt64(64 - size.trailingZeroBitCount)
    let larger = UnsafeMutablePointer<Slot>.allocate(capacity: size)
    unsafe larger.initialize(repeating: Slot(), count: size)
    unsafe slots = unsafe larger
    guard let old = unsafe old else { return }
    for position in 0..<oldSize where unsafe old[position].code != 0 {
      put(unsafe old[position])
    }
    unsafe old.deallocate()
  }

  private func put(_ slot: Slot) {
    guard let slots = unsafe slots else { return }
    var place = place(slot.low, slot.high)
    while unsafe slots[place].code != 0 { place = (place + 1) & mask }
    unsafe slots[place] = slot
  }
}

/// Looks up the codes of the texts of one column.
@safe
struct TextCodes: ~Copyable {
  /// What is written for a byte whose code is not known, or does not fit.
  static let unknown: UInt8 = 0xFF

  /// Codes of texts of one byte; of no text in the first place.
  let singles: UnsafeMutablePointer<UInt8>
  /// Codes of longer ones, and of single bytes whose code is beyond 254.
  var shorts = ShortTextTable()
  /// Codes of texts by their hash.
  var longs = ShortTextTable()

  /// Knows no text yet.
  init() {
    unsafe singles = .allocate(capacity: 256)
    unsafe singles.initialize(repeating: Self.unknown, count: 256)
    unsafe singles[0] = 0
  }

  deinit { unsafe singles.deallocate() }
}

/// Up to sixteen bytes as two words, filled up with zeros.
@safe
struct ShortText {
  let low: UInt64
  let high: UInt64

  /// Reads a text of 1 to 16 bytes; sixteen must be there.
  @inline(__always)
  init(roomy place: UnsafePointer<UInt8>, _ length: Int) {
    let raw = unsafe UnsafeRawPointer(place)
    let first = unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    if length <= 8 {
      low = first & (~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* length))
      high = 0
    } else {
      low = first
      let second = unsafe UInt64(littleEndian: (raw + 8).loadUnaligned(as: UInt64.self))
      high = second & (~0 &>> UInt64(truncatingIfNeeded: 128 &- 8 &* length))
    }
  }

  /// Reads a text of 1 to 16 bytes, one at a time.
  init(_ view: ByteView, _ start: Int, _ length: Int) {
    var words: (UInt64, UInt64) = (0, 0)
    for offset in 0..<length {
      let byte = UInt64(view[start + offset])
      if offset < 8 {
        words.0 |= byte << UInt64(8 * offset)
      } else {
        words.1 |= byte << UInt64(8 * (offset - 8))
      }
    }
    (low, high) = words
  }

  /// Whether a byte occurs.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let bytes = UInt64(byte) &* 0x0101_0101_0101_0101
    return Self.hasZero(low ^ bytes) || (high != 0 && Self.hasZero(high ^ bytes))
  }

  @inline(__always)
  private static func hasZero(_ word: UInt64) -> Bool {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
  }
}
