import Foundation
import TesseraFiles

/// Where the command speaks: answers to standard output, everything else to standard error.
enum Console {
  /// Writes an answer to standard output.
  ///
  /// - Parameter text: The answer; a line break is added if it has none at its end.
  /// - Throws: ``OutputError`` if standard output cannot be written, as on a full device.
  static func out(_ text: String) throws(OutputError) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    try write(Array(line.utf8))
  }

  /// Writes bytes to standard output as they are.
  ///
  /// - Parameter bytes: Such as a CSV file with line ends of its own.
  /// - Throws: ``OutputError`` if standard output cannot be written.
  static func write(_ bytes: [UInt8]) throws(OutputError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      throw .writeFailed(file: "standard output", reason: "no space left, or it was closed")
    }
  }

  /// Writes bytes to standard output as they are.
  static func out(_ bytes: [UInt8]) throws(OutputError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      throw .writeFailed(file: "standard output", reason: "no space left, or it was closed")
    }
  }

  /// Makes sure that what was written has arrived.
  static func flush() throws(OutputError) {
    // Writes are not buffered here, so there is nothing to wait for but the descriptor itself.
    if fcntl(1, F_GETFL) == -1, errno != EBADF {
      throw .writeFailed(file: "standard output", reason: "it was closed")
    }
  }

  /// Writes a line to standard error; a closed standard error is nobody's loss.
  ///
  /// - Parameter text: The line.
  static func errorText(_ text: String) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }

  /// Whether standard error is a terminal that a person watches.
  static let isWatched: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return isatty(2) == 1 && environment["TERM"] != "dumb" && environment["CI"] == nil
  }()

  /// Colours, where they are wanted.
  struct Style {
    let isColoured: Bool

    /// The style of messages: colour on a terminal, unless NO_COLOR says otherwise.
    static let forErrors: Style = {
      let environment = ProcessInfo.processInfo.environment
      let forced = environment["CLICOLOR_FORCE"].map { $0 != "0" } ?? false
      let refused = !(environment["NO_COLOR"] ?? "").isEmpty
      return Style(isColoured: forced || (!refused && Console.isWatched))
    }()

    func red(_ text: String) -> String { isColoured ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
    func yellow(_ text: String) -> String { isColoured ? "\u{1B}[33m\(text)\u{1B}[0m" : text }
    func bold(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  }
}
