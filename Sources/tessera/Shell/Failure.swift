import ArgumentParser
import Foundation
import TesseraStudy
import TesseraSurvey

/// A check that found a difference: told already, and now the exit status.
struct CheckFailed: Error {}

/// An end that was told already.
struct EndedEarly: Error {
  /// The exit status.
  let status: Int32
}

/// Turns errors into words (or JSON) and an exit status.
enum Failure {
  /// Tells the user about an error.
  ///
  /// - Parameters:
  ///   - error: What was thrown.
  ///   - json: Whether standard output takes a JSON document.
  /// - Returns: The exit status.
  static func tell(_ error: any Error, json: Bool) -> Int32 {
    if error is CheckFailed { return 1 }
    if let ended = error as? EndedEarly { return ended.status }
    if let reported = error as? any ReportedError { return tell(reported.report, json: json) }
    let status = TesseraCommand.exitCode(for: error).rawValue
    let text = TesseraCommand.fullMessage(for: error)
    if status == 0 {
      // Help and version are answers, not errors.
      do {
        try Console.out(text)
        return 0
      } catch let reported as any ReportedError {
        return tell(reported.report, json: false)
      } catch {
        return 74
      }
    }
    let isUsage = status == ExitCode.validationFailure.rawValue
    guard json else {
      Console.errorText(isUsage ? text : unexpected(error).line)
      return isUsage ? 64 : 70
    }
    let report =
      isUsage
      ? ErrorReport(
        code: "E0001", message: TesseraCommand.message(for: error),
        hint: "see --help", exitStatus: 64) : unexpected(error)
    return tell(report, json: true)
  }

  private static func unexpected(_ error: any Error) -> ErrorReport {
    ErrorReport(
      code: "E0000", message: "something failed that should not: \(type(of: error))",
      hint: "please report it, with the output of tessera doctor", exitStatus: 70)
  }

  private static func tell(_ report: ErrorReport, json: Bool) -> Int32 {
    let all = [report] + report.others
    if json {
      var members = [("error", document(report))]
      if all.count > 1 { members.append(("errors", .array(all.map(document)))) }
      try? Console.out(JSONValue.object(members).text)
    } else {
      let style = Console.Style.forErrors
      for report in all {
        let line = DisplayText.escaped(report.line, limit: 2000)
        Console.errorText("\(style.red("error[\(report.code)]:")) \(line)")
        if let hint = report.hint {
          Console.errorText("\(style.bold("hint:")) \(DisplayText.escaped(hint, limit: 2000))")
        }
      }
      if all.count > 1 {
        var files: [String] = []
        for file in all.compactMap(\.file) where !files.contains(file) { files.append(file) }
        let named = files.map { DisplayText.escaped($0, limit: 200) }.joined(separator: ", ")
        Console.errorText("\(all.count) errors" + (named.isEmpty ? "" : " in \(named)"))
      }
    }
    return report.exitStatus
  }

  private static func document(_ report: ErrorReport) -> JSONValue {
    var members: JSONValue = [
      "code": report.code, "message": report.message, "file": report.file, "row": report.row,
      "column": report.column, "hint": report.hint,
    ]
    if let cell = report.cell { members.add(["cell": cell]) }
    return members
  }
}
