public import Foundation
public import TesseraMath

/// A small table kept beside the tests.
public struct Fixture: Sendable {
  /// Names of the columns.
  public let names: [String]
  /// The cells, row after row, without quotes.
  public let rows: [[String]]

  /// Reads a table of comma-separated values with a header, from the folder `Fixtures`.
  ///
  /// - Parameters:
  ///   - name: The file's name.
  ///   - folder: The folder, found from the test file: `Fixture.folder()`.
  /// - Throws: What the file system says.
  public init(_ name: String, in folder: URL) throws {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map(Self.cells)
    names = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// Makes a table from cells.
  public init(names: [String], rows: [[String]]) {
    self.names = names
    self.rows = rows
  }

  /// The folder `Fixtures` of the test target in which a file stands.
  ///
  /// - Parameters:
  ///   - target: Name of the test target.
  ///   - file: The file that asks.
  /// - Returns: The folder.
  public static func folder(target: String, from file: String = #filePath) -> URL {
    var folder = URL(fileURLWithPath: file)
    while folder.lastPathComponent != target && folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    return folder.appendingPathComponent("Fixtures")
  }

  /// The cells of a column.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One cell a row; empty if there is no such column.
  public func column(_ name: String) -> [String] {
    guard let index = names.firstIndex(of: name) else { return [] }
    return rows.map { $0[index] }
  }

  /// Columns as numbers; what is no number becomes not-a-number.
  ///
  /// - Parameter columns: Which columns, from 0.
  /// - Returns: Rows × columns.
  public func numbers(_ columns: [Int]) -> Matrix {
    Matrix(rows.map { row in columns.map { Double(row[$0]) ?? .nan } })
  }

  /// A column as codes from 0 in the alphabetical order of its cells.
  ///
  /// - Parameter column: Which column, from 0.
  /// - Returns: A code a row.
  public func codes(_ column: Int) -> [Int] {
    let levels = Set(rows.map { $0[column] }).sorted()
    return rows.map { row in levels.firstIndex(of: row[column]) ?? 0 }
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var quoted = false
    for character in line {
      switch character {
      case "\"": quoted.toggle()
      case "," where !quoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
