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
    [
      "schema": "tessera.run/1", "command": "segment", "version": TesseraVersion.current,
      "inputs": JSONValue.list(task.sources) {
        ["role": $0.role.rawValue, "path": $0.path, "sha256": $0.sha256]
      }, "seed": Int(truncatingIfNeeded: settings.seed), "verdict": found.result.verdict?.json,
      "count_rule": found.result.countRule?.json, "active": found.active, "passive": found.passive,
      "quality": found.model.evidence["quality"] ?? .null,
      "files": checksums.map(\.0) + ["run.json"], "checksums": JSONValue.object(checksums),
      "segmented": URL(fileURLWithPath: file).standardizedFileURL.path,
      "given_names": (givenNames ?? found.givenNames).json, "invocation": invocation.json,
      "notes": task.notices, "warnings": found.result.warnings,
    ]
  }
}
