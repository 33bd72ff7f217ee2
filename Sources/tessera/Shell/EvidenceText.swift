import TesseraReport
import TesseraStudy
import TesseraSurvey

/// The evidence about a segmentation in plain text, for a terminal.
enum EvidenceText {
  /// Ties told at most.
  private static let mostTies = 5

  /// What was asked for, paragraph by paragraph.
  ///
  /// - Parameters:
  ///   - evidence: What was found.
  ///   - segments: The segments, largest first.
  /// - Returns: Lines for a terminal.
  static func lines(_ evidence: SegmentationEvidence, _ segments: [Segment]) -> [String] {
    var parts: [[String]] = []
    if !evidence.covariates.isEmpty { parts.append(covariates(evidence.covariates, segments)) }
    parts += evidence.outcomes.map { outcome($0, segments) }
    if evidence.residuals.contains(where: { $0.pValue != nil }) {
      parts.append(ties(evidence.residuals))
    }
    if let choice = evidence.indicatorChoice { parts.append(indicators(choice)) }
    if let quality = evidence.quality {
      let told = quality.sentences(segments)
      if !told.isEmpty { parts.append(["Quality of the answers"] + told) }
    }
    return Array(parts.joined(separator: [""])).map { DisplayText.escaped($0, limit: 2000) }
  }

  private static let numbers = NumberStyle.english

  private static func probability(_ value: Double?) -> String {
    value == nil ? "-" : numbers.probability(value)
  }

  private static func covariates(_ effects: [CovariateEffect], _ segments: [Segment]) -> [String] {
    ["What membership depends on (log-odds against \(segments.first?.id ?? "S1"))"]
      + TextTableLayout.lines(
        header: ["segment", "term", "estimate", "error", "95% interval"],
        rows: effects.map {
          [
            $0.segment, $0.term, numbers.number($0.estimate, decimals: 4),
            numbers.number($0.standardError, decimals: 4),
            $0.low == nil
              ? "-"
              : "\(numbers.number($0.low, decimals: 3)) to \(numbers.number($0.high, decimals: 3))",
          ]
        })
  }

  private static func outcome(_ outcome: OutcomeResult, _ segments: [Segment]) -> [String] {
    let rows = outcome.categories.isEmpty ? ["mean"] : outcome.categories
    return [
      "\(outcome.label) by segment (\(outcome.correction.rawValue) correction; error in brackets)"
    ]
      + TextTableLayout.lines(
        header: ["answer"] + segments.map(\.id) + [outcome.correction == .bch ? "p" : "p (bch)"],
        rows: rows.enumerated().map { place, name in
          [name]
            + outcome.bySegment.map { row in
              guard let value = row[place].value else { return "-" }
              return "\(numbers.number(value, decimals: 3)) "
                + "(\(numbers.number(row[place].standardError, decimals: 3)))"
            } + [probability(outcome.tests[place])]
        })
  }

  private static func ties(_ residuals: [ResidualResult]) -> [String] {
    ["Ties left within segments (bivariate residuals, largest first)"]
      + TextTableLayout.lines(
        header: ["first", "second", "residual", "p"],
        rows: residuals.prefix(mostTies).map {
          [
            $0.first, $0.second, numbers.number($0.statistic, decimals: 2), probability($0.pValue),
          ]
        })
  }

  private static func indicators(_ choice: IndicatorChoice) -> [String] {
    ["What the questions are worth"] + choice.sentences
      + TextTableLayout.lines(
        header: [
          "question", "carries", "BIC gained", "shuffled", "not asked", "misplaced then", "twin",
        ],
        rows: choice.questions.map { question in
          [
            question.name, question.carries.map { $0 ? "yes" : "no" } ?? "-",
            numbers.number(question.gain, decimals: 1), numbers.percent(question.importance),
            numbers.percent(question.cost), numbers.percent(question.errorWithout),
            question.twin.map { "\($0) (\(numbers.number(question.redundancy, decimals: 2)))" }
              ?? "-",
          ]
        })
  }
}
