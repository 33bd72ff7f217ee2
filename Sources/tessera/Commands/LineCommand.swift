public import ArgumentParser
import Foundation
public import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera line`: the products to offer together.
struct LineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "line",
    abstract:
      "The best line of products: by reach, share, revenue or profit, and how sure that is.",
    discussion: """
      Candidates are your own products, the declared edits of them and what scenarios make of them; \
      or all combinations of the levels given with --vary; or the products of a table. Competitors \
      stay as they are. The best line is found exactly (branch and bound), chosen anew in each \
      resample, and told with all lines that chance alone may keep from the first place. For each \
      product of the line it says whom it takes from.

      EXAMPLES
        tessera line study-tessera --products 2
        tessera line study-tessera --goal profit --vary price=25000,28000,31000 --vary seats=5,7
        tessera line study.yaml --candidates ideas.csv --json
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Option(help: "Products of a line.")
  var products = 3

  @Option(help: "What the line should bring: reach, share, revenue or profit.")
  var goal: LineGoal = .share

  @Option(help: "A table of candidates, with the columns of the products.")
  var candidates: String?

  @Option(
    name: [.long, .customLong("levels")],
    help: ArgumentHelp(
      "A feature and the levels it may take; may be repeated, or several joined by ;.",
      valueName: "feature=level,level"))
  var vary: [String] = []

  @Option(
    help: "With --vary: only this product, by name or label; your others may stand beside it.")
  var product: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard (1...10).contains(products) else { throw ValidationError("--products is from 1 to 10") }
    guard candidates == nil || vary.isEmpty else {
      throw ValidationError("--candidates and --vary exclude each other")
    }
    guard product == nil || !vary.isEmpty else {
      throw ValidationError("--product belongs to --vary")
    }
  }

  func run() throws {
    let lists = try vary.flatMap { $0.split(separator: ";") }.map(Self.levels)
    let finished = try FinishedRun(subject, moved)
    var settings = work.settings(output)
    settings.progress = output.progress
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, isResampled: true, warn: output.warn)
    var source = LineSource.declared
    if !lists.isEmpty { source = .levels(lists, product: product) }
    if let candidates { source = .table(try study.candidates(candidates)) }
    let answer = try LineFinder(study, segmented, settings: settings)
      .best(products, goal: goal, from: source)
    if output.json {
      try Console.out(answer.json.text)
      return
    }
    try Console.out(
      LineText(answer).lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n"))
  }

  private static func levels(_ text: Substring) throws -> LineSource.LevelList {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let levels = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : []
    guard parts.count == 2, !levels.isEmpty else {
      throw UsageError(
        message: "--vary takes FEATURE=LEVEL,LEVEL, not '\(DisplayText.escaped(String(text)))'",
        hint: "for example --vary price=25000,28000")
    }
    func trimmed(_ text: String) -> String {
      String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return LineSource.LevelList(feature: trimmed(parts[0]), levels: levels.map(trimmed))
  }
}

extension LineGoal: ExpressibleByArgument {}
