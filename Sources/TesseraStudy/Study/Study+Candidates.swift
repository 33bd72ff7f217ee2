internal import TesseraFiles

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
    return try ProductTable.bind(table, file.features).products
  }
}
