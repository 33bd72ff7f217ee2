import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraStudy

/// `tessera doctor`: versions, libraries, optional engines.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Versions, libraries and optional programs, and how to get what is missing.",
    discussion: """
      EXAMPLE
        tessera doctor --json
      """)

  @OptionGroup var output: OutputOptions

  /// One thing that Tessera works with.
  private struct Check {
    let name: String
    let found: String?
    let purpose: String
    let remedy: String
  }

  func run() throws {
    let checks = DoctorCommand.checks()
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.doctor/1", "version": TesseraVersion.current,
          "cores": ProcessInfo.processInfo.activeProcessorCount,
          "checks": JSONValue.list(checks) { check in
            [
              "name": check.name, "found": check.found, "purpose": check.purpose,
              "remedy": check.remedy,
            ]
          },
        ] as JSONValue).text)
      return
    }
    try Console.out("Tessera \(TesseraVersion.current)")
    for check in checks {
      let state = check.found ?? "not found; \(check.remedy)"
      try Console.out("  \(check.name): \(state) (\(check.purpose))")
    }
  }

  private static func checks() -> [Check] {
    let reader = SiblingProgram.path(of: "tessera-read")
    return [
      Check(
        name: "cores", found: String(ProcessInfo.processInfo.activeProcessorCount),
        purpose: "threads used unless --threads says otherwise", remedy: ""),
      Check(
        name: "OpenBLAS", found: NumericThreads.libraryDescription,
        purpose: "matrix products and decompositions",
        remedy: "apt-get install libopenblas-dev"),
      Check(
        name: "kernel",
        found: NumericKernel.name
          + (NumericKernel.replaced.map { ", instead of \($0), which OpenBLAS chose" } ?? ""),
        purpose: "for this processor; OPENBLAS_CORETYPE chooses another", remedy: ""),
      Check(
        name: "tessera-read", found: reader,
        purpose: "reads SPSS, Stata and SAS files, writes SPSS and Stata",
        remedy: "build it with: swift build -c release --product tessera-read"),
      Check(
        name: "duckdb", found: SiblingProgram.inPath("duckdb"),
        purpose: "optional: Parquet files", remedy: "pip install duckdb-cli"),
    ]
  }
}

/// Finds programs beside this one and on the search path.
enum SiblingProgram {
  /// The path of a program in this program's own folder.
  ///
  /// - Parameter name: The program's name.
  /// - Returns: Its path, if it is there and can be run.
  static func path(of name: String) -> String? {
    guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return nil }
    let path = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name)
      .path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  /// The path of a program on the search path.
  ///
  /// - Parameter name: The program's name.
  /// - Returns: Its path, if it is there and can be run.
  static func inPath(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy
      .map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
