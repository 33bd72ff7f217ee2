/// Messages to `tessera-read write`: a tag, then little-endian values.
struct StatFrameWriter {
  /// What is to be sent.
  private(set) var bytes: [UInt8] = []

  /// Starts a message.
  mutating func begin(_ tag: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: tag.value)) }

  /// Adds a whole number below 2³².
  mutating func add(_ number: Int) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// Adds a number.
  mutating func add(_ number: Double) { add(bits: number.bitPattern) }

  /// Adds eight bytes.
  mutating func add(bits: UInt64) {
    unsafe withUnsafeBytes(of: bits.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds a text with its length; what stands behind a zero byte would be lost in C.
  mutating func add(_ text: String) {
    let utf8 = text.utf8.prefix { $0 != 0 }
    add(utf8.count)
    bytes.append(contentsOf: utf8)
  }

  /// Forgets what was sent.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
