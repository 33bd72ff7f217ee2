import ArgumentParser
import Foundation
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera target`: which segment to target.
struct TargetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "target",
    abstract: "Which segment to target: size, unserved needs, own fit, acceptance, reach, value.",
    discussion: """
      Segments are ranked by each criterion: people (of the population, where it is known), points of \
      their needs that no product serves, fit of the best own product against the best competitor \
      (market: in the study), acceptance of the best own product, reach of the best channel, and value: \
      people x acceptance x margin, where products have prices and costs. There is one score only from \
      money, or from your own weights. Beside it stands for what part of all weightings of the criteria \
      each segment is first, and in how many samples, drawn again and segmented again.

      EXAMPLES
        tessera target study-tessera
        tessera target study-tessera --weights size=1,unserved=2,fit=1 --json
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Option(
    help: ArgumentHelp(
      "Criteria and how much each counts: size, unserved, fit, acceptance, reach, value.",
      valueName: "criterion=weight,..."))
  var weights: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let weights = try self.weights.map(Self.parsed) ?? []
    let finished = try FinishedRun(subject, moved)
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, isResampled: true, warn: output.warn)
    let ranking = try TargetFinder(study, segmented, settings: settings).ranking(weights: weights)
    if output.json {
      var document: JSONValue = ["schema": "tessera.target/1"]
      document.add(ranking.json)
      try Console.out(document.text)
      return
    }
    try Console.out(SectionText.text(TargetReport(ranking, segments: segmented.segments).blocks))
  }

  private static func parsed(_ text: String) throws -> [TargetRanking.Weight] {
    let names = TargetCriterion.allCases.map(\.rawValue)
    var weights: [TargetRanking.Weight] = []
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard pair.count == 2, let weight = Double(pair[1]), weight >= 0, weight.isFinite else {
        throw UsageError(
          message: "--weights takes CRITERION=NUMBER, not '\(DisplayText.escaped(String(part)))'",
          hint: "for example --weights size=1,unserved=2")
      }
      guard let criterion = TargetCriterion(rawValue: pair[0]) else {
        throw UsageError(
          message: "there is no criterion '\(DisplayText.escaped(pair[0]))'",
          hint: NearestName.question(pair[0], among: names)
            ?? "criteria: \(names.joined(separator: ", "))")
      }
      guard !weights.contains(where: { $0.criterion == criterion }) else {
        throw UsageError(message: "\(pair[0]) is weighed twice", hint: "name each criterion once")
      }
      weights.append(.init(criterion, weight))
    }
    guard weights.contains(where: { $0.weight > 0 }) else {
      throw UsageError(
        message: "no weight is above 0", hint: "for example --weights size=1,unserved=2")
    }
    return weights
  }
}
