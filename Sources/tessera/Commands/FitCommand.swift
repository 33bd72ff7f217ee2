import ArgumentParser
import Foundation
import TesseraMath
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera fit`: product fit only.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Product fit only: every product scored for every segment.",
    discussion: """
      Segments come from the study (fitted anew, or given in a column), or from a model with \
      --model; then they are held as they are.

      EXAMPLES
        tessera fit study.yaml
        tessera fit study.yaml --model results/segments.json --json
      """)

  @OptionGroup var subject: StudyOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let settings = work.settings(output)
    let loaded = try Study.load(
      path: subject.study, options: reading.options(threads: work.threads))
    guard loaded.hasFitOrQuestions else { throw StudyWithoutProducts(subject.study) }
    let segmented = try StudySegments.of(loaded, model: subject.model, settings: settings)
    let fit = try ProductFit.run(loaded, segmented, settings: settings)
    if let target = try subject.target() {
      try target.write(fit.json.text, to: "fit.json")
    }
    if output.json {
      try Console.out(fit.json.text)
      return
    }
    for note in loaded.notices { output.note("note: \(note)") }
    for warning in loaded.warnings { output.warn(warning) }
    for warning in fit.warnings { output.warn(warning) }
    let questions = QuestionReport(study: loaded.file, fit: fit).sections.flatMap(\.blocks)
    let texts = [fit.products.isEmpty ? "" : FitTable.text(fit), SectionText.text(questions)]
    try Console.out(texts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
    if let folder = subject.folder { try Console.out("Written to \(folder)/fit.json") }
  }
}

/// A study that has no products cannot be scored.
struct StudyWithoutProducts: ReportedError {
  /// What the user is told.
  let report: ErrorReport

  /// Names the study.
  init(_ path: String) {
    report = ErrorReport(
      code: "E0600", message: "the study has no products to score", file: path,
      hint: "add products, relations, needs and features, or questions that need none (channels, "
        + "price_questions, kano, drivers); docs/study-file.md shows how", exitStatus: 65)
  }
}

/// The segments that a study's products are scored for.
enum StudySegments {
  /// Segments from a model, or from the study itself.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - model: Path of a model; `nil` to segment as the study says.
  ///   - settings: Seed, threads, thresholds.
  ///   - isResampled: Whether a study's own segments come with replicates.
  /// - Returns: Respondents in segments.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  static func of(
    _ study: Study, model: String?, settings: RunSettings, isResampled: Bool = false
  ) throws -> SegmentedSurvey {
    guard let model else {
      let settings = settings.protecting(study.file)
      var found = try StudySegmentation.run(
        study.data, study.file.segments, settings,
        roles: StudyRoles(study.file), survey: study.file.survey)
      if isResampled { found.replicate(settings, isFitAsked: true) }
      return found.segmented
    }
    let known = try ModelFile.read(model)
    let batch = try Assigner(known).assign(study.data.survey, workers: settings.workers)
    let rows = batch.reasons.indices.filter { batch.reasons[$0] == nil }
    let data = study.data.selecting(rows)
    var posterior = Matrix(rows: rows.count, columns: known.segments.count)
    for (place, row) in rows.enumerated() {
      for segment in known.segments.indices {
        posterior[place, segment] = batch.posterior[row, segment]
      }
    }
    return SegmentedSurvey(
      survey: data.survey, design: data.design, sourceRows: data.sourceRows,
      segments: known.segments, posterior: posterior, resegmenter: nil)
  }
}

/// A model on disk.
enum ModelFile {
  /// The model that a path means: `segments.json` of the folder of a finished run, else the file.
  static func place(_ path: String) -> String {
    let isFolder = (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
    return isFolder ? "\(path)/segments.json" : path
  }

  /// Reads a model.
  ///
  /// - Parameter path: Path of `segments.json`.
  /// - Returns: The model, checked.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  static func read(_ path: String) throws -> SegmentModel {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw StudyError(
        code: "E0101", message: "no such file", file: path,
        hint: "tessera run and tessera segment -o write segments.json", exitStatus: 66)
    }
    do {
      return try SegmentModel.read(data)
    } catch {
      throw error.report.file == nil ? error.naming(path) : error
    }
  }
}
