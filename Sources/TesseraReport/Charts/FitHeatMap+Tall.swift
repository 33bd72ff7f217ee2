import TesseraProductFit
import TesseraStudy

/// Which product fits whom where there are many products: products down, segments across.
extension FitHeatMap {
  private static let line = 24.0

  /// The products, those that fit most people best first.
  private var ordered: [ProductSummary] {
    fit.products.enumerated().map { place, product -> (Double, Int, ProductSummary) in
      var sum = 0.0
      for segment in fit.segments {
        sum += segment.share * (fit.cell(segment: segment.id, product: product.name)?.fit ?? 0)
      }
      return (-sum, place, product)
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// The drawing, a line a product.
  ///
  /// - Parameter room: How wide it may be, in pixels; columns do not get narrower than a number.
  /// - Returns: One `svg` element.
  func tallDrawing(width room: Double = .infinity) -> String {
    let products = ordered
    let widest = products.map { TextMeasure.width($0.label, size: 12.5) }.max() ?? 0
    let left = min(room < 400 ? 120 : 250, max(90, widest + 14))
    let column = max(34, min(58, (room - left - 8) / Double(max(1, fit.segments.count))))
    let head = 66.0
    var canvas = SVGCanvas(
      width: left + column * Double(fit.segments.count) + 8,
      height: head + Self.line * Double(products.count) + 30,
      description: "Fit of \(products.count) products with \(fit.segments.count) segments")
    for (place, segment) in fit.segments.enumerated() {
      let middle = left + column * (Double(place) + 0.5)
      canvas.label(segment.id, x: middle, y: 14, size: 12.5, anchor: .middle, isBold: true)
      let name = segment.name == segment.id ? "" : segment.name
      for (line, text) in TextMeasure.wrapped(name, to: column - 4, size: 9.5, lines: 3)
        .enumerated()
      {
        canvas.label(
          text, x: middle, y: 27 + 11 * Double(line), size: 9.5, anchor: .middle,
          fill: SVGCanvas.soft)
      }
    }
    legend(on: &canvas, x: left, y: head + Self.line * Double(products.count) + 10)
    for (row, product) in products.enumerated() {
      let top = head + Self.line * Double(row)
      canvas.label(product.label, x: 0, y: top + 16, size: 12.5, limit: left - 10)
      for (place, segment) in fit.segments.enumerated() {
        guard let cell = fit.cell(segment: segment.id, product: product.name) else { continue }
        draw(
          cell, of: product, in: segment, at: place, on: &canvas,
          x: left + column * Double(place), y: top, width: column)
      }
    }
    return canvas.svg
  }

  private func draw(
    _ cell: FitCell, of product: ProductSummary, in segment: Segment, at place: Int,
    on canvas: inout SVGCanvas, x: Double, y: Double, width column: Double
  ) {
    guard let value = cell.fit else {
      canvas.label(
        "too few", x: x + column / 2, y: y + 16, size: 10, anchor: .middle,
        fill: SVGCanvas.soft)
      return
    }
    let colour = Palette.sequential(value / 100)
    canvas.rectangle(
      x: x + 0.5, y: y + 0.5, width: column - 1, height: Self.line - 1, fill: colour.fill,
      radius: 2, hint: hint(cell, product, segment.title),
      cell: "\(product.name)@\(place)")
    canvas.label(
      (cell.unknownRange.map { numbers.interval($0.low, $0.high) } ?? numbers.number(value))
        + (mayBeFirst(cell) ? " ★" : ""), x: x + column / 2, y: y + 16.5,
      size: cell.unknownRange == nil ? 12.5 : 10, anchor: .middle, fill: colour.ink,
      isBold: mayBeFirst(cell))
  }

  /// What a cell tells on hover.
  func hint(_ cell: FitCell, _ product: ProductSummary, _ segment: String) -> String {
    "\(product.label), \(segment): fit \(numbers.number(cell.fit, decimals: 1)) "
      + "(\(numbers.shortRange(of: cell, decimals: 1))); "
      + "\(numbers.percent(cell.acceptance, isSmall: fit.isSmall(cell.segment))) would accept it, fit among them \(numbers.number(cell.quality, decimals: 1))"
  }
}
