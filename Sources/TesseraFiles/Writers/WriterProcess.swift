internal import Glibc

/// Runs `tessera-read write`: feeds it messages and takes the file it makes, piece by piece.
struct WriterProcess {
  /// The output, as the user named it.
  let file: String
  /// Path of the program; beside the running program if left out.
  let program: String?
  /// Most memory and processor time it may take.
  let memory: Int
  let seconds: Int

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - next: Gives the next messages; `nil` when there are no more.
  ///   - receive: Takes the bytes of the file.
  /// - Throws: ``OutputError`` if the program is missing, or refuses, or its bytes are not taken.
  func run(
    _ next: () -> [UInt8]?, receive: (ArraySlice<UInt8>) throws(OutputError) -> Void
  ) throws(OutputError) {
    let program = program ?? ReaderProcess.defaultPath()
    guard unsafe access(program, X_OK) == 0 else {
      throw .cannotCreate(
        file: file, reason: "the program tessera-read, which writes it, is not at \(program)")
    }
    var input: [Int32] = [0, 0]
    var output: [Int32] = [0, 0]
    var errors: [Int32] = [0, 0]
    // Sockets, since a write to one can be told not to raise a signal.
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &input) == 0,
      unsafe pipe(&output) == 0, unsafe pipe(&errors) == 0
    else { throw .cannotCreate(file: file, reason: "no pipe could be opened") }
    for end in input + output + errors { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = ChildProcess.start(
      [program, "write", "-", String(memory), String(seconds)], input: input[1],
      output: output[1], errors: errors[1])
    for end in [input[1], output[1], errors[1]] { close(end) }
    defer { for end in [output[0], errors[0]] { close(end) } }
    guard let child else {
      close(input[0])
      throw .cannotCreate(file: file, reason: "tessera-read could not be started")
    }
    var failure: OutputError?
    var isMade = false
    converse(input[0], output[0], next) { bytes in
      isMade = true
      guard failure == nil else { return }
      do throws(OutputError) { try receive(bytes) } catch { failure = error }
    }
    let words = rest(of: errors[0])
    let status = ChildProcess.end(of: child)
    if let failure { throw failure }
    guard status == 0, isMade else {
      let reason =
        words.isEmpty
        ? "the program that writes it ended with status \(status >> 8 & 0xFF), signal "
          + "\(status & 0x7F)" : "ReadStat refuses: \(words)"
      throw .cannotHold(file: file, detail: reason)
    }
  }

  /// Sends and receives at once: either side may have to wait for the other.
  private func converse(
    _ input: Int32, _ output: Int32, _ next: () -> [UInt8]?,
    _ receive: (ArraySlice<UInt8>) -> Void
  ) {
    var pending = next() ?? []
    var sent = 0
    var isSending = true
    func stop() {
      if isSending { close(input) }
      isSending = false
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      while isSending, sent == pending.count {
        sent = 0
        guard let more = next() else {
          stop()
          break
        }
        pending = more
      }
      var waiting = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isSending ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      if unsafe poll(&waiting, 2, -1) < 0 {
        guard errno == EINTR else { break }
        continue
      }
      if waiting[1].revents != 0 {
        let flags = Int32(truncatingIfNeeded: Int(MSG_NOSIGNAL) | Int(MSG_DONTWAIT))
        let count = unsafe pending.withUnsafeBytes { bytes in
          unsafe send(
            input, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, flags)
        }
        if count > 0 { sent += count } else if errno != EAGAIN, errno != EINTR { stop() }
      }
      guard waiting[0].revents != 0 else { continue }
      let count = unsafe buffer.withUnsafeMutableBytes { target in
        unsafe read(output, target.baseAddress, target.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      receive(buffer[..<count])
    }
    stop()
  }

  private func rest(of errors: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 1000)
    let count = unsafe buffer.withUnsafeMutableBytes { target in
      unsafe read(errors, target.baseAddress, target.count)
    }
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}
