internal import Glibc

/// Runs `tessera-read` on a file, and hands on the bytes it writes.
struct ReaderProcess {
  let file: String
  let format: SurveyFormat
  let options: ReadingOptions

  /// Where the program stands if nobody says: beside the running program.
  static func defaultPath() -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBufferPointer { target -> Int in
      guard let start = target.baseAddress else { return 0 }
      return unsafe readlink("/proc/self/exe", start, target.count - 1)
    }
    let bytes = buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
    let path = String(decoding: bytes, as: UTF8.self)
    guard let slash = path.lastIndex(of: "/") else { return "tessera-read" }
    return path[...slash] + "tessera-read"
  }

  /// Runs the program to its end.
  ///
  /// - Parameter receive: Takes the bytes in the order they come; returns false to stop.
  /// - Throws: If the program is missing, dies, or takes too long.
  func run(_ receive: (ArraySlice<UInt8>) -> Bool) throws(SurveyFileError) {
    let program = options.reader ?? Self.defaultPath()
    guard unsafe access(program, X_OK) == 0 else {
      throw .readerMissing(file: file, path: program)
    }
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw .readerFailed(file: file, reason: "no pipe could be opened")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let child = ChildProcess.start(
      [
        program, format.rawValue, file, String(options.readerMemory),
        String(options.readerSeconds), options.encoding ?? "",
      ], output: ends[1])
    close(ends[1])
    guard let child else {
      throw .readerFailed(file: file, reason: "it could not be started")
    }
    let ending = listen(child, ends[0], receive)
    try judge(ending, ChildProcess.end(of: child))
  }

  private enum Ending {
    case closed
    case timedOut
    case stopped
    case failed
  }

  private func listen(
    _ child: pid_t, _ input: Int32, _ receive: (ArraySlice<UInt8>) -> Bool
  ) -> Ending {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    // Processor time is limited inside; this stops a program that waits for ever.
    let deadline = now() + Double(options.readerSeconds) * 2 + 30
    while true {
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&waiting, 1, 1000)
      if ready < 0, errno == EINTR { continue }
      if ready == 0 {
        guard now() < deadline else {
          kill(child, SIGKILL)
          return .timedOut
        }
        continue
      }
      let count = unsafe buffer.withUnsafeMutableBytes { target in
        unsafe read(input, target.baseAddress, target.count)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        kill(child, SIGKILL)
        return .failed
      }
      if count == 0 { return .closed }
      guard receive(buffer[0..<count]) else {
        kill(child, SIGKILL)
        return .stopped
      }
    }
  }

  private func judge(_ ending: Ending, _ status: Int32) throws(SurveyFileError) {
    let signal = status & 0x7F
    switch ending {
    case .timedOut:
      throw .readerFailed(file: file, reason: "it took too long")
    case .stopped, .failed:
      throw .readerFailed(file: file, reason: "what it said made no sense")
    case .closed where signal == SIGXCPU || signal == SIGKILL:
      throw .readerFailed(file: file, reason: "it needed too much time or memory")
    case .closed where signal != 0:
      throw .readerFailed(file: file, reason: "it was ended by signal \(signal)")
    case .closed: break
    }
  }

  private func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
