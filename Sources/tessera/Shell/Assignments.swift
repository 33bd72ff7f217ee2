import TesseraFiles
import TesseraStudy

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
    var writer = AssignmentWriter(segments: segmented.segments)
    writer.append(
      AssignmentBatch(segments: segmented.segments, posterior: segmented.posterior),
      ids: segmentation.data.ids ?? segmented.sourceRows.map { String($0 + 1) })
    return writer.assignments.bytes
  }
}
