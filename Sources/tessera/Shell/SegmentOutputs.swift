import Foundation
import TesseraStudy

/// What is to be segmented, wherever it was declared.
struct SegmentTask {
  var data: StudyData
  var segments: SegmentsDeclaration
  var roles: StudyRoles
  var survey: SurveyDeclaration
  var notices: [String]
  var sources: [Study.Source]
  var study: StudyFile?
}

/// What `tessera segment` found, and how it is written.
struct SegmentOutputs {
  /// What was segmented.
  let task: SegmentTask
  /// The segments.
  let found: StudySegmentation
  /// The segments as people.
  let profiles: ProfileResult
  /// What the user set.
  let settings: RunSettings
  /// The study or survey file, as the user named it.
  let file: String
  /// How the command was called.
  let invocation: Invocation
  /// Names that people gave, where the segmentation does not know them all.
  var givenNames: [SegmentName]?

  /// Writes every file.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Names of the files written.
  /// - Throws: `OutputError` with status 73 or 74.
  @discardableResult
  func write(to folder: OutputFolder) throws -> [String] {
    let files: [(name: String, bytes: [UInt8])] = [
      ("segments.json", Array(found.model.json.text.utf8)),
      ("profiles.json", Array(profiles.json.text.utf8)),
      (
        "assignments.csv",
        Assignments.csv(found, withFlags: task.segments.evidence.writesFlags)
      ),
    ]
    for file in files { try folder.write(file.bytes, to: file.name) }
    try folder.write(record(OutputFolder.checksums(files)).text, to: "run.json")
    return files.map(\.name) + ["run.json"]
  }

  private func record(_ checksums: [(String, JSONValue)]) -> JSONValue {
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
      ("count_rule", found.result.countRule?.json ?? .null),
      ("active", .strings(found.active)), ("passive", .strings(found.passive)),
      ("quality", found.model.evidence["quality"] ?? .null),
      ("files", .strings(checksums.map(\.0) + ["run.json"])), ("checksums", .object(checksums)),
      (
        "segmented", .string(URL(fileURLWithPath: file).standardizedFileURL.path)
      ),
      ("given_names", (givenNames ?? found.givenNames).json),
      ("invocation", invocation.json),
      ("notes", .strings(task.notices)), ("warnings", .strings(found.result.warnings)),
    ])
  }
}
