public import ArgumentParser
import Foundation
public import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera improve`: the changes to products that bring most.
struct ImproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "improve",
    abstract: "Which changes to products would bring most, alone and in bundles.",
    discussion: """
      Every declared edit is tried, and for every feature the levels listed, the levels of other \
      products and those at which a barrier falls; alone and in all bundles of two and three. \
      Prices move only as edits say. Gains are points of fit over \
      all people: segments by their size. Intervals come from paired differences of respondents. \
      What a bundle gains beyond the sum of its parts stands under "together": barriers that fall \
      only with several changes make it large.

      EXAMPLES
        tessera improve study-tessera
        tessera improve study.yaml --product coupe --bundle 2 --limit 10
        tessera improve study.yaml --by gain-per-cost --json
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Option(help: "Only this product, by name or label.")
  var product: String?

  @Option(help: "Most changes at once: 1, 2 or 3.")
  var bundle = 3

  @Option(
    help:
      "Rank by gain, or gain-per-cost (changes with a cost only; default where changes have costs)."
  )
  var by: ImprovementSearch.Order?

  @Option(help: "Most proposals to tell.")
  var limit = 20

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard (1...3).contains(bundle) else { throw ValidationError("--bundle is 1, 2 or 3") }
    guard limit > 0 else { throw ValidationError("--limit must be 1 or more") }
  }

  func run() throws {
    let finished = try FinishedRun(subject, moved)
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, isResampled: true, warn: output.warn)
    let search = try ImprovementSearch(study, segmented, settings: settings)
    let by = self.by ?? (search.hasCosts ? .gainPerCost : .gain)
    let answer = try search.proposals(product: product, bundle: bundle, order: by, limit: limit)
    let proposals = answer.proposals
    answer.notes.forEach(output.warn)
    if search.isHidden {
      output.warn(
        "fewer than \(settings.minimumCell) respondents: no gain is told (--minimum-cell 1 tells it)"
      )
    }
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.proposals/1", "by": by.rawValue, "bundle": bundle,
          "notes": answer.notes, "proposals": proposals.map(\.json),
        ] as JSONValue).text)
      return
    }
    try Console.out(
      lines(proposals, by, study, isHidden: search.isHidden).map {
        DisplayText.escaped($0, limit: 2000)
      }
      .joined(separator: "\n"))
  }

  private func lines(
    _ proposals: [Proposal], _ by: ImprovementSearch.Order, _ study: Study, isHidden: Bool
  ) -> [String] {
    guard !isHidden else { return ["Too few respondents to tell any gain."] }
    guard !proposals.isEmpty else {
      return [
        by == .gain
          ? "Of the changes tried, \(bundle == 1 ? "one at a time" : "up to \(bundle) at once"), none gains "
            + "anything."
          : "No change with a cost gains anything: give edits or levels a cost in the study."
      ]
    }
    let numbers = NumberStyle.english
    let words = SettingWords(study)
    let withCost = proposals.contains { $0.gainPerCost != nil }
    var header = ["", "product", "change", "gain", "95% interval", "alone", "together", "first in"]
    if withCost { header += ["cost", "gain per 1,000"] }
    let rows = proposals.enumerated().map { place, proposal -> [String] in
      let one = proposal.improvement
      var row = [
        "\(place + 1)", words.product(one.product), words.text(one.set),
        numbers.signed(one.gain, decimals: 2), numbers.shortRange(of: one, decimals: 2),
        proposal.single.count > 1
          ? proposal.single.map { numbers.signed($0, decimals: 2) }.joined(separator: " ") : "",
        proposal.single.count > 1 ? numbers.signed(proposal.interaction, decimals: 2) : "",
        proposal.firstIn.flatMap { first in proposal.firstOf.map { "\(first) of \($0)" } } ?? "",
      ]
      if withCost {
        row += [
          numbers.number(one.cost),
          numbers.number(proposal.gainPerCost.map { $0 * 1000 }, decimals: 2),
        ]
      }
      return row
    }
    func told(_ one: Improvement) -> String {
      "\(words.product(one.product)), \(words.text(one.set))"
        + " (\(numbers.signed(one.gain, decimals: 2))"
        + (by == .gainPerCost ? " for \(numbers.number(one.cost)))" : ")")
    }
    let best: [String]
    if by == .gainPerCost {
      best = proposals.prefix(1).map { "Most for its cost: \(told($0.improvement))." }
    } else {
      best = (1...3).compactMap { size in
        let ofSize = proposals.filter { $0.single.count == size }
        return ofSize.first.map { first in
          let level = ofSize.dropFirst().filter {
            abs($0.improvement.gain - first.improvement.gain) <= 1e-9
          }
          .map { "\(words.product($0.improvement.product)), \(words.text($0.improvement.set))" }
          return "Best with \(size == 1 ? "one change" : "\(size) changes"): "
            + told(first.improvement)
            + (level.isEmpty
              ? "."
              : level.count > 2
                ? "; \(level.count) others gain as much."
                : "; \(level.joined(separator: " or ")) gains as much.")
        }
      }
    }
    let chosen = proposals.first { $0.chosen != nil }.flatMap { proposal in
      proposal.chosen.map {
        "\(by == .gain ? "The largest gain" : "Its gain"), with the choice repeated in each resample: "
          + "\(numbers.signed(proposal.improvement.gain, decimals: 2)) (95% interval "
          + "\(numbers.number($0.lowerBound, decimals: 2)) to "
          + "\(numbers.number($0.upperBound, decimals: 2)))."
      }
    }
    let note =
      proposals.allSatisfy { $0.improvement.cost != nil }
      ? (by == .gainPerCost ? ["Changes without a cost are left out; --by gain ranks all."] : [])
      : ["More changes always look better while costs are unknown: give edits or levels a cost."]
    let order = by == .gain ? "best first" : "most for its cost first"
    return best + [chosen].compactMap(\.self) + note + [
      "", "Gain in fit, in points on average across everyone, \(order)",
    ]
      + TextTableLayout.lines(header: header, rows: rows)
  }
}

extension ImprovementSearch.Order: ExpressibleByArgument {}
