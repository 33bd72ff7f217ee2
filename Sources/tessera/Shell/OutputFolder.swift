import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// A folder that takes the outputs of a run, each file whole or not at all.
struct OutputFolder {
  /// The folder's path, as the user named it.
  let path: String

  /// Makes the folder ready, or says why it cannot be.
  ///
  /// A folder that holds an earlier run is written over; one that holds anything else only with
  /// `force`.
  ///
  /// - Parameters:
  ///   - path: The folder's path.
  ///   - force: Whether to write into a folder that holds something else.
  /// - Throws: ``ReportedError`` with status 73.
  init(path: String, force: Bool) throws {
    self.path = path
    let manager = FileManager.default
    if let attributes = try? manager.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    {
      guard attributes[.type] as? FileAttributeType == .typeDirectory else {
        throw OutputRefused(
          path, "this is a file, and a folder is needed", hint: "name another folder with -o")
      }
      let content = (try? manager.contentsOfDirectory(atPath: path)) ?? []
      let isOurs =
        content.isEmpty || content.contains("run.json") || content.contains("validate.json")
      guard isOurs || force else {
        throw OutputRefused(
          path, "the folder holds something that is not a Tessera run",
          hint: "name another folder with -o, or pass --force to write into this one")
      }
    } else {
      do {
        try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
      } catch {
        throw OutputRefused(
          path, "the folder cannot be made", hint: "choose a place that you may write to")
      }
    }
  }

  /// Writes a file; folders in its name are made.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - name: Its name in the folder.
  /// - Throws: ``OutputError`` with status 73 or 74.
  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file; folders in its name are made.
  ///
  /// - Parameters:
  ///   - bytes: What the file holds.
  ///   - name: Its name in the folder.
  /// - Throws: ``OutputError`` with status 73 or 74.
  func write(_ bytes: [UInt8], to name: String) throws {
    let target = "\(path)/\(name)"
    let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try AtomicFile.write(bytes, to: target)
  }

  /// SHA-256 of outputs, as `run.json` has them.
  static func checksums(_ files: [(name: String, bytes: [UInt8])]) -> [(String, JSONValue)] {
    files.map { ($0.name, .string(SHA256.hex(of: $0.bytes))) }
  }

  /// SHA-256 of a file that was written; `null` if it cannot be read.
  static func checksum(_ path: String) -> JSONValue {
    .optional(FileManager.default.contents(atPath: path).map { SHA256.hex(of: Array($0)) })
  }

  /// Where a study's outputs go if the user does not say: beside it, `-tessera` behind its name.
  ///
  /// - Parameter study: Path of the study file.
  /// - Returns: Path of the folder.
  static func standard(for study: String) -> String {
    let url = URL(fileURLWithPath: study)
    let name = url.deletingPathExtension().lastPathComponent + "-tessera"
    let folder = (study as NSString).deletingLastPathComponent
    return folder.isEmpty ? name : "\(folder)/\(name)"
  }
}

/// A place that cannot take an output.
struct OutputRefused: ReportedError {
  /// What the user is told.
  let report: ErrorReport

  /// Refuses a place.
  init(_ path: String, _ message: String, hint: String) {
    report = ErrorReport(
      code: "E0701", message: message, file: path, hint: hint, exitStatus: 73)
  }
}
