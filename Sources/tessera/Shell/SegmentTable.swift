import TesseraReport
import TesseraStudy
import TesseraSurvey

/// A segmentation in plain text, for a terminal.
enum SegmentTable {
  /// The number of segments and why, then a paragraph a segment.
  ///
  /// - Parameters:
  ///   - result: The segmentation.
  ///   - profiles: Its profiles.
  ///   - evidence: What else was found of each number of segments.
  /// - Returns: Lines for a terminal of 100 columns.
  static func text(
    _ result: SegmentationResult, _ profiles: ProfileResult, _ evidence: SegmentationEvidence
  ) -> String {
    let numbers = NumberStyle.english
    var lines: [String] = result.recommendation
    if result.selection.count > 1 {
      lines.append("")
      lines += selection(result, evidence, numbers)
    } else if let likelihood = result.logLikelihood {
      lines.append(
        "log-likelihood \(numbers.number(likelihood, decimals: 5)), "
          + "\(result.parameters ?? 0) parameters, BIC \(numbers.number(result.bic, decimals: 4)), "
          + "best found by \(result.starts.reachedBest) of \(result.starts.run) starts")
    }
    for profile in profiles.segments {
      lines.append("")
      lines.append(
        "\(profile.display): \(numbers.percent(profile.share, decimals: 1)), "
          + "\(numbers.number(profile.respondents)) respondents")
      lines += profile.description.map { "  \($0)" }
    }
    return lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n")
  }
}

extension SegmentTable {
  /// All numbers of segments: their criteria, then how sure and steady they are.
  private static func selection(
    _ result: SegmentationResult, _ evidence: SegmentationEvidence, _ numbers: NumberStyle
  ) -> [String] {
    let columns = SelectionColumn.used(in: result, evidence: evidence)
    let tables = SelectionColumn.Topic.allCases.compactMap { topic -> [String]? in
      let own = columns.filter { $0.topic == topic }
      guard !own.isEmpty else { return nil }
      return TextTableLayout.lines(
        header: ["segments"] + own.map(\.title),
        rows: result.selection.map { row in
          [row.segments == result.segments.count ? "\(row.segments) *" : "\(row.segments)"]
            + own.map { $0.text(row, numbers) ?? "-" }
        })
    }
    return Array(tables.joined(separator: [""]))
  }
}

/// Lays out a table in plain text.
enum TextTableLayout {
  /// The lines of a table: words to the left, columns whose cells are numbers to the right.
  ///
  /// - Parameters:
  ///   - header: Titles of the columns.
  ///   - rows: Cells, as many in each row.
  /// - Returns: Lines, the header first.
  static func lines(header: [String], rows: [[String]]) -> [String] {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let isNumeric = header.indices.map { column in
      column > 0 && rows.allSatisfy { $0[column].first.map { !$0.isLetter } ?? true }
        && !rows.contains { $0[column].contains(",") && $0[column].contains(where: \.isLetter) }
    }
    return all.map { row in
      row.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        return isNumeric[column] ? gap + cell : cell + gap
      }.joined(separator: "  ").trimmingTrailingBlanks
    }
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingTrailingBlanks: String {
    var result = self
    while result.last == " " { result.removeLast() }
    return result
  }
}
