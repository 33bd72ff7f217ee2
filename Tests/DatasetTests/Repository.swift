import Foundation
import simulate_needs

/// Where the data sets lie, found from where this file lies.
enum Repository {
  static let datasets = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("datasets")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: datasets.appendingPathComponent(path), encoding: .utf8)
  }

  static func table(_ path: String) throws -> CommaSeparatedTable {
    try CommaSeparatedTable(text(path))
  }
}
