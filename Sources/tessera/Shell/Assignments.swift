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
      ids: ids(segmentation))
    return writer.assignments.bytes
  }

  /// The same as a file for a statistics program, with the segments' names as value labels.
  ///
  /// - Parameters:
  ///   - segmentation: The segmentation.
  ///   - path: Where to; its ending says the format.
  /// - Throws: ``OutputError`` if the file cannot be made.
  static func write(_ segmentation: StudySegmentation, to path: String) throws {
    let segmented = segmentation.segmented
    var table = AssignmentTable(segments: segmented.segments)
    table.append(
      AssignmentBatch(segments: segmented.segments, posterior: segmented.posterior),
      ids: ids(segmentation))
    try write(table, to: path)
  }

  /// Writes a table of assignments; the ending of the path says the format.
  static func write(_ table: AssignmentTable, to path: String) throws {
    var options = WritingOptions()
    options.reader = SiblingProgram.path(of: "tessera-read")
    _ = try SurveyWriter.write(
      table.survey, details: FileDetails(label: "Segments by Tessera"), to: path, options: options)
  }

  private static func ids(_ segmentation: StudySegmentation) -> [String] {
    segmentation.data.ids ?? segmentation.segmented.sourceRows.map { String($0 + 1) }
  }

  /// `outlier`, `straightliner`, both, or nothing, for each respondent.
  private static func flags(_ quality: ResponseQuality) -> [String] {
    zip(quality.isOutlier, quality.isStraightLiner).map { outlier, straight in
      [outlier ? "outlier" : nil, straight ? "straightliner" : nil].compactMap { $0 }
        .joined(separator: " ")
    }
  }
}
