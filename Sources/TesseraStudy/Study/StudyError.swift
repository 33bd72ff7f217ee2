public import TesseraSurvey

/// What is wrong with a study file, or with the data it asks for.
///
/// Readers of files have errors of their own; this one holds what only a study can know.
public struct StudyError: ReportedError, Equatable {
  /// What the user is told.
  public let report: ErrorReport

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - code: A stable name, `E03xx` for study files, `E04xx` for data that do not suit them,
  ///     `E05xx` for segmentations, `E06xx` for products and fit.
  ///   - message: What is wrong, in one sentence.
  ///   - file: The file in question.
  ///   - row: The line in it, from 1.
  ///   - column: The column's or the key's name.
  ///   - hint: What would help.
  ///   - exitStatus: 65 unless it is a file that cannot be found (66).
  public init(
    code: String, message: String, file: String? = nil, row: Int? = nil, column: String? = nil,
    hint: String? = nil, exitStatus: Int32 = 65
  ) {
    report = ErrorReport(
      code: code, message: message, file: file, row: row, column: column, hint: hint,
      exitStatus: exitStatus)
  }

  /// Passes on what another module reported.
  ///
  /// - Parameter report: The other error's report.
  public init(_ report: ErrorReport) {
    self.report = report
  }

  /// The same error, with the file it is about.
  ///
  /// - Parameter file: The file's path.
  /// - Returns: An error that names the file.
  public func naming(_ file: String) -> StudyError {
    StudyError(
      code: report.code, message: report.message, file: file, row: report.row,
      column: report.column, hint: report.hint, exitStatus: report.exitStatus)
  }
}
