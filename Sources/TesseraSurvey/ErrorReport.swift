/// What a user is told when something goes wrong: where, what, and what to do.
///
/// Never holds a respondent's open answer.
public struct ErrorReport: Sendable, Equatable {
  /// A stable name that `tessera explain` tells more about, such as `E0101`.
  public let code: String
  /// What is wrong, in a sentence without the place.
  public let message: String
  /// The file in question.
  public let file: String?
  /// The physical line in the file, from 1; of a table also the row.
  public let row: Int?
  /// The column's or the key's name.
  public let column: String?
  /// What would help.
  public let hint: String?
  /// The process's exit status for this kind of error.
  public let exitStatus: Int32
  /// Sheet and cell in a workbook, such as `Needs!C4`; it stands in place of the line.
  public var cell: String?
  /// What else is wrong, found in the same pass.
  public var others: [ErrorReport] = []

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - code: A stable name, such as `E0101`.
  ///   - message: What is wrong.
  ///   - file: The file in question.
  ///   - row: The line in the file, from 1.
  ///   - column: The column's or the key's name.
  ///   - hint: What would help.
  ///   - exitStatus: 65 bad data, 66 not found, 73 cannot write, 74 input or output failed.
  ///   - cell: Sheet and cell in a workbook.
  public init(
    code: String, message: String, file: String? = nil, row: Int? = nil, column: String? = nil,
    hint: String? = nil, exitStatus: Int32 = 65, cell: String? = nil
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.row = row
    self.column = column
    self.hint = hint
    self.exitStatus = exitStatus
    self.cell = cell
  }

  /// The place and the message in one line, as compilers print them.
  public var line: String {
    var place = file ?? ""
    if let cell {
      place += place.isEmpty ? cell : ": \(cell)"
    } else if let row {
      place += ":\(row)"
    }
    if let column { place += place.isEmpty ? column : " (\(column))" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}

/// An error that knows how to tell itself to a user.
public protocol ReportedError: Error, Sendable {
  /// What the user is told.
  var report: ErrorReport { get }
}
