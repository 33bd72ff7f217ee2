import Foundation

/// Gnumeric, as an independent reader of workbooks that computes formulas anew.
enum Spreadsheet {
  /// Where `ssconvert` is, if it is installed.
  static let program: String? = {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return places.map { "\($0)/ssconvert" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  /// The sheets of a workbook as rows of texts, after all formulas were computed anew.
  static func sheets(_ bytes: [UInt8]) throws -> [[[String]]] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-sheets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(bytes).write(to: folder.appendingPathComponent("book.xlsx"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program ?? "/usr/bin/ssconvert")
    process.currentDirectoryURL = folder
    process.arguments = [
      "--recalc", "-S", "--export-type=Gnumeric_stf:stf_assistant", "-O",
      "separator=\u{1F} quoting-mode=never format=raw", "book.xlsx", "sheet-%n.txt",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    var sheets: [[[String]]] = []
    while let text = try? String(
      contentsOf: folder.appendingPathComponent("sheet-\(sheets.count).txt"), encoding: .utf8)
    {
      sheets.append(
        text.split(separator: "\n", omittingEmptySubsequences: false).map {
          $0.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        })
    }
    return sheets
  }
}
