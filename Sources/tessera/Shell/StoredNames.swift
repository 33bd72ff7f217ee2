import Foundation
import TesseraFiles
import TesseraStudy

/// The names stored beside a study or a survey file.
enum StoredNames {
  /// Stores the names that a study declares with the model they were first given to.
  ///
  /// - Parameters:
  ///   - found: The segments of this run.
  ///   - declaration: What the study declares, with the names that were stored before.
  ///   - sources: The files read.
  ///   - path: Where names are stored.
  /// - Returns: What the user should know; `nil` if all is well.
  static func keep(
    _ found: StudySegmentation, _ declaration: SegmentsDeclaration, sources: [Study.Source],
    at path: String
  ) -> String? {
    let declared = declaration.names
    guard found.result.method != "given", declared != declaration.known?.declared ?? [],
      !found.givenNames.isEmpty
    else { return nil }
    let file = NamesFile(
      data: data(sources), model: found.model, names: found.givenNames, declared: declared)
    do {
      try AtomicFile.write(file.text, to: path)
      return nil
    } catch {
      return "The names of the segments cannot be stored in \(path), so a run on other data gives "
        + "them by size; make the folder writable and run again."
    }
  }

  /// Checksum of the survey.
  static func data(_ sources: [Study.Source]) -> String {
    NamesFile.checksum(sources.filter { $0.role == .survey }.map(\.sha256))
  }
}
