import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraSurvey

/// Runs the command that the arguments name, and ends the process with the right status.
enum Shell {
  /// Parses, runs and exits.
  ///
  /// - Parameter arguments: What stands behind the program's name.
  static func run(_ arguments: [String]) -> Never {
    if arguments.contains("--reproducible") {
      NumericKernel.useCommon()
    } else {
      NumericKernel.useBest()
    }
    NumericThreads.useSingleThread()
    Interrupts.cleanUpOnSignals()
    #if TESSERA_FUZZ
      if arguments == ["fuzz-loop"] { FuzzLoop.run() }
    #endif
    let json = arguments.contains("--json")
    do {
      try refuseUnknownCommand(arguments)
      if arguments.count > 1, arguments[0] == "help", arguments[1] == "study" {
        try StudyHelp.show(arguments.count > 2 ? arguments[2] : nil)
        try Console.flush()
        Foundation.exit(0)
      }
      var command = try TesseraCommand.parseAsRoot(arguments)
      try refuseLittleMemory(arguments)
      try command.run()
      try Console.flush()
      Foundation.exit(0)
    } catch {
      Interrupts.waitIfEnding()
      Foundation.exit(Failure.tell(error, json: json))
    }
  }

  /// Below this many megabytes of addresses the numeric library may wait for memory that never comes.
  private static let leastMegabytes: UInt = 800

  /// Refuses work under a limit of addresses (`ulimit -v`) that is known to be too small for it.
  private static func refuseLittleMemory(_ arguments: [String]) throws {
    guard let limit = AddressSpace.limit, !arguments.isEmpty else { return }
    let given = limit / 1_000_000
    guard given < leastMegabytes else { return }
    throw MemoryRefused(given: given, least: leastMegabytes)
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

/// Too few addresses to work with.
struct MemoryRefused: ReportedError {
  /// What the user is told.
  let report: ErrorReport

  /// Refuses a limit.
  ///
  /// - Parameters:
  ///   - given: The limit, in megabytes.
  ///   - least: What the command needs.
  init(given: UInt, least: UInt) {
    report = ErrorReport(
      code: "E0715",
      message: "the address space is limited to \(given) MB, and Tessera needs \(least) MB",
      hint: "raise the limit (ulimit -v \(least * 1000)), or take it away (ulimit -v unlimited)",
      exitStatus: 70)
  }
}
