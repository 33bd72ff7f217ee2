import TesseraFiles
import TesseraMath
import TesseraStudy

/// The table of who belongs where.
enum Assignments {
  /// What the column of identifiers is called unless the survey's own name is asked for.
  static let plainIDName = "id"

  /// What the column of identifiers is called.
  ///
  /// - Parameters:
  ///   - isOwn: Whether the survey's own name is asked for.
  ///   - column: The survey's column of identifiers; `nil` where people are numbered.
  ///   - segments: The segments, whose columns no other may be called by.
  /// - Returns: The survey's name, or `id` where another column has it or there is none.
  static func idName(isOwn: Bool, _ column: String?, _ segments: [Segment]) -> String {
    let taken =
      ["segment", "name", "probability", "flags", "reason"] + segments.map { "p_\($0.id)" }
    guard isOwn, let column, !taken.contains(column) else { return plainIDName }
    return column
  }

  /// `id, segment, name, probability, p_S1 ... p_SK`, one row per respondent, as CSV.
  ///
  /// Without an identifier the respondent's number in the file, from 1, stands for it.
  ///
  /// - Parameters:
  ///   - segmentation: The segmentation.
  ///   - withFlags: Whether a last column `flags` tells of odd respondents.
  ///   - idName: What the column of identifiers is called.
  /// - Returns: UTF-8.
  static func csv(
    _ segmentation: StudySegmentation, withFlags: Bool = false, idName: String = plainIDName
  ) -> [UInt8] {
    let segmented = segmentation.segmented
    let flags = withFlags ? segmentation.evidence.quality.map(Self.flags) : nil
    let unplaced = segmentation.unplaced
    var writer = AssignmentWriter(
      segments: segmented.segments, flags: flags.map { merged($0, "", segmentation) },
      hasReasons: !unplaced.isEmpty, idName: idName)
    writer.append(batch(segmentation), ids: ids(segmentation))
    return writer.assignments.bytes
  }

  /// The same as a file for a statistics program, with the segments' names as value labels.
  ///
  /// - Parameters:
  ///   - segmentation: The segmentation.
  ///   - path: Where to; its ending says the format.
  ///   - idName: What the column of identifiers is called.
  /// - Throws: ``OutputError`` if the file cannot be made.
  static func write(
    _ segmentation: StudySegmentation, to path: String, idName: String = plainIDName
  ) throws {
    let segmented = segmentation.segmented
    var table = AssignmentTable(segments: segmented.segments, idName: idName)
    table.append(batch(segmentation), ids: ids(segmentation))
    try write(table, to: path)
  }

  /// Writes a table of assignments; the ending of the path says the format.
  static func write(_ table: AssignmentTable, to path: String) throws {
    var options = WritingOptions()
    options.reader = SiblingProgram.path(of: "tessera-read")
    _ = try SurveyWriter.write(
      table.survey, details: FileDetails(label: "Segments by Tessera"), to: path, options: options)
  }

  /// Everybody of the survey, those without a segment in their places with the reason.
  private static func batch(_ segmentation: StudySegmentation) -> AssignmentBatch {
    let segmented = segmentation.segmented
    guard !segmentation.unplaced.isEmpty else {
      return AssignmentBatch(segments: segmented.segments, posterior: segmented.posterior)
    }
    let none = [Double](repeating: 0, count: segmented.segments.count)
    let rows = merged(
      (0..<segmented.posterior.rows).map { Array(segmented.posterior.row($0)) }, none, segmentation)
    let placed = segmented.posterior.rows
    let reasons = order(segmentation).map { row in
      row < placed ? nil : segmentation.unplaced[row - placed].reason
    }
    return AssignmentBatch(segments: segmented.segments, posterior: Matrix(rows), reasons: reasons)
  }

  private static func ids(_ segmentation: StudySegmentation) -> [String] {
    let placed =
      segmentation.data.ids ?? segmentation.segmented.sourceRows.map { String($0 + 1) }
    let all = placed + segmentation.unplaced.map { $0.id ?? String($0.sourceRow + 1) }
    return order(segmentation).map { all[$0] }
  }

  /// Positions among those with a segment, followed by those without, in the order of the file.
  private static func order(_ segmentation: StudySegmentation) -> [Int] {
    let rows =
      segmentation.segmented.sourceRows + segmentation.unplaced.map(\.sourceRow)
    return rows.indices.sorted { rows[$0] < rows[$1] }
  }

  /// Values of those with a segment, and one value for the others, in the order of the file.
  private static func merged<Value>(
    _ values: [Value], _ other: Value, _ segmentation: StudySegmentation
  ) -> [Value] {
    order(segmentation).map { $0 < values.count ? values[$0] : other }
  }

  /// `outlier`, `straightliner`, both, or nothing, for each respondent.
  private static func flags(_ quality: ResponseQuality) -> [String] {
    zip(quality.isOutlier, quality.isStraightLiner).map { outlier, straight in
      [outlier ? "outlier" : nil, straight ? "straightliner" : nil].compactMap { $0 }
        .joined(separator: " ")
    }
  }
}
