import ArgumentParser
import Foundation
import TesseraStudy

/// The outputs of a finished run made again under other names, in a folder beside it.
struct RemadeRun {
  /// The folder beside the run's.
  let folder: String
  /// Names of the files in it.
  let files: [String]
  /// The model with the names.
  let model: SegmentModel
  /// Where names are stored.
  let namesPath: String
  /// Names that the study declares.
  let declared: [SegmentName]
  /// Checksum of the survey.
  let data: String

  /// Makes the outputs as the run was called.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - subject: Its study or survey file.
  ///   - names: A name for every segment.
  ///   - given: Those of them that people gave.
  ///   - output: What the user wants told meanwhile.
  /// - Throws: ``ReportedError`` if inputs have changed or give other segments.
  init(
    _ record: RunRecord, subject: String, names: NamesFile, given: [SegmentName],
    output: OutputOptions
  ) throws {
    let target = URL(fileURLWithPath: record.folder).resolvingSymlinksInPath()
    folder =
      target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent).\(getpid()).renamed").path
    let arguments = record.invocation.arguments
    // Messages name files as the run was told them: from the folder it was called in.
    let here = FileManager.default.currentDirectoryPath
    defer { _ = FileManager.default.changeCurrentDirectoryPath(here) }
    func asCalled(_ path: String) -> String {
      let directory = URL(fileURLWithPath: record.invocation.directory)
      let same = URL(fileURLWithPath: path, relativeTo: directory).standardizedFileURL.path
      guard same == subject,
        FileManager.default.changeCurrentDirectoryPath(record.invocation.directory)
      else { return subject }
      return path
    }
    switch record.command {
    case "segment":
      var command = try SegmentCommand.parse(arguments)
      command.file = asCalled(command.file)
      command.output = output
      namesPath = Self.beside(subject, command.isStudy)
      var made = try command.make(previous: nil, known: names, invocation: record.invocation)
      made.givenNames = given
      try record.refuseChangedInputs(made.task.sources)
      try Self.hold(made.found.model, names.model, subject)
      files = try Self.write(folder) { try made.write(to: $0) }
      model = made.found.model
      declared = made.task.segments.names
      data = StoredNames.data(made.task.sources)
    default:
      let call = try Self.call(record.command, arguments)
      let study = asCalled(call.study)
      namesPath = Self.beside(subject, true)
      let options =
        try call.reading?.options(threads: call.work.threads)
        ?? .standard(threads: call.work.threads)
      let loaded = try Study.load(path: study, options: options)
      try record.refuseChangedInputs(loaded.sources)
      let run =
        try Self.restored(loaded, record, call.work.settings(output), names, given: given)
        ?? StudyRun.run(
          study, reading: options, settings: call.work.settings(output), previous: nil,
          known: names, take: call.isTaken ? StoredSolutions.read(in: record.folder) : nil)
      try Self.hold(run.segmentation.model, names.model, subject)
      var outputs = RunOutputs(run: run, command: record.command, style: call.style)
      outputs.invocation = record.invocation
      outputs.previous = record.folder
      outputs.givenNames = given
      files = try Self.write(folder) { try outputs.write(to: $0) }
      model = run.segmentation.model
      declared = run.study.file.segments.names
      data = StoredNames.data(run.study.sources)
    }
  }

  /// The run's results under other names from its own files, without segmenting again.
  ///
  /// - Parameters:
  ///   - study: The study with its data, unchanged since the run.
  ///   - record: The run.
  ///   - settings: What the run was called with.
  ///   - names: A name for every segment.
  ///   - given: Those of them that people gave.
  /// - Returns: `nil` where files do not hold all that the outputs tell.
  /// - Throws: ``ReportedError`` if a file of the run is damaged.
  private static func restored(
    _ study: Study, _ record: RunRecord, _ settings: RunSettings, _ names: NamesFile,
    given: [SegmentName]
  ) throws -> StudyRun? {
    guard study.file.survey.preparation.quality == nil else { return nil }
    var clock = StepClock()
    let settings = settings.protecting(study.file)
    let solutions =
      record.wrote(SolutionsFile.name) ? try StoredSolutions.read(in: record.folder) : nil
    guard
      var segmentation = StudySegmentation.restored(
        study.data, study.file.segments, settings, roles: StudyRoles(study.file),
        model: record.model.naming(names.names), solutions: solutions, given: given)
    else { return nil }
    clock.lap("segment")
    if record.wrote(FinishedRun.replicates) {
      try FinishedRun(record.folder).addReplicates(to: &segmentation.segmented) { _ in }
    } else if study.hasFitOrQuestions {
      return nil
    }
    clock.lap("replicate")
    return try StudyRun.tell(study, segmentation, settings, &clock)
  }

  /// What `run` and `demo` were called with.
  private static func call(
    _ command: String, _ arguments: [String]
  ) throws -> (
    study: String, style: ReportStyle, work: WorkOptions, reading: ReadingFlags?, isTaken: Bool
  ) {
    if command == "demo" {
      let parsed = try DemoCommand.parse(arguments)
      return (DemoCommand.name, parsed.report.style, parsed.work, nil, false)
    }
    let parsed = try RunCommand.parse(arguments)
    return (
      parsed.study, parsed.report.style, parsed.work, parsed.reading, parsed.take != nil
    )
  }

  private static func beside(_ subject: String, _ isStudy: Bool) -> String {
    isStudy ? NamesFile.path(of: subject) : NamesFile.path(ofSurvey: subject)
  }

  /// Refuses segments that are not those of the run.
  private static func hold(
    _ made: SegmentModel, _ known: SegmentModel, _ subject: String
  ) throws {
    guard made.parameters == known.parameters else {
      throw StudyError(
        code: "E0518",
        message: "this study gives other segments than the run did: Tessera or the machine is "
          + "another", file: subject,
        hint: "run the study again with tessera run, then rename")
    }
  }

  private static func write(
    _ folder: String, _ body: (OutputFolder) throws -> [String]
  ) throws -> [String] {
    try? FileManager.default.removeItem(atPath: folder)
    do {
      return try body(OutputFolder(path: folder, force: false))
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }
}
