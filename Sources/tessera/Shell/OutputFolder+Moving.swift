import Foundation
import Synchronization
import TesseraFiles

extension OutputFolder {
  /// Where outputs are made before they are moved in.
  var aside: String { "\(path)/\(Self.part)" }

  /// What the record of the earlier run is called while outputs are moved in.
  static let earlierRecord = ".earlier-run.json"

  /// Moves outputs in, `run.json` last, and others out; where one cannot be moved, all go back.
  ///
  /// The record of the earlier run leaves first: while the folder holds parts of two runs, because
  /// power fails, it holds no record, and no command takes it for a finished run.
  ///
  /// - Parameters:
  ///   - made: Names of the outputs, as they stand aside.
  ///   - gone: Outputs of the earlier run that have no successor.
  /// - Throws: ``OutputError``; then the folder is as it was.
  func moveIn(_ made: [String], leaving gone: [String]) throws {
    Self.isMoving.withLock { $0 = true }
    defer { Self.isMoving.withLock { $0 = false } }
    let manager = FileManager.default
    var undo: [() -> Void] = []
    do {
      let (record, earlier) = ("\(path)/run.json", "\(aside)/\(Self.earlierRecord)")
      if manager.fileExists(atPath: record) {
        try FolderSwap.move(record, to: earlier)
        undo.append { try? FolderSwap.move(earlier, to: record) }
      }
      for name in gone where manager.fileExists(atPath: "\(path)/\(name)") {
        let (source, target) = ("\(path)/\(name)", "\(aside)/\(name)")
        Self.makeParent(of: target)
        try FolderSwap.move(source, to: target)
        undo.append { try? FolderSwap.move(target, to: source) }
      }
      for name in made {
        let (source, target) = ("\(aside)/\(name)", "\(path)/\(name)")
        Self.makeParent(of: target)
        if manager.fileExists(atPath: target) {
          try FolderSwap.exchange(source, target)
          undo.append { try? FolderSwap.exchange(source, target) }
        } else {
          try FolderSwap.move(source, to: target)
          undo.append { try? manager.removeItem(atPath: target) }
        }
      }
    } catch {
      for step in undo.reversed() { step() }
      throw error
    }
  }

  private static func makeParent(of file: String) {
    let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
  }
}
