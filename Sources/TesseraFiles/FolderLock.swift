internal import Glibc

/// A folder that one process works in at a time.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock; `nil` if another process has it.
  ///
  /// - Parameter file: A file in the folder, made if it is not there.
  /// - Throws: ``OutputError`` if it cannot be made.
  public init?(_ file: String) throws(OutputError) {
    descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .cannotCreate(file: file, reason: unsafe String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }
}
