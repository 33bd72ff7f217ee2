import ArgumentParser
import Foundation
import TesseraFiles
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera solutions`: every number of segments side by side.
struct SolutionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solutions",
    abstract: "The numbers of segments that a run tried, side by side, to choose from.",
    discussion: """
      Shows for each number the criterion, how often it is found again, the smallest segment, and \
      for each segment its name, share, people, what sets it apart, where its members come from, and \
      the product that fits it best. To take another number than the rule: tessera run STUDY --take 5.

      EXAMPLES
        tessera solutions study-tessera
        tessera solutions study-tessera --all
        tessera solutions study-tessera --json | jq '.solutions[].segments[].name'
      """)

  @Argument(help: "The folder of a finished run.")
  var folder: String

  @Flag(help: "Every number that was tried, not only the neighbours of the one taken.")
  var all = false

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let file = try StoredSolutions.read(in: folder)
    let finished = try FinishedRun(folder)
    let shown = all || output.json ? file.solutions : file.neighbours
    let best = try bestProducts(shown, finished)
    let board = SolutionBoard(file, best: best)
    if output.json {
      try Console.out(board.json.text)
      return
    }
    for line in board.lines(shown) {
      try Console.out(DisplayText.escaped(line, limit: 400))
    }
  }

  /// For each number of segments the product that fits each segment best; empty without products.
  private func bestProducts(
    _ solutions: [SolutionsFile.Solution], _ finished: FinishedRun
  ) throws -> [Int: [String?]] {
    var settings = work.settings(output)
    settings.replicates = 0
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, needsProducts: false,
      warn: { output.warn($0) })
    guard study.products != nil else { return [:] }
    var best: [Int: [String?]] = [:]
    for solution in solutions {
      let placed = try Assigner(solution.model).assign(segmented.survey)
      let own = SegmentedSurvey(
        survey: segmented.survey, design: segmented.design, sourceRows: segmented.sourceRows,
        segments: solution.model.result.segments, posterior: placed.posterior, resegmenter: nil)
      let fit = try ProductFit.run(study, own, settings: settings)
      best[solution.segments] = fit.segments.map { segment in
        let leaders = fit.leaders(in: segment.id)
        let named = leaders.map { leader in
          fit.products.first { $0.name == leader.product }?.label ?? leader.product
        }
        return named.count > 2 ? nil : named.joined(separator: " or ")
      }
    }
    return best
  }
}
