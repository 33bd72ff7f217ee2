import TesseraStudy

extension StudyDeck {
  /// The number of segments beside its neighbours, for the room to decide on; `nil` where only one
  /// number is known, or the board is too long for a slide.
  var number: DeckSlide? {
    guard let file = results.solutions, file.neighbours.count > 1, file.chosen > 1,
      (file.neighbours.map(\.segments).max() ?? 0) <= 9
    else { return nil }
    let board = SolutionBoard(file, numbers: numbers)
    let columns = file.neighbours.map { solution in
      (
        title: "\(solution.segments)\(solution.segments == file.chosen ? " (taken)" : "")",
        cells: board.rows(solution).map { row in
          let traits = row.traits.filter { !row.name.lowercased().contains($0.lowercased()) }
            .prefix(2).map { short($0, 60) }.joined(separator: ", ")
          return "\(numbers.percent(row.share)) \(row.name)" + (traits.isEmpty ? "" : ": \(traits)")
            + (row.product.map { "; best fit: \($0)" } ?? "")
        }, facts: board.facts(solution, hasCriterion: false)
      )
    }
    let longest = columns.map(\.cells.count).max() ?? 0
    let others = Findings.list(
      file.neighbours.map(\.segments).filter { $0 != file.chosen }.map { "\($0)" }, "or")
    var slide = DeckSlide(
      id: "number",
      title: file.isTakenByPerson
        ? "\(file.chosen) segments, by choice; the rule says \(file.byRule)"
        : "\(file.chosen) segments; the alternative is \(others)",
      notes: notes([
        "For another number run again with --take and the number: nothing is searched anew."
      ]))
    slide.shapes = [
      table(
        "number.table", "Table of the segments for each number of segments.", Self.frame(),
        DeckTable(
          widths: columns.map { _ in 1 / Double(columns.count) }, header: columns.map(\.title),
          rows: [columns.map { DeckTable.Cell(text: Findings.capitalised($0.facts)) }]
            + (0..<longest).map { row in
              columns.map { column in
                DeckTable.Cell(
                  text: column.cells.indices.contains(row) ? column.cells[row] : "",
                  isStrong: column.title.hasSuffix("(taken)"))
              }
            }))
    ]
    return slide
  }
}
