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

  /// The file, as the user named it.
  public let file: String
  /// The names of the columns.
  public let header: [String]
  /// The rows below the header.
  public let rows: [Row]

  /// The position of a column, if there is one of that name.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: From 0.
  public func column(_ name: String) -> Int? {
    header.firstIndex { $0.utf8.elementsEqual(name.utf8) }
  }
}
