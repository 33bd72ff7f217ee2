import TesseraStudy

extension StudyReport {
  /// What shows how far the segments can be trusted, and what the questions are worth.
  func evidenceSections() -> [ReportSection] {
    let evidence = results.evidence
    var sections: [ReportSection] = []
    let blocks =
      structure(evidence) + stability(evidence) + likelihoodRatios(evidence) + ties(evidence)
      + membership(evidence) + quality(evidence)
    if !blocks.isEmpty {
      sections.append(
        ReportSection(
          id: "evidence", title: "How far the segments can be trusted", blocks: blocks))
    }
    if !evidence.outcomes.isEmpty {
      sections.append(
        ReportSection(
          id: "outcomes", title: "What follows from belonging to a segment",
          blocks: evidence.outcomes.map { .table(table($0)) }))
    }
    if let choice = evidence.indicatorChoice {
      sections.append(
        ReportSection(
          id: "indicators", title: "Which questions carry the segments", blocks: worth(choice)))
    }
    return sections
  }

  private func structure(_ evidence: SegmentationEvidence) -> [Block] {
    guard let structure = evidence.structure else { return [] }
    var blocks: [Block] = [.heading("Is there structure at all?")]
    if let first = structure.sentences.first { blocks.append(.lead(RichText(first))) }
    blocks += structure.sentences.dropFirst().map { .paragraph(RichText($0)) }
    blocks.append(
      .table(
        ReportTable(
          id: "structure", caption: "What the verdict rests on",
          columns: [
            .init("For"), .init("Condition"), .init("Found", isNumeric: true),
            .init("Asked", isNumeric: true), .init("Holds"),
          ],
          rows: structure.conditions.map { condition in
            [
              .init(RichText(condition.verdict), isHeader: true), .init(RichText(condition.name)),
              .number(condition.value, numbers, decimals: 2),
              .number(condition.bound, numbers, decimals: 2),
              .init(condition.holds ? "yes" : .strong("no")),
            ]
          },
          notes: [
            "Held against \(structure.sets) sets with every column shuffled by itself and "
              + "\(structure.sets) with the same answers and correlations but without groups, "
              + "\(structure.pairs) pairs of bootstrap samples each.",
            "Natural, reproducible and constructive as in Dolnicar, Grün & Leisch (2018).",
          ])))
    return blocks
  }

  private func stability(_ evidence: SegmentationEvidence) -> [Block] {
    let chart = StabilityChart(
      counts: evidence.counts, chosen: results.segmentation.segments.count, numbers: numbers
    ).chart()
    return chart.map { [.heading("Is the number of segments stable?"), .chart($0)] } ?? []
  }

  private func likelihoodRatios(_ evidence: SegmentationEvidence) -> [Block] {
    guard let first = evidence.likelihoodRatios.first else { return [] }
    return [
      .table(
        ReportTable(
          id: "blrt", caption: "Bootstrap likelihood-ratio test: is one segment more needed?",
          columns: [
            .init("Segments"), .init("Statistic", isNumeric: true), .init("p", isNumeric: true),
          ],
          rows: evidence.likelihoodRatios.map { test in
            [
              .init(RichText("\(test.segments) against \(test.segments + 1)"), isHeader: true),
              .number(test.statistic, numbers, decimals: 1),
              .init(RichText(numbers.probability(test.pValue)), value: test.pValue),
            ]
          }, notes: ["\(first.sets) simulated sets each."]))
    ]
  }

  private func ties(_ evidence: SegmentationEvidence) -> [Block] {
    guard !evidence.residuals.isEmpty else { return [] }
    let shown = evidence.residuals.prefix(10)
    let isTested = shown.contains { $0.pValue != nil }
    return [
      .details(
        summary: "Ties between questions that the segments leave unexplained",
        [
          .table(
            ReportTable(
              id: "residuals", caption: "The \(shown.count) largest bivariate residuals",
              columns: [
                .init("Question"), .init("Question"), .init("Residual", isNumeric: true),
                .init("p", isNumeric: true),
              ],
              rows: shown.map { tie in
                [
                  .init(RichText(tie.first), isHeader: true), .init(RichText(tie.second)),
                  .number(tie.statistic, numbers, decimals: 2),
                  .init(RichText(numbers.probability(tie.pValue)), value: tie.pValue),
                ]
              },
              notes: [
                "X² of the pair's table over its degrees of freedom, or a score test's statistic "
                  + "where there are numbers. Far above 1: the two are still correlated within segments; "
                  + "direct_effects: [[a, b]] models it."
              ] + (isTested ? [] : ["residuals: 99 adds p-values by simulation."])))
        ])
    ]
  }

  private func membership(_ evidence: SegmentationEvidence) -> [Block] {
    guard !evidence.covariates.isEmpty else { return [] }
    return [
      .table(
        ReportTable(
          id: "covariates",
          caption: "What membership depends on: log-odds against "
            + (results.segmentation.segments.first?.name ?? "the first segment"),
          columns: [
            .init("Segment"), .init("Term"), .init("Estimate", isNumeric: true),
            .init("Error", isNumeric: true), .init("95% interval"),
          ],
          rows: evidence.covariates.map { effect in
            [
              .init(RichText(name(effect.segment)), isHeader: true), .init(RichText(effect.term)),
              .init(
                RichText(numbers.signed(effect.estimate, decimals: 3)), value: effect.estimate),
              .number(effect.standardError, numbers, decimals: 3),
              .init(
                effect.low == nil
                  ? "-" : RichText(numbers.interval(effect.low, effect.high, decimals: 2))),
            ]
          }))
    ]
  }

  private func quality(_ evidence: SegmentationEvidence) -> [Block] {
    let told = evidence.quality?.sentences(results.segmentation.segments) ?? []
    guard !told.isEmpty else { return [] }
    return [
      .heading("Odd answers"), .list(told.map { RichText($0) }, numbered: false),
    ]
  }

  private func name(_ id: String) -> String {
    results.segmentation.segments.first { $0.id == id }?.title ?? id
  }

  private func table(_ outcome: OutcomeResult) -> ReportTable {
    let isNumber = outcome.categories.isEmpty
    let rows = isNumber ? ["mean"] : outcome.categories
    return ReportTable(
      id: "outcome-\(Escape.slug(outcome.name))",
      caption: "\(outcome.label), freed from misplacement (\(outcome.correction.rawValue))",
      columns: [.init("Answer")]
        + results.segmentation.segments.map { .init($0.title, isNumeric: true) }
        + [.init("p", isNumeric: true)],
      rows: rows.enumerated().map { place, title in
        [.init(RichText(title), isHeader: true)]
          + outcome.bySegment.map { row in
            let estimate = row[place]
            let text =
              isNumber
              ? numbers.number(estimate.value, decimals: 2) : numbers.percent(estimate.value)
            return .init(
              RichText(text), value: estimate.value,
              hint: "standard error \(numbers.number(estimate.standardError, decimals: 3))")
          }
          + [
            .init(
              RichText(numbers.probability(outcome.tests[place])),
              value: outcome.tests[place])
          ]
      }, notes: ["p: Wald's test that the segments do not differ, by the BCH correction."])
  }

  private func worth(_ choice: IndicatorChoice) -> [Block] {
    [
      .list(choice.sentences.map { RichText($0) }, numbered: false),
      .table(
        ReportTable(
          id: "indicators", caption: "What each question is worth, the weightiest first",
          columns: [
            .init("Question"), .init("Carries"), .init("BIC gained", isNumeric: true),
            .init("Moved if shuffled", isNumeric: true),
            .init("Moved if not asked", isNumeric: true),
            .init("Misplaced then", isNumeric: true), .init("Says much the same"),
          ],
          rows: choice.questions.map { question in
            [
              .init(RichText(question.label), isHeader: true),
              .init(RichText(question.carries.map { $0 ? "yes" : "no" } ?? "-")),
              .init(
                RichText(numbers.signed(question.gain, decimals: 1)), value: question.gain),
              .percent(
                question.importance, numbers, shade: .sequential(min(1, question.importance * 2))),
              .percent(question.cost, numbers),
              .percent(question.errorWithout, numbers),
              .init(
                RichText(
                  question.twin.map {
                    "\($0) (\(numbers.number(question.redundancy, decimals: 2)))"
                  } ?? "-")),
            ]
          },
          notes: [
            "With all questions about \(numbers.percent(choice.error, decimals: 1)) of respondents "
              + "are expected to be misplaced.",
            "Variable selection by BIC as in Marbac & Sedki (2017); ties are 0 to 1.",
          ])),
    ]
  }
}
