import Foundation
import TesseraStudy

/// How the number of segments was chosen: criteria above, stability below, over the numbers tried.
struct SelectionChart {
  /// The segmentation.
  let segmentation: SegmentationResult
  /// What else was found of each number of segments.
  let evidence: SegmentationEvidence
  /// How numbers are written.
  let numbers: NumberStyle

  /// A criterion drawn as a line.
  private struct Series {
    let name: String
    let colour: String
    let values: [(segments: Int, value: Double)]
  }

  /// The chart.
  ///
  /// - Parameter title: The finding, as a sentence.
  /// - Returns: The chart; `nil` if only one number of segments was tried.
  func chart(title: String) -> Chart? {
    guard segmentation.selection.count > 1 else { return nil }
    return Chart(
      id: "selection", title: title,
      subtitle: "Criteria: less is better. Stability: agreement of bootstrap replicates "
        + "(adjusted Rand, 1 is perfect).",
      description: "Information criteria and stability for "
        + "\(segmentation.selection.count) numbers of segments",
      svg: drawing(), vegaLite: specification(), table: table())
  }

  private var series: [Series] {
    func line(_ name: String, _ colour: String, _ pick: (SelectionRow) -> Double?) -> Series {
      Series(
        name: name, colour: colour,
        values: segmentation.selection.compactMap { row in
          pick(row).map { (row.segments, $0) }
        })
    }
    return [
      line("BIC", Palette.segment(0)) { $0.bic }, line("AIC", Palette.segment(1)) { $0.aic },
      line("SABIC", Palette.segment(2)) { $0.sabic }, line("ICL", Palette.segment(3)) { $0.icl },
    ].filter { !$0.values.isEmpty }
  }

  private func drawing() -> String {
    let left = 84.0
    let width = 640.0
    let plot = 210.0
    let lower = 110.0
    let stability = segmentation.selection.compactMap { row in
      row.stability.map { (segments: row.segments, value: $0) }
    }
    let counts = segmentation.selection.map(\.segments)
    let chosen = segmentation.segments.count
    func x(_ count: Int) -> Double {
      let first = Double(counts.first ?? 1)
      let last = Double(counts.last ?? 1)
      return left + 24 + (width - left - 130) * (Double(count) - first) / max(1, last - first)
    }
    let total = plot + (stability.isEmpty ? 50 : lower + 70)
    var canvas = SVGCanvas(width: width, height: total, description: "How many segments")
    canvas.rectangle(
      x: x(chosen) - 13, y: 12, width: 26, height: total - 44, fill: "#0b4f8a22", radius: 4,
      hint: "chosen: \(chosen)")
    let all = series.flatMap { $0.values.map(\.value) }
    if let low = all.min(), let high = all.max() {
      let axis = Axis(low: low, high: high, from: plot, to: 18)
      axis.draw(on: &canvas, left: left, right: width - 96, numbers: numbers)
      let ends = Self.spread(series.map { axis.position($0.values.last?.value ?? 0) }, to: plot)
      for (line, end) in zip(series, ends) {
        let points = line.values.map { (x: x($0.segments), y: axis.position($0.value)) }
        canvas.path(points, stroke: line.colour)
        for (point, value) in zip(points, line.values) {
          canvas.disc(
            x: point.x, y: point.y, radius: 3.5, fill: line.colour,
            hint: "\(line.name), \(value.segments) segments: "
              + numbers.number(value.value, decimals: 1))
        }
        guard let last = points.last else { continue }
        canvas.label(
          line.name, x: last.x + 12, y: end + 4, size: 12, fill: line.colour, isBold: true)
      }
    }
    if !stability.isEmpty {
      let axis = Axis(low: 0, high: 1, from: plot + 24 + lower, to: plot + 24)
      axis.draw(on: &canvas, left: left, right: width - 96, numbers: numbers)
      canvas.path(
        stability.map { (x: x($0.segments), y: axis.position($0.value)) }, stroke: SVGCanvas.ink)
      for point in stability {
        canvas.disc(
          x: x(point.segments), y: axis.position(point.value), radius: 3.5, fill: SVGCanvas.ink,
          hint: "\(point.segments) segments: stability \(numbers.number(point.value, decimals: 2))")
      }
      if let last = stability.last {
        canvas.label(
          "stability", x: x(last.segments) + 12, y: axis.position(last.value) + 4, size: 12,
          isBold: true)
      }
    }
    for count in counts {
      canvas.label(
        String(count), x: x(count), y: total - 24, size: 12, anchor: .middle,
        isBold: count == chosen)
    }
    canvas.label(
      "number of segments", x: x(counts[counts.count / 2]), y: total - 6, size: 12,
      anchor: .middle, fill: SVGCanvas.soft)
    return canvas.svg
  }

  /// Heights moved apart so that names fit between them, in their order and above an edge.
  private static func spread(_ heights: [Double], to edge: Double) -> [Double] {
    var result = heights
    let order = heights.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
    for (upper, lower) in zip(order, order.dropFirst()) {
      result[lower] = max(result[lower], result[upper] + 14)
    }
    guard let last = order.last else { return result }
    result[last] = min(result[last], edge)
    for (lower, upper) in zip(order.reversed(), order.reversed().dropFirst()) {
      result[upper] = min(result[upper], result[lower] - 14)
    }
    return result
  }

  private func table() -> ReportTable {
    let columns = SelectionColumn.used(in: segmentation, evidence: evidence)
    return ReportTable(
      id: "selection", caption: "Every number of segments that was tried",
      columns: [.init("Segments", isNumeric: true)]
        + columns.map { .init($0.title, isNumeric: true) },
      rows: segmentation.selection.map { row in
        let isChosen = row.segments == segmentation.segments.count
        let head = ReportTable.Cell(
          isChosen ? .strong("\(row.segments) (chosen)") : "\(row.segments)",
          value: Double(row.segments), isHeader: true)
        return [head]
          + columns.map {
            .init(RichText($0.text(row, numbers) ?? NumberStyle.absent), value: $0.value(row))
          }
      },
      notes: [
        columns.map { "\($0.title): \($0.meaning)" }.joined(separator: "; ")
          + ". Of criteria less is better where nothing else is said."
      ])
  }

  private func specification() -> JSONValue {
    let values = series.flatMap { line in
      line.values.map { point in
        ["segments": point.segments, "criterion": line.name, "value": point.value] as JSONValue
      }
    }
    return VegaLite.specification(
      values: values, mark: "line",
      encoding: [
        "x": .ordinal("segments"),
        "y": .quantitative("value"),
        "color": .nominal("criterion"),
      ])
  }
}
