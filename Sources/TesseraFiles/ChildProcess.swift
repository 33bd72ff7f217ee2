internal import Glibc

/// A program that runs beside this one.
enum ChildProcess {
  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: Its path, then its arguments.
  ///   - input: Its standard input; `/dev/null` if left out, as for the others.
  ///   - output: Its standard output.
  ///   - errors: Its standard error.
  /// - Returns: The process; `nil` if it could not be started.
  static func start(
    _ words: [String], input: Int32? = nil, output: Int32, errors: Int32? = nil
  ) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (stream, end) in [input, output, errors].enumerated() {
      if let end {
        unsafe posix_spawn_file_actions_adddup2(&actions, end, Int32(stream))
      } else {
        unsafe posix_spawn_file_actions_addopen(
          &actions, Int32(stream), "/dev/null", stream == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }
    var arguments = unsafe words.map { unsafe strdup($0) }
    unsafe arguments.append(nil)
    defer { for place in unsafe arguments.indices { unsafe free(arguments[place]) } }
    var child = pid_t()
    let status = unsafe posix_spawn(&child, words[0], &actions, nil, arguments, environ)
    return status == 0 ? child : nil
  }

  /// Waits until a program has ended.
  ///
  /// - Parameter child: The process.
  /// - Returns: Its status, as `waitpid` gives it.
  static func end(of child: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
