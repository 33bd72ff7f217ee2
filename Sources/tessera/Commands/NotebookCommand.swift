import ArgumentParser
import Foundation
import TesseraFiles
import TesseraStudy

/// `tessera notebook`: Markdown notebooks whose outputs are checked.
struct NotebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook", abstract: "Markdown notebooks whose outputs are checked.",
    subcommands: [Run.self])

  /// `tessera notebook run`.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "Run notebooks and compare what they show with what happens.",
      discussion: """
        A notebook is CommonMark. Blocks named console hold commands behind $ with their output; \
        ? 66 expects an exit status, ... any lines, [..] any text, and tol=1e-6 behind the name \
        lets numbers differ by that much. Commands run in a clean folder with datasets/ in it. \
        Exit status 1 if anything differs.

        EXAMPLES
          tessera notebook run notebooks-md/*.md
          tessera notebook run notebooks-md/01-coupe-or-suv.md --update
        """)

    @Argument(help: "Notebooks.")
    var files: [String]

    @Flag(help: "Write the outputs that came into the notebooks.")
    var update = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
      var reports: [NotebookReport] = []
      for file in files {
        let report = try execute(file)
        reports.append(report)
        if !output.json { try tell(report) }
      }
      if output.json { try Console.out(document(reports).text) }
      if !update, reports.contains(where: { !$0.isClean }) { throw CheckFailed() }
    }

    private func execute(_ file: String) throws -> NotebookReport {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw StudyError(
          code: "E0101", message: "no such notebook", file: file, exitStatus: 66)
      }
      guard let text = String(data: data, encoding: .utf8) else {
        throw StudyError(code: "E0721", message: "the notebook is not UTF-8 text", file: file)
      }
      let notebook = try Notebook.parse(text, file: file)
      let shell = try NotebookShell(notebook: file)
      defer { shell.close() }
      let beside = URL(fileURLWithPath: file).deletingLastPathComponent()
      let workspace = NotebookRunner.Workspace(
        write: { path, text throws(StudyError) in try write(text, path, in: shell.folder) },
        run: { command, timeout throws(StudyError) in
          try shell.run(command, timeout: timeout)
        },
        read: { path in bytes(shell.folder.appendingPathComponent(path)) },
        readBeside: { path in bytes(beside.appendingPathComponent(path)) },
        has: { SiblingProgram.inPath($0) != nil })
      let report = try NotebookRunner(workspace).run(notebook)
      if update, !report.isClean {
        try AtomicFile.write(report.updated, to: file)
        for figure in report.figures {
          guard let drawn = bytes(shell.folder.appendingPathComponent(figure)) else { continue }
          try AtomicFile.write(drawn, to: beside.appendingPathComponent(figure).path)
        }
      }
      return report
    }

    private func tell(_ report: NotebookReport) throws {
      if let need = report.skippedFor {
        try Console.out("\(report.file): skipped, needs \(need)")
        return
      }
      for difference in report.differences where !update { try Console.out("\(difference)") }
      let state =
        report.isClean
        ? "as shown" : update ? "rewritten" : "\(report.differences.count) differences"
      try Console.out("\(report.file): \(report.commands) commands, \(state)")
    }

    private func document(_ reports: [NotebookReport]) -> JSONValue {
      [
        "schema": "tessera.notebook/1",
        "notebooks": JSONValue.list(reports) { report in
          [
            "file": report.file, "commands": report.commands, "clean": report.isClean,
            "skipped_for": report.skippedFor, "differences": report.differences.map(\.description),
          ]
        },
      ]
    }
  }
}

/// The bytes of a file; `nil` if there is none.
private func bytes(_ url: URL) -> [UInt8]? {
  FileManager.default.contents(atPath: url.path).map(Array.init)
}

/// Writes a notebook's file into its folder, and nowhere else.
private func write(_ text: String, _ path: String, in folder: URL) throws(StudyError) {
  let parts = path.split(separator: "/")
  guard !path.hasPrefix("/"), !parts.contains("..") else {
    throw StudyError(
      code: "E0722", message: "a notebook writes only below its own folder", file: path,
      hint: "take .. and the leading slash out of the name")
  }
  let target = folder.appendingPathComponent(path)
  do {
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(text, to: target.path)
  } catch {
    throw StudyError(
      code: "E0701", message: "the notebook's file cannot be written", file: path,
      exitStatus: 73)
  }
}
