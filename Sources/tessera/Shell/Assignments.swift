import TesseraFiles
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// The table of who belongs where.
enum Assignments {
  /// `id, segment, probability, p_S1 ... p_SK`, a row a respondent, as CSV.
  ///
  /// Without an identifier the respondent's number in the file, from 1, stands for it.
  ///
  /// - Parameter segmentation: The segmentation.
  /// - Returns: UTF-8.
  static func csv(_ segmentation: StudySegmentation) -> [UInt8] {
    let segmented = segmentation.segmented
    let data = segmentation.data
    var writer = CSVWriter()
    writer.append(
      texts: ["id", "segment", "probability"] + segmented.segments.map { "p_\($0.id)" })
    for row in 0..<segmented.survey.respondentCount {
      let chances = Array(segmented.posterior.row(row))
      var best = 0
      for position in chances.indices where chances[position] > chances[best] { best = position }
      let id = data.ids.map { $0[row] } ?? String(segmented.sourceRows[row] + 1)
      writer.append(
        [
          .identifier(id), .text(segmented.segments[best].id), .number(chances[best]),
        ] + chances.map { .number($0) })
    }
    return writer.bytes
  }
}
