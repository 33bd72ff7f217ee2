import TesseraStudy

extension StudyReport {
  /// The profiles of a part of the people, chosen by the reader: a fold, or nothing.
  func filterTool() -> [Block] {
    guard let filters = results.filters else { return [] }
    let cards = SegmentCards(results: results, numbers: numbers)
    let heads = ["Everybody"] + filters.segments.map(\.title)
    let tool = ReportTool(
      id: "filter-tool", title: "Profiles of a part of the people", script: FilterScript.text,
      data: [
        "label": "Show", "everybody": "everybody", "caption": "Share of each segment, among %s",
        "heads": ["Answer"] + heads,
        "rows":
          ([("Size of the segment", ""), ("People asked (n)", "")]
          + filters.rows.map { cards.label($0.question, $0.answer) }).map { [$0.0, $0.1] },
        "options": filters.options.map(told),
      ],
      fallback:
        "Profiles of a part of the people: choose one on the page report.html, or on the command "
        + "line: tessera tables DIR --banner \"QUESTION > segments\".")
    return [
      .details(
        summary: "Look at a part of the people: \(questions(filters))",
        [
          .tool(tool),
          .paragraph(
            .muted(
              "An answer can be chosen where at least "
                + "\(numbers.number(ProfileFilters.smallestBase)) people of every segment gave it "
                + "and as many did not. Segments stay as they are. – is hidden: too few people.")),
        ])
    ]
  }

  /// The first questions that people can be told apart by.
  private func questions(_ filters: ProfileFilters) -> String {
    var names: [String] = []
    for option in filters.options.dropFirst() where !names.contains(option.question) {
      names.append(option.question)
    }
    let rest = names.count - 3
    let more = rest > 0 ? " and \(rest) more question\(rest == 1 ? "" : "s")" : ""
    return names.prefix(3).joined(separator: ", ") + more
  }

  /// Question, answer, and the cells from left to right.
  private func told(_ option: ProfileFilters.Option) -> JSONValue {
    let sizes = [numbers.percent(1)] + option.sizes.map { numbers.percent($0) }
    let bases = option.bases.map { base in
      base < Double(results.minimumCell) ? NumberStyle.absent : numbers.number(base)
    }
    let cells = option.cells.flatMap { $0.map(told) }
    return .array([
      .string(option.question), .string(option.answer), .strings(sizes + bases + cells),
    ])
  }

  private func told(_ cell: SurveyTable.Cell?) -> String {
    guard let bounds = cell?.bounds else { return numbers.percent(cell?.value) }
    return bounds.lowerBound > 0
      ? "over \(numbers.percent(bounds.lowerBound))"
      : "under \(numbers.percent(bounds.upperBound))"
  }
}

/// The script of the filter.
enum FilterScript {
  /// Its text, as it stands in the page.
  static let text = String(decoding: PackageResources.filter_js, as: UTF8.self)
}
