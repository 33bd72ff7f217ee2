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
      Also lists faults that are known of the versions in use, and whether they can reach you.

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
    let versions = DoctorCommand.versions()
    let faults = versions.flatMap { name, version in
      KnownFault.all.filter { $0.library == name && $0.concerns(version) }
        .map { (fault: $0, version: version) }
    }
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
          "libraries": JSONValue.list(versions) { ["name": $0.name, "version": $0.version] },
          "known_faults": JSONValue.list(faults) { known in
            [
              "library": known.fault.library, "version": known.version,
              "fault": known.fault.fault, "consequence": known.fault.consequence,
              "mended_in": known.fault.mendedIn,
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
    guard !faults.isEmpty else { return }
    try Console.out("Faults known of these versions, unless your system mended them:")
    for known in faults {
      try Console.out(
        "  \(known.fault.library) \(known.version): \(known.fault.fault); \(known.fault.consequence)"
      )
    }
  }

  /// Libraries whose versions can be told.
  private static func versions() -> [(name: String, version: String)] {
    var versions: [(name: String, version: String)] = []
    let words = NumericThreads.libraryDescription.split(separator: " ")
    if words.count > 1, words[0] == "OpenBLAS" { versions.append(("OpenBLAS", String(words[1]))) }
    if let reader = SiblingProgram.path(of: "tessera-read"),
      let version = LibraryVersions.readStat(of: reader)
    {
      versions.append(("ReadStat", version))
    }
    return versions + [
      ("expat", LibraryVersions.expat), ("libzip", LibraryVersions.libzip),
      ("zlib", LibraryVersions.zlib),
    ]
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
