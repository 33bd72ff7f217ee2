import TesseraStudy

/// How each number of segments comes back in bootstrap samples: median and band.
struct StabilityChart {
  /// The numbers of segments, with what the bootstrap found.
  let counts: [CountStability]
  /// The number chosen.
  let chosen: Int
  /// How numbers are written.
  let numbers: NumberStyle

  /// The chart.
  ///
  /// - Returns: The chart; `nil` if fewer than two numbers were drawn anew.
  func chart() -> Chart? {
    let known = counts.filter { $0.median != nil }
    guard known.count > 1 else { return nil }
    let good = known.filter { ($0.median ?? 0) >= Self.bound }.map { String($0.segments) }
    return Chart(
      id: "stability-by-number",
      title: good.isEmpty
        ? "No number of segments comes back in other samples"
        : "\(good.joined(separator: ", ")) segments are found again in other samples",
      subtitle:
        "Adjusted Rand index between pairs of bootstrap samples: median, and band of 90% of "
        + "the pairs. 1 is perfect; from \(numbers.number(Self.bound, decimals: 2)) a solution "
        + "replicates.",
      description: "Median and band of the adjusted Rand index for \(known.count) numbers of "
        + "segments",
      svg: drawing(known), vegaLite: specification(known), table: table(known))
  }

  private static let bound = 0.65

  private func drawing(_ known: [CountStability]) -> String {
    let width = 640.0
    let left = 60.0
    let right = width - 24
    let top = 16.0
    let bottom = 210.0
    let step = (right - left) / Double(known.count)
    var canvas = SVGCanvas(
      width: width, height: bottom + 46, description: "Stability by number of segments")
    let axis = Axis(low: 0, high: 1, from: bottom, to: top)
    axis.draw(on: &canvas, left: left, right: right, numbers: numbers)
    let line = axis.position(Self.bound)
    canvas.path([(x: left, y: line), (x: right, y: line)], stroke: SVGCanvas.soft)
    for (place, one) in known.enumerated() {
      guard let median = one.median else { continue }
      let x = left + step * (Double(place) + 0.5)
      let low = one.low ?? median
      let high = one.high ?? median
      let colour = one.segments == chosen ? Palette.segment(0) : SVGCanvas.soft
      let hint =
        "\(one.segments) segments: \(numbers.number(median, decimals: 2)) "
        + "(\(numbers.interval(low, high, decimals: 2)), \(one.pairs) pairs)"
      canvas.rectangle(
        x: x - 9, y: axis.position(high), width: 18,
        height: max(1, axis.position(low) - axis.position(high)),
        fill: one.segments == chosen ? "#0b4f8a44" : "#57606a33", radius: 4,
        hint: hint)
      canvas.disc(x: x, y: axis.position(median), radius: 5, fill: colour, hint: hint)
      canvas.label(
        numbers.number(median, decimals: 2), x: x + 14, y: axis.position(median) + 4, size: 12,
        isBold: one.segments == chosen)
      canvas.label(
        String(one.segments), x: x, y: bottom + 20, size: 12, anchor: .middle,
        isBold: one.segments == chosen)
    }
    canvas.label(
      "number of segments", x: (left + right) / 2, y: bottom + 40, size: 12, anchor: .middle,
      fill: SVGCanvas.soft)
    return canvas.svg
  }

  private func table(_ known: [CountStability]) -> ReportTable {
    func cell(_ value: Double?) -> ReportTable.Cell {
      .number(value, numbers, decimals: 2)
    }
    return ReportTable(
      id: "stability-by-number",
      caption: "How each number of segments comes back, and where its members come from",
      columns: [
        .init("Segments", isNumeric: true), .init("Pairs", isNumeric: true),
        .init("Median", isNumeric: true), .init("5%", isNumeric: true),
        .init("95%", isNumeric: true), .init("Each segment within samples (Jaccard)"),
        .init("Each segment from the number before (1: out of one segment)"),
      ],
      rows: known.map { one in
        [
          .init(
            one.segments == chosen
              ? .strong("\(one.segments) (chosen)") : RichText("\(one.segments)"),
            value: Double(one.segments), isHeader: true),
          .init(RichText("\(one.pairs)"), value: Double(one.pairs)), cell(one.median),
          cell(one.low), cell(one.high),
          .init(
            RichText(one.within.map { numbers.number($0, decimals: 2) }.joined(separator: " "))),
          .init(
            RichText(
              one.across.map { $0.map { numbers.number($0, decimals: 2) } ?? "-" }
                .joined(separator: " "))),
        ]
      })
  }

  private func specification(_ known: [CountStability]) -> JSONValue {
    VegaLite.specification(
      values: known.map {
        ["segments": $0.segments, "median": $0.median, "low": $0.low, "high": $0.high]
      }, mark: "point",
      encoding: [
        "x": .ordinal("segments"),
        "y": .quantitative("median"),
      ])
  }
}
