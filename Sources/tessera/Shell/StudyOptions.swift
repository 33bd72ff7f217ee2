import ArgumentParser

/// A study, where its segments come from, and where results go: what `fit` and `validate` share.
struct StudyOptions: ParsableArguments {
  @Argument(help: "The study file.")
  var study: String

  @Option(help: "A model (segments.json) whose segments are used.")
  var model: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Folder for the results; nothing is written without.")
  var folder: String?

  @Flag(help: "Write into a folder that holds something else.")
  var force = false

  /// The folder, made and checked; `nil` without one.
  func target() throws -> OutputFolder? {
    try folder.map { try OutputFolder(path: $0, force: force) }
  }
}
