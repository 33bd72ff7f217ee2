import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraStudy
import TesseraTyping

/// `tessera bridge`: segments from columns that a customer file has.
struct BridgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bridge",
    abstract: "Segments from columns that the survey and a customer file share.",
    discussion: """
      Customers never answered the survey. A model learns the segment from the columns that both have, \
      allows for the doubt in the survey's own typing, and is judged on people left out: how many \
      members of each segment are found among the likeliest tenth, with intervals, before somebody \
      buys a campaign. Where the columns find no segment, it says so. The result is a model that \
      assign takes.

      EXAMPLES
        tessera bridge --model study-tessera --from age,region,tenure -o bridge.json
        tessera bridge --model segments.json --from age,region survey.sav -o bridge.json
        tessera assign --model bridge.json customers.csv --map names.csv -o assigned.csv
      """)

  @Option(help: "The model: segments.json of a finished run, or the folder of the run.")
  var model: String

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("Columns that survey and customer file share.", valueName: "columns"))
  var columns: String

  @Argument(help: "The survey, with the model's columns and the shared ones. Default: the run's.")
  var survey: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "File for the model that places customers, such as bridge.json.")
  var target: String?

  @Option(help: ArgumentHelp("Column of sampling weights of the survey.", valueName: "column"))
  var weight: String?

  @Option(
    help: "Below this probability a customer is \"cannot tell\". Default: everybody is placed.")
  var threshold: Double?

  @Option(help: "Parts of the survey, each predicted from the others.")
  var folds = 10

  @Option(help: "Bootstrap replicates of the intervals; every step is done again in each.")
  var replicates = 200

  @Option(help: "Seed of all chance; the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Option(help: "Threads to use; the result is the same for any number. Default: all cores.")
  var threads: Int?

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if ColumnFlags.list(columns).isEmpty {
      throw ValidationError("--from names one column or more")
    }
    if let threshold, !(0..<1).contains(threshold) {
      throw ValidationError("--threshold is from 0 to under 1")
    }
    if !(2...50).contains(folds) { throw ValidationError("--folds is from 2 to 50") }
    if replicates < 0 { throw ValidationError("--replicates must be 0 or more") }
  }

  func run() throws {
    var run = RunSettings()
    run.seed = seed
    run.workers = Workers(threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let found = try ModelAndPeople(
      model, survey: survey, reading: reading.options(threads: threads), settings: run,
      weight: weight, warn: output.warn)
    guard let people = found.people else {
      throw UsageError(
        message: "a bridge needs the survey, to learn from its people",
        hint:
          "name it: tessera bridge --model \(model) --from \(columns) SURVEY; or name the folder "
          + "of a finished run")
    }
    if let target { try SourceGuard.check(target, against: found.files) }
    var settings = BridgeSettings()
    settings.columns = ColumnFlags.list(columns)
    settings.sensitive = found.sensitive.subtracting(found.allowed)
    settings.folds = folds
    settings.replicates = replicates
    settings.seed = seed
    settings.threshold = threshold
    settings.workers = run.workers
    settings.progress = output.progress
    let result = try BridgeResult.make(found.model, people: people, settings: settings)
    if let target { try AtomicFile.write(result.model.json.text, to: target) }
    if output.json {
      try Console.out(result.json.text)
    } else if !output.quiet {
      try Console.out(BridgeText.lines(result, file: target).joined(separator: "\n"))
    }
  }
}
