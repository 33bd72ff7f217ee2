import ArgumentParser
import Foundation
import TesseraFiles
import TesseraSurvey

/// `tessera demo`: the flagship study, from the data that come with Tessera.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The flagship study, from the data in datasets/ to a report.",
    discussion: """
      Real people (General Social Survey 2018) and real vehicle figures; needs, barriers and media \
      are simulated, and every output says so. datasets/family-cars/README.md tells what is what.

      EXAMPLE
        tessera demo -o family-cars-tessera
      """)

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Folder for the outputs. Default: family-cars-tessera in the current folder.")
  var folder = "family-cars-tessera"

  @Flag(help: "Write into a folder that holds something else.")
  var force = false

  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    guard let study = DemoCommand.study() else {
      throw DemoMissing()
    }
    try RunCommand.execute(
      study: study, folder: folder, force: force, command: "demo", style: report.style,
      work: work,
      reading: .standard(threads: work.threads), output: output)
  }

  /// The study in a checkout.
  static let name = "datasets/family-cars/study.yaml"

  /// The study, looked for from the current folder and from the program upwards.
  private static func study() -> String? {
    if FileManager.default.fileExists(atPath: name) { return name }
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
    var folder = URL(fileURLWithPath: own).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }
}

/// The data of the demonstration are not where they should be.
private struct DemoMissing: ReportedError {
  var report: ErrorReport {
    ErrorReport(
      code: "E0101", message: "the flagship study is not here",
      file: "datasets/family-cars/study.yaml",
      hint: "run this inside a checkout of Tessera", exitStatus: 66)
  }
}
