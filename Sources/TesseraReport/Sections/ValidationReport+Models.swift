import TesseraProductFit
import TesseraStudy

extension ValidationReport {
  /// The choice models: coefficients, tests, latent classes.
  func modelBlocks() -> [Block] {
    var blocks: [Block] = []
    if let logit = result.logit {
      blocks.append(
        .table(
          coefficients(
            logit.rows, id: "logit", caption: "A logit on the attributes: what moves choices",
            notes: reference + [
              "Log-likelihood \(numbers.number(logit.logLikelihood, decimals: 3)), with every "
                + "alternative alike \(numbers.number(logit.nullLogLikelihood, decimals: 3)); "
                + "McFadden's rho-squared \(numbers.number(logit.rhoSquared, decimals: 3)); "
                + "\(logit.rows.count) coefficients.",
              "Errors: from the information; robust, over menus; clustered, over respondents. p "
                + "goes with the last.",
            ])))
      if !logit.bySegment.isEmpty {
        blocks.append(
          .table(
            coefficients(
              logit.bySegment, id: "logit-segments",
              caption: "How tastes differ by segment: added to the coefficients of "
                + (result.segments.first.map(\.title) ?? "the first"),
              notes: [
                "Log-likelihood "
                  + "\(numbers.number(logit.bySegmentLogLikelihood, decimals: 3))."
              ])))
      }
    }
    if !result.tests.isEmpty { blocks.append(.table(testTable())) }
    if !result.classes.isEmpty { blocks += classBlocks() }
    return blocks
  }

  /// Which levels the part-worths are told against.
  private var reference: [String] {
    let levels = result.partWorths.filter { $0.se == nil }
    guard !levels.isEmpty else { return [] }
    return [
      "Part-worths against the reference levels, which are worth 0: "
        + levels.map { "\($0.attribute) \($0.level)" }.joined(separator: ", ") + "."
    ]
  }

  private func coefficients(
    _ rows: [ValidationResult.LogitResult.Row], id: String, caption: String, notes: [String]
  ) -> ReportTable {
    let worth = rows.contains { $0.willingness != nil }
    return ReportTable(
      id: id, caption: caption,
      columns: [
        .init("Term"), .init("Coefficient", isNumeric: true), .init("Error", isNumeric: true),
        .init("Robust", isNumeric: true), .init("Clustered", isNumeric: true),
        .init("p", isNumeric: true),
      ] + (worth ? [.init("Worth in price (95%)", isNumeric: true)] : []),
      rows: rows.map { row in
        let cells: [ReportTable.Cell] = [
          .init(RichText(row.term + (row.isControl ? " (control)" : "")), isHeader: true),
          .init(RichText(number(row.value)), value: row.value),
          .init(RichText(number(row.se)), value: row.se),
          .init(RichText(number(row.robust)), value: row.robust),
          .init(RichText(number(row.clustered)), value: row.clustered),
          .init(RichText(probability(row.p)), value: row.p),
        ]
        guard worth else { return cells }
        let text =
          row.willingness.map {
            "\(numbers.number($0.value, decimals: 3)) "
              + "(\(numbers.interval($0.low, $0.high, decimals: 3)))"
          } ?? NumberStyle.absent
        return cells + [.init(RichText(text), value: row.willingness?.value)]
      }, notes: notes)
  }

  private func testTable() -> ReportTable {
    ReportTable(
      id: "taste-tests", caption: "Do tastes differ by segment?",
      columns: [
        .init("Model"), .init("Likelihood ratio", isNumeric: true), .init("df", isNumeric: true),
        .init("p", isNumeric: true), .init("Wald, clustered", isNumeric: true),
        .init("p", isNumeric: true),
      ],
      rows: result.tests.map { test in
        [
          .init(
            RichText(
              test.withControls
                ? "with controls for how menus were built"
                : result.tests.count > 1 ? "without controls" : "all attributes"), isHeader: true),
          .number(test.statistic, numbers, decimals: 2),
          .init(RichText(String(test.degreesOfFreedom)), value: Double(test.degreesOfFreedom)),
          .init(RichText(probability(test.p)), value: test.p),
          .number(test.wald, numbers, decimals: 2),
          .init(RichText(test.waldP.map(probability) ?? NumberStyle.absent), value: test.waldP),
        ]
      },
      notes: [
        "Where people choose more than once, or carry weights, trust the Wald test: its errors are "
          + "clustered by respondent."
      ])
  }

  private func classBlocks() -> [Block] {
    var blocks: [Block] = [
      .table(
        ReportTable(
          id: "taste-classes", caption: "Latent classes of taste",
          columns: [
            .init("Classes", isNumeric: true), .init("Log-likelihood", isNumeric: true),
            .init("Coefficients", isNumeric: true), .init("BIC", isNumeric: true),
            .init("Entropy R²", isNumeric: true), .init("Starts at the best", isNumeric: true),
          ],
          rows: result.classes.map { one in
            [
              .init(
                RichText(
                  "\(one.classes)\(one.classes == result.classChosen ? " (smallest BIC)" : "")"),
                isHeader: true),
              .number(one.logLikelihood, numbers, decimals: 2),
              .init(RichText(String(one.parameters)), value: Double(one.parameters)),
              .number(one.bic, numbers, decimals: 1),
              .number(one.entropyR2, numbers, decimals: 3),
              .init(RichText("\(one.startsAtBest) of \(one.starts)")),
            ]
          }))
    ]
    guard let best = result.classes.first(where: { $0.classes == result.classChosen }),
      best.classes > 1
    else { return blocks }
    blocks.append(
      .table(
        ReportTable(
          id: "taste-class-coefficients",
          caption: "Tastes of the \(best.classes) classes: coefficients and their errors",
          columns: [.init("Term")]
            + best.shares.indices.map {
              .init(
                "Class \($0 + 1): \(numbers.percent(best.shares[$0]))", isNumeric: true)
            },
          rows: best.terms.indices.map { term in
            [.init(RichText(best.terms[term]), isHeader: true)]
              + best.shares.indices.map { kind in
                .init(
                  RichText(
                    "\(numbers.number(best.coefficients[kind][term], decimals: 3)) "
                      + "(\(numbers.number(best.standardErrors[kind][term], decimals: 3)))"),
                  value: best.coefficients[kind][term])
              }
          })))
    guard result.segments.count > 1 else { return blocks }
    blocks.append(
      .table(
        ReportTable(
          id: "taste-class-segments", caption: "Share of each segment in the classes of taste",
          columns: [.init("Segment")]
            + best.shares.indices.map { .init("Class \($0 + 1)", isNumeric: true) },
          rows: zip(result.segments, best.bySegment).map { segment, shares in
            [.init(RichText(segment.title), isHeader: true)]
              + best.shares.indices.map { kind in
                .init(
                  RichText(shares.map { numbers.percent($0[kind]) } ?? "too few"),
                  value: shares?[kind], shade: shares.map { .sequential($0[kind]) } ?? .none)
              }
          })))
    return blocks
  }
}
