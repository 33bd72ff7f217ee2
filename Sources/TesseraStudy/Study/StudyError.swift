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
  ///   - cell: Sheet and cell, where a workbook holds the study.
  public init(
    code: String, message: String, file: String? = nil, row: Int? = nil, column: String? = nil,
    hint: String? = nil, exitStatus: Int32 = 65, cell: String? = nil
  ) {
    report = ErrorReport(
      code: code, message: message, file: file, row: row, column: column, hint: hint,
      exitStatus: exitStatus, cell: cell)
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
      column: report.column, hint: report.hint, exitStatus: report.exitStatus, cell: report.cell)
  }
}

/// Collects what is wrong with a study, so that all of it is told at once.
struct StudyFaults {
  private(set) var reports: [ErrorReport] = []

  /// Does a part of the work and keeps what is wrong with it.
  ///
  /// - Parameter work: The part.
  /// - Returns: What it gives; `nil` if something is wrong.
  mutating func take<Value>(_ work: () throws(StudyError) -> Value) -> Value? {
    do throws(StudyError) {
      return try work()
    } catch {
      add(error)
      return nil
    }
  }

  /// Does a part of the work for each of several things, and keeps what is wrong with each.
  ///
  /// - Parameters:
  ///   - things: The things.
  ///   - work: What is done with one.
  /// - Returns: What it gave, for those with which nothing is wrong.
  mutating func each<Thing, Value>(
    _ things: [Thing], _ work: (Thing) throws(StudyError) -> Value
  ) -> [Value] {
    var values: [Value] = []
    for thing in things {
      if let value = take({ () throws(StudyError) in try work(thing) }) { values.append(value) }
    }
    return values
  }

  /// Keeps all that another collection holds.
  mutating func add(_ others: StudyFaults) {
    for report in others.reports { add(StudyError(report)) }
  }

  /// Drops missing keys where a key beside them is only misspelt, or a cell could not be read.
  ///
  /// - Parameter isForm: Whether cells of a workbook are at fault already.
  mutating func dropFollowers(isForm: Bool) {
    let unknown = reports.filter { $0.code == StudyNode.Code.unknownKey.rawValue }
      .compactMap(\.column)
    let kept = reports.filter { report in
      guard report.code == StudyNode.Code.missingKey.rawValue, report.column != nil || isForm
      else { return true }
      return !isForm && !unknown.contains { $0.hasPrefix((report.column ?? "") + ".") }
    }
    if !kept.isEmpty { reports = kept }
  }

  /// Keeps an error with all that it carries.
  mutating func add(_ error: StudyError) {
    var first = error.report
    let others = first.others
    first.others = []
    for report in [first] + others where !reports.contains(report) { reports.append(report) }
  }

  /// Ends the work if something was wrong: one error that carries all others, in the order of the
  /// file.
  ///
  /// - Throws: ``StudyError`` for the first fault.
  func end() throws(StudyError) {
    guard !reports.isEmpty else { return }
    let sorted = reports.enumerated().sorted { one, other in
      let (first, second) = (one.element.row ?? .max, other.element.row ?? .max)
      let isOrdered = one.element.cell == nil && one.element.file == other.element.file
      return isOrdered && first != second ? first < second : one.offset < other.offset
    }.map(\.element)
    var report = sorted[0]
    report.others = Array(sorted.dropFirst())
    throw StudyError(report)
  }
}
