import ArgumentParser
import TesseraMath
import TesseraSegmentation

/// Counts the rounds that acceleration saves.
struct RoundsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rounds",
    abstract: "Count the rounds of EM for latent classes with and without acceleration.",
    discussion: """
      Every start is carried to within 0.0001 of its optimum, once as the search does it and once by \
      plain EM. Starts whose two runs end in different optima are left out, and counted.
      """)

  @Option(help: "Respondents drawn.")
  var rows = 2_000

  @Option(help: "A survey to read in place of a drawn one.")
  var csv: String?

  @Option(help: "Classes.")
  var segments = 8

  @Option(help: "Starts tried.")
  var starts = 20

  @Flag(help: "Go for the greatest posterior, not to the greatest likelihood.")
  var prior = false

  @Option(help: "Seed of the starts.")
  var seed: UInt64 = 1

  func run() throws {
    let survey =
      if let csv { try SyntheticSurvey(file: csv) } else { SyntheticSurvey(respondents: rows) }
    let data = try LatentClassData(try survey.items())
    let settings = LatentClass(
      segments: segments, starts: .fixed(starts), prior: prior ? .default : .none,
      stream: RandomStream(seed: seed))
    let found = (0..<starts).compactMap {
      LatentRounds.compare(data, settings: settings, start: $0)
    }
    let accelerated = found.map { $0.accelerated }.reduce(0, +)
    let plain = found.map { $0.plain }.reduce(0, +)
    // A whole search carries on the best of its starts only.
    let search = try settings.fit(data)
    var line: [String: any Encodable] = [
      "task": "rounds", "n": survey.count, "segments": segments, "starts": starts,
      "compared": found.count, "accelerated": accelerated, "plain": plain,
    ]
    line["share"] = Double(accelerated) / Double(max(1, plain))
    line["plain_a_start"] = Double(plain) / Double(max(1, found.count))
    line["best"] = found.map { $0.objective }.max() ?? Double.nan
    line["search_rounds"] = Double(search.respondentRounds) / Double(survey.count)
    line["search_loglik"] = search.logLikelihood
    print(JSONLine(line).text)
  }
}
