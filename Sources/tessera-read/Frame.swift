internal import Glibc

/// One message to the parent: a tag, a length, and little-endian values.
struct Frame {
  /// The message's bytes behind its length.
  private var bytes: [UInt8] = []
  private let tag: UInt8

  /// Starts a message.
  init(_ tag: Character) {
    self.tag = tag.asciiValue ?? 0
  }

  /// Adds a whole number below 2³².
  mutating func add(_ number: Int) {
    let value = UInt32(truncatingIfNeeded: number)
    for shift: UInt32 in [0, 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Adds a number.
  mutating func add(_ number: Double) {
    let value = number.bitPattern
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Adds a text with its length.
  mutating func add(_ text: [UInt8]) {
    add(text.count)
    bytes.append(contentsOf: text)
  }

  /// Writes the message; the process ends if nobody listens any more.
  func send() {
    var head = Frame("-")
    head.bytes.append(tag)
    head.add(bytes.count)
    Output.write(head.bytes)
    Output.write(bytes)
  }
}

/// Standard output.
enum Output {
  /// Writes bytes, all of them.
  static func write(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe write($0) }
  }

  /// Writes bytes, all of them.
  @unsafe
  static func write(_ buffer: UnsafeRawBufferPointer) {
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
