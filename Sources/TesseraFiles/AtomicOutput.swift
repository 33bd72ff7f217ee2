internal import Glibc

/// A file being written by ``AtomicFile``, piece by piece.
public struct AtomicOutput {
  /// The output, as the user named it.
  public let file: String
  private let descriptor: Int32
  /// Whether what was written can be read back and changed; a pipe only takes what comes next.
  let isRegular: Bool

  init(file: String, descriptor: Int32, isRegular: Bool) {
    self.file = file
    self.descriptor = descriptor
    self.isRegular = isRegular
  }

  /// Adds a piece.
  ///
  /// - Parameter bytes: The piece.
  /// - Throws: ``OutputError`` if it cannot be written.
  public func append(_ bytes: some Collection<UInt8>) throws(OutputError) {
    let isWritten =
      unsafe bytes.withContiguousStorageIfAvailable { unsafe write($0) }
      ?? Array(bytes).withUnsafeBufferPointer { unsafe write($0) }
    if !isWritten {
      throw .writeFailed(file: file, reason: unsafe String(cString: strerror(errno)))
    }
  }

  @unsafe
  private func write(_ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = 0
    while offset < buffer.count {
      let written = unsafe Glibc.write(
        descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      offset += written
    }
    return true
  }

  /// Reads back what was written; fewer bytes than asked for where the file ends.
  func read(_ range: Range<Int>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(range.lowerBound))
    }
    return Array(bytes.prefix(max(0, count)))
  }

  /// Writes over what stands at a place.
  func replace(at place: Int, with bytes: [UInt8]) throws(OutputError) {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, off_t(place))
    }
    if count != bytes.count {
      throw .writeFailed(file: file, reason: unsafe String(cString: strerror(errno)))
    }
  }
}
