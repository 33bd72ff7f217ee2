/// A small table beside a study: products or relations.
public enum TableDeclaration: Sendable, Equatable {
  /// In a file of its own; the path is relative to the study file.
  case file(String)
  /// In the study itself.
  case inline([Row])

  /// A row of a table that stands in the study.
  public struct Row: Sendable, Equatable {
    /// The product or the need.
    public let name: String
    /// The line in the study, from 1.
    public let line: Int
    /// The cells that are filled.
    public let cells: [Cell]
    /// Sheet and cell of the name, where a workbook holds the study.
    var place: String?
  }

  /// A cell of a table that stands in the study.
  public struct Cell: Sendable, Equatable {
    /// The column.
    public let feature: String
    /// What stands there, as written.
    public let text: String
    /// Sheet and cell, where a workbook holds the study.
    var place: String?
    /// Sheet and cell of the feature's name.
    var heading: String?
  }
}
