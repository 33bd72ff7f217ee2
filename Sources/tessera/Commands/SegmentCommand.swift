import ArgumentParser
import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// `tessera segment`: segments only, from a study or from a bare survey file.
struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Segments only, from a study file or straight from a survey file.",
    discussion: """
      With a survey file the options say what to use; what they leave out is guessed and told.

      EXAMPLES
        tessera segment study.yaml --json
        tessera segment hobbies.csv --active Reading,Cinema,Sport --segments 2-6
        tessera segment patterns.csv --active A,B,C,D --frequency count --prior none --segments 2
        tessera segment study.yaml --evidence
        tessera segment study.yaml --segments 3-5 --structure 50 --blrt 99 --folds 10
        tessera segment study.yaml --segments 4 --choose-indicators --direct-effects tv*radio
        tessera segment study.yaml --method mixture --blocks income*age --variances equal
        tessera segment study.yaml --covariates age --outcomes satisfaction --correction ml

      IN A STUDY the same stands under `segments:` as structure: 50, blrt: 99, residuals: 99, \
      folds: 10, choose: true, direct_effects: [[tv, radio]], blocks: [[income, age]], \
      ordinal: nominal, variances: equal, gaps: modelled, outcomes: [satisfaction], \
      correction: ml, scale_use: center, scale: range, flags: true.
      """)

  @Argument(help: "A study file (.yaml, .yml, .json, .xlsx) or a survey file.")
  var file: String

  @OptionGroup(title: "What to use") var columns: ColumnFlags
  @OptionGroup(title: "How to segment") var method: MethodFlags
  @OptionGroup(title: "How answers are modelled") var model: ModelFlags
  @OptionGroup(title: "Evidence") var evidence: EvidenceFlags

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Folder for segments.json, profiles.json and assignments.csv; nothing is written without."
  )
  var folder: String?

  @Flag(help: "Write into a folder that holds something else.")
  var force = false

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let made = try make(previous: folder.flatMap { PreviousRun.model(in: $0) })
    let found = made.found
    if let folder {
      let target = try OutputFolder(path: folder, force: force)
      _ = try target.whole { try made.write(to: $0) }
      if let note = StoredNames.keep(
        found, made.task.segments, sources: made.task.sources, at: namesPath)
      {
        output.warn(note)
      }
    }
    if output.json {
      try Console.out(found.model.json.text)
      return
    }
    let verdict =
      [found.result.verdict?.words, found.result.scaleUse?.sentence].compactMap { $0 }
      + (found.result.basis?.all ?? [])
    for sentence in verdict { try Console.out("* " + DisplayText.escaped(sentence, limit: 2000)) }
    if let step = found.result.verdict?.nextStep { output.note("note: \(step)") }
    for note in made.task.notices { output.note("note: \(note)") }
    for warning in found.result.warnings where !verdict.contains(warning) { output.warn(warning) }
    try Console.out(SegmentTable.text(found.result, made.profiles, found.evidence))
    let more = EvidenceText.lines(found.evidence, found.result.segments)
    if !more.isEmpty { try Console.out("\n" + more.joined(separator: "\n")) }
    if let folder { try Console.out("Written to \(folder)") }
  }

  /// Where the names of the segments are stored.
  var namesPath: String {
    isStudy ? NamesFile.path(of: file) : NamesFile.path(ofSurvey: file)
  }

  /// Segments the survey, as all flags say.
  ///
  /// - Parameters:
  ///   - previous: Model of an earlier run in the same folder, used for names where none are stored.
  ///   - known: Names that take the place of those stored beside the file.
  ///   - invocation: How the command was called.
  /// - Returns: The segments, ready to be written.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func make(
    previous: SegmentModel?, known: NamesFile? = nil, invocation: Invocation = .current
  ) throws -> SegmentOutputs {
    var settings = evidence.applied(to: try method.applied(to: work.settings(output)))
    let options = try reading.options(threads: work.threads)
    var task = try isStudy ? fromStudy(options) : fromSurvey(options)
    if let study = task.study { settings = settings.protecting(study) }
    if settings.privacy == .none { settings.minimumCell = 1 }
    if let known { task.segments.adopt(known) }
    let found = try StudySegmentation.run(
      task.data, task.segments, settings, roles: task.roles, survey: task.survey,
      previous: previous)
    return SegmentOutputs(
      task: task, found: found, profiles: try found.profile(settings), settings: settings,
      file: file, invocation: invocation)
  }

  var isStudy: Bool { StudyOrSurvey.isStudy(file) }

  private func fromStudy(_ options: ReadingOptions) throws -> SegmentTask {
    let study = try Study.load(path: file, options: options)
    return SegmentTask(
      data: study.data, segments: try applied(to: study.file.segments),
      roles: StudyRoles(study.file), survey: study.file.survey, notices: study.notices,
      sources: study.sources, study: study.file)
  }

  private func fromSurvey(_ options: ReadingOptions) throws -> SegmentTask {
    let declared = try columns.survey(file)
    let readingOptions = try declared.readingOptions(over: options)
    let read = try SurveyReader.read([file], options: readingOptions)
    if columns.active == nil {
      return try drafted(read, declared)
    }
    let data = try StudyData.make(from: read, declaration: declared)
    let roles = StudyRoles(
      reserved: [declared.id, declared.weight?.column].compactMap { $0 })
    var segments = try applied(to: SegmentsDeclaration())
    segments.known = try NamesFile.read(namesPath)
    return SegmentTask(
      data: data, segments: segments, roles: roles,
      survey: declared, notices: read.notices.map(\.message) + data.notes,
      sources: read.sources.map {
        Study.Source(role: .survey, path: $0.path, byteCount: $0.byteCount, sha256: $0.sha256)
      })
  }

  /// A survey of which nobody said what to use: what `tessera init` drafts, with the flags over it.
  private func drafted(_ read: SurveyFile, _ declared: SurveyDeclaration) throws -> SegmentTask {
    let draft = StudyDraft.make(from: read, files: [file])
    let study = try StudyFile.parse(draft.text, file: file)
    var survey = study.survey
    survey.id = declared.id ?? survey.id
    survey.weight = declared.weight ?? survey.weight
    let stated = Set(declared.levels.map(\.column))
    survey.levels = survey.levels.filter { !stated.contains($0.column) } + declared.levels
    survey.sets += declared.sets
    let data = try StudyData.make(from: read, declaration: survey)
    var segments = study.segments
    segments.count = SegmentsDeclaration().count
    // What a flag names as the weight or the identifier is no answer.
    let named = [declared.id, declared.weight?.column].compactMap(\.self)
    segments.active.removeAll(where: named.contains)
    segments.passive.removeAll(where: named.contains)
    let note =
      "nobody said what to use, so this is what tessera init drafts: "
      + segments.active.prefix(8).joined(separator: ", ")
      + (segments.active.count > 8 ? " and \(segments.active.count - 8) more" : "")
    segments = try applied(to: segments)
    segments.known = try NamesFile.read(namesPath)
    return SegmentTask(
      data: data, segments: segments, roles: StudyRoles(study), survey: survey,
      notices: [note] + draft.warnings + read.notices.map(\.message)
        + data.preparation.map(\.sentence) + data.notes,
      sources: read.sources.map {
        Study.Source(role: .survey, path: $0.path, byteCount: $0.byteCount, sha256: $0.sha256)
      })
  }

  /// All flags laid over what a study declares.
  private func applied(to declared: SegmentsDeclaration) throws -> SegmentsDeclaration {
    var result = try method.applied(to: columns.applied(to: declared))
    result.model = try model.applied(to: result.model)
    result.evidence = try evidence.applied(to: result.evidence)
    return result
  }
}
