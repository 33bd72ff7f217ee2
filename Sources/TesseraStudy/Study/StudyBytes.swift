internal import Foundation
internal import TesseraFiles

/// Reads the small files of a study.
enum StudyBytes {
  /// Most bytes a small file may have.
  private static let limit = 64 << 20

  /// The bytes of a regular file.
  ///
  /// - Throws: `SurveyFileError` if there is none, or it cannot be read.
  static func read(_ path: String) throws(SurveyFileError) -> [UInt8] {
    let manager = FileManager.default
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? manager.attributesOfItem(atPath: real) else {
      throw .notFound(file: path)
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular?: break
    case .typeDirectory?: throw .notAFile(file: path, kind: "a folder")
    // A pipe would be waited for.
    default: throw .notAFile(file: path, kind: "a pipe or a device")
    }
    guard (attributes[.size] as? NSNumber)?.intValue ?? 0 <= limit else {
      throw .cannotOpen(file: path, reason: "it is larger than \(limit >> 20) MiB")
    }
    guard let data = manager.contents(atPath: path) else {
      throw .cannotOpen(file: path, reason: "it may not be read")
    }
    return [UInt8](data)
  }

  /// The text of a study file.
  ///
  /// - Throws: ``StudyError`` (`E0311`) naming the first line that is not UTF-8.
  static func text(_ bytes: [UInt8], _ path: String) throws(StudyError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var line = 1
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { break }
      line += 1
    }
    throw StudyError(
      code: "E0311", message: "the study is not UTF-8 text", file: path, row: line,
      hint: "save the study as UTF-8")
  }
}
