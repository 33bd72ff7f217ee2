public import TesseraProductFit
import TesseraStudy

/// Writes how well a fit predicts real choices: for the report, and for a terminal.
public struct ValidationReport: Sendable {
  let result: ValidationResult
  let numbers: NumberStyle

  /// Prepares a section.
  ///
  /// - Parameters:
  ///   - result: What validation found.
  ///   - numbers: How numbers are written.
  public init(_ result: ValidationResult, numbers: NumberStyle = .english) {
    self.result = result
    self.numbers = numbers
  }

  /// The section: the verdict first, then what it rests on.
  public var section: ReportSection {
    var blocks: [Block] = [.lead(RichText(result.verdict.sentence))]
    blocks.append(
      .paragraph(
        RichText(
          "\(numbers.number(Double(result.menus))) choices of "
            + "\(numbers.number(Double(result.respondents))) respondents, out of "
            + "\(numbers.number(Double(result.alternatives))) alternatives. What is learned is "
            + "learned on some respondents and judged on others, in \(result.folds) folds; "
            + "intervals are 95% and keep the choices of one respondent together.")))
    blocks += result.notes.map { .paragraph(RichText($0)) }
    blocks += result.warnings.map { .note(.warning, RichText($0)) }
    if !result.predictors.isEmpty {
      blocks.append(.table(predictorTable()))
      if !result.gains.isEmpty { blocks.append(.table(gainTable())) }
    }
    if let fit = result.fit { blocks.append(.table(rankingTable(fit))) }
    if let taken = result.taken { blocks.append(.table(takenTable(taken))) }
    if let exposure = result.exposure { blocks.append(.table(exposureTable(exposure))) }
    blocks += modelBlocks()
    return ReportSection(
      id: "validation", title: "Does the fit predict real choices?", blocks: blocks)
  }

  private func predictorTable() -> ReportTable {
    ReportTable(
      id: "predictors", caption: "How well choices of unseen respondents are predicted",
      columns: [
        .init("What predicts"), .init("Coefficients", isNumeric: true),
        .init("Log-likelihood a choice", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("Hit rate", isNumeric: true),
        .init("95% interval", isNumeric: true),
      ],
      rows: result.predictors.map { one in
        [
          .init(RichText(one.label), isHeader: true),
          .init(RichText(String(one.parameters)), value: Double(one.parameters)),
          .init(RichText(number(one.logLikelihood.value)), value: one.logLikelihood.value),
          .init(RichText(interval(one.logLikelihood))),
          .percent(one.hitRate.value, numbers),
          .init(
            RichText(
              "\(numbers.percent(one.hitRate.low)) to \(numbers.percent(one.hitRate.high))")),
        ]
      },
      notes: ["Nearer to 0 is better; a hit is a choice that was the most likely, ties shared."])
  }

  private func gainTable() -> ReportTable {
    let labels = result.predictors.map { ($0.id, $0.label) }
    func label(_ id: String) -> String { labels.first { $0.0 == id }?.1 ?? id }
    return ReportTable(
      id: "predictor-gains", caption: "What one way to predict gains on another, in nats a choice",
      columns: [
        .init("What predicts"), .init("Against"), .init("Gain", isNumeric: true),
        .init("95% interval", isNumeric: true),
      ],
      rows: result.gains.map { gain in
        [
          .init(RichText(label(gain.id)), isHeader: true), .init(RichText(label(gain.versus))),
          .init(
            RichText(numbers.signed(gain.difference.value, decimals: 4)),
            value: gain.difference.value),
          .init(
            RichText(
              "\(numbers.signed(gain.difference.low, decimals: 4)) to "
                + numbers.signed(gain.difference.high, decimals: 4))),
        ]
      })
  }

  private func rankingTable(_ fit: ValidationResult.FitRanking) -> ReportTable {
    var rows: [(String, String, String)] = [
      (
        "What was taken had the best fit", numbers.percent(fit.hitRate.value, decimals: 1),
        "\(numbers.percent(fit.hitRate.low, decimals: 1)) to "
          + numbers.percent(fit.hitRate.high, decimals: 1)
      ),
      ("The same by chance", numbers.percent(fit.chanceHitRate, decimals: 1), ""),
      (
        "Refused alternatives that fitted worse",
        numbers.percent(fit.concordance.value, decimals: 1),
        "\(numbers.percent(fit.concordance.low, decimals: 1)) to "
          + numbers.percent(fit.concordance.high, decimals: 1)
      ),
    ]
    func add(_ name: String, _ found: ValidationResult.Interval?) {
      guard let found else { return }
      rows.append(
        (
          name, numbers.number(found.value, decimals: 2),
          numbers.interval(found.low, found.high, decimals: 2)
        ))
    }
    add("Rank correlation of fit and rate of choice", fit.rankCorrelation)
    add("The same between segments", fit.contrastCorrelation)
    if let slope = fit.slope {
      rows.append(("Logit coefficient of 10 points of fit", numbers.number(slope, decimals: 3), ""))
    }
    return ReportTable(
      id: "fit-ranking", caption: "How the fit ranks what was on the menus",
      columns: [
        .init("Measure"), .init("Value", isNumeric: true), .init("95% interval", isNumeric: true),
      ],
      rows: rows.map {
        [.init(RichText($0.0), isHeader: true), .init(RichText($0.1)), .init(RichText($0.2))]
      },
      notes: [
        "Nothing is learned from the choices here, but the one coefficient. Half of the refused "
          + "alternatives fit worse by chance."
      ])
  }

  private func takenTable(_ taken: ValidationResult.TakenTable) -> ReportTable {
    func cell(_ cell: ValidationResult.TakenTable.Cell?, total: Bool) -> ReportTable.Cell {
      guard let cell else { return .init("too few") }
      let index = total ? "" : " (\(numbers.number(cell.index)))"
      return .init(
        RichText(
          (cell.choices.map { "\(numbers.number(Double($0))): " } ?? "")
            + numbers.percent(cell.share, decimals: 1) + index),
        value: cell.share, hint: "taken \(numbers.percent(cell.whenOffered)) of the times offered",
        shade: total ? .none : .diverging(max(-1, min(1, (cell.index - 100) / 100))))
    }
    return ReportTable(
      id: "taken", caption: "What was taken by whom: share, and index against everybody",
      columns: [.init("Taken")] + result.segments.map { .init($0.title, isNumeric: true) }
        + [.init("Everybody", isNumeric: true)],
      rows: taken.options.indices.map { option in
        [.init(RichText(taken.options[option]), isHeader: true)]
          + taken.cells[option].indices.map {
            cell(taken.cells[option][$0], total: $0 == result.segments.count)
          }
      },
      notes: [
        "Test that segments take the same: chi-square \(numbers.number(taken.chiSquare, decimals: 2)) "
          + "on \(taken.degreesOfFreedom) df, p \(probability(taken.p))."
      ])
  }

  private func exposureTable(_ audit: ExposureAudit) -> ReportTable {
    ReportTable(
      id: "exposure", caption: "What segments were shown: share of menus that held each option",
      columns: [.init("Shown")] + result.segments.map { .init($0.title, isNumeric: true) },
      rows: audit.options.indices.map { option in
        [.init(RichText(audit.options[option]), isHeader: true)]
          + audit.shares.indices.map { segment in
            let share = audit.shares[segment][option]
            guard !result.exposureHidden[option][segment] else { return .init("too few") }
            return .percent(share, numbers, decimals: 1, shade: .sequential(share))
          }
      },
      notes: [
        "Test that segments were shown the same: chi-square "
          + "\(numbers.number(audit.chiSquare, decimals: 2)) on \(audit.degreesOfFreedom) df, "
          + "p \(probability(audit.p)), Cramér's V \(numbers.number(audit.cramersV, decimals: 2))."
      ])
  }

  func number(_ value: Double) -> String { numbers.number(value, decimals: 4) }

  private func interval(_ mean: MenuMean) -> String {
    numbers.interval(mean.low, mean.high, decimals: 4)
  }

  /// A probability, small ones with their size only.
  func probability(_ p: Double) -> String {
    p < 0.0001 ? "under 0.0001" : numbers.number(p, decimals: 4)
  }
}

extension StudyReport {
  /// How well the fit predicts real choices, where the study has some.
  func validationSection() -> ReportSection? {
    results.validation.map { ValidationReport($0, numbers: numbers).section }
  }
}
