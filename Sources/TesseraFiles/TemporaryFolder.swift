internal import Glibc
internal import Synchronization

/// A folder for what a library writes only to paths of its own.
///
/// It goes with its use, with the process where that is interrupted, and at the next start where the
/// process was killed.
public enum TemporaryFolder {
  private static let start = "tessera-"
  private static let open = Mutex<[String]>([])

  /// Makes a folder, and removes it with all its files.
  ///
  /// - Parameters:
  ///   - file: The output for which it is needed, for messages.
  ///   - body: Uses the folder, by its path.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or ``OutputError`` if no folder can be made.
  public static func with<Value>(
    for file: String, _ body: (String) throws(OutputError) -> Value
  ) throws(OutputError) -> Value {
    let base = base()
    var name = Array(pattern(in: base).utf8CString)
    let isMade = unsafe name.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard isMade else {
      throw .cannotCreate(
        file: file, reason: "no folder for temporary files can be made in \(base)")
    }
    let folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    hold(folder)
    defer { remove(folder) }
    return try body(folder)
  }

  /// Where temporary files go; what dead processes left there is removed.
  static func base() -> String {
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    Leftovers.sweep(base, beginning: start) { name in
      // tessera-PROCESS-SIX SIGNS
      let parts = name.split(separator: "-")
      return parts.count == 3 && parts[2].utf8.count == 6 ? pid_t(parts[1]) : nil
    }
    return base
  }

  /// A name for `mkstemp` or `mkdtemp`, by which a later process knows whose it was.
  static func pattern(in base: String) -> String { "\(base)/\(start)\(getpid())-XXXXXX" }

  /// Notes a file or folder that goes with the process.
  static func hold(_ path: String) { open.withLock { $0.append(path) } }

  /// Removes what ``hold(_:)`` noted.
  static func remove(_ path: String) {
    Leftovers.remove(path)
    open.withLock { $0.removeAll { $0 == path } }
  }

  /// Removes the folders in use: for a process about to end.
  static func removeUnfinished() {
    for folder in open.withLock({ $0 }) { Leftovers.remove(folder) }
  }
}
