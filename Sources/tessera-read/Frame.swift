internal import Glibc

/// One message to the parent: a tag, a length, and little-endian values.
struct Frame {
  /// The tag, room for the length, and the message's bytes behind them.
  private var bytes: [UInt8]

  /// Starts a message.
  init(_ tag: Character) {
    bytes = [tag.asciiValue ?? 0, 0, 0, 0, 0]
  }

  /// Adds a byte.
  mutating func add(byte: UInt8) { bytes.append(byte) }

  /// Adds a whole number below 2³².
  mutating func add(_ number: Int) {
    let value = UInt32(truncatingIfNeeded: number)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Adds a number.
  mutating func add(_ number: Double) { add(bits: number.bitPattern) }

  /// Adds a number by its bits, so that a NaN keeps what it carries.
  mutating func add(bits: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  /// Adds a text with its length.
  mutating func add(_ text: [UInt8]) {
    add(text.count)
    bytes.append(contentsOf: text)
  }

  /// Writes the message; the process ends if nobody listens any more.
  mutating func send() {
    let length = UInt32(truncatingIfNeeded: bytes.count - 5)
    for place in 0..<4 { bytes[place + 1] = UInt8(truncatingIfNeeded: length >> UInt32(8 * place)) }
    Output.write(bytes)
  }
}

/// Standard output, by way of a buffer.
enum Output {
  private static let capacity = 1 << 18
  nonisolated(unsafe) private static var pending: [UInt8] = {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    return bytes
  }()

  /// Writes bytes, sooner or later.
  static func write(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe write($0) }
  }

  /// Writes bytes, sooner or later.
  @unsafe
  static func write(_ buffer: UnsafeRawBufferPointer) {
    if unsafe pending.count + buffer.count > capacity { flush() }
    if buffer.count > capacity {
      unsafe send(buffer)
    } else {
      unsafe pending.append(contentsOf: buffer)
    }
  }

  /// Writes what is pending.
  static func flush() {
    unsafe pending.withUnsafeBytes { unsafe send($0) }
    unsafe pending.removeAll(keepingCapacity: true)
  }

  @unsafe
  private static func send(_ buffer: UnsafeRawBufferPointer) {
    var offset = 0
    while offset < buffer.count {
      let written = unsafe Glibc.write(
        1, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
      if written < 0, errno == EINTR { continue }
      if written <= 0 { exit(74) }
      offset += written
    }
  }
}
