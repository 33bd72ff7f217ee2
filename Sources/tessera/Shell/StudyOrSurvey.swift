import Foundation
import TesseraStudy
import TesseraSurvey

/// Tells study files from surveys.
enum StudyOrSurvey {
  /// Whether a file is a study: by its ending, of a workbook by its sheets.
  ///
  /// - Parameter file: The file.
  /// - Returns: Whether it is a study.
  static func isStudy(_ file: String) -> Bool {
    let ending = (file as NSString).pathExtension.lowercased()
    return ["yaml", "yml", "json"].contains(ending) || StudyForm.isStudy(file)
  }

  /// Refuses a study where a survey belongs.
  ///
  /// - Parameter files: What the user named.
  /// - Throws: ``UsageError`` naming the file.
  static func refuseStudy(_ files: [String]) throws {
    for file in files where !file.lowercased().hasSuffix(".json") && isStudy(file) {
      guard FileManager.default.fileExists(atPath: file) else { continue }
      throw UsageError(
        message: "\(DisplayText.escaped(file)) is a study; a survey belongs here",
        hint: "name the survey itself; tessera prepare \(file) tells what the study makes of it")
    }
  }
}
