internal import Glibc

/// Reads the messages of the parent from standard input.
struct FrameReader {
  private var buffer: [UInt8] = []
  private var position = 0

  /// Reads a number of bytes.
  ///
  /// - Returns: `nil` if the input ends before.
  mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
    while buffer.count - position < count {
      guard fill(count) else { return nil }
    }
    defer { position += count }
    return buffer[position..<position + count]
  }

  private mutating func fill(_ count: Int) -> Bool {
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    let start = buffer.count
    let room = max(1 << 18, count - start)
    buffer.append(contentsOf: [UInt8](repeating: 0, count: room))
    var got = -1
    repeat {
      got = unsafe buffer.withUnsafeMutableBytes { target in
        unsafe read(0, target.baseAddress.map { unsafe $0 + start }, room)
      }
    } while got < 0 && errno == EINTR
    buffer.removeLast(room - max(0, got))
    return got > 0
  }

  /// A whole number below 2³².
  mutating func count() -> Int? {
    guard let bytes = bytes(4) else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number's bits.
  mutating func word() -> UInt64? {
    guard let bytes = bytes(8) else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A text, with a zero behind it as C wants it.
  mutating func text() -> [CChar]? {
    guard let count = count(), count <= 1 << 24, let bytes = bytes(count) else { return nil }
    return bytes.map { CChar(bitPattern: $0) } + [0]
  }
}
