import TesseraProductFit
import TesseraStudy

/// Changes that were computed, to choose from a list: nothing is estimated by a formula.
extension WorkbookFitSheets {
  /// Adds the changes below a sheet, with a cell that chooses one.
  func addScenarios(to sheet: inout WorkbookSheet) {
    let changes = fit.improvements + fit.proposals.map(\.improvement)
    var seen: Set<String> = []
    let scenarios = changes.compactMap { change -> (name: String, change: Improvement)? in
      let name =
        names.product(change.product) + ": "
        + change.set.map { "\(names.feature($0.feature)) \(numbers.level($0.level))" }
        .joined(separator: ", ")
      // Signs that a search in a spreadsheet would take for any letters.
      let plain = name.replacing("*", with: "∗").replacing("?", with: "？").replacing("~", with: "∼")
      return seen.insert(plain).inserted ? (plain, change) : nil
    }
    guard let first = scenarios.first else { return }
    let segments = fit.segments
    let choice = sheet.rows.count + 2
    let list = choice + 4
    // A range of one cell is none to some programs.
    let last = list + max(scenarios.count - 1, 1)
    let rows = "\(Workbook.address(list, 0)):\(Workbook.address(last, 0))"
    func looked(_ column: Int) -> String {
      let values =
        "\(Workbook.address(list, column)):\(Workbook.address(last, column))"
      return "INDEX(\(values),MATCH(\(Workbook.address(choice, 0)),\(rows),0))"
    }
    let heads =
      ["Average", "Low", "High"].map { WorkbookCell.text($0, .numberHeader) }
      + segments.map { .text(names.segment($0.id), .numberHeader) }
    func values(_ change: Improvement) -> [Double?] {
      [change.gain, change.low, change.high]
        + segments.map { segment in
          change.bySegment.first { $0.segment == segment.id }?.gain
        }
    }
    let shown = values(first.change)
    sheet.rows += [
      [], [.text("Choose a change (yellow cell): what it adds to the fit, in points", .strong)],
      [.text(first.name, .input)] + heads,
      [.text("Points of fit gained", .strong)]
        + shown.enumerated().map { place, value in
          value.map {
            .formula(looked(1 + place), value: WorkbookCell.rounded($0, .number(1)), .result)
          } ?? .blank
        },
      [],
    ]
    sheet.rows.append([.text("All changes that were computed", .header)] + heads)
    for scenario in scenarios {
      sheet.rows.append(
        [.text(scenario.name, .strong)]
          + values(scenario.change).map { rounded($0, .number(1)) })
    }
    sheet.choices.append(.init(row: choice, column: 0, source: "=" + rows))
  }
}
