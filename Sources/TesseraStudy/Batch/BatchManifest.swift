internal import Foundation
internal import TesseraFiles
internal import TesseraSurvey

/// Which exports a batch works on, and by what, as a YAML file says.
///
/// ```yaml
/// jobs:
///   - { surveys: "exports/2026-*/*.sav", study: tracker.yaml, output: "{folder}-{name}" }
///   - { surveys: [a.csv, b.csv], model: segments.json }
/// ```
public struct BatchManifest: Sendable, Equatable {
  /// Exports that are worked on alike.
  public struct Entry: Sendable, Equatable {
    /// Paths or patterns, relative to the manifest.
    public let surveys: [String]
    /// What is done with each of them.
    public let work: Work
    /// Where to, with `{name}`, `{folder}` and `{job}`.
    public let output: String

    /// Makes an entry.
    public init(surveys: [String], work: Work, output: String = usualOutput) {
      self.surveys = surveys
      self.work = work
      self.output = output
    }
  }

  /// What is done with an export.
  public enum Work: Sendable, Equatable {
    /// It takes the place of the study's survey.
    case study(String)
    /// Its people are assigned to the segments of a model.
    case model(String)

    /// The study file or the model.
    public var path: String {
      switch self {
      case .study(let path), .model(let path): path
      }
    }
  }

  /// The output of an export if nothing is said.
  public static let usualOutput = "{name}"

  /// The entries, in the order of the file.
  public let entries: [Entry]

  /// Makes a manifest.
  ///
  /// - Parameter entries: What is to be done.
  public init(entries: [Entry]) { self.entries = entries }

  /// Reads a manifest.
  ///
  /// - Parameter path: The file.
  /// - Returns: Its entries, with paths as the process sees them.
  /// - Throws: ``StudyError`` naming the line.
  public static func read(_ path: String) throws(StudyError) -> BatchManifest {
    let root = try Self.root(path)
    let fields = try root.fields(["jobs"], of: "a manifest", example: "jobs: [...]")
    let folder = (path as NSString).deletingLastPathComponent
    func placed(_ name: String) -> String {
      name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)"
    }
    var entries: [Entry] = []
    for node in try fields.required("jobs", example: "[{ surveys: \"*.csv\", study: study.yaml }]")
      .list("jobs in a list", example: "jobs: [{ surveys: \"*.csv\", study: study.yaml }]")
    {
      let job = try node.fields(["surveys", "study", "model", "output"], of: "a job")
      let surveys = try job.required("surveys", example: "\"exports/*.csv\"")
        .names("files or patterns", example: "\"exports/*.csv\"")
      let (study, model) = (
        try job.text("study", "a study file"), try job.text("model", "segments.json of a run")
      )
      let work: Work
      switch (study, model) {
      case (let study?, nil): work = .study(placed(study))
      case (nil, let model?): work = .model(placed(model))
      default:
        throw node.error(
          .missingKey, "a job has either a study or a model",
          hint:
            "study: study.yaml runs the study on each survey; model: segments.json assigns people")
      }
      entries.append(
        Entry(
          surveys: surveys.map(placed), work: work,
          output: try job.text("output", "a folder") ?? usualOutput))
    }
    return BatchManifest(entries: entries)
  }
}

extension BatchManifest {
  fileprivate static func root(_ path: String) throws(StudyError) -> StudyNode {
    let bytes: [UInt8]
    do throws(SurveyFileError) {
      bytes = try StudyBytes.read(path)
    } catch {
      throw StudyError(error.report)
    }
    return try StudyNode.parse(StudyBytes.text(bytes, path), file: path)
  }
}

extension BatchManifest.Work {
  /// The files that decide what is done: the study or the model, and what a study names beside it.
  ///
  /// - Returns: Paths of files that exist.
  /// - Throws: ``StudyError`` if the study cannot be read.
  public func settingsFiles() throws(StudyError) -> [String] {
    guard case .study(let path) = self else { return [path] }
    let root = try BatchManifest.root(path)
    let folder = (path as NSString).deletingLastPathComponent
    var files = [path]
    for name in root.words(without: "survey.file") where name.contains(".") {
      let plain = name.split(separator: "#").first.map(String.init) ?? name
      let file = plain.hasPrefix("/") || folder.isEmpty ? plain : "\(folder)/\(plain)"
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: file).resolvingSymlinksInPath().path)
      if attributes?[.type] as? FileAttributeType == .typeRegular, !files.contains(file) {
        files.append(file)
      }
    }
    return files
  }
}

extension StudyNode {
  /// All words in the file but those under a key.
  fileprivate func words(without key: String) -> [String] {
    if path == key || path.hasPrefix(key + "[") { return [] }
    switch content {
    case .text(let text, _): return [text]
    case .list(let nodes): return nodes.flatMap { $0.words(without: key) }
    case .map(let entries): return entries.flatMap { $0.value.words(without: key) }
    }
  }
}
