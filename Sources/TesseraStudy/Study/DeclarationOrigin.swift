internal import TesseraSurvey

/// Where declarations stand, so that an error can point to them: a study file, or options.
public struct DeclarationOrigin: Sendable {
  private let study: StudyFile?
  private let path: String?

  /// Options of a command: errors name the column, and no line.
  public static let commandLine = DeclarationOrigin(study: nil, path: nil)

  private init(study: StudyFile?, path: String?) {
    self.study = study
    self.path = path
  }

  /// A study file.
  ///
  /// - Parameters:
  ///   - study: What the file declares.
  ///   - path: The file, as the user named it.
  public init(study: StudyFile, path: String) {
    self.init(study: study, path: Optional(path))
  }

  /// An error about a declaration.
  ///
  /// - Parameters:
  ///   - code: The stable name.
  ///   - message: What is wrong.
  ///   - key: Keys joined by points; a name that is no key itself may stand at the end.
  ///   - hint: What would help.
  /// - Returns: The error, with file and line where there are any.
  func error(
    _ code: String, _ message: String, at key: String, hint: String? = nil
  ) -> StudyError {
    guard let study else {
      return StudyError(code: code, message: message, hint: hint)
    }
    return StudyError(
      code: code, message: message, file: path, row: study.line(of: key), column: key, hint: hint,
      cell: study.cell(of: key))
  }

  /// An error for the name of a column that does not exist.
  func unknownColumn(
    _ name: String, at key: String, among names: [String]
  ) -> StudyError {
    error(
      "E0401", "there is no column '\(DisplayText.escaped(name))' in the survey", at: key,
      hint: NearestName.question(name, among: names)
        ?? "tessera inspect lists the columns of the survey")
  }
}
