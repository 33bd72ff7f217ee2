/// Reads survey exports.
public enum SurveyReader {
  /// Reads one survey from one file, or from several files with the same columns.
  ///
  /// - Parameters:
  ///   - files: Paths, or patterns with `*`, `?` and `[...]`; read in order and stacked.
  ///   - options: What is known about the files.
  /// - Returns: The survey, with everything that was guessed on the way.
  /// - Throws: ``SurveyFileError`` naming file, line and column.
  public static func read(
    _ files: [String], options: ReadingOptions = ReadingOptions()
  ) throws(SurveyFileError) -> SurveyFile {
    guard let file = files.first else { throw .noMatch(pattern: "") }
    throw .unknownFormat(file: file, name: options.format?.rawValue ?? "unknown")
  }
}

/// Reads plain tables of texts.
public enum TableReader {
  /// Reads a delimited table.
  ///
  /// - Parameters:
  ///   - file: The path.
  ///   - options: What is known about the file.
  /// - Returns: The header and the rows, as texts.
  /// - Throws: ``SurveyFileError`` naming file and line.
  public static func read(
    _ file: String, options: ReadingOptions = ReadingOptions()
  ) throws(SurveyFileError) -> TextTable {
    throw .unknownFormat(file: file, name: "table")
  }
}
