import TesseraProductFit
import TesseraStudy

/// Which segment, what price, which market: a fold each on the screen about changes.
extension StudyReport {
  /// The folds, where the study declares what each needs.
  func decisionFolds(_ fit: FitResult) -> [Block] {
    let isStopped = Findings(results).stopsAdvice
    return [isStopped ? nil : targetFold(fit), priceFold(fit), scenarioFold(fit)].compactMap { $0 }
  }

  private func targetFold(_ fit: FitResult) -> Block? {
    guard let ranking = fit.targets else { return nil }
    let report = TargetReport(ranking, segments: fit.segments, numbers: numbers)
    let chart = TargetChart(report: report, order: fit.segments.map(\.id)).chart()
    guard let chart = chart.map({ first($0) }) else { return nil }
    return .details(
      summary: "Which segment to target",
      [.chart(chart), .more([.init(title: "Segments as targets", anchor: "targets")])])
  }

  private func priceFold(_ fit: FitResult) -> Block? {
    let reports = pricesToTell(fit)
    guard let most = reports.first, let chart = most.chart.map({ first($0) }) else { return nil }
    return .details(
      summary: "What price",
      [.chart(chart)] + reports.dropFirst().map { .paragraph(RichText($0.lead)) }
        + [.more([.init(title: "Prices by segment", anchor: "prices-by-product")])])
  }

  /// Prices of the own products, or of all where none is named own; four at most.
  func pricesToTell(_ fit: FitResult) -> [PricingReport] {
    let own = results.study.market?.own
    return fit.pricesByProduct.filter { own?.contains($0.product) ?? true }
      .map { PricingReport($0, segments: fit.segments, numbers: numbers) }
      .filter { $0.chart != nil }.prefix(4).map(\.self)
  }

  private func scenarioFold(_ fit: FitResult) -> Block? {
    guard let told = fit.scenarios, !told.scenarios.isEmpty else { return nil }
    return .details(
      summary: "What if the market changes",
      [
        .table(scenarioSummary(told, id: "scenarios-first")),
        .more([.init(title: "Scenarios by segment", anchor: "scenarios")]),
      ])
  }

  /// The own products together in each scenario, against today.
  func scenarioSummary(_ told: ScenarioResult, id: String) -> ReportTable {
    let rows = told.scenarios.compactMap { scenario in
      told.cells(scenario: scenario.name, segment: nil).first { $0.product == nil }
        .map { (label: scenario.label, cell: $0) }
    }
    let money = MoneyScale(
      rows.flatMap { [$0.cell.revenue, $0.cell.profit] }.map { $0.change ?? 0 })
    let measures: [(title: String, number: (ScenarioCell) -> ScenarioNumber)] = [
      ("Revenue" + money.word, { $0.revenue }), ("Profit" + money.word, { $0.profit }),
    ].filter { measure in rows.contains { measure.1($0.cell).value != nil } }
    func text(_ number: ScenarioNumber, _ told: (Double) -> String) -> ReportTable.Cell {
      guard let change = number.change else { return .init(RichText(NumberStyle.absent)) }
      let estimate = IntervalEstimate(change, low: number.low, high: number.high)
      return .init(RichText(numbers.told(estimate, told)), value: change)
    }
    return ReportTable(
      id: id, caption: "Own products together, against today (everybody)",
      columns: [.init("Scenario"), .init("Share", isNumeric: true)]
        + [.init("Points", isNumeric: true)]
        + measures.map { .init($0.title, isNumeric: true) },
      rows: rows.map { row in
        let share = told.counted(row.cell)
        return [
          .init(RichText(row.label), isHeader: true),
          .init(
            RichText(share.ends { numbers.percent($0) } ?? numbers.percent(share.value)),
            value: share.value),
          text(share) { numbers.signed(100 * $0, decimals: 1) },
        ] + measures.map { text($0.number(row.cell)) { money.signed($0, numbers) } }
      }, notes: ["In brackets 95% intervals of the change."])
  }

  /// A chart of the appendix as the report shows it.
  private func first(_ chart: Chart) -> Chart {
    var chart = chart
    chart.id += "-first"
    chart.table.id += "-first"
    return chart
  }
}
