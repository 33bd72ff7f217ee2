import ArgumentParser
import Foundation
import TesseraStudy

/// Where the survey of a finished run is now.
struct MovedSurvey: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The survey, if it has moved since the run; may be repeated. Its checksum says if it is the same.",
      valueName: "file"))
  var survey: [String] = []

  /// Full paths, because those in a study are relative to its folder; `nil` if nothing has moved.
  var paths: [String]? {
    survey.isEmpty ? nil : survey.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
  }

  /// The paths, of which each is a file, or a pattern of files.
  ///
  /// - Returns: `nil` if nothing has moved.
  /// - Throws: ``StudyError`` E0101 that names the option.
  func existing() throws(StudyError) -> [String]? {
    for (given, path) in zip(survey, paths ?? []) {
      guard !path.contains("*"), !FileManager.default.fileExists(atPath: path) else { continue }
      throw StudyError(
        code: "E0101", message: "no such file", file: given,
        hint: "--survey names the survey of the run where it is now", exitStatus: 66)
    }
    return paths
  }
}
