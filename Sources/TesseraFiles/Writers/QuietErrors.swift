internal import Glibc

/// Keeps what a library says on standard error from the user, who is told in our own words.
public enum QuietErrors {
  /// Does something while standard error goes nowhere.
  ///
  /// - Parameter body: What the library is asked to do.
  /// - Returns: What the body returns.
  public static func during<Value>(_ body: () -> Value) -> Value {
    let kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard kept >= 0, nowhere >= 0 else {
      if kept >= 0 { close(kept) }
      if nowhere >= 0 { close(nowhere) }
      return body()
    }
    dup2(nowhere, STDERR_FILENO)
    defer {
      dup2(kept, STDERR_FILENO)
      close(kept)
      close(nowhere)
    }
    return body()
  }
}
