internal import Glibc
internal import Synchronization

/// What processes that were killed left behind.
enum Leftovers {
  private static let swept = Mutex<Set<String>>([])

  /// Removes what dead processes left in a folder; looks once in the life of this process.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - start: How the names begin: a point for files being written, else for temporary folders.
  ///   - owner: The process that a name says it belongs to; `nil` for names of other make.
  static func sweep(_ folder: String, beginning start: String, owner: (Substring) -> pid_t?) {
    guard swept.withLock({ $0.insert("\(start) \(folder)").inserted }) else { return }
    for name in names(in: folder) where name.hasPrefix(start) {
      guard let process = owner(name[...]), process > 0, kill(process, 0) != 0, errno == ESRCH
      else { continue }
      remove("\(folder)/\(name)")
    }
  }

  /// Removes a file, or a folder of files.
  static func remove(_ path: String) {
    guard unsafe unlink(path) != 0, errno == EISDIR || errno == EPERM else { return }
    // Another thread may still be writing there.
    for _ in 0..<3 {
      for name in names(in: path) { unsafe unlink("\(path)/\(name)") }
      if unsafe rmdir(path) == 0 || errno != ENOTEMPTY { return }
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
