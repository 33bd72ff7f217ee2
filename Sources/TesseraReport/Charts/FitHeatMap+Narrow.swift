import TesseraProductFit
import TesseraStudy

/// Which product fits whom on a phone: a segment's name stands above its cells, so that every product
/// is in sight without moving the drawing.
extension FitHeatMap {
  /// Products that stand side by side there; of more, each has a line of its own.
  static let mostAcrossNarrow = 6
  private static let name = 20.0
  private static let cell = 42.0

  /// The drawing, two lines a segment.
  func narrowDrawing() -> String {
    let width = min(96, SVGCanvas.narrow / Double(max(1, fit.products.count)))
    let heads = fit.products.map {
      TextMeasure.wrapped($0.label, to: width - 4, size: 12, lines: 3, isBold: true)
    }
    let head = 15 * Double(heads.map(\.count).max() ?? 1) + 4
    let block = Self.name + Self.cell
    var canvas = SVGCanvas(
      width: SVGCanvas.narrow, height: head + block * Double(fit.segments.count) + 30,
      description: "Fit of \(fit.products.count) products with \(fit.segments.count) segments")
    for (column, lines) in heads.enumerated() {
      for (place, line) in lines.enumerated() {
        canvas.label(
          line, x: width * (Double(column) + 0.5),
          y: head - 4 - 15 * Double(lines.count - 1 - place), size: 12, anchor: .middle,
          isBold: true)
      }
    }
    for (row, segment) in fit.segments.enumerated() {
      let top = head + block * Double(row)
      let share = "\(numbers.percent(segment.share)) of people"
      let room = SVGCanvas.narrow - TextMeasure.width(share, size: 11) - 8
      let name = TextMeasure.wrapped(segment.title, to: room, size: 12, lines: 1, isBold: true)[0]
      canvas.label(name, x: 0, y: top + 15, size: 12, isBold: true)
      canvas.label(
        share, x: TextMeasure.width(name, size: 12, isBold: true) + 6, y: top + 15, size: 11,
        fill: SVGCanvas.soft)
      for (column, product) in fit.products.enumerated() {
        guard let cell = fit.cell(segment: segment.id, product: product.name) else { continue }
        draw(
          cell, of: product, in: segment.title, at: row, on: &canvas,
          x: width * Double(column), y: top + Self.name, width: width, height: Self.cell)
      }
    }
    legend(on: &canvas, x: 0, y: head + block * Double(fit.segments.count) + 10)
    return canvas.svg
  }
}
