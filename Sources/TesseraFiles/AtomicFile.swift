internal import Glibc
internal import Synchronization

/// Writes files whole or not at all.
///
/// A file is written under a temporary name in its own folder, flushed to the disk, and renamed;
/// then the folder is flushed. Whatever stood there before stays until that moment. What is not a
/// regular file (a device, a pipe) is written in place.
public enum AtomicFile {
  /// Writes bytes to a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole content.
  ///   - path: Where to; the folder must exist.
  /// - Throws: ``OutputError`` if the file cannot be made or written.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    try write(to: path) { (output) throws(OutputError) in try output.append(bytes) }
  }

  /// Writes a text to a file, as UTF-8.
  ///
  /// - Parameters:
  ///   - text: The whole content.
  ///   - path: Where to; the folder must exist.
  /// - Throws: ``OutputError`` if the file cannot be made or written.
  public static func write(_ text: String, to path: String) throws(OutputError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes a file piece by piece.
  ///
  /// - Parameters:
  ///   - path: Where to; the folder must exist.
  ///   - body: Writes the pieces; if it throws, nothing is left behind.
  /// - Returns: What the body returns.
  /// - Throws: ``OutputError`` if the file cannot be made or written.
  public static func write<Value>(
    to path: String, _ body: (AtomicOutput) throws(OutputError) -> Value
  ) throws(OutputError) -> Value {
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw .cannotCreate(file: path, reason: "it is a folder")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      return try writeInPlace(path, body)
    }
    return try replace(path, mode: exists ? status.st_mode & 0o777 : nil, body)
  }

  /// Writes a file piece by piece out of work that can fail in other ways.
  ///
  /// - Parameters:
  ///   - path: Where to; the folder must exist.
  ///   - body: Writes the pieces; if it throws, nothing is left behind.
  /// - Throws: As the body does, or ``OutputError``.
  public static func writing(to path: String, _ body: (AtomicOutput) throws -> Void) throws {
    var failure: (any Error)?
    do {
      try write(to: path) { (output) throws(OutputError) in
        do {
          try body(output)
        } catch {
          failure = error
          throw OutputError.writeFailed(file: path, reason: "the work before it failed")
        }
      }
    } catch {
      throw failure ?? error
    }
  }

  private static func writeInPlace<Value>(
    _ path: String, _ body: (AtomicOutput) throws(OutputError) -> Value
  ) throws(OutputError) -> Value {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotCreate(file: path, reason: lastReason()) }
    defer { close(descriptor) }
    return try body(AtomicOutput(file: path, descriptor: descriptor, isRegular: false))
  }

  private static func replace<Value>(
    _ path: String, mode: mode_t?, _ body: (AtomicOutput) throws(OutputError) -> Value
  ) throws(OutputError) -> Value {
    // A symbolic link keeps pointing where it points: the file behind it is replaced.
    let target = resolved(path)
    let folder = Self.folder(of: target)
    let name = target.split(separator: "/").last.map(String.init) ?? "output"
    Leftovers.sweep(folder, beginning: ".") { name in
      let parts = name.split(separator: ".")
      return parts.last == "tessera-tmp" && parts.count > 2 ? pid_t(parts[parts.count - 2]) : nil
    }
    let temporary = "\(folder)/.\(name.prefix(100)).\(getpid()).tessera-tmp"
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    var descriptor = unsafe open(temporary, flags, 0o666)
    if descriptor < 0, errno == EEXIST {
      // Only a dead process of the same number can have left it.
      unsafe unlink(temporary)
      descriptor = unsafe open(temporary, flags, 0o666)
    }
    guard descriptor >= 0 else { throw .cannotCreate(file: path, reason: lastReason()) }
    unfinished.withLock { $0.append(temporary) }
    defer { unfinished.withLock { $0.removeAll { $0 == temporary } } }
    if let mode { fchmod(descriptor, mode) }
    let value: Value
    do {
      value = try body(AtomicOutput(file: path, descriptor: descriptor, isRegular: true))
    } catch {
      close(descriptor)
      unsafe unlink(temporary)
      throw error
    }
    let flushed = fsync(descriptor) == 0
    let reason = flushed ? "" : lastReason()
    let closed = close(descriptor) == 0
    guard flushed, closed else {
      let failure = flushed ? lastReason() : reason
      unsafe unlink(temporary)
      throw .writeFailed(file: path, reason: failure)
    }
    guard unsafe rename(temporary, target) == 0 else {
      let failure = lastReason()
      unsafe unlink(temporary)
      throw .cannotCreate(file: path, reason: failure)
    }
    let opened = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if opened >= 0 {
      // Some file systems cannot flush a folder; the file itself is safe already.
      _ = fsync(opened)
      close(opened)
    }
    return value
  }

  /// Removes the temporary files and folders of writes that are under way: for a process about to end.
  public static func removeUnfinished() {
    TemporaryFolder.removeUnfinished()
    for path in unfinished.withLock({ $0 }) {
      unsafe unlink(path)
    }
  }

  /// Temporary files of the writes under way.
  private static let unfinished = Mutex<[String]>([])

  private static func resolved(_ path: String) -> String {
    guard let pointer = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(pointer) }
    return unsafe String(cString: pointer)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func lastReason() -> String {
    unsafe String(cString: strerror(errno))
  }
}
