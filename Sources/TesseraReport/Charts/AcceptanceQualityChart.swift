import Foundation
import TesseraProductFit
import TesseraStudy

/// What fit is made of: who would accept a product, and how well it fits those who would.
///
/// Fit is the product of the two, so that curves of equal fit run from upper left to lower right.
struct AcceptanceQualityChart {
  /// The fit of every product with every segment.
  let fit: FitResult
  /// How numbers are written.
  let numbers: NumberStyle

  private static let panel = (width: 268.0, height: 288.0, side: 210.0)
  /// Products that are named beside their points; of more, the best are numbered.
  private static let mostNamed = 8
  /// Products that are numbered, with a key below.
  private static let numbered = 5
  private static let keyLine = 15.0

  /// The chart.
  ///
  /// - Returns: The drawing with its table and specification; `nil` if all is suppressed.
  func chart() -> Chart? {
    guard fit.cells.contains(where: { $0.acceptance != nil && $0.quality != nil }) else {
      return nil
    }
    return Chart(
      id: "acceptance-quality", title: title,
      subtitle: "Across: share of the segment who would accept the product. Up: how well it fits "
        + "those who would, 0 to 100. Fit is the one times the other; curves join points of equal "
        + "fit. To the left a barrier is to be removed, below a need is to be met."
        + (isCrowded
          ? " The \(Self.numbered) products of largest fit in each segment are numbered; the key "
            + "tells number, fit and name." : ""),
      description: "Acceptance and quality of \(fit.products.count) products in "
        + "\(fit.segments.count) segments",
      svg: drawing(), vegaLite: specification(), table: table())
  }

  /// Over all products and people: how many would take one, and how well it would fit them.
  private var title: String {
    var all = 0.0
    var accepted = 0.0
    var value = 0.0
    for product in fit.products {
      var own = (mass: 0.0, accepted: 0.0)
      for cell in fit.cells where cell.product == product.name {
        guard let acceptance = cell.acceptance, let fitted = cell.fit else { continue }
        let share = fit.segments.first { $0.id == cell.segment }?.share ?? 0
        own = (own.mass + share, own.accepted + share * acceptance)
        value += share * fitted
      }
      all += own.mass
      accepted += own.accepted
    }
    guard all > 0, accepted > 0 else { return "Nobody would accept any of the products" }
    return
      "\(numbers.percent(accepted / all)) would accept the average product, and it fits them "
      + "\(numbers.number(value / accepted)) of 100"
  }

  private var isCrowded: Bool { fit.products.count > Self.mostNamed }

  private func drawing() -> String {
    let count = fit.segments.count
    let across = count <= 4 ? max(1, count) : count <= 6 ? 3 : 4
    let down = (count + across - 1) / across
    let panel = Self.panel
    let height = panel.height + (isCrowded ? Self.keyLine * Double(Self.numbered) + 4 : 0)
    var canvas = SVGCanvas(
      width: panel.width * Double(across), height: height * Double(down),
      description: "Acceptance and quality in \(count) segments")
    for (position, segment) in fit.segments.enumerated() {
      draw(
        segment, position, x: panel.width * Double(position % across),
        y: height * Double(position / across), on: &canvas)
    }
    return canvas.svg
  }

  private func draw(
    _ segment: Segment, _ position: Int, x: Double, y: Double, on canvas: inout SVGCanvas
  ) {
    let side = Self.panel.side
    let left = x + 36
    let top = y + 34
    let bottom = top + side
    func place(_ acceptance: Double, _ quality: Double) -> (x: Double, y: Double) {
      (left + side * min(1, max(0, acceptance)), bottom - side * min(100, max(0, quality)) / 100)
    }
    canvas.label(
      segment.title, x: left, y: y + 14, size: 12.5, isBold: true,
      limit: Self.panel.width - 44)
    canvas.label("fit among them", x: left, y: y + 29, size: 10.5, fill: SVGCanvas.soft)
    canvas.rectangle(x: left, y: top, width: side, height: side, fill: "var(--card,#f6f8fa)")
    for level in [20.0, 40, 60, 80] {
      let curve = stride(from: level / 100, through: 1.0001, by: 0.02).map {
        place($0, level / $0)
      }
      canvas.path(curve, stroke: SVGCanvas.line, width: 1)
      canvas.label(
        numbers.number(level), x: left + side + 3, y: place(1, level).y + 4, size: 10,
        fill: SVGCanvas.soft)
    }
    for mark in [0.0, 0.5, 1] {
      canvas.label(
        numbers.percent(mark), x: left + side * mark, y: bottom + 14, size: 10.5,
        anchor: mark == 0 ? .start : mark == 1 ? .end : .middle, fill: SVGCanvas.soft)
      canvas.label(
        numbers.number(mark * 100), x: left - 5, y: place(0, mark * 100).y + 4, size: 10.5,
        anchor: .end, fill: SVGCanvas.soft)
    }
    canvas.label(
      "would accept", x: left + side / 2, y: bottom + 28, size: 10.5, anchor: .middle,
      fill: SVGCanvas.soft)
    let cells = fit.products.compactMap { product -> (ProductSummary, FitCell)? in
      fit.cell(segment: segment.id, product: product.name).map { (product, $0) }
    }.filter { $0.1.acceptance != nil && $0.1.quality != nil }
    let order = cells.indices.sorted {
      (cells[$1].1.fit ?? 0, $0) < (cells[$0].1.fit ?? 0, $1)
    }
    guard !order.isEmpty else {
      canvas.label(
        "too few respondents, or nobody would accept", x: left + side / 2, y: top + side / 2,
        size: 11, anchor: .middle, fill: SVGCanvas.soft, limit: side - 8)
      return
    }
    let points = order.map { place(cells[$0].1.acceptance ?? 0, cells[$0].1.quality ?? 0) }
    let kept = min(order.count, isCrowded ? Self.numbered : Self.mostNamed)
    let wishes = (0..<kept).map { rank in
      LabelPlacement.Wish(
        x: points[rank].x, y: points[rank].y, radius: 5,
        lines: [
          isCrowded
            ? String(rank + 1)
            : TextMeasure.fitted(
              cells[order[rank]].0.label, to: 110, size: 11, isBold: rank == 0)
        ], size: 11, isBold: rank == 0 || isCrowded)
    }
    let places = LabelPlacement.places(
      for: wishes, avoiding: points.dropFirst(kept).map { (x: $0.x, y: $0.y) },
      within: (left + 1, top + 1, left + side - 1, bottom - 1))
    if isCrowded {
      for rank in 0..<kept {
        let cell = cells[order[rank]]
        canvas.label(
          "\(rank + 1)  "
            + (cell.1.unknownRange.map { numbers.interval($0.low, $0.high) }
              ?? numbers.number(cell.1.fit)) + "  \(cell.0.label)", x: left,
          y: bottom + 46 + Self.keyLine * Double(rank), size: 11, isBold: rank == 0,
          limit: Self.panel.width - 44)
      }
    }
    for (rank, cell) in order.enumerated().reversed() {
      let (product, told) = cells[cell]
      canvas.disc(
        x: points[rank].x, y: points[rank].y, radius: rank < kept ? 5 : 3.5,
        fill: rank < kept ? Palette.segment(position) : "#8c959f", stroke: SVGCanvas.paper,
        hint: "\(product.label), \(segment.title): "
          + "\(numbers.percent(told.acceptance, isSmall: fit.isSmall(segment.id))) would accept it, fit among them "
          + "\(numbers.number(told.quality, decimals: 1)), fit "
          + "\(numbers.number(told.fit, decimals: 1)) (\(numbers.shortRange(of: told, decimals: 1)))"
      )
    }
    for (rank, place) in places.enumerated() {
      guard let place else { continue }
      canvas.label(place, of: wishes[rank])
    }
  }

  private func table() -> ReportTable {
    let rows = fit.cells.compactMap { cell -> [ReportTable.Cell]? in
      guard let segment = fit.segments.first(where: { $0.id == cell.segment }),
        let product = fit.products.first(where: { $0.name == cell.product })
      else { return nil }
      return [
        .init(RichText(segment.title), isHeader: true), .init(RichText(product.label)),
        .percent(
          cell.acceptance, numbers, decimals: 1,
          shade: cell.acceptance.map { .sequential($0) } ?? .none),
        .number(
          cell.quality, numbers, decimals: 1,
          shade: cell.quality.map { .sequential($0 / 100) } ?? .none),
        .number(cell.fit, numbers, decimals: 1),
        .init(RichText(numbers.shortRange(of: cell, decimals: 1))),
      ]
    }
    return ReportTable(
      id: "acceptance-quality", caption: "Who would accept, and fit among them",
      columns: [
        .init("Segment"), .init("Product"), .init("Would accept", isNumeric: true),
        .init("Fit among them", isNumeric: true), .init("Fit", isNumeric: true),
        .init("95% interval", isNumeric: true),
      ], rows: rows)
  }

  private func specification() -> JSONValue {
    let values = fit.cells.filter { $0.acceptance != nil && $0.quality != nil }.map { cell in
      [
        "segment": cell.segment, "product": cell.product, "acceptance": cell.acceptance,
        "quality": cell.quality, "fit": cell.fit,
      ] as JSONValue
    }
    return VegaLite.specification(
      values: values, mark: "point",
      encoding: [
        "facet": .nominal("segment"),
        "x": .quantitative("acceptance"),
        "y": .quantitative("quality"),
        "tooltip": .nominal("product"),
      ])
  }
}
