import ArgumentParser
import Foundation
import TesseraMath
import TesseraSegmentation

/// Times one workload.
struct TimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time", abstract: "Time one workload and print a line of JSON.")

  @Argument(help: "What to time: \(Workload.allCases.map(\.rawValue).joined(separator: ", ")).")
  var workload: Workload

  @Option(help: "Respondents drawn.")
  var rows = 20_000

  @Option(help: "A survey to read in place of a drawn one.")
  var csv: String?

  @Option(help: "Segments or classes.")
  var segments = 8

  @Option(help: "Starts of a search.")
  var starts = 10

  @Option(help: "Threads.")
  var threads = 1

  @Option(help: "Times the work is done; the median is told.")
  var repeats = 1

  @Option(help: "Seed of the search.")
  var seed: UInt64 = 1

  func run() throws {
    let survey =
      if let csv { try SyntheticSurvey(file: csv) } else { SyntheticSurvey(respondents: rows) }
    let options = Workload.Options(
      segments: segments, starts: starts, workers: Workers(threads), seed: seed)
    let work = try workload.prepare(survey, options)
    let runs = try (0..<max(1, repeats)).map { _ in try Meter.run(work) }
    let median = runs.map(\.meter).median
    print(try line(runs[0].value, median, survey))
  }

  private func line(
    _ outcome: Workload.Outcome, _ meter: Meter, _ survey: SyntheticSurvey
  ) throws -> String {
    var quality = outcome.quality
    if !outcome.labels.isEmpty, !survey.truth.isEmpty {
      quality["ari"] = CrossTable(outcome.labels, survey.truth).adjustedRand
    }
    var result: [String: any Encodable] = [
      "task": workload.rawValue, "peer": "tessera", "n": survey.count, "threads": threads,
      "segments": segments, "starts": starts, "wall_s": meter.wall, "cpu_s": meter.processor,
      "rss_mb": meter.peak, "rss_before_mb": meter.before, "quality": quality,
    ]
    if let rounds = outcome.respondentRounds {
      result["respondent_rounds"] = rounds
      result["ns_per_respondent_round"] = meter.processor * 1e9 / Double(rounds)
    }
    return JSONLine(result).text
  }
}

/// A flat record as one line of JSON with its keys in order.
struct JSONLine {
  let text: String

  init(_ values: [String: any Encodable]) {
    let parts = values.sorted { $0.key < $1.key }.map { key, value in
      "\"\(key)\":\(Self.text(of: value))"
    }
    text = "{" + parts.joined(separator: ",") + "}"
  }

  private static func text(of value: any Encodable) -> String {
    switch value {
    case let number as Double: "\(number)"
    case let number as Int: "\(number)"
    case let numbers as [String: Double]: JSONLine(numbers).text
    default: "\"\(value)\""
    }
  }
}

/// Writes a drawn survey, for other packages to read.
struct SurveyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey", abstract: "Draw a survey and write it as comma-separated text.")

  @Argument(help: "Respondents.")
  var rows: Int

  @Argument(help: "Where to write the answers; the planted segments go beside them, .truth.csv.")
  var file: String

  func run() throws {
    let survey = SyntheticSurvey(respondents: rows)
    try AtomicText.write(survey.text(), to: file)
    let truth = "truth\n" + survey.truth.map { "\($0)\n" }.joined()
    let stem = file.hasSuffix(".csv") ? String(file.dropLast(4)) : file
    try AtomicText.write(truth, to: stem + ".truth.csv")
  }
}

/// Files that are there whole or not at all.
enum AtomicText {
  static func write(_ text: String, to file: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
  }
}
