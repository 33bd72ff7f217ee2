import Foundation
import TesseraMath
import TesseraSegmentation

/// A published contingency table, read from the fixtures.
struct PublishedTable {
  let names: [String]
  /// A row a pattern; 0 is missing.
  let codes: [[UInt8]]
  let counts: [Double]

  init(_ name: String, sourceFile: String = #filePath) throws {
    let file = URL(fileURLWithPath: sourceFile)
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/LatentClass/\(name)_patterns.csv")
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    names = Array(lines[0].dropLast())
    codes = lines.dropFirst().map { row in row.dropLast().map { UInt8($0) ?? 0 } }
    counts = lines.dropFirst().map { Double($0.last ?? "") ?? 0 }
  }

  func items(_ columns: Range<Int>, rows: [Int]? = nil) -> [Item] {
    columns.map { column in
      let most = Int(codes.map { $0[column] }.max() ?? 2)
      return Item(
        name: names[column], measurement: most > 2 ? .nominal(categories: most) : .binary,
        answers: .codes((rows ?? Array(codes.indices)).map { codes[$0][column] }))
    }
  }

  /// The first so many columns with frequency weights.
  func table(columns: Int) throws -> ItemTable {
    try ItemTable(
      respondentCount: codes.count, items: items(0..<columns), weights: .frequency(counts))
  }

  /// One row a respondent.
  func repeated(columns: Int) throws -> ItemTable {
    let rows = counts.indices.flatMap { Array(repeating: $0, count: Int(counts[$0])) }
    return try ItemTable(respondentCount: rows.count, items: items(0..<columns, rows: rows))
  }
}
