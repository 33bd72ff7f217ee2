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
    let run = try ReaderRun(self)
    while let bytes = try run.next() {
      guard receive(bytes) else { throw run.refuse() }
    }
  }
}

/// A running `tessera-read`, whose bytes are taken as they are wanted.
final class ReaderRun {
  private let process: ReaderProcess
  private let child: pid_t
  private let input: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var isRunning = true
  // Processor time is limited inside; this stops a program that waits for ever.
  private let deadline: Double

  /// Starts the program.
  ///
  /// - Parameter process: What it reads, and how.
  /// - Throws: If the program is missing or cannot be started.
  init(_ process: ReaderProcess) throws(SurveyFileError) {
    let (file, options) = (process.file, process.options)
    let program = options.reader ?? ReaderProcess.defaultPath()
    guard unsafe access(program, X_OK) == 0 else {
      throw .readerMissing(file: file, path: program)
    }
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw .readerFailed(file: file, reason: "no pipe could be opened")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = ChildProcess.start(
      [
        program, process.format.rawValue, file, String(options.readerMemory),
        String(options.readerSeconds), options.encoding ?? "",
      ], output: ends[1])
    close(ends[1])
    guard let child else {
      close(ends[0])
      throw .readerFailed(file: file, reason: "it could not be started")
    }
    self.process = process
    self.child = child
    input = ends[0]
    deadline = Self.now() + Double(options.readerSeconds) * 2 + 30
  }

  deinit {
    if isRunning { _ = stop() }
    close(input)
  }

  /// The next bytes; valid until more are asked for.
  ///
  /// - Returns: The bytes; `nil` where the program has ended well.
  /// - Throws: If it died or takes too long.
  func next() throws(SurveyFileError) -> ArraySlice<UInt8>? {
    while true {
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&waiting, 1, 1000)
      if ready < 0, errno == EINTR { continue }
      if ready == 0 {
        guard Self.now() < deadline else {
          _ = stop()
          throw .readerFailed(file: process.file, reason: "it took too long")
        }
        continue
      }
      let count = unsafe buffer.withUnsafeMutableBytes { target in
        unsafe read(input, target.baseAddress, target.count)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw refuse() }
      guard count == 0 else { return buffer[0..<count] }
      isRunning = false
      try judge(ChildProcess.end(of: child))
      return nil
    }
  }

  /// Stops a program that cannot be understood.
  ///
  /// - Returns: What is told of it.
  func refuse() -> SurveyFileError {
    _ = stop()
    return .readerFailed(file: process.file, reason: "what it said made no sense")
  }

  private func stop() -> Int32 {
    isRunning = false
    kill(child, SIGKILL)
    return ChildProcess.end(of: child)
  }

  private func judge(_ status: Int32) throws(SurveyFileError) {
    let signal = status & 0x7F
    guard signal != SIGXCPU, signal != SIGKILL else {
      throw .readerFailed(file: process.file, reason: "it needed too much time or memory")
    }
    guard signal == 0 else {
      throw .readerFailed(file: process.file, reason: "it was ended by signal \(signal)")
    }
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
