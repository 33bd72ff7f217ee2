import TesseraProductFit
import TesseraStudy

/// The opportunity landscape: how much each need matters against how well it is met today.
struct OpportunityChart {
  /// The opportunities of one segment.
  let opportunities: [Opportunity]
  /// The segment's id.
  let segment: String
  /// The segment's position, for its colour.
  let position: Int
  /// What needs are called.
  let names: FitNames
  /// How numbers are written.
  let numbers: NumberStyle

  /// A need with a place in the plane.
  private struct Point {
    let label: String
    let importance: Double
    let satisfaction: Double
    let odi: Double?
  }

  /// The chart.
  ///
  /// - Returns: The chart; `nil` if satisfaction was not asked or all is suppressed.
  func chart() -> Chart? {
    let points = opportunities.compactMap { one -> Point? in
      guard let importance = one.importance, let satisfaction = one.satisfaction else {
        return nil
      }
      return Point(
        label: names.need(one.need), importance: importance, satisfaction: satisfaction,
        odi: one.odi)
    }
    guard !points.isEmpty else { return nil }
    let best = points.max { ($0.odi ?? 0) < ($1.odi ?? 0) }
    let title =
      best.map {
        "\(names.segment(segment)): most is to be won with \($0.label) "
          + "(\(numbers.number($0.odi, decimals: 1)) of 20)"
      } ?? names.segment(segment)
    return Chart(
      id: "opportunities-\(Escape.slug(segment))", title: title,
      subtitle: "Share who rate the need important (across) and who are satisfied today (up), "
        + "top two boxes. Below the line, needs matter more than they are met.",
      description: "Importance and satisfaction of \(points.count) needs",
      svg: drawing(points), vegaLite: specification(points), table: table())
  }

  private func drawing(_ points: [Point]) -> String {
    let side = 380.0
    let left = 56.0
    let bottom = 16 + side
    var canvas = SVGCanvas(width: left + side + 24, height: side + 66, description: "Opportunities")
    // Both axes end at the same quarter, so that the line stays the diagonal.
    let highest = points.map { max($0.importance, $0.satisfaction) }.max() ?? 1
    let end = min(1, max(0.25, (highest * 4).rounded(.up) / 4))
    func x(_ share: Double) -> Double { left + side * share / end }
    func y(_ share: Double) -> Double { bottom - side * share / end }
    canvas.rectangle(x: left, y: 16, width: side, height: side, fill: "var(--card,#f6f8fa)")
    for mark in [0.0, 0.25, 0.5, 0.75, 1].map({ $0 * end }) {
      canvas.line(x(mark), y(0), x(mark), y(end))
      canvas.line(x(0), y(mark), x(end), y(mark))
      canvas.label(
        numbers.percent(mark), x: x(mark), y: bottom + 17, size: 11, anchor: .middle,
        fill: SVGCanvas.soft)
      canvas.label(
        numbers.percent(mark), x: left - 8, y: y(mark) + 4, size: 11, anchor: .end,
        fill: SVGCanvas.soft)
    }
    canvas.line(x(0), y(0), x(end), y(end), stroke: SVGCanvas.soft, width: 1.5, dashes: "5 4")
    canvas.label(
      "important to", x: left + side / 2, y: bottom + 38, size: 12, anchor: .middle,
      fill: SVGCanvas.soft)
    canvas.label("satisfied today", x: left, y: 10, size: 12, fill: SVGCanvas.soft)
    let places = LabelPlacement.place(
      points.map {
        (x($0.importance), y($0.satisfaction), $0.label, $0.importance > $0.satisfaction)
      },
      size: 11, within: (left, 16, left + side + 20, bottom))
    for (point, place) in zip(points, places) {
      let isUnmet = point.importance > point.satisfaction
      canvas.disc(
        x: x(point.importance), y: y(point.satisfaction), radius: 6,
        fill: isUnmet ? Palette.segment(position) : SVGCanvas.line, stroke: SVGCanvas.paper,
        hint: "\(point.label): important to \(numbers.percent(point.importance)), satisfied "
          + "\(numbers.percent(point.satisfaction)), opportunity "
          + "\(numbers.number(point.odi, decimals: 1)) of 20")
      canvas.label(
        place.text, x: place.x, y: place.y, size: 11, anchor: place.anchor, isBold: isUnmet)
    }
    return canvas.svg
  }

  private func table() -> ReportTable {
    ReportTable(
      id: "opportunities-\(Escape.slug(segment))",
      caption: "Needs of \(names.segment(segment)), largest opportunity first",
      columns: [
        .init("Need"), .init("Important to", isNumeric: true), .init("Satisfied", isNumeric: true),
        .init("Opportunity (0 to 20)", isNumeric: true), .init("95% interval", isNumeric: true),
        .init("Points no product serves", isNumeric: true),
      ],
      rows: opportunities.sorted { ($0.odi ?? -1) > ($1.odi ?? -1) }.map { one in
        [
          .init(RichText(names.need(one.need)), isHeader: true),
          .init(RichText(numbers.percent(one.importance)), value: one.importance),
          .init(RichText(numbers.percent(one.satisfaction)), value: one.satisfaction),
          .init(
            RichText(numbers.number(one.odi, decimals: 1)), value: one.odi,
            shade: one.odi.map { .sequential($0 / 20) } ?? .none),
          .init(RichText(numbers.interval(one.low, one.high, decimals: 1))),
          .init(RichText(numbers.number(one.gap, decimals: 1)), value: one.gap),
        ]
      })
  }

  private func specification(_ points: [Point]) -> JSONValue {
    let values = points.map { point in
      JSONValue.object([
        ("need", .string(point.label)), ("importance", .number(point.importance)),
        ("satisfaction", .number(point.satisfaction)), ("odi", .optional(point.odi)),
      ])
    }
    return VegaLite.specification(
      title: "Opportunities", values: values, mark: "point",
      encoding: [
        ("x", VegaLite.channel("importance", "quantitative")),
        ("y", VegaLite.channel("satisfaction", "quantitative")),
        ("tooltip", VegaLite.channel("need", "nominal")),
      ])
  }
}
