import TesseraProductFit

extension StudyReport {
  /// The scenarios of the study beside the market of today; `nil` without any.
  func scenarioSection(_ fit: FitResult) -> ReportSection? {
    guard let told = fit.scenarios, !told.scenarios.isEmpty else { return nil }
    return ReportSection(
      id: "scenarios", title: "Scenarios",
      blocks: [
        .paragraph(
          "Each scenario is held against the market of today, among the same people. Brackets hold "
            + "95% intervals of the change."),
        .table(shareTable(told, fit)), .table(moneyTable(told, fit)),
      ] + told.notes.map { .paragraph(RichText($0)) })
  }

  /// Scenarios with what they are called, today first.
  private func markets(_ told: ScenarioResult) -> [(name: String?, label: String)] {
    [(nil, "Today")] + told.scenarios.map { ($0.name, $0.label) }
  }

  /// The share that people and money are counted with.
  private func counted(_ told: ScenarioResult, _ cell: ScenarioCell) -> ScenarioNumber {
    told.countedBy == "first_choice" ? cell.first : cell.preference
  }

  private func product(_ cell: ScenarioCell, _ names: FitNames) -> String {
    cell.product.map(names.product) ?? "Own products together"
  }

  private func shareTable(_ told: ScenarioResult, _ fit: FitResult) -> ReportTable {
    let names = FitNames(study: results.study, fit: fit)
    let audiences = audiences(fit)
    let rows = markets(told).flatMap { market in
      told.cells(scenario: market.name, segment: nil).map { first -> [ReportTable.Cell] in
        [
          .init(RichText(market.label), isHeader: true), .init(RichText(product(first, names))),
        ]
          + audiences.map { audience in
            let cell = told.cells(scenario: market.name, segment: audience.id)
              .first { $0.product == first.product }
            let share = cell.map { counted(told, $0) }
            return .init(
              RichText(
                numbers.percent(share?.value) + (share.map { change($0, factor: 100) } ?? "")),
              value: share?.value, shade: share?.value.map { .sequential($0) } ?? .none)
          }
      }
    }
    return ReportTable(
      id: "scenarios-shares",
      caption: told.countedBy == "first_choice"
        ? "Share by first choice, and its change in points"
        : "Share of preference, tuned to known shares, and its change in points",
      columns: [.init("Scenario"), .init("Product")]
        + audiences.map { .init($0.title, isNumeric: true) }, rows: rows)
  }

  private func moneyTable(_ told: ScenarioResult, _ fit: FitResult) -> ReportTable {
    let names = FitNames(study: results.study, fit: fit)
    let everybody = told.cells.filter { $0.segment == nil }
    let money = MoneyScale(everybody.flatMap { [$0.revenue.value ?? 0, $0.profit.value ?? 0] })
    let measures: [(title: String, isMoney: Bool, number: (ScenarioCell) -> ScenarioNumber)] = [
      ("Fit", false, { $0.fit }), ("People", false, { $0.people }),
      ("Revenue" + money.word, true, { $0.revenue }), ("Profit" + money.word, true, { $0.profit }),
    ].filter { measure in everybody.contains { measure.2($0).value != nil } }
    func text(_ number: ScenarioNumber, _ measure: Int) -> String {
      guard measures[measure].isMoney else {
        let decimals = measures[measure].title == "Fit" ? 1 : 0
        return numbers.number(number.value, decimals: decimals)
          + change(number, decimals: decimals)
      }
      guard let value = number.change, abs(value) > 1e-12 else {
        return money.text(number.value, numbers)
      }
      return money.text(number.value, numbers) + " " + money.signed(value, numbers)
        + (number.low == nil
          ? "" : " (\(money.interval(number.low, number.high, numbers)))")
    }
    return ReportTable(
      id: "scenarios-money",
      caption: "Everybody: fit, people and money, of \(numbers.number(told.peopleInMarket)) people",
      columns: [.init("Scenario"), .init("Product")]
        + measures.map { .init($0.title, isNumeric: true) },
      rows: markets(told).flatMap { market in
        told.cells(scenario: market.name, segment: nil).map { cell -> [ReportTable.Cell] in
          [
            .init(RichText(market.label), isHeader: true), .init(RichText(product(cell, names))),
          ]
            + measures.indices.map { measure in
              let number = measures[measure].number(cell)
              return .init(RichText(text(number, measure)), value: number.value)
            }
        }
      })
  }

  /// " +3 (1 to 5)" behind a number; nothing where nothing changes.
  private func change(
    _ number: ScenarioNumber, factor: Double = 1, decimals: Int = 0
  ) -> String {
    guard let change = number.change, abs(change) > 1e-12 || (number.se ?? 0) > 1e-12 else {
      return ""
    }
    let told = " " + numbers.signed(factor * change, decimals: decimals)
    guard let low = number.low, let high = number.high else { return told }
    return told + " (\(numbers.interval(factor * low, factor * high, decimals: decimals)))"
  }
}
