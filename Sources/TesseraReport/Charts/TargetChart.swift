import TesseraProductFit
import TesseraStudy

/// Segments as bubbles: how attractive each is against how well the own products fit it.
///
/// Attractive is what is known best: money, else the score by given weights, else the needs that
/// nobody serves.
struct TargetChart {
  let report: TargetReport
  /// Ids of the segments in their order, for their colours.
  let order: [String]

  private struct Bubble {
    let row: TargetRanking.Row
    let across: Double
    let up: Double
  }

  /// The chart; `nil` with fewer than two segments.
  func chart() -> Chart? {
    let ranking = report.ranking
    let bubbles = ranking.rows.compactMap { row -> Bubble? in
      guard let across = row[.fit]?.estimate.value, let up = height(row) else { return nil }
      return Bubble(row: row, across: across, up: up)
    }
    guard bubbles.count > 1 else { return nil }
    return Chart(
      id: "targets", title: report.lead,
      subtitle: "Across: \(report.heading(.fit).lowercased()), in points. Up: \(upWords). "
        + "Area: people.",
      description: "\(bubbles.count) segments by attractiveness and own fit",
      svg: drawing(bubbles), vegaLite: specification(bubbles), table: report.table)
  }

  private func height(_ row: TargetRanking.Row) -> Double? {
    switch report.ranking.score {
    case .money: row[.value]?.estimate.value
    case .weights: row.score?.value
    case .none: row[.unserved]?.estimate.value
    }
  }

  private var upWords: String {
    switch report.ranking.score {
    case .money: report.heading(.value).lowercased()
    case .weights: "score by your weights"
    case .none: "points of their needs that no product serves"
    }
  }

  private func mark(_ value: Double) -> String {
    switch report.ranking.score {
    case .money: report.text(value, .value)
    case .weights: report.numbers.number(value, decimals: 1)
    case .none: report.numbers.number(value)
    }
  }

  private func drawing(_ bubbles: [Bubble]) -> String {
    let (left, top, width, height) = (64.0, 24.0, 460.0, 300.0)
    let bottom = top + height
    func spread(_ values: [Double]) -> (low: Double, high: Double) {
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      let margin = max(0.15 * (high - low), 1e-9 * (1 + abs(high)))
      return (low - margin, high + margin)
    }
    let (across, up) = (spread(bubbles.map(\.across)), spread(bubbles.map(\.up)))
    let xAxis = Axis(low: across.low, high: across.high, from: left, to: left + width)
    let yAxis = Axis(low: up.low, high: up.high, from: bottom, to: top)
    let largest = bubbles.map(\.row.share).max() ?? 1
    let named = LabelledPoints(
      bubbles.map { bubble in
        LabelledPoints.Point(
          x: xAxis.position(bubble.across), y: yAxis.position(bubble.up),
          label: report.title(bubble.row.segment), isBold: true, fill: colour(bubble),
          hint: "\(report.title(bubble.row.segment)): "
            + report.ranking.criteria.compactMap { criterion in
              bubble.row[criterion].map {
                "\(report.heading(criterion).lowercased()) "
                  + report.text($0.estimate.value, criterion)
              }
            }.joined(separator: "; "))
      }, within: (left + 2, top + 2, left + width + 20, bottom - 2))
    var canvas = SVGCanvas(
      width: left + width + 40, height: bottom + 44 + named.keyHeight, description: "Targets")
    for tick in xAxis.ticks {
      let x = xAxis.position(tick)
      canvas.line(x, top, x, bottom)
      canvas.label(
        report.numbers.number(tick, decimals: xAxis.decimals), x: x, y: bottom + 17, size: 11,
        anchor: .middle, fill: SVGCanvas.soft)
    }
    for tick in yAxis.ticks {
      let y = yAxis.position(tick)
      canvas.line(left, y, left + width, y)
      canvas.label(mark(tick), x: left - 8, y: y + 4, size: 11, anchor: .end, fill: SVGCanvas.soft)
    }
    if report.ranking.hasCompetitors, across.low < 0, across.high > 0 {
      canvas.line(
        xAxis.position(0), top, xAxis.position(0), bottom, stroke: SVGCanvas.soft, width: 1.5,
        dashes: "5 4")
    }
    for bubble in bubbles.sorted(by: { $0.row.share > $1.row.share }) {
      canvas.disc(
        x: xAxis.position(bubble.across), y: yAxis.position(bubble.up),
        radius: 38 * (bubble.row.share / largest).squareRoot(), fill: "none",
        stroke: colour(bubble))
    }
    canvas.label(
      report.heading(.fit).lowercased(), x: left + width / 2, y: bottom + 36, size: 12,
      anchor: .middle, fill: SVGCanvas.soft)
    canvas.label(upWords, x: left, y: 12, size: 12, fill: SVGCanvas.soft)
    named.draw(on: &canvas, keyLeft: left, keyTop: bottom + 40)
    return canvas.svg
  }

  private func colour(_ bubble: Bubble) -> String {
    Palette.segment(order.firstIndex(of: bubble.row.segment) ?? 0)
  }

  private func specification(_ bubbles: [Bubble]) -> JSONValue {
    VegaLite.specification(
      values: bubbles.map {
        [
          "segment": report.title($0.row.segment), "own_fit": $0.across, "attractiveness": $0.up,
          "share": $0.row.share,
        ] as JSONValue
      }, mark: "point",
      encoding: [
        "x": .quantitative("own_fit"), "y": .quantitative("attractiveness"),
        "size": .quantitative("share"), "color": .nominal("segment"),
      ])
  }
}
