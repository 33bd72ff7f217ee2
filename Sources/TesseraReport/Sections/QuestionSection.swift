import TesseraProductFit

extension QuestionReport {
  /// Importance and performance, drivers, Kano's kinds and price points, as far as they were asked.
  func questionSection() -> ReportSection? {
    var blocks: [Block] = []
    if let map = importancePerformanceTable(fit) {
      blocks += byAudience(fit) { importancePerformanceChart(fit, $0, $1) } + [map]
    }
    blocks += bestWorstTables() + driverTables(fit)
    if let kano = kanoTable(fit) { blocks += byAudience(fit) { kanoChart(fit, $0, $1) } + [kano] }
    blocks += priceTables()
    guard !blocks.isEmpty else { return nil }
    return ReportSection(
      id: "questions", title: "Importance and performance, Kano, prices and drivers", blocks: blocks
    )
  }

  private func importancePerformanceTable(_ fit: FitResult) -> Block? {
    guard fit.importancePerformance.contains(where: { $0.importance != nil }) else { return nil }
    let names = FitNames(study: study, fit: fit)
    let audiences = audiences(fit)
    let needs = fit.importancePerformance.filter { $0.segment == nil }.map(\.need)
    return .table(
      ReportTable(
        id: "importance-performance", caption: "Importance and performance of each need",
        columns: [.init("Need")] + audiences.map { .init($0.title) },
        rows: needs.map { need in
          [.init(RichText(names.need(need)), isHeader: true)]
            + audiences.map { audience in
              let one = fit.importancePerformance.first {
                $0.segment == audience.id && $0.need == need
              }
              guard let advice = one?.advice else { return .init("–") }
              let isUrgent = advice == .concentrate
              return .init(
                isUrgent ? .strong(advice.rawValue) : RichText(advice.rawValue),
                hint: "importance \(share(one?.importance, one?.importanceSE)), satisfaction "
                  + share(one?.performance, one?.performanceSE))
            }
        },
        notes: [
          "The axes cross at the means of each audience over needs, both on the rating scale."
        ]))
  }

  /// A share with its standard error.
  private func share(_ value: Double?, _ error: Double?) -> String {
    numbers.percent(value) + (error.map { " (± \(numbers.percent($0, decimals: 1)))" } ?? "")
  }

  private func driverTables(_ fit: FitResult) -> [Block] {
    let audiences = audiences(fit)
    let told = fit.drivers.filter { $0.importance != nil }
    guard let first = told.first else { return [] }
    let shown = audiences.compactMap { audience in
      told.first { $0.segment == audience.id }.map { (audience.title, $0) }
    }
    return [
      .table(
        ReportTable(
          id: "drivers",
          caption: "What drives the overall rating: shares of R² (Johnson's weights)",
          columns: [.init("Driver")] + shown.map { .init($0.0, isNumeric: true) },
          rows: first.drivers.indices.map { driver in
            [
              .init(
                RichText(
                  first.labels[driver]
                    + ((first.importance?.correlations[driver] ?? 0) < 0
                      ? " (more of it, lower rating)" : "")), isHeader: true)
            ]
              + shown.map { _, one in
                let share = one.importance.map { $0.johnson[driver] / $0.r2 }
                let lmg = one.importance.flatMap { found in found.lmg.map { $0[driver] / found.r2 }
                }
                let error = one.importance.flatMap { found in
                  one.johnsonErrors.isEmpty ? nil : one.johnsonErrors[driver] / found.r2
                }
                let hints = [
                  error.map { "standard error \(numbers.percent($0, decimals: 1))" },
                  lmg.map { "averaged over orders (LMG) \(numbers.percent($0))" },
                ]
                return .percent(
                  share, numbers, hint: hints.compactMap { $0 }.joined(separator: "; "),
                  shade: share.map { .sequential($0) } ?? .none)
              }
          },
          notes: [
            "R²: "
              + shown.map {
                "\($0.0) \(numbers.number($0.1.importance?.r2, decimals: 2))"
                  + ($0.1.r2Error.map { " (± \(numbers.number($0, decimals: 2)))" } ?? "")
              }.joined(separator: ", ") + "."
          ]))
    ]
  }

  private func hint(_ error: Double?) -> String {
    error.map { "standard error \(numbers.number($0, decimals: 3))" } ?? ""
  }

  private func kanoTable(_ fit: FitResult) -> Block? {
    let told = fit.kano.filter { $0.table != nil }
    guard !told.isEmpty else { return nil }
    let audiences = audiences(fit)
    let words: [KanoKind: String] = [
      .mustBe: "must be", .oneDimensional: "the more the better", .attractive: "delights",
      .indifferent: "makes no difference", .reverse: "not wanted",
      .questionable: "answers contradict",
    ]
    return .table(
      ReportTable(
        id: "kano", caption: "Kano: what kind of need each feature serves",
        columns: [
          .init("Feature"), .init("Audience"), .init("Kind"), .init("Clear"),
          .init("Better", isNumeric: true), .init("Worse", isNumeric: true),
        ],
        rows: told.map { one in
          let table = one.table
          return [
            .init(RichText(one.label), isHeader: true),
            .init(RichText(audiences.first { $0.id == one.segment }?.title ?? "")),
            .init(RichText(table.flatMap { words[$0.mode] } ?? "–")),
            .init(RichText(table?.fong.isClear == true ? "yes" : "no")),
            .number(table?.better, numbers, decimals: 2, hint: hint(one.betterSE)),
            .number(table?.worse, numbers, decimals: 2),
          ]
        },
        notes: [
          "Better: satisfaction gained by having it; worse: lost without it. Clear by Fong's test at "
            + "10%."
        ]))
  }
}
