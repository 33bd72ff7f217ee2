import Foundation
import TesseraFiles

/// Where the data sets lie, found from where this file lies.
enum Repository {
  static let datasets = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("datasets")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: datasets.appendingPathComponent(path), encoding: .utf8)
  }

  static func table(_ path: String) throws -> TextTable {
    try TableReader.read(datasets.appendingPathComponent(path).path)
  }

  /// The table that a text is read as, by way of a file that is removed again.
  static func table(reading text: String) throws -> TextTable {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try TableReader.read(file.path)
  }
}
