import ArgumentParser
import Foundation
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera scenario`: the markets that a study imagines, beside today's.
struct ScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Scenarios of the study beside today: shares, fit, people, revenue and profit.",
    discussion: """
      Shares are by first choice, by share of preference (tuned where the study knows market \
      shares) and by randomised first choice. Changes are told with 95% intervals from the run's \
      own replicates, each market compared with today's among the same people.

      EXAMPLES
        tessera scenario study-tessera
        tessera scenario study-tessera rival --segment Families
        tessera scenario study.yaml --json
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Argument(help: "Names of scenarios; all if left out.")
  var names: [String] = []

  @Option(help: "Only this segment, by id or name; everybody if left out.")
  var segment: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let finished = try FinishedRun(subject, moved)
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, isResampled: true, warn: output.warn)
    let wanted = try segment.map { try segmented.segments.named($0) }
    let answer = try ScenarioFinder(study, segmented, settings: settings).scenarios(names)
    if output.json {
      try Console.out(answer.json.text)
      return
    }
    try Console.out(
      ScenarioText(answer, study).lines(wanted).map { DisplayText.escaped($0, limit: 2000) }
        .joined(separator: "\n"))
  }
}
