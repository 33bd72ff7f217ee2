import Foundation
public import TesseraProductFit

extension StudyReport {
  /// The scenarios of the study beside the market of today; `nil` without any.
  func scenarioSection(_ fit: FitResult) -> ReportSection? {
    guard let told = fit.scenarios, !told.scenarios.isEmpty else { return nil }
    return ReportSection(
      id: "scenarios", title: "Scenarios",
      blocks: [
        .paragraph(
          "Each scenario is held against the market of today, among the same people. Brackets hold "
            + "95% intervals of the change.")
      ]
        + markets(told).flatMap { market -> [Block] in
          [.table(shareTable(market, told, fit)), .table(moneyTable(market, told, fit))]
        } + told.notes.map { .paragraph(RichText($0)) })
  }

  /// Scenarios with what they are called, today first.
  private func markets(_ told: ScenarioResult) -> [(name: String?, label: String)] {
    [(nil, "Today")] + told.scenarios.map { ($0.name, $0.label) }
  }

  private func product(_ cell: ScenarioCell, _ names: FitNames) -> String {
    cell.product.map(names.product) ?? "Own products together"
  }

  private func shareTable(
    _ market: (name: String?, label: String), _ told: ScenarioResult, _ fit: FitResult
  ) -> ReportTable {
    let names = FitNames(study: results.study, fit: fit)
    let products = told.cells(scenario: market.name, segment: nil)
    let kind =
      told.countedBy == "first_choice" ? "first choice" : "preference"
    return ReportTable(
      id: "scenarios-\(Escape.slug(market.name ?? "today"))",
      caption: "\(market.label): share by \(kind)"
        + (market.name == nil ? "" : "; behind it the change in points"),
      columns: [.init("Audience")]
        + products.map { .init(product($0, names), isNumeric: true) },
      rows: audiences(fit).map { audience in
        let cells = told.cells(scenario: market.name, segment: audience.id)
        return [.init(RichText(audience.title), isHeader: true)]
          + products.map { one in
            let share = cells.first { $0.product == one.product }.map(told.counted)
            return .init(
              RichText(
                (share?.ends { numbers.percent($0) } ?? numbers.percent(share?.value))
                  + (share.map { change($0, factor: 100) } ?? "")),
              value: share?.value, shade: share?.value.map { .sequential($0) } ?? .none)
          }
      })
  }

  private func moneyTable(
    _ market: (name: String?, label: String), _ told: ScenarioResult, _ fit: FitResult
  ) -> ReportTable {
    let names = FitNames(study: results.study, fit: fit)
    let everybody = told.cells.filter { $0.segment == nil }
    let money = MoneyScale(
      everybody.flatMap { cell in
        [cell.revenue, cell.profit].flatMap { [$0.value ?? 0, $0.change ?? 0] }
      })
    let isMany = told.peopleInMarket >= 100_000
    let measures: [(title: String, isMoney: Bool, number: (ScenarioCell) -> ScenarioNumber)] = [
      ("Fit", false, { $0.fit }),
      (
        isMany ? "People, thousand" : "People", false,
        { isMany ? $0.people.inThousands : $0.people }
      ),
      ("Revenue" + money.word, true, { $0.revenue }), ("Profit" + money.word, true, { $0.profit }),
    ].filter { measure in everybody.contains { measure.2($0).value != nil } }
    func text(_ number: ScenarioNumber, _ measure: Int) -> String {
      guard measures[measure].isMoney else {
        let decimals = measures[measure].title == "Fit" ? 1 : 0
        return
          (number.ends { numbers.number($0, decimals: decimals) }
          ?? numbers.number(number.value, decimals: decimals))
          + change(number, decimals: decimals)
      }
      guard let value = number.change, abs(value) > 1e-12 else {
        return money.text(number.value, numbers)
      }
      return money.text(number.value, numbers) + "; " + money.signed(value, numbers)
        + (number.low == nil
          ? "" : " (\(money.interval(number.low, number.high, numbers)))")
    }
    return ReportTable(
      id: "scenarios-money-\(Escape.slug(market.name ?? "today"))",
      caption: "\(market.label), everybody: fit, people and money, of "
        + "\(numbers.number(told.peopleInMarket)) people",
      columns: [.init("Product")] + measures.map { .init($0.title, isNumeric: true) },
      rows: told.cells(scenario: market.name, segment: nil).map { cell in
        [.init(RichText(product(cell, names)), isHeader: true)]
          + measures.indices.map { measure in
            let number = measures[measure].number(cell)
            return .init(RichText(text(number, measure)), value: number.value)
          }
      })
  }

  /// "; +3 (1 to 5)" behind a number; nothing where nothing changes that a reader would see.
  private func change(
    _ number: ScenarioNumber, factor: Double = 1, decimals: Int = 0
  ) -> String {
    guard let change = number.change, abs(change) > 1e-12 || (number.se ?? 0) > 1e-12 else {
      return ""
    }
    let least = 0.5 * pow(10, -Double(decimals)) / factor
    if [change, number.low ?? 0, number.high ?? 0].allSatisfy({ abs($0) < least }) { return "" }
    let told = "; " + numbers.signed(factor * change, decimals: decimals)
    guard let low = number.low, let high = number.high else { return told }
    return told + " (\(numbers.interval(factor * low, factor * high, decimals: decimals)))"
  }
}

extension ScenarioResult {
  /// The share that people and money are counted with.
  func counted(_ cell: ScenarioCell) -> ScenarioNumber {
    countedBy == "first_choice" ? cell.first : cell.preference
  }
}

extension ScenarioNumber {
  /// "5% to 67%", where levels that nobody knows leave more than a rounding; `nil` otherwise.
  public func ends(_ text: (Double) -> String) -> String? {
    guard let least, let most, text(least) != text(most) else { return nil }
    return "\(text(least)) to \(text(most))"
  }

  /// The same in thousands.
  fileprivate var inThousands: ScenarioNumber {
    func part(_ number: Double?) -> Double? { number.map { $0 / 1000 } }
    var number = self
    (number.value, number.change, number.se) = (part(value), part(change), part(se))
    (number.least, number.most) = (part(least), part(most))
    (number.low, number.high) = (part(low), part(high))
    return number
  }
}
