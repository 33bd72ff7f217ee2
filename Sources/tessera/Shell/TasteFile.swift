import TesseraFiles
import TesseraProductFit

/// The latent-class tastes of every person as CSV: it holds people, like the assignments.
enum TasteFile {
  /// `id, class, class_1 ... class_K, worth_TERM ...`, a row a person.
  ///
  /// - Parameter tastes: Posterior chances and expected part-worths.
  /// - Returns: UTF-8.
  static func bytes(_ tastes: ValidationResult.TasteTable) -> [UInt8] {
    var writer = CSVWriter()
    let classes = tastes.posterior.first?.count ?? 0
    writer.append(
      texts: ["id", "class"] + (0..<classes).map { "class_\($0 + 1)" }
        + tastes.terms.map { "worth_" + $0 })
    for person in tastes.ids.indices {
      let chances = tastes.posterior[person]
      let best = chances.indices.max { (chances[$0], $1) < (chances[$1], $0) } ?? 0
      writer.append(
        [.identifier(tastes.ids[person]), .integer(best + 1)]
          + (chances + tastes.worths[person]).map { .number($0) })
    }
    return writer.bytes
  }
}
