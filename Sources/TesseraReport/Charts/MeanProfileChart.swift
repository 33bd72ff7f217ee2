import TesseraStudy

/// Means of ratings by segment, coloured by how far they lie from everybody's: what sets segments apart
/// where people rated instead of choosing answers.
struct MeanProfileChart {
  /// The segments as people.
  let profiles: ProfileResult
  /// How numbers are written.
  let numbers: NumberStyle
  /// How many questions are shown at most: those on which segments differ most.
  let limit: Int

  /// A question with everybody's mean and each segment's.
  struct Row {
    let label: String
    let total: Double?
    /// Mean, and its distance from the others in standard deviations.
    let cells: [(mean: Double?, effect: Double?)]

    /// A mean with as many digits as everybody's has: none on a scale of 0 to 100.
    func text(_ mean: Double?, _ numbers: NumberStyle) -> String {
      numbers.number(mean, decimals: abs(total ?? 0) >= 20 ? 0 : 2)
    }
  }

  private static let rowHeight = 28.0
  private static let column = 84.0

  /// Whether most questions that made the segments hold numbers.
  static func suits(_ profiles: ProfileResult) -> Bool {
    let active = profiles.segments.first?.variables.filter { $0.role == .active } ?? []
    return 2 * active.count { $0.categories.isEmpty && $0.totalMean != nil } > active.count
  }

  /// The questions on which segments differ most, in the order of the survey.
  var rows: [Row] {
    guard let first = profiles.segments.first else { return [] }
    let all = first.variables.indices.compactMap {
      place -> (row: Row, spread: Double, place: Int)? in
      let asked = profiles.segments.map { $0.variables[place] }
      guard asked[0].categories.isEmpty, asked[0].role == .active else { return nil }
      let spread = asked.compactMap { $0.effectSize.map(abs) }.max() ?? 0
      let row = Row(
        label: asked[0].label, total: asked[0].totalMean,
        cells: asked.map { ($0.mean, $0.effectSize) })
      return (row, spread, place)
    }
    return all.sorted { ($1.spread, $0.place) < ($0.spread, $1.place) }.prefix(limit)
      .sorted { $0.place < $1.place }.map(\.row)
  }

  /// The chart.
  ///
  /// - Parameter title: The finding, as a sentence.
  /// - Returns: The drawing with its table; `nil` without ratings.
  func chart(title: String) -> Chart? {
    let rows = rows
    guard !rows.isEmpty else { return nil }
    var chart = Chart(
      id: "profile", title: title,
      subtitle: "Mean of each segment; blue lies above everybody, orange below, the stronger the "
        + "farther (in standard deviations).",
      description: "Means of \(rows.count) questions in \(profiles.segments.count) segments",
      svg: drawing(rows), vegaLite: specification(rows), table: table(rows))
    chart.narrowSVG = drawing(rows, isNarrow: true)
    return chart
  }

  /// The drawing; on a narrow screen a question stands above its means.
  private func drawing(_ rows: [Row], isNarrow: Bool = false) -> String {
    let count = Double(profiles.segments.count + 1)
    let widest = rows.map { TextMeasure.width($0.label, size: 12.5) }.max() ?? 0
    let left = isNarrow ? 0 : min(300, max(120, widest + 14))
    let column =
      isNarrow ? SVGCanvas.narrow / count : max(58, min(Self.column, (1040 - left) / count))
    let above = isNarrow ? 18.0 : 0
    let names = ["Everybody"] + profiles.segments.map(\.marked)
    let heads = names.map {
      TextMeasure.wrapped($0, to: column - 6, size: 11, lines: 3, isBold: true)
    }
    let head = 14 * Double(heads.map(\.count).max() ?? 1) + 10
    let height = Self.rowHeight + above
    var canvas = SVGCanvas(
      width: left + column * count, height: head + height * Double(rows.count) + 6,
      description: "Means by segment")
    for (place, lines) in heads.enumerated() {
      for (line, text) in lines.enumerated() {
        canvas.label(
          text, x: left + column * (Double(place) + 0.5), y: 12 + 14 * Double(line), size: 11,
          anchor: .middle, isBold: true)
      }
    }
    for (place, row) in rows.enumerated() {
      let top = head + height * Double(place)
      canvas.label(
        row.label, x: 0, y: top + (isNarrow ? 13 : 18), size: isNarrow ? 12 : 12.5,
        limit: isNarrow ? SVGCanvas.narrow : left - 10)
      canvas.label(
        row.text(row.total, numbers), x: left + column / 2, y: top + above + 18, size: 12,
        anchor: .middle, fill: SVGCanvas.soft)
      for (segment, cell) in row.cells.enumerated() {
        let colour = Palette.diverging((cell.effect ?? 0) / 1.5)
        let x = left + column * Double(segment + 1)
        canvas.rectangle(
          x: x + 1, y: top + above + 1, width: column - 2, height: Self.rowHeight - 2,
          fill: colour.fill, radius: 2,
          hint: "\(row.label), \(names[segment + 1]): \(row.text(cell.mean, numbers)), "
            + "everybody \(row.text(row.total, numbers))")
        canvas.label(
          row.text(cell.mean, numbers), x: x + column / 2, y: top + above + 18, size: 12,
          anchor: .middle, fill: colour.ink)
      }
    }
    return canvas.svg
  }

  private func table(_ rows: [Row]) -> ReportTable {
    ReportTable(
      id: "profile", caption: "Means by segment",
      columns: [.init("Question"), .init("Everybody", isNumeric: true)]
        + profiles.segments.map { .init($0.title, isNumeric: true) },
      rows: rows.map { row in
        [
          .init(RichText(row.label), isHeader: true),
          .init(RichText(row.text(row.total, numbers)), value: row.total),
        ]
          + row.cells.map { cell in
            .init(
              RichText(row.text(cell.mean, numbers)), value: cell.mean,
              shade: cell.effect.map { .diverging($0 / 1.5) } ?? .none)
          }
      })
  }

  private func specification(_ rows: [Row]) -> JSONValue {
    let values = rows.flatMap { row in
      zip(profiles.segments, row.cells).map { segment, cell in
        JSONValue.object([
          ("question", .string(row.label)), ("segment", .string(segment.title)),
          ("mean", .optional(cell.mean)), ("effect", .optional(cell.effect)),
        ])
      }
    }
    return VegaLite.specification(
      values: values, mark: "rect",
      encoding: [
        "x": .nominal("segment"),
        "y": .nominal("question"),
        "color": .quantitative("effect"),
      ])
  }
}
