import TesseraProductFit

extension QuestionReport {
  /// Scores per showing and utilities of the items of best-worst tasks.
  func bestWorstTables() -> [Block] {
    let told = fit.bestWorst.filter { $0.score != nil }
    guard !told.isEmpty else { return [] }
    let names = FitNames(study: study, fit: fit)
    let all = told.filter { $0.segment == nil }
    let segments = audiences(fit).dropFirst()
    return [
      .table(
        ReportTable(
          id: "best-worst", caption: "Best-worst scaling (MaxDiff)",
          columns: [
            .init("Item"), .init("Score per showing", isNumeric: true),
            .init("Utility", isNumeric: true), .init("Standard error", isNumeric: true),
            .init("By respondent", isNumeric: true), .init("Choice share", isNumeric: true),
          ] + segments.map { .init("Score, \($0.title)", isNumeric: true) },
          rows: all.map { one in
            [
              .init(RichText(names.need(one.need)), isHeader: true), score(one.score),
              .number(one.utility, numbers, decimals: 3),
              .number(one.se, numbers, decimals: 3),
              .number(one.clusteredSE, numbers, decimals: 3),
              .percent(one.share, numbers),
            ]
              + segments.map { segment in
                score(told.first { $0.segment == segment.id && $0.need == one.need }?.score)
              }
          },
          notes: [
            "Score: (best - worst) / shown, from -1 to 1. "
              + (all.contains { $0.share != nil }
                ? "Utility: maximum-difference logit of the tasks as they were shown, 0 for the mean "
                  + "item, with its standard error for independent tasks, and by the sample with all "
                  + "tasks of a respondent together. Share: what would be taken among all items."
                : "Utility: aggregate multinomial logit in closed form, with its standard error for "
                  + "independent showings, and by the sample with all showings of a respondent "
                  + "together. What each task showed is not known, so rivals do not count.")
          ]))
    ]
  }

  private func score(_ value: Double?) -> ReportTable.Cell {
    .number(value, numbers, decimals: 3)
  }
}
