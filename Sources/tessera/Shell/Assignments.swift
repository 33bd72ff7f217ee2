import TesseraFiles
import TesseraStudy

/// The table of who belongs where.
enum Assignments {
  /// `id, segment, probability, p_S1 ... p_SK`, a row a respondent, as CSV.
  ///
  /// Without an identifier the respondent's number in the file, from 1, stands for it.
  ///
  /// - Parameters:
  ///   - segmentation: The segmentation.
  ///   - withFlags: Whether a last column `flags` tells of odd respondents.
  /// - Returns: UTF-8.
  static func csv(_ segmentation: StudySegmentation, withFlags: Bool = false) -> [UInt8] {
    let segmented = segmentation.segmented
    let flags = withFlags ? segmentation.evidence.quality.map(Self.flags) : nil
    var writer = AssignmentWriter(segments: segmented.segments, flags: flags)
    writer.append(
      AssignmentBatch(segments: segmented.segments, posterior: segmented.posterior),
      ids: segmentation.data.ids ?? segmented.sourceRows.map { String($0 + 1) })
    return writer.assignments.bytes
  }

  /// `outlier`, `straightliner`, both, or nothing, for each respondent.
  private static func flags(_ quality: ResponseQuality) -> [String] {
    zip(quality.isOutlier, quality.isStraightLiner).map { outlier, straight in
      [outlier ? "outlier" : nil, straight ? "straightliner" : nil].compactMap { $0 }
        .joined(separator: " ")
    }
  }
}
