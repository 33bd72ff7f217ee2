import Foundation
import Synchronization
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// A folder that takes the outputs of a run, each file whole or not at all.
struct OutputFolder {
  /// The folder's path, as the user named it.
  let path: String
  /// Whether the folder was made for these outputs.
  private var isNew = false

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
        || content.contains(Self.part)
      guard isOurs || force else {
        throw OutputRefused(
          path, "the folder holds something that is not a Tessera run",
          hint: "name another folder with -o, or pass --force to write into this one")
      }
    } else {
      do {
        try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        isNew = true
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

  /// Where outputs are made before they are moved in.
  static let part = ".tessera-part"

  /// What is to be removed where the process is ended before the outputs are in place.
  private static let unfinished = Mutex<String?>(nil)
  /// Whether outputs are being moved in, which is not to be interrupted.
  static let isMoving = Mutex(false)

  /// Removes what outputs were being made in; for the end of the process, whose other threads may still
  /// write.
  static func removeUnfinished() {
    // A matter of milliseconds; then the new outputs are in place.
    for _ in 0..<200 where isMoving.withLock({ $0 }) { usleep(10_000) }
    guard let folder = unfinished.withLock({ $0 }) else { return }
    for _ in 0..<50 where FileManager.default.fileExists(atPath: folder) {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Makes all outputs aside and moves them in when every one of them is on disk; files of an earlier
  /// run that this one does not make are removed.
  ///
  /// Where making them fails nothing changes: a folder that was made for them is gone again.
  ///
  /// - Parameter body: Writes the outputs into the folder that it is given.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or ``OutputError`` with status 73.
  func whole<Result>(_ body: (OutputFolder) throws -> Result) throws -> Result {
    let manager = FileManager.default
    let aside = self.aside
    let earlier = listed
    try? manager.removeItem(atPath: aside)
    Self.unfinished.withLock { $0 = isNew ? path : aside }
    defer {
      Self.unfinished.withLock { $0 = nil }
      try? manager.removeItem(atPath: aside)
    }
    do {
      let result = try body(OutputFolder(path: aside, force: true))
      let made = (manager.enumerator(atPath: aside)?.compactMap { $0 as? String } ?? [])
        .filter { !Self.isFolder("\(aside)/\($0)") }
        .sorted { ($0 == "run.json" ? 1 : 0, $0) < ($1 == "run.json" ? 1 : 0, $1) }
      let gone = Set(earlier).subtracting(made).sorted()
      try moveIn(made, leaving: gone)
      for name in gone {
        let parent = (name as NSString).deletingLastPathComponent
        if !parent.isEmpty,
          (try? manager.contentsOfDirectory(atPath: "\(path)/\(parent)"))?.isEmpty == true
        {
          try? manager.removeItem(atPath: "\(path)/\(parent)")
        }
      }
      return result
    } catch {
      if isNew { try? manager.removeItem(atPath: path) }
      throw Self.placed(error)
    }
  }

  /// An error that names the file where it was to stand.
  private static func placed(_ error: any Error) -> any Error {
    func name(_ file: String) -> String { file.replacing("/\(part)/", with: "/") }
    return switch error as? OutputError {
    case .cannotCreate(let file, let reason)?:
      OutputError.cannotCreate(file: name(file), reason: reason)
    case .writeFailed(let file, let reason)?:
      OutputError.writeFailed(file: name(file), reason: reason)
    case .cannotHold(let file, let detail)?:
      OutputError.cannotHold(file: name(file), detail: detail)
    case nil: error
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  /// The files that an earlier run left here, by its `run.json`.
  private var listed: [String] {
    let manager = FileManager.default
    guard
      let bytes = manager.contents(atPath: "\(path)/run.json")
        ?? manager.contents(atPath: "\(aside)/\(Self.earlierRecord)"),
      let record = try? JSONValue.parse(bytes)
    else { return [] }
    return (record["files"]?.array ?? []).compactMap(\.string).filter {
      !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..")
    }
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
