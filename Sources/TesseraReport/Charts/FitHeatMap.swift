import TesseraProductFit
import TesseraStudy

/// Which product fits whom: segments down, products across, fit as colour and number.
struct FitHeatMap {
  /// The fit of every product with every segment.
  let fit: FitResult
  /// How numbers are written.
  let numbers: NumberStyle

  /// The chart.
  ///
  /// - Returns: The drawing with its table and specification.
  func chart() -> Chart {
    var chart = Chart(
      id: "fit", title: title,
      subtitle: "Fit from 0 to 100, "
        + (fit.products.count > Self.mostAcross
          ? "95% intervals on hover and in the table. Products in the order of their fit over all."
          : "with its 95% interval.") + " ★ fits best, or is level with the best.",
      description: "Table of fit: \(fit.segments.count) segments by \(fit.products.count) products",
      svg: fit.products.count > Self.mostAcross ? tallDrawing() : drawing(),
      vegaLite: specification(), table: table())
    chart.narrowSVG =
      fit.products.count > Self.mostAcrossNarrow
      ? tallDrawing(width: SVGCanvas.narrow) : narrowDrawing()
    return chart
  }

  /// Products that stand side by side; of more, each has a line of its own.
  static let mostAcross = 10

  /// Which products fit best beyond doubt, and in how many segments.
  var title: String {
    guard fit.products.count > 1 else { return "Which product fits whom" }
    let clear = fit.segments.compactMap { segment -> String? in
      let leaders = fit.leaders(in: segment.id)
      return leaders.count == 1 ? leaders.first?.product : nil
    }
    let firsts = fit.products.enumerated().map { place, product in
      (label: product.label, place: place, count: clear.count { $0 == product.name })
    }.filter { $0.count > 0 }.sorted { ($1.count, $0.place) < ($0.count, $1.place) }
    guard let best = firsts.first else { return "In no segment does one product clearly fit best" }
    let all = fit.segments.count
    let others = firsts.dropFirst().prefix(2).map { ", the \($0.label) in \($0.count)" }.joined()
    let rest = firsts.count > 3 ? " and \(firsts.count - 3) more in fewer" : ""
    let open = clear.count < all ? "; several are level in \(all - clear.count)" : ""
    return "Best fit: the \(best.label) in \(best.count) of \(all) segments" + others + rest + open
  }

  func mayBeFirst(_ cell: FitCell) -> Bool {
    fit.ranks.contains {
      $0.segment == cell.segment && $0.product == cell.product && $0.best == 1
    }
  }

  private func drawing() -> String {
    let names = fit.segments.map(\.title)
    let left = min(
      156, max(90, names.map { TextMeasure.width($0, size: 13, isBold: true) }.max() ?? 0) + 14)
    let cellWidth = max(64, min(112, 760 / Double(max(1, fit.products.count))))
    let cellHeight = 46.0
    let isTwoLines = fit.products.contains {
      TextMeasure.width($0.label, size: 13, isBold: true) > cellWidth - 10
    }
    let head = isTwoLines ? 48.0 : 28
    var canvas = SVGCanvas(
      width: left + cellWidth * Double(fit.products.count) + 8,
      height: head + cellHeight * Double(fit.segments.count) + 34,
      description: "Fit of \(fit.products.count) products with \(fit.segments.count) segments")
    legend(on: &canvas, x: left, y: head + cellHeight * Double(fit.segments.count) + 14)
    for (column, product) in fit.products.enumerated() {
      let lines = TextMeasure.wrapped(
        product.label, to: cellWidth - 10, size: 13, lines: 2, isBold: true)
      for (position, line) in lines.enumerated() {
        canvas.label(
          line, x: left + cellWidth * (Double(column) + 0.5),
          y: head - 10 - 16 * Double(lines.count - 1 - position), size: 13, anchor: .middle,
          isBold: true)
      }
    }
    for (row, segment) in fit.segments.enumerated() {
      let top = head + cellHeight * Double(row)
      let lines = TextMeasure.wrapped(
        names[row], to: left - 12, size: 13, lines: 2, isBold: true)
      let first = top + (lines.count > 1 ? 13 : 20)
      for (number, line) in lines.enumerated() {
        canvas.label(line, x: 0, y: first + 15 * Double(number), size: 13, isBold: true)
      }
      canvas.label(
        "\(numbers.percent(segment.share)) of people", x: 0,
        y: first + 15 * Double(lines.count - 1) + 15, size: 11, fill: SVGCanvas.soft,
        limit: left - 12)
      for (column, product) in fit.products.enumerated() {
        guard let cell = fit.cell(segment: segment.id, product: product.name) else { continue }
        draw(
          cell, of: product, in: names[row], at: row, on: &canvas,
          x: left + cellWidth * Double(column), y: top, width: cellWidth, height: cellHeight)
      }
    }
    return canvas.svg
  }

  /// The colours with words at their ends.
  func legend(on canvas: inout SVGCanvas, x: Double, y: Double) {
    let low = "does not fit"
    let start = TextMeasure.width(low, size: 11) + 8
    canvas.label(low, x: x, y: y + 10, size: 11, fill: SVGCanvas.soft)
    for step in 0..<5 {
      canvas.rectangle(
        x: x + start + 18 * Double(step), y: y, width: 18, height: 12,
        fill: Palette.sequential(Double(step) / 4).fill)
    }
    canvas.label("fits", x: x + start + 98, y: y + 10, size: 11, fill: SVGCanvas.soft)
  }

  /// One cell: its fit as colour and number, with the interval below it.
  func draw(
    _ cell: FitCell, of product: ProductSummary, in segment: String, at place: Int,
    on canvas: inout SVGCanvas, x: Double, y: Double, width: Double, height: Double
  ) {
    guard let value = cell.fit else {
      canvas.rectangle(
        x: x + 1, y: y + 1, width: width - 2, height: height - 2, fill: "none", radius: 3,
        stroke: SVGCanvas.line, hint: "Too few respondents to show")
      canvas.label(
        "too few", x: x + width / 2, y: y + height / 2 + 4, size: 11, anchor: .middle,
        fill: SVGCanvas.soft)
      return
    }
    let colour = Palette.sequential(value / 100)
    let interval = numbers.shortRange(of: cell)
    canvas.rectangle(
      x: x + 1, y: y + 1, width: width - 2, height: height - 2, fill: colour.fill, radius: 3,
      hint: hint(cell, product, segment), cell: "\(product.name)@\(place)")
    canvas.label(
      numbers.number(value) + (mayBeFirst(cell) ? " ★" : ""), x: x + width / 2, y: y + 21, size: 16,
      anchor: .middle, fill: colour.ink, isBold: true)
    canvas.label(
      interval, x: x + width / 2, y: y + 36, size: 11, anchor: .middle, fill: colour.ink,
      limit: width - 8)
  }

  /// How often the product came first in resamples, or between which shares if features are unknown.
  private func first(_ cell: FitCell) -> String {
    guard cell.firstProbability == nil, let range = cell.firstRange else {
      return numbers.percent(cell.firstProbability)
    }
    return "\(numbers.percent(range.low)) to \(numbers.percent(range.high)) (unknown)"
  }

  private func table() -> ReportTable {
    let rows = fit.cells.compactMap { cell -> [ReportTable.Cell]? in
      guard let segment = fit.segments.first(where: { $0.id == cell.segment }),
        let product = fit.products.first(where: { $0.name == cell.product })
      else { return nil }
      return [
        .init(RichText(segment.title), isHeader: true), .init(RichText(product.label)),
        .number(
          cell.fit, numbers, decimals: 1, shade: cell.fit.map { .sequential($0 / 100) } ?? .none),
        .init(RichText(numbers.shortRange(of: cell, decimals: 1))),
        .init(
          RichText(numbers.percent(cell.acceptance, isSmall: fit.isSmall(cell.segment))),
          value: cell.acceptance),
        .number(cell.quality, numbers, decimals: 1),
        .init(RichText(first(cell)), value: cell.firstProbability),
      ]
    }
    return ReportTable(
      id: "fit", caption: "Fit of every product with every segment",
      columns: [
        .init("Segment"), .init("Product"), .init("Fit", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("Would accept", isNumeric: true),
        .init("Fit among them", isNumeric: true), .init("First in resamples", isNumeric: true),
      ],
      rows: rows,
      notes: ["Fit is the share who would accept times the fit among them."])
  }

  private func specification() -> JSONValue {
    let values = fit.cells.map { cell in
      [
        "segment": cell.segment, "product": cell.product, "fit": cell.fit, "low": cell.low,
        "high": cell.high,
      ] as JSONValue
    }
    return VegaLite.specification(
      values: values, mark: "rect",
      encoding: [
        "x": .nominal("product"),
        "y": .nominal("segment"),
        "color": .quantitative("fit"),
      ])
  }
}
