public import TesseraSurvey

extension SurveyFileError: ReportedError {
  /// What the user is told.
  public var report: ErrorReport {
    ErrorReport(
      code: code, message: message, file: file, row: row, column: column, hint: hint,
      exitStatus: exitStatus)
  }
}

extension OutputError: ReportedError {
  /// What the user is told.
  public var report: ErrorReport {
    ErrorReport(code: code, message: message, file: file, hint: hint, exitStatus: exitStatus)
  }
}
