public import TesseraSurvey

/// Something that was guessed, left out or looks wrong, though the file could be read.
public struct FileNotice: Sendable, Equatable {
  /// The file, as the user named it.
  public let file: String
  /// The physical line from 1, where there is one.
  public let row: Int?
  /// The column, where there is one.
  public let column: String?
  /// What was guessed or found, in one sentence.
  public let message: String

  /// Makes a notice.
  ///
  /// - Parameters:
  ///   - file: The file, as the user named it.
  ///   - row: The physical line from 1.
  ///   - column: The column's name.
  ///   - message: One sentence.
  public init(file: String, row: Int? = nil, column: String? = nil, message: String) {
    self.file = file
    self.row = row
    self.column = column
    self.message = message
  }
}

/// A row that was set aside because it could not be read.
public struct RejectedRow: Sendable, Equatable {
  /// The file, as the user named it.
  public let file: String
  /// The physical line from 1 on which the row begins.
  public let row: Int
  /// Why, in one sentence.
  public let reason: String
  /// The row as it stands in the file, as UTF-8.
  public let text: String
}

/// One of the files a survey was read from.
public struct SourceFile: Sendable, Equatable {
  /// The path, as the user named it.
  public let path: String
  /// Number of bytes.
  public let byteCount: Int
  /// SHA-256 of the bytes in hexadecimal; empty if it was not asked for.
  public let sha256: String
  /// Number of respondents read from it.
  public let respondents: Int
}

/// The first cell that keeps a column of numbers from being numeric.
public struct OffendingCell: Sendable, Equatable {
  /// The file, as the user named it.
  public let file: String
  /// The physical line from 1.
  public let row: Int
  /// The column.
  public let column: String
  /// What stands there, as far as it may be told: the value itself only if at least ten rows hold
  /// it, else its kind and length.
  public let found: String
}

/// A survey with everything known about the files it came from.
public struct SurveyFile: Sendable, Equatable {
  /// The respondents and their answers.
  public var survey: Survey
  /// The format that was read.
  public let format: SurveyFormat
  /// What was guessed or found, in the order of the file.
  public var notices: [FileNotice]
  /// The files, in the order read.
  public let sources: [SourceFile]
  /// The lines of the respondents, as ``rows`` tells them.
  let lines: RowLines
  /// Rows set aside, with `salvage`.
  public let rejected: [RejectedRow]
  /// For columns that are numbers but for some cells: the first such cell, by column name.
  public let offending: [String: OffendingCell]
  /// What the file says of itself: its label, notes or title; empty if nothing.
  public var label: String
  /// Lines that the file holds about itself: SPSS's documents, Stata's notes.
  public var notes: [String] = []
  /// What else the file says of itself, by name.
  public var attributes: [FileAttribute] = []

  /// For each respondent the physical line on which its row begins.
  ///
  /// In files without lines it is the number of the respondent. Counted from 1, within its file.
  public var rows: [Int] { lines.all }

  /// Where a respondent stands.
  ///
  /// - Parameter respondent: Which respondent, from 0.
  /// - Returns: The file, and the physical line from 1 within it.
  public func place(ofRespondent respondent: Int) -> (file: String, row: Int) {
    var first = 0
    for source in sources {
      if respondent < first + source.respondents { return (source.path, lines[respondent]) }
      first += source.respondents
    }
    return (sources.last?.path ?? "", lines[respondent])
  }

  /// The error to raise where a study needs numbers and a column does not hold them.
  ///
  /// - Parameter column: The column's name.
  /// - Returns: An error that names file, line and column; `nil` if the column is numeric or
  ///   unknown.
  public func numberError(inColumn column: String) -> SurveyFileError? {
    guard let variable = survey[column], !variable.isNumeric else { return nil }
    if let cell = offending[column] {
      return .notANumber(file: cell.file, row: cell.row, column: column, found: cell.found)
    }
    guard let first = (0..<survey.respondentCount).first(where: { variable.answers.isAnswered($0) })
    else { return nil }
    let (file, row) = place(ofRespondent: first)
    return .notANumber(file: file, row: row, column: column, found: "text")
  }
}
