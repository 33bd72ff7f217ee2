import ArgumentParser
import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy
import TesseraSurvey
import TesseraWaves

/// `tessera track`: the segments of a finished model over waves.
struct TrackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track",
    abstract: "Waves of one study: which segments, needs, fit and funnels changed, with tests.",
    discussion: """
      The frozen model places the people of every wave. Waves are files in their order, or the column \
      that the study names under survey: { wave: COLUMN }. Intervals and tests respect weights, strata, \
      clusters and people seen in several waves (the study's id); p values are adjusted over all tests. \
      Whether the segments themselves have moved is tested by fitting every wave anew. A folder of a \
      run brings its study with it, so that needs, products and funnels are followed too.

      EXAMPLES
        tessera track --model study-tessera wave1.csv wave2.csv wave3.csv -o tracked
        tessera track --model study-tessera                  one file with survey: { wave: year }
        tessera track --model segments.json spring.sav autumn.sav --json
      """)

  @Option(
    help: ArgumentHelp(
      "Folder of a finished run, or its segments.json.", valueName: "folder or file"))
  var model: String

  @Argument(
    help: "The files of the waves, in order. Default: the study's own survey, by survey.wave.")
  var waves: [String] = []

  @Option(
    help: ArgumentHelp(
      "CSV with the columns model,file: what waves call columns that the study names otherwise.",
      valueName: "file"))
  var map: String?

  @Option(help: "The study, where it was moved since the run, or beside a bare segments.json.")
  var study: String?

  @Option(
    help: "Simulated sets for the test of movement; 0 leaves it out, more make p values finer.")
  var sets = 199

  @OptionGroup var report: ReportFolder
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard sets == 0 || sets >= 19 else { throw ValidationError("--sets is 0, or 19 or more") }
    guard waves.count != 1 else {
      throw ValidationError("name the files of two waves or more, in their order")
    }
  }

  func run() throws {
    let names = try map.map { try ColumnNames(TableReader.read($0)) } ?? ColumnNames()
    let source = try WaveSource(
      model, study: study, options: reading.options(threads: work.threads), names: names)
    let loaded = try source.waves(waves, warn: output.warn)
    var settings = work.settings(output)
    if let study = loaded.study { settings = settings.protecting(study.file) }
    if settings.privacy == .none { settings.minimumCell = 1 }
    let result = try Track.run(
      loaded.waves, model: source.model, study: loaded.study, sets: sets, settings: settings)
    let told = TrackReport(
      result, sources: loaded.files,
      privacy: settings.privacy.sentences(
        minimum: settings.minimumCell, small: settings.smallBase), numbers: report.numbers)
    try report.write(
      told.document, told.summary, result.json, as: "track", output, notes: result.notes)
  }
}

/// Where a frozen model and its waves come from.
struct WaveSource {
  let model: SegmentModel
  private let options: ReadingOptions
  /// What waves call columns that have another name there.
  private let names: ColumnNames
  /// The study file; `nil` for a bare model.
  private let study: String?

  /// Finds model and study.
  ///
  /// - Parameters:
  ///   - path: A folder of a run, or a model.
  ///   - study: The study file, where the user names it.
  ///   - options: How files are read.
  ///   - names: What waves call columns that have another name there.
  /// - Throws: ``ReportedError`` with status 66 if there is no such model.
  init(
    _ path: String, study: String?, options: ReadingOptions, names: ColumnNames = ColumnNames()
  ) throws {
    self.names = names
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let isFolder = FileManager.default.fileExists(atPath: "\(folder)/segments.json")
    model = try ModelFile.read(isFolder ? "\(folder)/segments.json" : folder)
    self.options = options
    if let study {
      self.study = study
    } else if isFolder, let run = try? FinishedRun(folder),
      FileManager.default.fileExists(atPath: run.study)
    {
      self.study = run.study
    } else {
      self.study = nil
    }
  }

  /// Reads the waves.
  ///
  /// - Parameters:
  ///   - files: The files of the waves; empty for the study's own survey.
  ///   - warn: Told what was found while reading.
  /// - Returns: The waves, the study of the first, and names of the files.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func waves(
    _ files: [String], warn: (String) -> Void
  ) throws -> (waves: [SurveyWave], study: Study?, files: [String]) {
    guard !files.isEmpty else { return try ofOneFile(warn: warn) }
    var waves: [SurveyWave] = []
    var first: Study?
    for (file, name) in zip(files, Self.names(files)) {
      do {
        let (data, loaded) = try wave(file)
        first = first ?? loaded
        waves.append(SurveyWave(name: name, data: data))
      } catch let error as StudyError {
        throw Self.naming(name, error.report)
      }
    }
    for sentence in first?.warnings ?? [] { warn(sentence) }
    return (waves, first, files.map { URL(fileURLWithPath: $0).lastPathComponent })
  }

  /// The people of a file, with the study that they were read for.
  private func wave(_ file: String) throws -> (StudyData, Study?) {
    if let study {
      let loaded = try Study.load(
        path: study, options: options, surveys: [Self.absolute(file)], columnNames: names)
      return (loaded.data, loaded)
    }
    let reading = try model.survey?.readingOptions(over: options) ?? options
    let read = try SurveyReader.read([file], options: reading)
    let assigner = Assigner(model, columnNames: names.present(in: read.survey))
    return (try assigner.prepare(read), nil)
  }

  /// An error that says which wave it was met in; the study is the same for all.
  private static func naming(_ wave: String, _ report: ErrorReport) -> StudyError {
    StudyError(
      code: report.code, message: "wave '\(DisplayText.escaped(wave))': \(report.message)",
      file: report.file, row: report.row, column: report.column,
      hint: report.code == "E0401"
        ? (report.hint.map { $0 + ", or " } ?? "")
          + "name it with --map, a table with the columns model,file" : report.hint,
      exitStatus: report.exitStatus, cell: report.cell)
  }

  private func ofOneFile(
    warn: (String) -> Void
  ) throws -> (waves: [SurveyWave], study: Study?, files: [String]) {
    guard let study else {
      throw UsageError(
        message: "a model alone has no waves", hint: "name the files of the waves, in their order")
    }
    let loaded = try Study.load(path: study, options: options)
    guard let column = loaded.file.survey.wave else {
      throw StudyError(
        code: "E0531", message: "the study does not say which wave an answer is from", file: study,
        hint: "add survey: { wave: COLUMN }, or name the files of the waves")
    }
    loaded.warnings.forEach(warn)
    let files = loaded.sources.filter { $0.role == .survey }
      .map { URL(fileURLWithPath: $0.path).lastPathComponent }
    return (SurveyWave.split(loaded.data, by: column), loaded, files)
  }

  /// Names of files without folder and ending; whole names where these are alike.
  private static func names(_ files: [String]) -> [String] {
    let urls = files.map { URL(fileURLWithPath: $0) }
    let short = urls.map { $0.deletingPathExtension().lastPathComponent }
    guard Set(short).count < short.count else { return short }
    let folders = urls.map {
      "\($0.deletingLastPathComponent().lastPathComponent)/\($0.lastPathComponent)"
    }
    return Set(folders).count == folders.count
      ? folders : files.indices.map { "\(short[$0]) (\($0 + 1))" }
  }

  /// A path that does not depend on the study's folder.
  private static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
