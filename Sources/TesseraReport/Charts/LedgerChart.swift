import TesseraProductFit
import TesseraStudy

/// Where 100 points went: a waterfall from 100 down to the fit of one product with one segment.
struct LedgerChart {
  /// The cell.
  let cell: FitCell
  /// What needs, features and barriers are called.
  let names: FitNames
  /// How numbers are written.
  let numbers: NumberStyle

  /// One step of the waterfall.
  private struct Step {
    let label: String
    let detail: String
    let loss: Double
    let isBarrier: Bool
  }

  /// The chart.
  ///
  /// - Returns: The drawing with its table and specification; `nil` where the cell is suppressed.
  func chart() -> Chart? {
    guard let fit = cell.fit, let ledger = cell.ledger else { return nil }
    let steps = self.steps(ledger)
    let product = names.product(cell.product)
    let segment = names.segment(cell.segment)
    var chart = Chart(
      id: "ledger-\(Escape.slug(cell.segment))-\(Escape.slug(cell.product))",
      title: title(steps, "\(product) for \(segment)", fit: fit),
      subtitle: "Points lost to needs that are not met (blue) and to barriers (grey); "
        + "the account is exact.",
      description: "Waterfall from 100 points to a fit of \(numbers.number(fit, decimals: 1))",
      segment: cell.segment,
      svg: drawing(steps, fit: fit), vegaLite: specification(steps, fit: fit),
      table: table(steps, fit: fit))
    chart.narrowSVG = drawing(steps, fit: fit, isNarrow: true)
    return chart
  }

  private func title(_ steps: [Step], _ pair: String, fit: Double) -> String {
    guard !steps.isEmpty else { return "\(pair): nothing is lost of 100 points" }
    if let range = cell.unknownRange {
      return "\(pair): features are unknown, so that \(numbers.number(100 - range.high)) to "
        + "\(numbers.number(100 - range.low)) of 100 points may be lost"
    }
    return "Where \(numbers.number(100 - fit)) of 100 points go: \(pair)"
  }

  private func steps(_ ledger: Ledger) -> [Step] {
    let needs = ledger.needs.map { need in
      let largest = need.features.filter { $0.loss >= 0.05 }.sorted { $0.loss > $1.loss }
        .prefix(3)
        .map { "\(names.feature($0.feature)) \(numbers.number($0.loss, decimals: 1))" }
      return Step(
        label: names.need(need.need), detail: largest.joined(separator: ", "), loss: need.loss,
        isBarrier: false)
    }
    let barriers = ledger.barriers.map { barrier in
      Step(
        label: names.barrier(barrier.barrier),
        detail: names.summary(ofBarrier: barrier.barrier).effect(barrier), loss: barrier.loss,
        isBarrier: true)
    }
    func ordered(_ steps: [Step]) -> [Step] {
      steps.enumerated().sorted { ($1.element.loss, $0.offset) < ($0.element.loss, $1.offset) }
        .map(\.element)
    }
    return (ordered(needs) + ordered(barriers)).filter { $0.loss >= 0.05 }
  }

  /// The drawing; on a narrow screen labels stand above their bars.
  private func drawing(_ steps: [Step], fit: Double, isNarrow: Bool = false) -> String {
    let widest = steps.map { TextMeasure.width($0.label, size: 12.5) }.max() ?? 0
    let left = isNarrow ? 0 : min(330, max(150, widest + 16))
    let scale = isNarrow ? (SVGCanvas.narrow - 44) / 100 : 4.6
    let row = isNarrow ? 38.0 : 30
    // What a label takes above its bar.
    let above = isNarrow ? 16.0 : 0
    var canvas = SVGCanvas(
      width: isNarrow ? SVGCanvas.narrow : left + 100 * scale + 60,
      height: row * Double(steps.count + 2) + 12,
      description: "Waterfall from 100 to \(numbers.number(fit, decimals: 1))")
    for mark in [0.0, 25, 50, 75, 100] {
      canvas.line(
        left + mark * scale, 4, left + mark * scale, row * Double(steps.count + 2) + 4)
    }
    func bar(
      _ position: Int, _ label: String, _ detail: String, from: Double, to: Double,
      fill: String, text: String
    ) {
      let y = 6 + row * Double(position)
      canvas.label(
        label, x: 0, y: y + (detail.isEmpty && !isNarrow ? 17 : 12), size: 12,
        isBold: detail.isEmpty, limit: isNarrow ? SVGCanvas.narrow : left - 12)
      if !isNarrow, !detail.isEmpty {
        canvas.label(detail, x: 0, y: y + 25, size: 10.5, fill: SVGCanvas.soft, limit: left - 12)
      }
      canvas.rectangle(
        x: left + from * scale, y: y + 2 + above, width: max(1, (to - from) * scale),
        height: row - 8 - above,
        fill: fill, radius: 2, hint: "\(label): \(text)\(detail.isEmpty ? "" : " (\(detail))")")
      canvas.label(text, x: left + to * scale + 5, y: y + (isNarrow ? 27 : 17), size: 12)
    }
    bar(0, "Maximum (100)", "", from: 0, to: 100, fill: SVGCanvas.line, text: "100")
    var rest = 100.0
    for (position, step) in steps.enumerated() {
      bar(
        position + 1, step.label, step.detail, from: rest - step.loss, to: rest,
        fill: step.isBarrier ? "#5B6470" : "#4F9ACB",
        text: numbers.number(-step.loss, decimals: 1))
      rest -= step.loss
    }
    bar(
      steps.count + 1, "Fit", "", from: 0, to: fit, fill: "#0B4F8A",
      text: numbers.number(fit, decimals: 1))
    return canvas.svg
  }

  private func table(_ steps: [Step], fit: Double) -> ReportTable {
    ReportTable(
      id: "ledger-\(Escape.slug(cell.segment))-\(Escape.slug(cell.product))",
      caption: "Points lost by \(names.product(cell.product)) for \(names.segment(cell.segment))",
      columns: [.init("Where"), .init("What"), .init("Points", isNumeric: true), .init("Detail")],
      rows: steps.map { step in
        [
          .init(RichText(step.label), isHeader: true),
          .init(step.isBarrier ? "barrier" : "need not met"),
          .number(step.loss, numbers, decimals: 1),
          .init(RichText(step.detail)),
        ]
      } + [
        [
          .init("Fit", isHeader: true), .init("what is left"),
          .number(fit, numbers, decimals: 1), .init(""),
        ]
      ])
  }

  private func specification(_ steps: [Step], fit: Double) -> JSONValue {
    let values =
      steps.map { step in
        ["what": step.label, "points": step.loss, "kind": step.isBarrier ? "barrier" : "need"]
          as JSONValue
      } + [
        ["what": "Fit", "points": fit, "kind": "fit"]
      ]
    return VegaLite.specification(
      values: values, mark: "bar",
      encoding: [
        "y": .nominal("what"),
        "x": .quantitative("points"),
        "color": .nominal("kind"),
      ])
  }
}
