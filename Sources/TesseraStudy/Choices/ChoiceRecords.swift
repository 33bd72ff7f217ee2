/// Choices as a table gave them: menus of alternatives in a row, with every column they have.
public struct ChoiceRecords: Sendable, Equatable {
  /// The table's file, or the survey's.
  public let file: String
  /// Names of the columns; alternatives share what stands in a column of their menu.
  public let columns: [String]
  /// Columns × alternatives, as written.
  public let cells: [[String]]
  /// The first alternative of each menu, and the number of alternatives at the end.
  public let starts: [Int]
  /// The alternative chosen in each menu.
  public let chosen: [Int]
  /// For each menu its respondent: a row of the study's data.
  public let respondents: [Int]
  /// For each alternative its line in ``file``, from 1.
  public let lines: [Int]
  /// For each alternative its product in the table of products; empty if they are not named.
  public let products: [Int]
  /// The different offers that were made, as products whose fit can be computed; `nil` without fit.
  public let profiles: ProductTable?
  /// For each alternative its offer among ``profiles``; empty without fit.
  public let profileOfAlternative: [Int]
  /// What was left out, in sentences with counts.
  public let notices: [String]

  /// Number of menus.
  public var count: Int { chosen.count }

  /// The cells of a column.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: A text for each alternative; `nil` if there is no such column.
  public func texts(_ name: String) -> [String]? {
    columns.firstIndex { $0.utf8.elementsEqual(name.utf8) }.map { cells[$0] }
  }
}
