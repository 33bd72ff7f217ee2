import ArgumentParser
import Foundation
import TesseraReport
import TesseraStudy

/// A folder for a report that stands for itself: a page, its text, its numbers and its charts.
struct ReportFolder: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Folder for the report: a page, its text, its numbers as JSON, and the charts.")
  var folder: String?

  @Flag(help: "Write into a folder that holds something else.")
  var force = false

  @OptionGroup var language: NumberOptions

  /// How numbers are written.
  var numbers: NumberStyle { language.numbers }

  /// Writes the report into the folder, if there is one, and its numbers or its summary to standard
  /// output.
  ///
  /// - Parameters:
  ///   - document: The report.
  ///   - summary: What a terminal shows of it.
  ///   - json: Its numbers; written last, so that a folder with them holds a whole report.
  ///   - name: Name of the files, without their endings.
  ///   - output: Whether numbers or words are printed.
  ///   - notes: What is told on standard error before the summary.
  /// - Throws: ``OutputRefused`` or ``OutputError`` with status 73 or 74.
  func write(
    _ document: ReportDocument, _ summary: [Block], _ json: JSONValue, as name: String,
    _ output: OutputOptions, notes: [String] = []
  ) throws {
    if let folder { try write(document, json, as: name, to: folder) }
    guard !output.json else {
      try Console.out(json.text)
      return
    }
    for note in notes { output.note("note: \(note)") }
    try Console.out(SectionText.text(summary))
    if let folder { output.note("report: \(folder)/\(name).html") }
  }

  private func write(
    _ document: ReportDocument, _ json: JSONValue, as name: String, to path: String
  ) throws {
    let content = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let isOurs =
      content.isEmpty
      || !Set(content).isDisjoint(with: ["compare.json", "track.json", "panel.json"])
    let folder = try OutputFolder(path: path, force: force || isOurs)
    try folder.whole { folder in
      try folder.write(HTMLWriter(numbers: numbers).text(of: document), to: "\(name).html")
      try folder.write(MarkdownWriter(numbers: numbers).text(of: document), to: "\(name).md")
      for chart in document.charts {
        try folder.write(chart.standaloneSVG, to: "charts/\(chart.id).svg")
      }
      try folder.write(json.text, to: "\(name).json")
    }
  }
}
