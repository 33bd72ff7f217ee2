internal import CZlib

/// Opens files that may be compressed with gzip.
enum Gzip {
  /// The most a file may grow: far more than any table, far less than a trap.
  private static let ratio = 200
  private static let always = 64 << 20

  /// The bytes of a file, inflated if it is compressed.
  static func opened(_ file: String) throws(SurveyFileError) -> FileBytes {
    let owner = try FileBytes.open(file)
    guard isCompressed(owner.view) else { return owner }
    return FileBytes.copying(try inflate(owner.view, file))
  }

  /// Whether bytes begin as a compressed file does.
  static func isCompressed(_ view: ByteView) -> Bool {
    view.count >= 18 && view[0] == 0x1F && view[1] == 0x8B && view[2] == 8
  }

  private static func inflate(_ view: ByteView, _ file: String) throws(SurveyFileError) -> [UInt8] {
    var stream = unsafe z_stream()
    let size = Int32(unsafe MemoryLayout<z_stream>.size)
    // 15 bits of window, and 16 more to say that the wrapping is gzip's.
    guard unsafe inflateInit2_(&stream, 31, ZLIB_VERSION, size) == Z_OK else {
      throw .readFailed(file: file, reason: "zlib could not be started")
    }
    defer { unsafe inflateEnd(&stream) }
    let limit = max(always, view.count * ratio)
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var position = 0
    var isAtEnd = false
    while true {
      var input = view.bytes(position..<min(view.count, position + 1 << 18))
      if input.isEmpty { break }
      if isAtEnd {
        // Another member follows; zeros behind the last one are padding.
        guard input.contains(where: { $0 != 0 }) else { break }
        unsafe inflateReset(&stream)
        isAtEnd = false
      }
      let (status, used, made) = unsafe step(&stream, &input, &buffer)
      position += used
      result.append(contentsOf: buffer[..<made])
      guard result.count <= limit else {
        throw .wrongKind(
          file: file, found: "compressed data that grows more than \(ratio)-fold: not a table")
      }
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw .damaged(file: file, detail: "its compressed data cannot be read at byte \(position)")
      }
      if status == Z_STREAM_END { isAtEnd = true }
      if status == Z_BUF_ERROR, used == 0, made == 0 { break }
    }
    guard isAtEnd else {
      throw .damaged(file: file, detail: "its compressed data ends too early")
    }
    return result
  }

  private static func step(
    _ stream: inout z_stream, _ input: inout [UInt8], _ buffer: inout [UInt8]
  ) -> (status: Int32, used: Int, made: Int) {
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe buffer.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        let status = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
        return (
          status, source.count - Int(unsafe stream.avail_in),
          target.count - Int(unsafe stream.avail_out)
        )
      }
    }
  }
}
