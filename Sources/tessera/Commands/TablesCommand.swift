import ArgumentParser
import Foundation
import TesseraFiles
import TesseraMath
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera tables`: banner tables with significance letters.
struct TablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables",
    abstract: "Banner tables: all questions by segments and other columns, with letters.",
    discussion: """
      A study says banner: [segments, gender, gender > age_band] and stub: [satisfaction, media]; \
      --banner and --stub say it here. Segments always stand first, except for a plain survey \
      file, which has none. A letter marks a figure that is significantly higher than that of the \
      column with the letter: capitals at 95%, small letters at 90%, with weights, strata, clusters \
      and overlap taken into account. With --stub and no -o the tables are printed, and no file is \
      written. No cell counts are shown unless privacy: none or strict.

      EXAMPLES
        tessera tables study-tessera
        tessera tables study-tessera --stub gender,age_band
        tessera tables study.yaml --banner gender,"gender > age_band" -o tables.xlsx -o tables.csv
        tessera tables survey.sav --banner gender,region --weight w --sort --one-sheet
      """)

  @Argument(help: "Folder of a finished run, a study file, or a survey file.")
  var subject: String

  @Option(
    help: ArgumentHelp(
      "Columns of the tables: columns, sets, segments; > nests.", valueName: "columns"))
  var banner: String?

  @Option(help: ArgumentHelp("Questions of the tables, or all.", valueName: "columns"))
  var stub: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      """
      A file in .xlsx, .csv or .json; may be repeated. Default: tables.xlsx beside the subject; \
      with --stub the tables are printed.
      """,
      valueName: "file"))
  var files: [String] = []

  @Option(
    help: "Adjust p values over each table: none, bh (Benjamini-Hochberg), by (any dependence).",
    transform: TablesCommand.adjustment)
  var adjust: MultipleTesting??

  @Option(
    help: "Levels of confidence for capital and small letters.",
    transform: TablesCommand.levels)
  var confidence: (capital: Double, small: Double)?

  @Flag(help: "Answers without an order stand by size, largest first.")
  var sort = false

  @Flag(name: .customLong("one-sheet"), help: "All tables on one sheet of the workbook.")
  var oneSheet = false

  @Flag(name: .customLong("row-percent"), help: "Row percentages in the workbook too.")
  var rowPercent = false

  @Flag(help: "The index against Total (100) in the workbook too.")
  var index = false

  @Option(help: ArgumentHelp("Column of strata, for a survey file.", valueName: "column"))
  var strata: String?

  @Option(help: ArgumentHelp("Column of clusters, for a survey file.", valueName: "column"))
  var cluster: String?

  @OptionGroup(title: "What a survey file holds") var columns: ColumnFlags
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  static func adjustment(_ word: String) throws -> MultipleTesting? {
    switch word {
    case "none": nil
    case "bh": .benjaminiHochberg
    case "by": .benjaminiYekutieli
    default: throw ValidationError("--adjust is none, bh or by")
    }
  }

  static func levels(_ text: String) throws -> (capital: Double, small: Double) {
    let levels = text.split(separator: ",").compactMap { Double($0) }
    guard levels.count == 2, levels[0] > levels[1], levels[1] >= 50, levels[0] < 100 else {
      throw ValidationError("--confidence takes two levels in per cent, such as 95,90")
    }
    return (1 - levels[0] / 100, 1 - levels[1] / 100)
  }

  func validate() throws {
    for file in files where !["xlsx", "csv", "json"].contains(Self.ending(file)) {
      throw ValidationError("-o writes .xlsx, .csv or .json, not \(file)")
    }
    if stub.map({ ColumnFlags.list($0).isEmpty }) ?? false {
      throw ValidationError("--stub names questions, such as gender,age_band, or all")
    }
    if columns.active != nil || columns.passive != nil || columns.covariates != nil {
      throw ValidationError(
        "tables makes no segments of --active, --passive or --covariates: name a study or a run")
    }
  }

  func run() throws {
    let options = try reading.options(threads: work.threads)
    let task = try makeTask(options)
    if task.segmented == nil, task.declared.banner.isEmpty {
      throw UsageError(
        message: "a survey file has no segments: say which columns stand in the banner",
        hint: "for example --banner gender,region")
    }
    var settings = TablesSettings()
    settings.adjustment = adjust ?? nil
    settings.isSorted = sort
    if let confidence { settings.levels = confidence }
    let result = try task.tables(settings)
    // Who asks for single questions reads them here, and keeps the workbook of all.
    let isRead = files.isEmpty && stub != nil && stub != "all"
    let targets =
      files.isEmpty ? [output.json || isRead ? nil : standard].compactMap { $0 } : files
    for target in targets {
      for source in task.sources { try SourceGuard.check(target, against: [source]) }
      try AtomicFile.write(try bytes(result, for: target), to: target)
    }
    if output.json {
      try Console.out(result.json.text)
      return
    }
    for warning in result.warnings { output.warn(warning) }
    if isRead {
      try Console.out(SectionText.text(BannerTables(result).blocks))
      return
    }
    let cells = result.tables.reduce(0) { $0 + $1.rows.count } * result.columns.count
    try Console.out(
      "\(result.tables.count) tables, \(result.columns.count) columns, \(cells) cells: "
        + DisplayText.escaped(targets.joined(separator: ", "), limit: 2000))
  }

  /// Banner and stub of the command line over those of the study.
  private func ask(_ declared: inout TablesDeclaration) {
    if let banner { declared.banner = ColumnFlags.list(banner).map(BannerEntry.init) }
    guard let stub else { return }
    let names = ColumnFlags.list(stub)
    declared.stub = names == ["all"] ? nil : names.map { StubEntry($0) }
    declared.isStubOpen = false
  }

  private func makeTask(_ options: ReadingOptions) throws -> TablesTask {
    let settings = work.settings(output)
    let isFolder = FileManager.default.fileExists(atPath: "\(subject)/run.json")
    if isFolder || ["yaml", "yml", "json"].contains(Self.ending(subject)) {
      return try TablesTask(
        study: subject, moved, options, settings, asked: ask, warn: output.warn)
    }
    if (try? FileManager.default.contentsOfDirectory(atPath: subject)) != nil {
      return try TablesTask(
        study: subject, moved, options, settings, asked: ask, warn: output.warn)
    }
    var declared = try columns.survey(subject)
    declared.strata = strata
    declared.cluster = cluster
    return try TablesTask(survey: subject, declared, options, settings, asked: ask)
  }

  private func bytes(_ result: TablesResult, for file: String) throws -> [UInt8] {
    switch Self.ending(file) {
    case "csv": return result.csv
    case "json": return Array(result.json.text.utf8)
    default:
      var lines = TablesWorkbook.Lines()
      lines.rowShares = rowPercent
      lines.index = index
      return try TablesWorkbook(result, lines: lines, isOneSheet: oneSheet).bytes()
    }
  }

  /// `tables.xlsx` in the folder of a run, or beside the study or survey with its name before it.
  private var standard: String {
    if FileManager.default.fileExists(atPath: "\(subject)/run.json") {
      return subject.hasSuffix("/") ? subject + "tables.xlsx" : subject + "/tables.xlsx"
    }
    return (subject as NSString).deletingPathExtension + "-tables.xlsx"
  }

  private static func ending(_ file: String) -> String {
    (file as NSString).pathExtension.lowercased()
  }
}
