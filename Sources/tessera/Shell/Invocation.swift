import Foundation
import TesseraStudy

/// How a command was called: kept in `run.json`, so that its outputs can be made again.
struct Invocation {
  /// What stood behind the command's name.
  let arguments: [String]
  /// The folder it was called in.
  let directory: String

  /// How this process was called.
  static var current: Invocation {
    Invocation(
      arguments: Array(CommandLine.arguments.dropFirst(2)),
      directory: FileManager.default.currentDirectoryPath)
  }

  /// The call as `run.json` has it.
  var json: JSONValue {
    ["arguments": arguments, "directory": directory]
  }
}

extension Invocation {
  /// Reads the call back.
  init?(_ json: JSONValue?) {
    guard let arguments = json?["arguments"]?.array, let directory = json?["directory"]?.string
    else { return nil }
    self.init(arguments: arguments.compactMap(\.string), directory: directory)
  }
}
