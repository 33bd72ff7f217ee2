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
    let title = "\(names.segment(segment)): \(finding)"
    return Chart(
      id: "opportunities-\(Escape.slug(segment))", title: title,
      subtitle: "Share who rate the need important (across) and who are satisfied today (up), "
        + "top boxes. Right of the dashed line, needs matter more than they are met.",
      description: "Importance and satisfaction of \(points.count) needs", segment: segment,
      svg: drawing(points), vegaLite: specification(points), table: table())
  }

  /// The largest opportunity, or those level with it, of needs that are clearly unmet.
  private var finding: String {
    let unmet = opportunities.filter(\.isClearlyUnmet)
      .sorted { ($1.odi ?? 0, $0.need) < ($0.odi ?? 0, $1.need) }
    let first = unmet.filter(\.mayBeFirst)
    func told(_ one: Opportunity) -> String {
      "\(names.need(one.need)) (\(numbers.number(one.odi, decimals: 1)) of 20)"
    }
    if first.isEmpty {
      return unmet.isEmpty
        ? "no need clearly matters to more people than are satisfied"
        : "no unmet need stands out"
    }
    return first.count == 1
      ? "biggest opportunity: \(told(first[0]))"
      : "level opportunities: \(first.prefix(3).map(told).joined(separator: ", "))"
        + (first.count > 3 ? " and \(first.count - 3) more" : "")
  }

  private func drawing(_ points: [Point]) -> String {
    let side = 380.0
    let left = 56.0
    let bottom = 16 + side
    let across = Self.marks(to: points.map(\.importance).max() ?? 1)
    let up = Self.marks(to: points.map(\.satisfaction).max() ?? 1)
    let (end, top) = (across.last ?? 1, up.last ?? 1)
    func x(_ share: Double) -> Double { left + side * share / end }
    func y(_ share: Double) -> Double { bottom - side * share / top }
    let named = LabelledPoints(
      points.sorted { ($1.odi ?? 0, $0.label) < ($0.odi ?? 0, $1.label) }.map { point in
        let isUnmet = point.importance > point.satisfaction
        return LabelledPoints.Point(
          x: x(point.importance), y: y(point.satisfaction), label: point.label, isBold: isUnmet,
          fill: isUnmet ? Palette.segment(position) : "#8c959f",
          hint: "\(point.label): important to \(numbers.percent(point.importance)), satisfied "
            + "\(numbers.percent(point.satisfaction)), opportunity "
            + "\(numbers.number(point.odi, decimals: 1)) of 20")
      }, within: (left + 2, 18, left + side + 20, bottom - 2))
    var canvas = SVGCanvas(
      width: left + side + 24, height: side + 66 + named.keyHeight, description: "Opportunities")
    canvas.rectangle(x: left, y: 16, width: side, height: side, fill: "var(--card,#f6f8fa)")
    for mark in across {
      canvas.line(x(mark), y(0), x(mark), y(top))
      canvas.label(
        numbers.percent(mark), x: x(mark), y: bottom + 17, size: 11, anchor: .middle,
        fill: SVGCanvas.soft)
    }
    for mark in up {
      canvas.line(x(0), y(mark), x(end), y(mark))
      canvas.label(
        numbers.percent(mark), x: left - 8, y: y(mark) + 4, size: 11, anchor: .end,
        fill: SVGCanvas.soft)
    }
    // Where both shares are equal, as far as both axes go.
    let equal = min(end, top)
    canvas.line(x(0), y(0), x(equal), y(equal), stroke: SVGCanvas.soft, width: 1.5, dashes: "5 4")
    canvas.label(
      "important to", x: left + side / 2, y: bottom + 38, size: 12, anchor: .middle,
      fill: SVGCanvas.soft)
    canvas.label("satisfied today", x: left, y: 11, size: 12, fill: SVGCanvas.soft)
    named.draw(on: &canvas, keyLeft: left, keyTop: bottom + 44)
    return canvas.svg
  }

  /// Round shares from nothing to the first that is not below the highest.
  private static func marks(to highest: Double) -> [Double] {
    let step = highest <= 0.25 ? 0.05 : highest <= 0.5 ? 0.1 : 0.2
    let count = max(1, Int((min(1, highest) / step - 1e-9).rounded(.up)))
    return (0...count).map { Double($0) * step }
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
          .percent(one.importance, numbers),
          .percent(one.satisfaction, numbers),
          .number(
            one.odi, numbers, decimals: 1, shade: one.odi.map { .sequential($0 / 20) } ?? .none),
          .init(RichText(numbers.interval(one.low, one.high, decimals: 1))),
          .number(one.gap, numbers, decimals: 1),
        ]
      })
  }

  private func specification(_ points: [Point]) -> JSONValue {
    let values = points.map { point in
      [
        "need": point.label, "importance": point.importance, "satisfaction": point.satisfaction,
        "odi": point.odi,
      ] as JSONValue
    }
    return VegaLite.specification(
      values: values, mark: "point",
      encoding: [
        "x": .quantitative("importance"),
        "y": .quantitative("satisfaction"),
        "tooltip": .nominal("need"),
      ])
  }
}
