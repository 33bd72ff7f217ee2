import Foundation

/// A plain table of comma-separated values, for fixtures.
struct TableFile {
  let header: [String]
  let rows: [[String]]

  /// A file in this folder's `Fixtures`.
  static func fixture(_ name: String) throws -> TableFile {
    try TableFile(folder.appending(path: "Fixtures/\(name)"))
  }

  /// A file in the repository.
  static func dataset(_ path: String) throws -> TableFile {
    try TableFile(
      folder.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "datasets/\(path)"))
  }

  static var folder: URL { URL(filePath: #filePath).deletingLastPathComponent() }

  init(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    var lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    header = lines.removeFirst()
    rows = lines
  }

  func text(_ name: String) -> [String] {
    let column = header.firstIndex(of: name) ?? 0
    return rows.map { $0[column] }
  }

  func numbers(_ name: String) -> [Double] { text(name).map { Double($0) ?? .nan } }
}
