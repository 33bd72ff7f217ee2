import ArgumentParser
import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// `tessera rename`: other names for the segments of a finished run, in all of its outputs.
struct RenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Names the segments of a finished run, in every file of its folder.",
    discussion: """
      The names are stored in STUDY.names.json beside the study (FILE.names.json beside a survey \
      file), with the model whose segments have them. Later runs, on other data or into other \
      folders, give a name to the segment that is made of the same people, or withhold it and say \
      so; keep the file together with the study.

      All outputs are made again from the run's own segments, and put in its place at once; nothing \
      is segmented anew. Other files in the folder stay.

      EXAMPLES
        tessera rename study-tessera S1="Families" S2="Older couples"
        tessera rename results S3="Young singles" --study moved/study.yaml
      """)

  @Argument(help: "The folder of a finished run.")
  var folder: String

  @Argument(
    help: ArgumentHelp(
      "A segment, by its id or present name, and its new name; may be repeated.",
      valueName: "id=name"))
  var names: [String]

  @Option(help: "The study or survey file, where it was moved since the run.")
  var study: String?

  @Flag(help: "Write over outputs that were changed by hand since the run.")
  var force = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let record = try RunRecord(folder)
    let given = try asked(record)
    try record.refuseChangedOutputs(force: force)
    let subject = try record.subject(study)
    let remade = try RemadeRun(
      record, subject: subject, names: Self.all(record.model, given), given: given,
      output: output)
    let stored = NamesFile(
      data: remade.data, model: remade.model, names: given, declared: remade.declared)
    try record.replace(by: remade, storing: stored, at: remade.namesPath)
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.rename/1", "directory": folder, "names_file": remade.namesPath,
          "names": JSONValue.object(remade.model.segments.map { ($0.id, .string($0.name)) }),
          "files": remade.files,
        ] as JSONValue).text)
      return
    }
    for segment in remade.model.segments {
      try Console.out(DisplayText.escaped(segment.display, limit: 200))
    }
    try Console.out(
      "\(remade.files.count) files of \(folder) have these names; they are stored in "
        + remade.namesPath)
  }

  /// The names that people gave: those stored, and over them those asked for now.
  private func asked(_ record: RunRecord) throws -> [SegmentName] {
    let segments = record.model.segments
    let ids = segments.map(\.id)
    var asked: [SegmentName] = []
    for text in names {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageError(
          message: "'\(DisplayText.escaped(text))' is not a name for a segment",
          hint: "write the id, = and the name, such as S1=\"Families\"")
      }
      asked.append(
        SegmentName(
          id: Self.id(parts[0].trimmingCharacters(in: .whitespaces), segments),
          name: parts[1].trimmingCharacters(in: .whitespaces)))
    }
    if let fault = SegmentName.fault(asked, segments: ids) {
      throw UsageError(message: fault.message, hint: fault.hint)
    }
    var all = segments.map { segment in
      asked.first { $0.id == segment.id } ?? SegmentName(id: segment.id, name: segment.name)
    }
    if let fault = SegmentName.fault(all, segments: ids) {
      throw UsageError(message: fault.message, hint: fault.hint)
    }
    let given = Set(record.given.map(\.id)).union(asked.map(\.id))
    all.removeAll { !given.contains($0.id) }
    return all
  }

  /// The id of a segment that is called by its id or its name.
  private static func id(_ called: String, _ segments: [Segment]) -> String {
    segments.contains { $0.id == called }
      ? called : segments.first { $0.name == called }?.id ?? called
  }

  /// A name for every segment, so that none is made anew.
  private static func all(
    _ model: SegmentModel, _ given: [SegmentName]
  ) -> NamesFile {
    NamesFile(
      data: "", model: model,
      names: model.segments.map { segment in
        given.first { $0.id == segment.id }
          ?? SegmentName(id: segment.id, name: segment.name)
      }, declared: [])
  }
}
