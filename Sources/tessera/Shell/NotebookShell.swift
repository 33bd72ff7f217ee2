import Foundation
import Synchronization
import TesseraStudy

/// A clean folder with one shell in it, in which the commands of one notebook run.
final class NotebookShell: Sendable {
  /// The folder.
  let folder: URL
  private let process: Process
  private let input: FileHandle
  private let output: FileHandle
  private let count = Mutex(0)

  /// Makes the folder and starts the shell.
  ///
  /// The datasets of the checkout are linked into the folder; the running program is first on the
  /// search path; colours, languages and time zones are those of no one in particular.
  ///
  /// - Parameter notebook: Path of the notebook.
  /// - Throws: ``StudyError`` if the folder or the shell cannot be had.
  init(notebook: String) throws(StudyError) {
    let manager = FileManager.default
    folder = manager.temporaryDirectory.appendingPathComponent(
      "tessera-notebook-\(UUID().uuidString)")
    process = Process()
    let incoming = Pipe()
    let outgoing = Pipe()
    input = incoming.fileHandleForWriting
    output = outgoing.fileHandleForReading
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      if let datasets = NotebookShell.datasets(above: notebook) {
        try manager.createSymbolicLink(
          at: folder.appendingPathComponent("datasets"), withDestinationURL: datasets)
      }
      var environment = ProcessInfo.processInfo.environment
      let own = try manager.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let programs = URL(fileURLWithPath: own).deletingLastPathComponent().path
      environment["PATH"] = programs + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
      environment["NO_COLOR"] = "1"
      environment["LC_ALL"] = "C.UTF-8"
      environment["TZ"] = "UTC"
      environment["TERM"] = "dumb"
      environment["COLUMNS"] = "100"
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["--noprofile", "--norc"]
      process.currentDirectoryURL = folder
      process.environment = environment
      process.standardInput = incoming
      process.standardOutput = outgoing
      process.standardError = outgoing
      try process.run()
    } catch {
      throw StudyError(
        code: "E0720", message: "the shell for the notebook cannot be started", file: notebook,
        hint: "bash and a place for temporary files are needed", exitStatus: 70)
    }
  }

  /// Runs a command in the shell and waits for it.
  ///
  /// - Parameters:
  ///   - command: One line of shell.
  ///   - timeout: Seconds it may take; the shell is ended after that.
  /// - Returns: Status and output.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func run(_ command: String, timeout: Double) throws(StudyError) -> NotebookRunner.Output {
    let number = count.withLock { count -> Int in
      count += 1
      return count
    }
    guard process.isRunning else {
      return NotebookRunner.Output(status: 127, text: "the shell has ended")
    }
    let marker = "tessera-notebook-\(process.processIdentifier)-\(number)"
    // Commands read nothing: what follows in the pipe is the next command.
    let line = "{ \(command)\n} </dev/null\nprintf '%s %d\\n' '\(marker)' $?\n"
    do {
      try input.write(contentsOf: Data(line.utf8))
    } catch {
      return NotebookRunner.Output(status: 127, text: "the shell has ended")
    }
    let ended = Mutex(false)
    let group = process.processIdentifier
    let watch = DispatchWorkItem {
      ended.withLock { $0 = true }
      kill(group, SIGKILL)
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + timeout, execute: watch)
    defer { watch.cancel() }
    var bytes = Data()
    let end = Data("\(marker) ".utf8)
    while true {
      if let found = bytes.range(of: end),
        let lineEnd = bytes[found.upperBound...].firstIndex(of: 0x0A)
      {
        let status = Int32(String(decoding: bytes[found.upperBound..<lineEnd], as: UTF8.self))
        return NotebookRunner.Output(
          status: status ?? 127,
          text: String(decoding: bytes[..<found.lowerBound], as: UTF8.self))
      }
      let part = output.availableData
      if part.isEmpty {
        return NotebookRunner.Output(
          status: 137, text: String(decoding: bytes, as: UTF8.self),
          timedOut: ended.withLock { $0 })
      }
      bytes.append(part)
    }
  }

  /// Ends the shell and removes the folder.
  func close() {
    if process.isRunning { process.terminate() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// The nearest folder `datasets` beside the notebook or above it.
  private static func datasets(above notebook: String) -> URL? {
    var folder = URL(fileURLWithPath: notebook).standardizedFileURL.deletingLastPathComponent()
    while true {
      let candidate = folder.appendingPathComponent("datasets")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
      guard folder.path != "/" else { return nil }
      folder = folder.deletingLastPathComponent()
    }
  }
}
