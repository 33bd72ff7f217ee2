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
        tessera panel spring.sav autumn.sav --id panelist --segments 3 --transitions free -o moves
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

  @OptionGroup var report: ReportFolder
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
    let told = PanelReport(
      found, sources: files.map { URL(fileURLWithPath: $0).lastPathComponent },
      numbers: report.numbers)
    try report.write(
      told.document, told.summary, found.json, as: "panel", output, notes: found.notes)
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
