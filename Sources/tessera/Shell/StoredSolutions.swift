import Foundation
import TesseraStudy

/// The solutions that a run left in its folder.
enum StoredSolutions {
  /// Reads the file.
  ///
  /// - Parameter folder: A folder that `tessera run` filled.
  /// - Returns: Every number of segments that was tried.
  /// - Throws: ``ReportedError`` with status 66 if there is none.
  static func read(in folder: String) throws -> SolutionsFile {
    let path = "\(folder)/\(SolutionsFile.name)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw StudyError(
        code: "E0101", message: "there are no solutions of an earlier run", file: path,
        hint: "name the folder of the earlier run with -o; tessera run writes solutions of latent "
          + "class models, for other methods say segments: { count: NUMBER } in the study",
        exitStatus: 66)
    }
    return try SolutionsFile.read(data, file: path)
  }

  /// The solutions with another number of segments taken.
  ///
  /// - Parameters:
  ///   - count: The number a person chose.
  ///   - folder: The folder to write to, where `tessera run` may have left solutions.
  ///   - standard: Where they are looked for otherwise.
  /// - Returns: The same solutions, with that number chosen.
  /// - Throws: ``ReportedError`` if it was not tried.
  static func taking(
    _ count: Int, in folder: String, or standard: String
  ) throws -> SolutionsFile {
    let isThere = FileManager.default.fileExists(atPath: "\(folder)/\(SolutionsFile.name)")
    let folder = isThere ? folder : standard
    var file = try read(in: folder)
    guard file.solution(count) != nil else {
      let tried = file.solutions.map { String($0.segments) }.joined(separator: ", ")
      throw StudyError(
        code: "E0505", message: "\(count) segments were not tried",
        file: "\(folder)/\(SolutionsFile.name)",
        hint: "take one of \(tried), or widen segments: { count: ... } in the study")
    }
    file.chosen = count
    return file
  }
}
