import TesseraProductFit
import TesseraStudy

/// Changes that were computed, to choose from a list: nothing is estimated by a formula.
extension WorkbookFitSheets {
  /// A change with what it is called.
  private struct Scenario {
    let name: String
    let set: String
    let change: Improvement
  }

  /// The declared edits in the study's order, then every single level, product by product.
  private var scenarios: [Scenario] {
    let order = Dictionary(
      study.edits.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { $1 })
    let declared = fit.improvements.enumerated().sorted {
      (order[$0.element.name] ?? .max, $0.offset) < (order[$1.element.name] ?? .max, $1.offset)
    }.map(\.element)
    var seen: Set<String> = []
    return (declared + fit.singleLevels).compactMap { change in
      let set = change.set.map { one in
        let unit = study.features.first { $0.name == one.feature }?.unit ?? ""
        return "\(names.feature(one.feature)) \(numbers.level(one.level))"
          + (unit.isEmpty ? "" : " \(unit)")
      }.joined(separator: ", ")
      let edit = study.edits.first { $0.name == change.name && !$0.name.isEmpty }
      let name =
        edit.flatMap { $0.label == $0.name ? nil : $0.label }
        ?? "\(names.product(change.product)): \(set)"
      // Signs that a search in a spreadsheet would take for any letters.
      let plain = name.replacing("*", with: "∗").replacing("?", with: "？").replacing("~", with: "∼")
      return seen.insert(plain).inserted
        ? Scenario(name: plain, set: set, change: change) : nil
    }
  }

  /// The sheet of changes, with a cell that chooses one; `nil` where none was computed.
  func changes(named name: String) -> WorkbookSheet? {
    let scenarios = scenarios
    guard let first = scenarios.first else { return nil }
    let hasCosts = scenarios.contains { $0.change.cost != nil }
    let choice = 3
    let list = choice + 4
    // A range of one cell is none to some programs.
    let last = list + max(scenarios.count - 1, 1)
    let rows = "\(Workbook.address(list, 0)):\(Workbook.address(last, 0))"
    func looked(_ column: Int) -> String {
      let values = "\(Workbook.address(list, column)):\(Workbook.address(last, column))"
      return "INDEX(\(values),MATCH(\(Workbook.address(choice, 0)),\(rows),0))"
    }
    var about: [WorkbookCell] = [.text("Product", .header), .text("What is set", .header)]
    if hasCosts { about.append(.text("Cost", .numberHeader)) }
    let titles = ["All people", "Low (95%)", "High (95%)"] + fit.segments.map(\.title)
    let head: [WorkbookCell] =
      [.text("Change", .header)] + about + titles.map { .text($0, .numberHeader) }
    func values(_ change: Improvement) -> [Double?] {
      [change.gain, change.low, change.high]
        + fit.segments.map { segment in
          change.bySegment.first { $0.segment == segment.id }?.gain
        }
    }
    var chosen: [WorkbookCell] = [
      .text(first.name, .input), .words(looked(1), value: names.product(first.change.product)),
      .words(looked(2), value: first.set),
    ]
    if hasCosts {
      // A level without a cost has an empty cell, which a look-up would make 0.
      let formula = "IF(\(looked(3))=\"\",\"\",\(looked(3)))"
      chosen.append(
        first.change.cost.map { .formula(formula, value: $0, .number(0)) }
          ?? .words(formula, value: "", .number(0)))
    }
    for (place, value) in values(first.change).enumerated() {
      guard let value else {
        chosen.append(.blank)
        continue
      }
      chosen.append(
        .formula(
          looked(1 + about.count + place), value: WorkbookCell.rounded(value, .number(1)), .result))
    }
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text("What a change adds to the fit, in points of 100", .title)],
      [.text("Choose a change in the yellow cell: the line follows.", .muted)], head, chosen, [],
      [
        .text(
          "The listed changes, then one level at a time that a product could have instead", .strong)
      ], head,
    ]
    for scenario in scenarios {
      var row: [WorkbookCell] = [
        .text(scenario.name, .strong), .text(names.product(scenario.change.product)),
        .text(scenario.set),
      ]
      if hasCosts { row.append(rounded(scenario.change.cost, .number(0))) }
      sheet.rows.append(row + values(scenario.change).map { rounded($0, .number(1)) })
    }
    sheet.rows += [
      [],
      [
        .text(
          "Each line was computed by itself, with the other products as they are: the points of two "
            + "lines do not add up.", .muted)
      ],
    ]
    sheet.choices = [.init(row: choice, column: 0, source: "=" + rows)]
    sheet.widths =
      [48, 20, 44] + (hasCosts ? [12] : []) + [12, 12, 12] + fit.segments.map { _ in 15 }
    sheet.frozenRows = 4
    sheet.frozenColumns = 1
    sheet.isWide = true
    return sheet
  }
}
