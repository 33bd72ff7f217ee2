public import ArgumentParser
import Foundation
public import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera reach`: the media, products or features that reach most of an audience.
struct ReachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reach",
    abstract: "The channel mix: reach, frequency, affinity, and the best sets for each segment.",
    discussion: """
      The best sets are found exactly (branch and bound over who is reached by what, with weights), \
      beside the reach that taking one after the other finds. Ties in reach go to the higher \
      frequency, and the next best sets are listed; the study may force or exclude items \
      (reach: { force: [tv], exclude: [radio] }). Where channels have a cost \
      (channels: { tv: { cost: 20000 } }), --budget finds what it buys. Affinity is 100 where a segment is \
      reached like everybody. With --items products a person counts as reached whom a product fits \
      by 50 points or more; with --items features, whom a feature serves strongly in one of the \
      needs in their top boxes.

      EXAMPLES
        tessera reach study-tessera --channels 3
        tessera reach study.yaml --channels 2 --segment Families --json
        tessera reach study-tessera --budget 50000
        tessera reach study.yaml --items products --channels 3
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Option(help: "Most channels (or other items) of a set.")
  var channels = 3

  @Option(help: "What the sets are made of: channels, products or features.")
  var items: ReachSet.Kind = .channels

  @Option(
    help: ArgumentHelp(
      "What channels may cost together (their costs stand in the study).", valueName: "amount"))
  var budget: Double?

  @Option(help: "The core audience: a segment, by id or name. Default: everybody and each segment.")
  var segment: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard (1...20).contains(channels) else { throw ValidationError("--channels is from 1 to 20") }
    if let budget, !(budget > 0 && budget.isFinite) {
      throw ValidationError("--budget is an amount above 0")
    }
  }

  func run() throws {
    let finished = try FinishedRun(subject, moved)
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, needsProducts: items != .channels,
      warn: output.warn)
    if items == .channels, study.file.channels.isEmpty {
      throw StudyError(
        code: "E0611", message: "the study names no channels", file: study.path,
        hint: "add channels: [COLUMNS or a set], 0/1 columns that say which media reach people")
    }
    let wanted = try segment.map { try segmented.segments.named($0) }
    let finder = try ReachFinder(study, segmented, settings: settings)
    let sets = finder.sets(items, upTo: channels).filter {
      wanted == nil || $0.segment == wanted?.id
    }
    let reach = finder.channels.filter { wanted == nil || $0.segment == wanted?.id }
    if budget != nil, study.file.channelCosts.isEmpty {
      throw StudyError(
        code: "E0673", message: "no channel has a cost, so that a budget buys nothing",
        file: study.path, hint: "write channels: { COLUMN: { cost: 20000 } } in the study")
    }
    let plans =
      items == .channels
      ? try finder.plans(budget: budget).filter {
        $0.segment == nil || wanted == nil || $0.segment == wanted?.id
      } : []
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.reach/1", "items": items.rawValue,
          "channels": JSONValue.array(items == .channels ? reach.map(\.json) : []),
          "sets": sets.map(\.json), "plans": plans.map(\.json),
        ] as JSONValue).text)
      return
    }
    var lines: [String] = []
    if items == .channels { lines += table(reach, segmented.segments) + [""] }
    lines += best(sets, segmented.segments, labels: labels(finder.channels))
    var text = lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n")
    if !plans.isEmpty {
      let report = ChannelPlanReport(
        plans, segments: segmented.segments, channels: finder.channels)
      text += "\n\n" + SectionText.text(report.blocks)
    }
    try Console.out(text)
  }

  private func table(_ reach: [ChannelReach], _ segments: [Segment]) -> [String] {
    let numbers = NumberStyle.english
    let shown = segments.filter { segment in reach.contains { $0.segment == segment.id } }
    var channels: [String] = []
    for one in reach where !channels.contains(one.channel) { channels.append(one.channel) }
    return ["Reach [95% interval] and affinity index (100: as everybody)"]
      + TextTableLayout.lines(
        header: ["channel"] + shown.map { name($0.id, segments) },
        rows: channels.map { channel in
          let own = reach.filter { $0.channel == channel }
          return [own.first?.label ?? channel]
            + shown.map { segment in
              let one = own.first { $0.segment == segment.id }
              guard let share = one?.reach else { return "too few" }
              return numbers.percent(share) + interval(one?.low, one?.high)
                + (one?.affinity.map { " \(numbers.number($0))" } ?? "")
            }
        })
  }

  /// What the items are called.
  private func labels(_ reach: [ChannelReach]) -> [String: String] {
    switch items {
    case .channels: Dictionary(reach.map { ($0.channel, $0.label) }) { first, _ in first }
    case .products, .features: [:]
    }
  }

  private func best(
    _ sets: [ReachSet], _ segments: [Segment], labels: [String: String]
  ) -> [String] {
    guard !sets.isEmpty else { return ["Nothing says whom these items reach."] }
    let numbers = NumberStyle.english
    func titled(_ items: [String]) -> String {
      items.map { labels[$0] ?? $0 }.joined(separator: ", ")
    }
    var rows: [[String]] = []
    for set in sets {
      rows.append([
        set.segment.map { name($0, segments) } ?? "everybody", "\(set.items.count)",
        titled(set.items) + (set.isOptimal ? "" : " (may not be the best)"),
        numbers.percent(set.reach, decimals: 1) + interval(set.low, set.high),
        numbers.number(set.frequency, decimals: 2), numbers.number(set.affinity),
        numbers.percent(set.greedyReach, decimals: 1),
      ])
      for (place, next) in set.runnersUp.enumerated() {
        rows.append([
          "", "", "\(place + 2). \(titled(next.items))" + (next.isLevel ? " =" : ""),
          numbers.percent(next.reach, decimals: 1), numbers.number(next.frequency, decimals: 2),
          "", "",
        ])
      }
    }
    return ["The best set of each size: most reach, then the higher frequency; runners-up below"]
      + TextTableLayout.lines(
        header: [
          "audience", "size", "set", "reach [95%]", "frequency", "affinity", "stepwise",
        ], rows: rows)
      + (sets.contains { $0.runnersUp.contains(where: \.isLevel) }
        ? ["= level: its reach is not clearly below that of the best set"] : [])
  }

  /// An interval of shares in brackets.
  private func interval(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return "" }
    return " [\(NumberStyle.english.percent(low)), \(NumberStyle.english.percent(high))]"
  }

  private func name(_ id: String, _ segments: [Segment]) -> String {
    guard let segment = segments.first(where: { $0.id == id }), segment.name != id else {
      return id
    }
    return "\(id) \(segment.name)"
  }
}

extension ReachSet.Kind: ExpressibleByArgument {}
