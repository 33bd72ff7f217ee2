import Foundation
import TesseraFiles
import TesseraStudy

/// A finished run on disk: its folder, what `run.json` says of it, and its model.
struct RunRecord {
  /// The folder, without a slash at its end.
  let folder: String
  /// The segments' model.
  let model: SegmentModel
  /// Names that people gave to the run's segments.
  let given: [SegmentName]
  /// `run`, `demo` or `segment`.
  let command: String
  /// How the command was called.
  let invocation: Invocation
  private let json: JSONValue
  /// Reads the record of a run.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``StudyError`` with status 66 or 65.
  init(_ path: String) throws {
    folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let file = "\(folder)/run.json"
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw StudyError(
        code: "E0710", message: "the folder holds no finished run (no run.json)", file: path,
        hint: "name the folder that tessera run wrote", exitStatus: 66)
    }
    guard let json = try? JSONValue.parse(bytes), let command = json["command"]?.string,
      let invocation = Invocation(json["invocation"])
    else {
      throw StudyError(
        code: "E0711",
        message: "this is not a record of a run from which its outputs can be made again",
        file: file, hint: "run the study again with tessera run, then rename")
    }
    self.json = json
    self.command = command
    self.invocation = invocation
    model = try ModelFile.read("\(folder)/segments.json")
    given = (json["given_names"]?.members ?? []).compactMap { id, name in
      name.string.map { SegmentName(id: id, name: $0) }
    }
  }

  /// Whether the run wrote a file of that name.
  func wrote(_ name: String) -> Bool {
    json["files"]?.array?.contains { $0.string == name } ?? false
  }

  /// The study or survey file of the run.
  ///
  /// - Parameter moved: Where the user says it is; `nil` for where it was.
  /// - Returns: The path as the run was told it where that still leads to it, so that messages in
  ///   the outputs stay the same; else an absolute one.
  /// - Throws: ``StudyError`` with status 66 if it is not there.
  func subject(_ moved: String?) throws -> String {
    let manager = FileManager.default
    if let moved {
      guard manager.fileExists(atPath: moved) else {
        throw StudyError(
          code: "E0101", message: "no such study", file: moved,
          hint: "name the study file of the run with --study", exitStatus: 66)
      }
      return URL(fileURLWithPath: moved).standardizedFileURL.path
    }
    let path = json["study"]?.string ?? json["segmented"]?.string ?? ""
    guard manager.fileExists(atPath: path) else {
      throw StudyError(
        code: "E0101", message: "the study of this run is no longer there", file: path,
        hint: "say where it is with --study", exitStatus: 66)
    }
    return path
  }

  /// Refuses to write over what somebody changed by hand.
  ///
  /// - Parameter force: Whether that is wanted.
  /// - Throws: ``OutputRefused`` that names the outputs.
  func refuseChangedOutputs(force: Bool) throws {
    guard !force else { return }
    let changed = (json["checksums"]?.members ?? []).filter { name, stated in
      let path = "\(folder)/\(name)"
      // A deck that people worked on is filled anew, not written over.
      return name != DeckOutput.name && FileManager.default.fileExists(atPath: path)
        && OutputFolder.checksum(path).string != stated.string
    }.map(\.0)
    guard let first = changed.first else { return }
    throw OutputRefused(
      "\(folder)/\(first)",
      changed.count == 1
        ? "this output was changed since the run, and would be written over"
        : "this and \(changed.count - 1) other outputs were changed since the run, and would be "
          + "written over",
      hint: "keep a copy elsewhere, or pass --force")
  }

  /// Refuses inputs that are no longer those of the run.
  ///
  /// - Parameter sources: The files as they are now.
  /// - Throws: ``StudyError`` E0518 that names the first one.
  func refuseChangedInputs(_ sources: [Study.Source]) throws {
    let known = (json["inputs"]?.array ?? []).compactMap { $0["sha256"]?.string }
    guard let changed = sources.first(where: { !known.contains($0.sha256) }) else { return }
    throw StudyError(
      code: "E0518", message: "this file has changed since the run in \(folder)",
      file: changed.path, hint: "run the study again with tessera run, then rename")
  }

  /// Puts remade outputs in the folder's place at once, and stores the names.
  ///
  /// - Parameters:
  ///   - made: The outputs.
  ///   - names: The names with their model.
  ///   - path: Where names are stored.
  /// - Throws: `OutputError`; then folder and names are as they were.
  func replace(by made: RemadeRun, storing names: NamesFile, at path: String) throws {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    let own = Set((json["files"]?.array ?? []).compactMap(\.string))
    for case let name as String in manager.enumerator(atPath: target) ?? .init() {
      // What is not of the run stays; folders are taken whole where the run made none.
      let isFolder = manager.fileExists(atPath: "\(target)/\(name)/.")
      guard !own.contains(name), !manager.fileExists(atPath: "\(made.folder)/\(name)"),
        !(isFolder && own.contains { $0.hasPrefix(name + "/") })
      else { continue }
      try manager.copyItem(atPath: "\(target)/\(name)", toPath: "\(made.folder)/\(name)")
    }
    try FolderSwap.exchange(made.folder, target)
    do {
      try AtomicFile.write(names.text, to: path)
    } catch {
      try FolderSwap.exchange(made.folder, target)
      try? manager.removeItem(atPath: made.folder)
      throw error
    }
    try? manager.removeItem(atPath: made.folder)
  }
}
