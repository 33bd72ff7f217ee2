import ArgumentParser
import Foundation
import TesseraFiles
import TesseraReport
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import TesseraWaves

/// `tessera panel`: segments of people asked several times, and who moves where.
struct PanelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panel",
    abstract: "The same people asked several times: their segments, and who moves where.",
    discussion: """
      Fits latent transition (hidden Markov) models: at each time a person belongs to a segment that \
      means the same throughout, and moves with chances that are estimated. A row is what a person said \
      at a time; times at which somebody was not asked, and questions without an answer, say nothing. \
      The number of segments is that of the least BIC on the effective number of people. Intervals come \
      from people drawn again, whole, with their strata and clusters.

      EXAMPLES
        tessera panel health.csv --id person --wave year --active health --segments 2-4
        tessera panel spring.sav autumn.sav --id panelist --segments 3 --transitions free
        tessera panel health.csv --id person --wave year --active health --covariates age,sex
        tessera panel health.csv --id person --wave year --active health --prior none --json
      """)

  @Argument(
    help: "One file with a row for each person and time, or a file for each time, in order.")
  var files: [String]

  @Option(
    help: ArgumentHelp("Column that says when a row of one file was asked.", valueName: "column"))
  var wave: String?

  @OptionGroup(title: "What to use") var columns: ColumnFlags

  @Option(help: ArgumentHelp("Numbers of segments: 3, or 2-5.", valueName: "count or range"))
  var segments = "2-5"

  @Option(help: "Chances to move: constant from time to time, or free for each step.")
  var transitions = Transitions.constant

  @Option(help: "default, or none for plain maximum likelihood.")
  var prior = "default"

  /// Whether chances to move depend on the time.
  enum Transitions: String, ExpressibleByArgument, CaseIterable {
    case constant
    case free
  }

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("File for the results (JSON).", valueName: "file"))
  var target: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard range != nil else { throw ValidationError("--segments takes 3, or 2-5, up to 12") }
    guard ["default", "none"].contains(prior) else {
      throw ValidationError("--prior is default or none")
    }
    guard files.count > 1 || wave != nil else {
      throw ValidationError("name the column of the time (--wave COLUMN), or a file for each time")
    }
    guard columns.id != nil else {
      throw ValidationError("name the column that says who a row is about: --id COLUMN")
    }
    guard columns.frequency == nil, columns.passive == nil else {
      throw ValidationError("--frequency and --passive are not for panels")
    }
    guard columns.covariates == nil || transitions == .constant else {
      throw ValidationError("--covariates go with --transitions constant")
    }
  }

  func run() throws {
    var asked = PanelMoves.Settings()
    asked.segments = range ?? asked.segments
    asked.transitions = transitions == .free ? .free : .constant
    asked.hasPrior = prior == "default"
    let settings = work.settings(output)
    asked.replicates = work.replicates
    asked.covariates = ColumnFlags.list(columns.covariates)
    let waves = try read()
    let found = try PanelMoves(
      waves, active: active(waves), asked: asked, settings: settings)
    for note in found.notes { output.note("note: \(note)") }
    if let target { try AtomicFile.write(found.json.text + "\n", to: target) }
    try Console.out(output.json ? found.json.text : PanelText.lines(found).joined(separator: "\n"))
  }

  /// The numbers of segments asked for; `nil` if they cannot be read.
  private var range: ClosedRange<Int>? {
    let ends = segments.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let low = ends.first ?? nil, let high = ends.last ?? nil,
      low >= 1, high >= low, high <= 12
    else { return nil }
    return low...high
  }

  private func read() throws -> [SurveyWave] {
    let options = try reading.options(threads: work.threads)
    func data(_ file: String) throws -> StudyData {
      let declared = try columns.survey(file)
      let read = try SurveyReader.read([file], options: try declared.readingOptions(over: options))
      return try StudyData.make(from: read, declaration: declared)
    }
    guard files.count == 1, let wave else {
      return try files.map { file in
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        return SurveyWave(name: name, data: try data(file))
      }
    }
    let all = try data(files[0])
    guard all.survey[wave] != nil else {
      throw StudyError(
        code: "E0501", message: "the survey has no column '\(wave)'", file: files[0], column: wave,
        hint: "look at its columns with tessera inspect")
    }
    return SurveyWave.split(all, by: wave)
  }

  /// The columns that make the segments: those named, else all that no flag uses otherwise.
  private func active(_ waves: [SurveyWave]) -> [String] {
    if columns.active != nil { return ColumnFlags.list(columns.active) }
    let used = Set(
      [wave, columns.id, columns.weight].compactMap { $0 } + ColumnFlags.list(columns.covariates))
    return (waves.first?.data.survey.variables ?? []).map(\.name).filter { !used.contains($0) }
  }
}

/// Panels in a terminal.
enum PanelText {
  static func lines(_ found: PanelMoves) -> [String] {
    let numbers = NumberStyle.english
    func percent(_ estimate: PanelMoves.Estimate) -> String {
      let own = numbers.percent(estimate.value)
      guard let ends = estimate.interval else { return own }
      return "\(own) (\(numbers.percent(ends.low)) to \(numbers.percent(ends.high)))"
    }
    func count(_ value: Int) -> String { numbers.number(Double(value)) }
    var lines = [
      "\(count(found.people.all)) people at \(found.times.count) times "
        + "(\(count(found.people.complete)) at all of them), \(count(found.rows)) rows of answers.",
      "",
    ]
    lines += TextTableLayout.lines(
      header: ["segments", "log-likelihood", "parameters", "BIC", "best found by"],
      rows: found.candidates.map {
        [
          String($0.segments) + ($0.segments == found.ids.count ? " (chosen)" : ""),
          numbers.number($0.logLikelihood, decimals: 2), String($0.parameters),
          numbers.number($0.bic, decimals: 2), "\($0.starts.reached) of \($0.starts.tried) starts",
        ]
      })
    lines += ["", "Share of each segment, 95% interval:"]
    lines += TextTableLayout.lines(
      header: ["segment"] + found.times,
      rows: found.ids.indices.map { place in
        [found.ids[place]] + found.times.indices.map { percent(found.shares[$0][place]) }
      })
    for step in found.steps {
      let isOne = found.steps.count == 1 && found.times.count > 2
      lines += [
        "",
        isOne
          ? "Of those in a segment (row) at one time, where they are the next time:"
          : "Of those in a segment (row) in \(step.from), where they are in \(step.to):",
      ]
      lines += TextTableLayout.lines(
        header: ["from"] + found.ids.map { "to \($0)" },
        rows: zip(found.ids, step.chances).map { id, row in
          [id] + (row.map { $0.map(percent) } ?? found.ids.map { _ in "too few" })
        })
    }
    if !found.effects.isEmpty {
      lines += ["", "Odds ratio for one unit more, 95% interval:"]
      lines += TextTableLayout.lines(
        header: ["covariate", "odds of", "ratio"],
        rows: found.effects.map { effect in
          let to = found.ids[effect.segment]
          let odds = effect.from.map { "\(found.ids[$0]) to \(to), against staying" }
          func ratio(_ value: Double) -> String { numbers.number(exp(value), decimals: 2) }
          return [
            DisplayText.escaped(effect.name),
            odds ?? "\(to) at first, against \(found.ids[0])",
            ratio(effect.logOdds.value)
              + (effect.logOdds.interval.map { " (\(ratio($0.low)) to \(ratio($0.high)))" } ?? ""),
          ]
        })
    }
    lines += ["", "What the segments answer:"]
    lines += TextTableLayout.lines(
      header: ["question", "answer"] + found.ids,
      rows: found.indicators.flatMap { one -> [[String]] in
        let label = DisplayText.escaped(one.label)
        guard !one.categories.isEmpty else {
          return [
            [label, "mean"] + one.bySegment.map { numbers.number($0.first, decimals: 2) }
          ]
        }
        return one.categories.enumerated().map { place, category in
          [place == 0 ? label : "", DisplayText.escaped(category)]
            + one.bySegment.map { numbers.percent($0[place]) }
        }
      })
    return lines
  }
}
