import Foundation
import TesseraReport
import TesseraSurvey

/// Turns charts into PNG files through a program found on this computer.
struct PictureDrawer {
  /// What draws.
  private enum Program {
    case rsvg(String)
    case chromium(String)
  }

  private let program: Program

  /// Looks for a program that draws.
  ///
  /// - Throws: ``ReportedError`` E0712 if there is none.
  init() throws {
    func find(_ names: [String]) -> String? {
      let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      for name in names {
        for place in places
        where FileManager.default.isExecutableFile(atPath: "\(place)/\(name)") {
          return "\(place)/\(name)"
        }
      }
      return nil
    }
    if let path = find(["rsvg-convert"]) {
      program = .rsvg(path)
    } else if let path = find(["chromium", "chromium-browser", "google-chrome"]) {
      program = .chromium(path)
    } else {
      throw NoPictures("no program is here that draws PNG files")
    }
  }

  /// Draws a chart at twice its size, on white.
  ///
  /// - Parameter chart: The chart.
  /// - Returns: A PNG file.
  /// - Throws: ``ReportedError`` E0712 if the program fails.
  func png(of chart: Chart) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-picture-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let drawing = folder.appendingPathComponent("chart.svg")
    let picture = folder.appendingPathComponent("chart.png")
    try Data(chart.standaloneSVG.utf8).write(to: drawing)
    let process = Process()
    switch program {
    case .rsvg(let path):
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = [
        "--zoom=2", "--background-color=white", "-o", picture.path, drawing.path,
      ]
    case .chromium(let path):
      process.executableURL = URL(fileURLWithPath: path)
      let size = chart.standaloneSize
      process.arguments = [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--force-device-scale-factor=2",
        "--window-size=\(Int(size.width.rounded(.up))),\(Int(size.height.rounded(.up)))",
        "--user-data-dir=\(folder.path)/profile", "--screenshot=\(picture.path)",
        "file://\(drawing.path)",
      ]
    }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let bytes = FileManager.default.contents(
        atPath: picture.path)
    else { throw NoPictures("the chart '\(chart.id)' could not be drawn as PNG") }
    return Array(bytes)
  }
}

/// Why there are no PNG files.
private struct NoPictures: ReportedError {
  let report: ErrorReport

  init(_ message: String) {
    report = ErrorReport(
      code: "E0712", message: message,
      hint: "install librsvg2-bin or chromium, or leave out --png: the charts are SVG files too",
      exitStatus: 73)
  }
}
