internal import Glibc

/// Puts one folder in the place of another.
public enum FolderSwap {
  /// Exchanges two folders at once: whoever looks sees all of the one or all of the other.
  ///
  /// Where the file system cannot exchange, the folders are renamed one after the other, and back
  /// again if the second step fails.
  ///
  /// - Parameters:
  ///   - one: A folder.
  ///   - other: A folder on the same file system.
  /// - Throws: ``OutputError`` if they cannot be exchanged; then both are where they were.
  public static func exchange(_ one: String, _ other: String) throws(OutputError) {
    if let renameat2 = unsafe dlsym(nil, "renameat2").map({
      unsafe unsafeBitCast($0, to: Rename.self)
    }), unsafe renameat2(AT_FDCWD, one, AT_FDCWD, other, exchanging) == 0 {
      return
    }
    let aside = other + ".tessera-aside"
    guard unsafe rename(other, aside) == 0 else { throw failure(other) }
    guard unsafe rename(one, other) == 0 else {
      let error = failure(other)
      _ = unsafe rename(aside, other)
      throw error
    }
    guard unsafe rename(aside, one) == 0 else { throw failure(one) }
  }

  /// Puts a file in the place of another, or where none is.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - target: Its new path, on the same file system.
  /// - Throws: ``OutputError`` if it cannot be renamed; then both are where they were.
  public static func move(_ file: String, to target: String) throws(OutputError) {
    guard unsafe rename(file, target) == 0 else { throw failure(target) }
  }

  /// `renameat2`, which glibc has and its module map for Swift leaves out.
  private typealias Rename =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
  /// `RENAME_EXCHANGE`.
  private static let exchanging: UInt32 = 2

  private static func failure(_ path: String) -> OutputError {
    .cannotCreate(file: path, reason: unsafe String(cString: strerror(errno)))
  }
}
