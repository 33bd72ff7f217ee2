internal import Glibc

/// The bytes of a pipe, in the order they come.
@safe
final class PipeBytes: @unchecked Sendable {
  /// What a user calls it.
  let file: String
  private let descriptor: Int32
  /// Whether all has been read.
  private(set) var isAtEnd = false

  /// Opens a pipe; `nil` where it is a file, or where there is nothing.
  ///
  /// - Parameter file: A path, or `-` for standard input.
  /// - Throws: ``SurveyFileError`` if it cannot be opened.
  init?(_ file: String) throws(SurveyFileError) {
    let isInput = file == SurveyBlocks.standardInput
    var status = stat()
    let found = unsafe isInput ? fstat(0, &status) : stat(file, &status)
    let kind = status.st_mode & S_IFMT
    guard found == 0, isInput || kind == S_IFIFO || kind == S_IFCHR || kind == S_IFSOCK else {
      return nil
    }
    descriptor = isInput ? 0 : unsafe Glibc.open(file, O_RDONLY | O_CLOEXEC)
    self.file = isInput ? "standard input" : file
    guard descriptor >= 0 else {
      throw .cannotOpen(file: file, reason: unsafe String(cString: strerror(errno)))
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// Reads on.
  ///
  /// - Parameters:
  ///   - rest: Bytes that were read and come first.
  ///   - count: Bytes in all, fewer only where the pipe ends.
  /// - Returns: The bytes.
  /// - Throws: ``SurveyFileError`` if the pipe cannot be read.
  func read(behind rest: [UInt8], _ count: Int) throws(SurveyFileError) -> FileBytes {
    let capacity = max(count, rest.count, 1)
    let base = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe rest.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { unsafe base.initialize(from: start, count: buffer.count) }
    }
    var filled = rest.count
    while filled < capacity {
      let got = unsafe Glibc.read(descriptor, base + filled, capacity - filled)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        let reason = unsafe String(cString: strerror(errno))
        unsafe base.deallocate()
        throw .readFailed(file: file, reason: reason)
      }
      if got == 0 {
        isAtEnd = true
        break
      }
      filled += got
    }
    return unsafe FileBytes(taking: base, count: filled)
  }

  /// Puts the whole pipe into a temporary file, for formats that cannot be read as they come.
  ///
  /// - Parameters:
  ///   - first: What was read of it.
  ///   - limit: Bytes that the file may take.
  ///   - body: Reads the file, which is gone afterwards.
  /// - Returns: What the body returns.
  /// - Throws: ``SurveyFileError`` if there is no room, or as the body does.
  func spooled<Value>(
    behind first: FileBytes, limit: Int = 4 << 30, _ body: (String) throws(SurveyFileError) -> Value
  ) throws(SurveyFileError) -> Value {
    let folder = TemporaryFolder.base()
    var name = Array(TemporaryFolder.pattern(in: folder).utf8CString)
    let copy = unsafe name.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkstemp($0) } ?? -1
    }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard copy >= 0 else {
      let why = unsafe String(cString: strerror(errno))
      throw .readFailed(file: file, reason: "no temporary file can be made in \(folder): \(why)")
    }
    TemporaryFolder.hold(path)
    defer {
      close(copy)
      TemporaryFolder.remove(path)
    }
    let output = AtomicOutput(file: path, descriptor: copy, isRegular: true)
    var piece = first
    var total = 0
    while piece.view.count > 0 {
      total += piece.view.count
      guard total <= limit else {
        throw .readFailed(
          file: file,
          reason:
            "more than \(limit >> 30) GB of a format that cannot be read as it comes; save it "
            + "to a file")
      }
      do throws(OutputError) {
        try output.append(piece.view.bytes(0..<piece.view.count))
      } catch {
        throw .readFailed(file: file, reason: "the temporary file in \(folder) cannot be written")
      }
      if isAtEnd { break }
      piece = try read(behind: [], 1 << 20)
    }
    return try body(path)
  }
}
