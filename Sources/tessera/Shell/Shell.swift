import ArgumentParser
import Foundation
import TesseraMath
import TesseraSurvey

/// Runs the command that the arguments name, and ends the process with the right status.
enum Shell {
  /// Parses, runs and exits.
  ///
  /// - Parameter arguments: What stands behind the program's name.
  static func run(_ arguments: [String]) -> Never {
    NumericThreads.useSingleThread()
    Interrupts.cleanUpOnSignals()
    let json = arguments.contains("--json")
    do {
      try refuseUnknownCommand(arguments)
      if arguments.count > 1, arguments[0] == "help", arguments[1] == "study" {
        try StudyHelp.show(arguments.count > 2 ? arguments[2] : nil)
        try Console.flush()
        Foundation.exit(0)
      }
      var command = try TesseraCommand.parseAsRoot(arguments)
      try command.run()
      try Console.flush()
      Foundation.exit(0)
    } catch {
      Foundation.exit(Failure.tell(error, json: json))
    }
  }

  /// The parser calls a mistyped command an unexpected argument; this names the nearest command.
  private static func refuseUnknownCommand(_ arguments: [String]) throws {
    guard let first = arguments.first, !first.hasPrefix("-") else { return }
    let names = TesseraCommand.configuration.subcommands.compactMap {
      $0.configuration.commandName
    }
    guard !names.contains(first), first != "help" else { return }
    throw UsageError(
      message: "there is no command '\(DisplayText.escaped(first))'",
      hint: NearestName.question(first, among: names) ?? "tessera --help lists the commands")
  }
}

/// Wrong usage that the argument parser cannot see.
struct UsageError: ReportedError {
  /// What the user is told.
  let report: ErrorReport

  /// Makes an error of usage.
  ///
  /// - Parameters:
  ///   - message: What is wrong.
  ///   - hint: What would help.
  init(message: String, hint: String) {
    report = ErrorReport(code: "E0001", message: message, hint: hint, exitStatus: 64)
  }
}
