import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy

/// A folder for a report that stands for itself: a page, its text, its numbers and its charts.
struct ReportFolder {
  private let path: String

  /// Opens or makes a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - force: Whether it may hold something else.
  /// - Throws: ``OutputRefused`` with status 73.
  init(_ path: String, force: Bool) throws {
    self.path = path
    let content = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let isOurs =
      content.isEmpty || content.contains("compare.json") || content.contains("track.json")
    _ = try OutputFolder(path: path, force: force || isOurs)
  }

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - document: The report.
  ///   - json: Its numbers; written last, so that a folder with them holds a whole report.
  ///   - name: Name of the files, without their endings.
  ///   - numbers: How numbers are written.
  /// - Throws: ``OutputError`` with status 73 or 74.
  func write(
    _ document: ReportDocument, json: JSONValue, as name: String, numbers: NumberStyle
  ) throws {
    let folder = try OutputFolder(path: path, force: true)
    try folder.write(HTMLWriter(numbers: numbers).text(of: document), to: "\(name).html")
    try folder.write(MarkdownWriter(numbers: numbers).text(of: document), to: "\(name).md")
    for chart in document.charts {
      try folder.write(chart.standaloneSVG, to: "charts/\(chart.id).svg")
    }
    try folder.write(json.text, to: "\(name).json")
  }
}
