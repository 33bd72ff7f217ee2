/// A plain table of texts: a header, and rows that know their line.
///
/// For the small tables beside a survey, such as products and relations.
public struct TextTable: Sendable, Equatable {
  /// One row below the header.
  public struct Row: Sendable, Equatable {
    /// The physical line from 1 on which the row begins; the header is line 1.
    public let line: Int
    /// One text for each column; empty for an empty cell.
    public let cells: [String]
  }

  /// The file, as the user named it; of a workbook with `#SHEET` behind it.
  public let file: String
  /// The names of the columns.
  public let header: [String]
  /// The rows below the header.
  public let rows: [Row]

  /// Of a workbook: the sheet, and for each column its place on it, from 0.
  public var sheet: (name: String, columns: [Int])?

  /// Sheet and cell, where the table stands in a workbook.
  ///
  /// - Parameters:
  ///   - line: The row, from 1.
  ///   - column: The position of the column, from 0.
  /// - Returns: Such as `Products!C4`.
  public func cell(line: Int, column: Int) -> String? {
    sheet.map { "\($0.name)!\(CellPlace(row: line, column: $0.columns[column]))" }
  }

  /// Whether two tables hold the same.
  public static func == (left: TextTable, right: TextTable) -> Bool {
    left.file == right.file && left.header == right.header && left.rows == right.rows
  }

  /// The position of a column, if there is one of that name.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: From 0.
  public func column(_ name: String) -> Int? {
    header.firstIndex { $0.utf8.elementsEqual(name.utf8) }
  }
}
