import ArgumentParser
import Foundation
import TesseraStudy
import TesseraSurvey

/// `tessera notes`: what a finished run has to say of its data.
struct NotesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes",
    abstract: "The notes and warnings of a finished run.",
    discussion: """
      A run tells its findings first and counts its notes in one line; here they are in full.

      EXAMPLES
        tessera notes study-tessera
        tessera notes study-tessera --json
      """)

  @Argument(help: "Folder that tessera run or tessera segment wrote.")
  var folder: String

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let file = folder.hasSuffix("/") ? "\(folder)run.json" : "\(folder)/run.json"
    guard let data = FileManager.default.contents(atPath: file) else {
      throw StudyError(
        code: "E0710", message: "the folder holds no finished run (no run.json)", file: folder,
        hint: "tessera run STUDY -o \(folder) makes one", exitStatus: 66)
    }
    guard let json = try? JSONValue.parse(data) else {
      throw StudyError(
        code: "E0711", message: "this is not the record of a run", file: file,
        hint: "run the study again with tessera run")
    }
    func texts(_ key: String) -> [String] { (json[key]?.array ?? []).compactMap(\.string) }
    let told = RunNotes(notes: texts("notes"), warnings: texts("warnings"))
    if output.json {
      try Console.out(
        (["schema": "tessera.notes/1", "warnings": told.warnings, "notes": told.notes] as JSONValue)
          .text)
      return
    }
    try Console.out(
      told.lines.isEmpty
        ? "The run has no notes."
        : told.lines.map { DisplayText.escaped($0, limit: 4000) }.joined(separator: "\n"))
  }
}
