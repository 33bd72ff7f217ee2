import ArgumentParser
import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// What every command understands.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document to standard output and nothing else there.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress and no notes; errors are still told.")
  var quiet = false

  /// Options under which nothing is told.
  static var silent: OutputOptions {
    var options = OutputOptions()
    options.json = false
    options.quiet = true
    return options
  }

  /// Tells a note on standard error, unless the user wants quiet.
  func note(_ text: String) {
    guard !quiet else { return }
    Console.errorText(DisplayText.escaped(text, limit: 4000))
  }

  /// Tells a warning on standard error, unless the user wants quiet.
  func warn(_ text: String) {
    guard !quiet else { return }
    let style = Console.Style.forErrors
    Console.errorText("\(style.yellow("warning:")) \(DisplayText.escaped(text, limit: 4000))")
  }

  /// Where long work tells how far it has come: a line on a terminal, one every ten seconds elsewhere.
  var progress: TesseraMath.Progress {
    guard !quiet else { return .silent }
    let meter = ProgressMeter(isWatched: Console.isWatched)
    return TesseraMath.Progress { phase, done, total in meter.show(phase, done, total) }
  }
}

/// What every command understands in which chance or work is involved.
struct WorkOptions: ParsableArguments {
  @Option(help: "Seed of all chance; the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Option(help: "Threads to use; the result is the same for any number. Default: all cores.")
  var threads: Int?

  // Read by the shell, before the numeric library is set up.
  @Flag(help: "The same bytes on every processor too, as old ones compute; a little slower.")
  var reproducible = false

  @Option(
    name: .customLong("minimum-cell"),
    help: "Suppress cells of fewer respondents; 1 suppresses none.")
  var minimumCell = 10

  @Option(
    help: "standard hides groups of under 10 people, strict also small counts, none nothing.",
    transform: WorkOptions.privacy)
  var privacy: Privacy?

  @Option(help: "Bootstrap replicates for intervals of segments and of the fit; shares need 500.")
  var replicates = 500

  private static func privacy(_ word: String) throws -> Privacy {
    guard let level = Privacy(rawValue: word) else {
      throw ValidationError("--privacy is standard, strict or none")
    }
    return level
  }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
    if minimumCell < 1 { throw ValidationError("--minimum-cell must be 1 or more") }
    if replicates < 2 { throw ValidationError("--replicates must be 2 or more") }
  }

  /// The same as settings of a run.
  func settings(_ output: OutputOptions) -> RunSettings {
    var settings = RunSettings()
    settings.seed = seed
    settings.workers = Workers(threads ?? ProcessInfo.processInfo.activeProcessorCount)
    settings.minimumCell = minimumCell
    settings.askedPrivacy = privacy
    settings.replicates = replicates
    settings.progress = output.progress
    return settings
  }
}
