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

  @Argument(help: "A study file (.yaml, .yml, .json) or a survey file.")
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
    var settings = evidence.applied(to: try method.applied(to: work.settings(output)))
    let options = try reading.options(threads: work.threads)
    let task = try isStudy ? fromStudy(options) : fromSurvey(options)
    if let study = task.study { settings = settings.protecting(study) }
    if settings.privacy == .none { settings.minimumCell = 1 }
    let previous = folder.flatMap { PreviousRun.model(in: $0) }
    let found = try StudySegmentation.run(
      task.data, task.segments, settings, roles: task.roles, survey: task.survey,
      previous: previous)
    let profiles = try found.profile(settings)
    if let folder {
      let target = try OutputFolder(path: folder, force: force)
      try target.write(found.model.json.text, to: "segments.json")
      try target.write(profiles.json.text, to: "profiles.json")
      try target.write(
        Assignments.csv(found, withFlags: task.segments.evidence.writesFlags), to: "assignments.csv"
      )
      try target.write(record(task, found, settings).text, to: "run.json")
    }
    if output.json {
      try Console.out(found.model.json.text)
      return
    }
    let verdict = [found.result.verdict?.words, found.result.scaleUse?.sentence].compactMap { $0 }
    for sentence in verdict { try Console.out("* " + DisplayText.escaped(sentence, limit: 2000)) }
    for note in task.notices { output.note("note: \(note)") }
    for warning in found.result.warnings where !verdict.contains(warning) { output.warn(warning) }
    try Console.out(SegmentTable.text(found.result, profiles, found.evidence))
    let more = EvidenceText.lines(found.evidence, found.result.segments)
    if !more.isEmpty { try Console.out("\n" + more.joined(separator: "\n")) }
    if let folder { try Console.out("Written to \(folder)") }
  }

  /// What is to be segmented, wherever it was declared.
  private struct Task {
    var data: StudyData
    var segments: SegmentsDeclaration
    var roles: StudyRoles
    var survey: SurveyDeclaration
    var notices: [String]
    var sources: [Study.Source]
    var study: StudyFile?
  }

  private var isStudy: Bool {
    let ending = (file as NSString).pathExtension.lowercased()
    return ["yaml", "yml", "json"].contains(ending)
  }

  private func fromStudy(_ options: ReadingOptions) throws -> Task {
    let study = try Study.load(path: file, options: options)
    return Task(
      data: study.data, segments: try applied(to: study.file.segments),
      roles: StudyRoles(study.file), survey: study.file.survey, notices: study.notices,
      sources: study.sources, study: study.file)
  }

  private func fromSurvey(_ options: ReadingOptions) throws -> Task {
    let declared = try columns.survey(file)
    let readingOptions = try declared.readingOptions(over: options)
    let read = try SurveyReader.read([file], options: readingOptions)
    let data = try StudyData.make(from: read, declaration: declared)
    let roles = StudyRoles(
      reserved: [declared.id, declared.weight?.column].compactMap { $0 })
    return Task(
      data: data,
      segments: try applied(to: SegmentsDeclaration()), roles: roles,
      survey: declared, notices: read.notices.map(\.message) + data.notes,
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

  private func record(
    _ task: Task, _ found: StudySegmentation, _ settings: RunSettings
  ) -> JSONValue {
    .object([
      ("schema", .string("tessera.run/1")), ("command", .string("segment")),
      ("version", .string(TesseraVersion.current)),
      (
        "inputs",
        .array(
          task.sources.map {
            .object([
              ("role", .string($0.role.rawValue)), ("path", .string($0.path)),
              ("sha256", .string($0.sha256)),
            ])
          })
      ),
      ("seed", .integer(Int(truncatingIfNeeded: settings.seed))),
      ("verdict", found.result.verdict?.json ?? .null),
      ("active", .strings(found.active)), ("passive", .strings(found.passive)),
      ("quality", found.model.evidence["quality"] ?? .null),
      ("notes", .strings(task.notices)), ("warnings", .strings(found.result.warnings)),
    ])
  }
}
