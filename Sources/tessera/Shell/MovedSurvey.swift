import ArgumentParser
import Foundation

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
}
