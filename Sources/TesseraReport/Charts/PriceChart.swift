import TesseraProductFit
import TesseraStudy

/// Who accepts a product and who prefers it, over its price, with 95% bands.
struct PriceChart {
  let pricing: ProductPricing
  let report: PricingReport

  private static let (left, top, width, height) = (46.0, 40.0, 440.0, 220.0)

  private struct Line {
    let name: String
    let colour: String
    let points: [(price: Double, estimate: IntervalEstimate)]
  }

  /// The chart of everybody; `nil` where nothing may be told.
  func chart() -> Chart? {
    guard let everybody = pricing.audiences.first else { return nil }
    let colours = Palette.shades(3)
    let lines =
      everybody.points.isEmpty
      ? everybody.curves.filter { $0.source == report.source }.map { curve in
        Line(
          name: "would buy it", colour: colours[0],
          points: curve.demand.map { ($0.price, $0.share) })
      }
      : [
        Line(
          name: "would accept it", colour: colours[1],
          points: everybody.points.compactMap { point in
            point.acceptance.map { (point.price, $0) }
          }),
        Line(
          name: "take it", colour: colours[0],
          points: everybody.points.compactMap { point in point.share.map { (point.price, $0) } }),
      ].filter { $0.points.count > 1 }
    guard !lines.isEmpty else { return nil }
    return Chart(
      id: "price-\(Escape.slug(pricing.product))", title: report.lead,
      subtitle: "Share of everybody by price\(pricing.unit.isEmpty ? "" : " in \(pricing.unit)"), "
        + (pricing.openWords == nil
          ? "with 95% bands. Shaded: prices that may bring as much revenue as the best."
          : "with bands that hold whatever the missing levels allow."),
      description: "Demand over \(lines[0].points.count) prices",
      svg: drawing(lines, everybody), vegaLite: specification(lines),
      table: everybody.points.isEmpty
        ? report.otherTable(everybody) ?? report.audienceTable : report.curveTable(everybody))
  }

  private func drawing(_ lines: [Line], _ everybody: ProductPricing.Audience) -> String {
    let (bottom, right) = (Self.top + Self.height, Self.left + Self.width)
    var canvas = SVGCanvas(
      width: right + 24, height: bottom + 44, description: "Shares over prices")
    let prices = lines[0].points.map(\.price)
    let (first, last) = (prices.first ?? 0, prices.last ?? 1)
    func x(_ price: Double) -> Double {
      Self.left + Self.width * (price - first) / (last - first)
    }
    let highest = lines.flatMap(\.points).map { $0.estimate.high ?? $0.estimate.value }.max() ?? 1
    let axis = Axis(low: 0, high: min(1, highest), from: bottom, to: Self.top)
    for piece in everybody.best(.revenue, by: report.source).map({ report.pieces($0, everybody) })
      ?? []
    {
      canvas.rectangle(
        x: x(piece.low) - 2, y: Self.top, width: x(piece.high) - x(piece.low) + 4,
        height: Self.height, fill: "var(--card,#f0f3f6)")
    }
    for tick in axis.ticks {
      canvas.line(Self.left, axis.position(tick), right, axis.position(tick))
      canvas.label(
        report.numbers.percent(tick), x: Self.left - 8, y: axis.position(tick) + 4, size: 11,
        anchor: .end, fill: SVGCanvas.soft)
    }
    for tick in Axis(low: first, high: last, from: x(first), to: x(last)).ticks
    where tick >= first && tick <= last {
      canvas.line(x(tick), bottom, x(tick), bottom + 4, stroke: SVGCanvas.soft)
      canvas.label(
        report.amount(tick), x: x(tick), y: bottom + 18, size: 11, anchor: .middle,
        fill: SVGCanvas.soft)
    }
    if let now = pricing.present, (first...last).contains(now) {
      canvas.line(x(now), Self.top, x(now), bottom, stroke: SVGCanvas.soft, dashes: "4 3")
      canvas.label(
        "now", x: x(now), y: Self.top - 6, size: 11, anchor: .middle, fill: SVGCanvas.soft)
    }
    // Names stand above the curves, where a phone shows them too.
    var next = Self.left
    for line in lines {
      let banded = line.points.filter { $0.estimate.low != nil && $0.estimate.high != nil }
      canvas.area(
        banded.map { (x($0.price), axis.position(min(1, $0.estimate.high ?? 0))) },
        banded.map { (x($0.price), axis.position(max(0, $0.estimate.low ?? 0))) },
        fill: line.colour)
      canvas.path(
        line.points.map { (x($0.price), axis.position($0.estimate.value)) }, stroke: line.colour,
        width: 2.2)
      canvas.label(line.name, x: next, y: 14, size: 13, fill: line.colour, isBold: true)
      next += 8.5 * Double(line.name.count) + 16
    }
    return canvas.svg
  }

  private func specification(_ lines: [Line]) -> JSONValue {
    VegaLite.specification(
      values: lines.flatMap { line in
        line.points.map {
          [
            "price": $0.price, "what": line.name, "share": $0.estimate.value,
            "low": $0.estimate.low, "high": $0.estimate.high,
          ] as JSONValue
        }
      }, mark: "line",
      encoding: [
        "x": .quantitative("price"), "y": .quantitative("share"), "color": .nominal("what"),
      ])
  }
}
