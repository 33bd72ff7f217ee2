package import TesseraFiles

extension TextTable {
  /// One column, top to bottom.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: Its texts; a blank is an empty string.
  /// - Throws: ``SurveyTableError`` when the table has no such column.
  package func texts(of name: String) throws(SurveyTableError) -> [String] {
    guard let place = column(name) else { throw .noColumn(name) }
    return rows.map { $0.cells[place] }
  }
}

/// What can be wrong with the survey that the generator reads.
package enum SurveyTableError: Error, Equatable, CustomStringConvertible {
  /// A column that is needed is not there.
  case noColumn(String)
  /// A cell that should hold a number does not.
  case notANumber(line: Int, column: String)

  /// The message for a person: where, what, and what to do.
  package var description: String {
    switch self {
    case .noColumn(let name):
      "no column named \(name): use gss2018.csv as it stands in datasets/gss2018"
    case .notANumber(let line, let column):
      "line \(line), column \(column): expected a number or a blank"
    }
  }
}
