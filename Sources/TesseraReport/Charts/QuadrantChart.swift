import TesseraStudy

/// Points in a square that two lines cut into four named quarters: the importance-performance map,
/// and Kano's diagram of better and worse.
struct QuadrantChart {
  /// A point, in shares of the axes.
  struct Point {
    let label: String
    let x: Double
    let y: Double
    /// What is told of it where the reader points.
    let hint: String
    /// Standard errors, drawn as whiskers of 95%; `nil` for none.
    var errors: (x: Double, y: Double)?
  }

  let id: String
  let title: String
  let subtitle: String
  let description: String
  let axes: (across: String, up: String)
  /// Where the two lines cross.
  let crossing: (x: Double, y: Double)
  /// Upper left, upper right, lower left, lower right.
  let quarters: [String]
  let points: [Point]
  /// The segment whose people it shows; `nil` for everybody.
  let segment: String?
  /// The segment's position, for the colour; `nil` for everybody.
  let position: Int?
  let numbers: NumberStyle
  let table: ReportTable

  private static let side = 380.0
  private static let left = 56.0
  private static let top = 20.0

  /// The chart; `nil` without points.
  func chart() -> Chart? {
    guard !points.isEmpty else { return nil }
    return Chart(
      id: id, title: title, subtitle: subtitle, description: description, segment: segment,
      svg: drawing(),
      vegaLite: specification(), table: table)
  }

  private func drawing() -> String {
    let (side, left, top) = (Self.side, Self.left, Self.top)
    let bottom = top + side
    // Points keep clear of the edges; the axes start where the first of them stands.
    let xs = Self.ends(points.map(\.x) + [crossing.x])
    let ys = Self.ends(points.map(\.y) + [crossing.y])
    func x(_ share: Double) -> Double { left + side * (share - xs.low) / (xs.high - xs.low) }
    func y(_ share: Double) -> Double { bottom - side * (share - ys.low) / (ys.high - ys.low) }
    let named = LabelledPoints(
      points.map { point in
        LabelledPoints.Point(
          x: x(point.x), y: y(point.y), label: point.label,
          fill: position.map { Palette.segment($0) } ?? SVGCanvas.soft,
          hint: "\(point.label): \(point.hint)")
      }, within: (left + 2, top + 20, left + side + 20, bottom - 20))
    var canvas = SVGCanvas(
      width: left + side + 24, height: side + 66 + named.keyHeight, description: description)
    canvas.rectangle(x: left, y: top, width: side, height: side, fill: "var(--card,#f6f8fa)")
    for part in [0.0, 0.5, 1] {
      let (one, other) = (
        xs.low + part * (xs.high - xs.low), ys.low + part * (ys.high - ys.low)
      )
      canvas.label(
        numbers.percent(one), x: x(one), y: bottom + 17, size: 11, anchor: .middle,
        fill: SVGCanvas.soft)
      canvas.label(
        numbers.percent(other), x: left - 8, y: y(other) + 4, size: 11, anchor: .end,
        fill: SVGCanvas.soft)
    }
    canvas.line(
      x(crossing.x), top, x(crossing.x), bottom, stroke: SVGCanvas.soft, width: 1.5, dashes: "5 4")
    canvas.line(
      left, y(crossing.y), left + side, y(crossing.y), stroke: SVGCanvas.soft, width: 1.5,
      dashes: "5 4")
    for (place, quarter) in quarters.enumerated() {
      let isRight = place % 2 == 1
      canvas.label(
        quarter, x: isRight ? left + side - 6 : left + 6, y: place < 2 ? top + 15 : bottom - 7,
        size: 11, anchor: isRight ? .end : .start, fill: SVGCanvas.soft)
    }
    canvas.label(
      axes.across, x: left + side / 2, y: bottom + 38, size: 12, anchor: .middle,
      fill: SVGCanvas.soft)
    canvas.label(axes.up, x: left, y: 12, size: 12, fill: SVGCanvas.soft)
    for point in points {
      guard let errors = point.errors else { continue }
      let (wide, high) = (1.96 * errors.x, 1.96 * errors.y)
      canvas.line(
        max(left, x(point.x - wide)), y(point.y), min(left + side, x(point.x + wide)), y(point.y))
      canvas.line(
        x(point.x), min(bottom, y(point.y - high)), x(point.x), max(top, y(point.y + high)))
    }
    named.draw(on: &canvas, keyLeft: left, keyTop: bottom + 44)
    return canvas.svg
  }

  /// Round ends that hold all shares, at most 0 to 1.
  private static func ends(_ shares: [Double]) -> (low: Double, high: Double) {
    let low = max(0, ((shares.min() ?? 0) * 10 - 0.5).rounded(.down) / 10)
    let high = min(1, ((shares.max() ?? 1) * 10 + 0.5).rounded(.up) / 10)
    return (low, max(high, low + 0.1))
  }

  private func specification() -> JSONValue {
    VegaLite.specification(
      values: points.map { point in
        ["label": point.label, axes.across: point.x, axes.up: point.y]
      }, mark: "point",
      encoding: [
        "x": .quantitative(axes.across),
        "y": .quantitative(axes.up),
        "tooltip": .nominal("label"),
      ])
  }
}
