import Foundation
import TesseraFiles
import TesseraProductFit
import TesseraStudy
import TesseraSurvey

/// A folder that `tessera run` filled, or a study file in its place.
struct FinishedRun {
  /// The folder, without a slash at its end; `nil` for a study file.
  let folder: String?
  /// The study file.
  let study: String
  /// Seed of the run.
  let seed: UInt64?
  /// What `run.json` says; `nil` for a study file.
  let record: JSONValue?
  /// Where the survey is now, if not where the study says; `nil` for the study's own place.
  let surveys: [String]?

  /// Name of the file of replicates.
  static let replicates = "replicates.bin"

  /// Looks at what the user named.
  ///
  /// - Parameters:
  ///   - path: A folder of a finished run, or a study file.
  ///   - moved: Where the survey is now, if it has moved.
  /// - Throws: ``ReportedError`` with status 66 if it is neither.
  init(_ path: String, _ moved: MovedSurvey? = nil) throws {
    surveys = try moved?.existing()
    let manager = FileManager.default
    guard manager.fileExists(atPath: path) else {
      throw StudyError(
        code: "E0101", message: "no such folder or study", file: path,
        hint: "name the folder that tessera run wrote, or a study file", exitStatus: 66)
    }
    guard let data = manager.contents(atPath: "\(path)/run.json") else {
      let isFolder = (try? manager.contentsOfDirectory(atPath: path)) != nil
      guard !isFolder else {
        throw StudyError(
          code: "E0710", message: "the folder holds no finished run (no run.json)", file: path,
          hint: "tessera run STUDY -o \(path) makes one", exitStatus: 66)
      }
      folder = nil
      study = path
      seed = nil
      record = nil
      return
    }
    let file = "\(path)/run.json"
    guard let json = try? JSONValue.parse(data), let study = json["study"]?.string else {
      throw StudyError(
        code: "E0711", message: "this is not the record of a run of a study", file: file,
        hint: "run the study again with tessera run")
    }
    folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.study = study
    seed = json["seed"]?.number.map { UInt64($0) }
    record = json
  }

  /// The fit that the run wrote.
  ///
  /// - Returns: The fit; `nil` for a study file.
  func fit() throws -> FitResult? {
    guard let folder else { return nil }
    let file = "\(folder)/fit.json"
    guard let data = FileManager.default.contents(atPath: file) else {
      throw StudyError(
        code: "E0101", message: "the run has no fit", file: file,
        hint: "the study needs products and relations", exitStatus: 66)
    }
    do {
      return try FitResult.read(try JSONValue.parse(data), file: file)
    } catch let error as JSONError {
      throw StudyError(
        code: "E0612", message: error.message, file: file, hint: "run the study again")
    }
  }

  /// What a reader must know first where no advice may rest on the run's segments; `nil` where it may.
  var doubt: String? {
    guard let folder, let model = try? ModelFile.read("\(folder)/segments.json"),
      let verdict = model.result.verdict, verdict.stopsAdvice
    else { return nil }
    return verdict.words
  }

  /// The study with its data, and its respondents in the run's own segments.
  ///
  /// - Parameters:
  ///   - options: How files are read.
  ///   - settings: Seed, threads, thresholds.
  ///   - needsProducts: Whether a study without products is refused.
  ///   - isResampled: Whether the run's replicates are wanted, or new ones for a study file.
  ///   - warn: Told if an input changed since the run.
  /// - Returns: Study and segments.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func load(
    _ options: ReadingOptions, _ settings: RunSettings, needsProducts: Bool = true,
    isResampled: Bool = false, warn: (String) -> Void
  ) throws -> (study: Study, segmented: SegmentedSurvey) {
    let loaded = try read(options)
    guard loaded.products != nil || !needsProducts else { throw StudyWithoutProducts(study) }
    if let doubt { warn(doubt) }
    loaded.warnings.forEach(warn)
    guard let folder else {
      return (
        loaded,
        try StudySegments.of(loaded, model: nil, settings: settings, isResampled: isResampled)
      )
    }
    let known = (record?["inputs"]?.array ?? []).compactMap { $0["sha256"]?.string }
    for source in loaded.sources where !known.contains(source.sha256) {
      warn("\(source.path) has changed since the run in \(folder)")
    }
    let model = "\(folder)/segments.json"
    var segmented = try StudySegments.of(loaded, model: model, settings: settings)
    let isChanged = loaded.sources.contains { $0.role == .survey && !known.contains($0.sha256) }
    if isChanged, let file = surveys?.first { try check(segmented, of: file, model: model) }
    if isResampled {
      if isChanged {
        warn("the intervals hold the segments fixed: the run's replicates are of other answers")
      } else {
        try addReplicates(to: &segmented, warn: warn)
      }
    }
    return (loaded, segmented)
  }

  /// Refuses a survey of other people than those of the run.
  private func check(_ segmented: SegmentedSurvey, of file: String, model: String) throws {
    guard let data = FileManager.default.contents(atPath: model),
      let told = try? JSONValue.parse(data)["respondents"]?.number
    else { return }
    let design = segmented.design
    let own = design.weights.indices.reduce(0) { $0 + design.heads($1) }
    guard abs(own - told) > 0.5 else { return }
    throw StudyError(
      code: "E0714",
      message: "this is not the survey of the run: \(AnswerCode.number(own.rounded()).text) "
        + "respondents instead of \(AnswerCode.number(told.rounded()).text)", file: file,
      hint: "new respondents are placed with tessera assign --model \(model) \(file)")
  }

  /// The study with its survey, from where it is now.
  private func read(_ options: ReadingOptions) throws -> Study {
    do throws(StudyError) {
      return try Study.load(path: study, options: options, surveys: surveys)
    } catch {
      let report = error.report
      guard folder != nil, surveys == nil, report.exitStatus == 66, report.file != study else {
        throw error
      }
      throw StudyError(
        code: report.code, message: report.message, file: report.file, row: report.row,
        column: report.column, hint: "if the survey has moved since the run, name it with --survey",
        exitStatus: report.exitStatus)
    }
  }

  /// Adds the replicates that the run stored; without them it warns that segments are held fixed.
  ///
  /// - Parameters:
  ///   - segmented: The respondents in the run's segments.
  ///   - warn: Told if the replicates are missing.
  /// - Throws: ``ReportedError`` E0713 if the file is not the one that the run wrote.
  func addReplicates(to segmented: inout SegmentedSurvey, warn: (String) -> Void) throws {
    let file = "\(folder ?? "")/\(Self.replicates)"
    guard let expected = record?["checksums"]?[Self.replicates]?.string,
      let bytes = FileManager.default.contents(atPath: file)
    else {
      warn(
        "the intervals hold the segments fixed: the run has no \(Self.replicates); "
          + "tessera run writes it")
      return
    }
    guard SHA256.hex(of: Array(bytes)) == expected else {
      throw StudyError(
        code: "E0713", message: "the file is not the one that the run wrote", file: file,
        hint: "run the study again with tessera run: it writes the file anew")
    }
    let model = try ModelFile.read("\(folder ?? "")/segments.json")
    var found = try SegmentReplicates(
      bytes: bytes, file: file, segments: segmented.segments.count,
      source: try Assigner(model).membershipSource(segmented.survey))
    try found.check(segmented, file: file)
    if let fresh = record?["fresh_starts"], let tried = fresh["tried"]?.integer,
      let won = fresh["won"]?.integer
    {
      found.knownFreshStarts = (tried, won)
    }
    segmented.replicates = found
    if case .given = model.parameters { return }
    segmented.holdsSegments = false
  }
}
