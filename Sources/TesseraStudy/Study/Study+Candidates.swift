internal import TesseraFiles
internal import TesseraSurvey

extension Study {
  /// Reads a table of products that are no part of the study, such as ideas to choose a line from.
  ///
  /// - Parameter path: A table with the columns of the study's products.
  /// - Returns: The products.
  /// - Throws: ``StudyError`` `E06xx` naming line and column; `E01xx` for a file that cannot be read.
  public func candidates(_ path: String) throws(StudyError) -> ProductTable {
    let table: StudyTable
    do throws(SurveyFileError) {
      table = StudyTable(try TableReader.read(path))
    } catch {
      throw StudyError(error.report)
    }
    let known = ["label", "cost"] + file.features.map(\.name)
    // In a table that is typed in passing, a column that is not used is a mistake.
    for column in table.header.dropFirst()
    where !known.contains(column) && !["label", "cost"].contains(column.lowercased()) {
      throw table.error(
        "E0603", "the column '\(DisplayText.escaped(column))' is no feature of the study",
        hint: NearestName.question(column, among: known) ?? "take it out; the study's features are "
          + file.features.map(\.name).joined(separator: ", "))
    }
    return try ProductTable.bind(table, file.features).products
  }
}
