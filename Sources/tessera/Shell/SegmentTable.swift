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
  /// - Returns: Lines for a terminal of 100 columns.
  static func text(_ result: SegmentationResult, _ profiles: ProfileResult) -> String {
    let numbers = NumberStyle.english
    var lines: [String] = result.recommendation
    if result.selection.count > 1 {
      lines.append("")
      lines += selection(result, numbers)
    } else if let likelihood = result.logLikelihood {
      lines.append(
        "log-likelihood \(numbers.number(likelihood, decimals: 5)), "
          + "\(result.parameters ?? 0) parameters, BIC \(numbers.number(result.bic, decimals: 4)), "
          + "best found by \(result.starts.reachedBest) of \(result.starts.run) starts")
    }
    for profile in profiles.segments {
      lines.append("")
      lines.append(
        "\(profile.id) \(profile.name): \(numbers.percent(profile.share, decimals: 1)), "
          + "\(numbers.number(profile.respondents)) respondents")
      lines += profile.description.map { "  \($0)" }
    }
    return lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n")
  }
}

extension SegmentTable {
  /// The table of all numbers of segments: the columns that hold anything.
  private static func selection(_ result: SegmentationResult, _ numbers: NumberStyle) -> [String] {
    func other(_ row: SelectionRow, _ name: String) -> Double? {
      row.others.first { $0.name == name }?.value
    }
    let columns: [(title: String, cell: (SelectionRow) -> String?)] = [
      ("log-likelihood", { $0.logLikelihood.map { numbers.number($0, decimals: 2) } }),
      ("BIC", { $0.bic.map { numbers.number($0, decimals: 2) } }),
      ("AIC", { $0.aic.map { numbers.number($0, decimals: 2) } }),
      ("ICL", { $0.icl.map { numbers.number($0, decimals: 2) } }),
      ("entropy R2", { $0.entropyR2.map { numbers.number($0, decimals: 3) } }),
      ("silhouette", { other($0, "silhouette").map { numbers.number($0, decimals: 3) } }),
      ("explained", { other($0, "explained").map { numbers.percent($0) } }),
      (
        "stability",
        { row in
          row.stability.map { median in
            guard let low = other(row, "stability_low"), let high = other(row, "stability_high")
            else { return numbers.number(median, decimals: 2) }
            return "\(numbers.number(median, decimals: 2)) "
              + "(\(numbers.number(low, decimals: 2))-\(numbers.number(high, decimals: 2)))"
          }
        }
      ), ("BLRT p", { other($0, "blrt").map { numbers.number($0, decimals: 3) } }),
      (
        "left out",
        {
          other($0, "cross_validated_log_likelihood").map { numbers.number($0, decimals: 3) }
        }
      ), ("smallest", { numbers.percent($0.smallestShare) }),
    ]
    let used = columns.filter { column in
      result.selection.contains { column.cell($0) != nil }
    }
    return TextTableLayout.lines(
      header: ["segments"] + used.map(\.title),
      rows: result.selection.map { row in
        [row.segments == result.segments.count ? "\(row.segments) *" : "\(row.segments)"]
          + used.map { $0.cell(row) ?? "-" }
      })
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
