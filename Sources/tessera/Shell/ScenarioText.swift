import TesseraProductFit
import TesseraReport
import TesseraStudy

/// Scenarios in plain text, for a terminal.
struct ScenarioText {
  private let answer: ScenarioResult
  private let words: SettingWords
  private let numbers = NumberStyle.english

  init(_ answer: ScenarioResult, _ study: Study) {
    self.answer = answer
    words = SettingWords(study)
  }

  /// For each scenario a table of what changes, and what to know about it.
  ///
  /// - Parameter segment: The audience; `nil` for everybody.
  /// - Returns: Lines.
  func lines(_ segment: Segment?) -> [String] {
    var lines = [segment.map { "In \($0.display):" } ?? "Everybody:"]
    for scenario in answer.scenarios {
      let cells = answer.cells(scenario: scenario.name, segment: segment?.id)
      let title =
        scenario.label == scenario.name ? scenario.name : "\(scenario.label) (\(scenario.name))"
      lines += ["", title] + table(cells)
    }
    let isHidden = answer.cells(scenario: nil, segment: segment?.id).allSatisfy {
      $0.first.value == nil
    }
    return lines + [""] + answer.notes
      + (isHidden
        ? ["A dash: hidden, for too few people or so that those of a smaller group do not follow."]
        : [])
  }

  private func table(_ cells: [ScenarioCell]) -> [String] {
    let hasRevenue = cells.contains { $0.revenue.value != nil }
    let hasProfit = cells.contains { $0.profit.value != nil }
    let money = MoneyScale(
      cells.flatMap { cell in
        [cell.revenue, cell.profit].flatMap { [$0.value ?? 0, $0.change ?? 0] }
      })
    var header = ["product", "share", "change in points", "fit", "change"]
    if hasRevenue { header += ["revenue" + money.word, "change"] }
    if hasProfit { header += ["profit" + money.word, "change"] }
    return TextTableLayout.lines(
      header: header,
      rows: cells.map { cell in
        let share = answer.countedBy == "first_choice" ? cell.first : cell.preference
        var row = [
          cell.product.map(words.product) ?? "own products together",
          share.ends { numbers.percent($0, decimals: 1) }
            ?? numbers.percent(share.value, decimals: 1), change(share, factor: 100, decimals: 1),
          cell.fit.ends { numbers.number($0, decimals: 1) }
            ?? numbers.number(cell.fit.value, decimals: 1), change(cell.fit, decimals: 1),
        ]
        if hasRevenue { row += moneyCells(cell.revenue, money) }
        if hasProfit { row += moneyCells(cell.profit, money) }
        return row
      })
  }

  private func moneyCells(_ number: ScenarioNumber, _ money: MoneyScale) -> [String] {
    var change = NumberStyle.absent
    if let value = number.change {
      change = money.signed(value, numbers)
      if abs(value) < 1e-12, (number.se ?? 0) < 1e-12 {
        change = "0"
      } else if number.low != nil {
        change += " (\(money.interval(number.low, number.high, numbers)))"
      }
    }
    return [money.text(number.value, numbers), change]
  }

  /// "+3.1 (1.2 to 5.0)"; nothing where nothing changes.
  private func change(_ number: ScenarioNumber, factor: Double = 1, decimals: Int = 0) -> String {
    guard let change = number.change else { return NumberStyle.absent }
    guard abs(change) > 1e-12 || (number.se ?? 0) > 1e-12 else { return "0" }
    let told = numbers.signed(factor * change, decimals: decimals)
    guard let low = number.low, let high = number.high else { return told }
    return told + " (\(numbers.interval(factor * low, factor * high, decimals: decimals)))"
  }
}
