import TesseraStudy

/// How well each segment is known: its base, its share with the interval, and how far the same segment is
/// found in other samples.
struct ShareIntervalChart {
  /// The segments with their shares and intervals.
  let profiles: ProfileResult
  /// Mean best overlap (Jaccard) of each segment in bootstrap samples, 0 to 1; `nil` if not measured.
  let stability: [Double]?
  /// How numbers are written.
  let numbers: NumberStyle

  private static let row = 34.0
  private static let head = 40.0
  private static let plot = 320.0
  private static let column = 96.0

  /// The chart; `nil` with fewer than two segments.
  func chart() -> Chart? {
    let segments = profiles.segments
    guard segments.count > 1 else { return nil }
    var chart = Chart(
      id: "shares", title: "How well each segment is known",
      subtitle: (segments.contains { $0.shareInterval != nil }
        ? "Share of people with its 95% interval"
        : "Share of people, without intervals: some samples give other segments")
        + (stability == nil
          ? "." : "; how much of a segment is found again in other samples (100%: all of it)."),
      description: "Shares of \(segments.count) segments with their intervals", svg: drawing(),
      vegaLite: specification(), table: table())
    chart.narrowSVG = narrowDrawing()
    return chart
  }

  /// The drawing for a phone: what is told of a segment stands below its name.
  private func narrowDrawing() -> String {
    let segments = profiles.segments
    let row = 46.0
    let plot = 150.0
    let width = SVGCanvas.narrow
    var canvas = SVGCanvas(
      width: width, height: 22 + row * Double(segments.count),
      description: "Shares with intervals")
    let highest = segments.map { $0.shareInterval?.high ?? $0.share }.max() ?? 1
    let axis = Axis(low: 0, high: highest, from: 8, to: plot)
    if stability != nil {
      canvas.label("Found again", x: width, y: 12, size: 11, anchor: .end, fill: SVGCanvas.soft)
    }
    for (place, segment) in segments.enumerated() {
      let top = 20 + row * Double(place)
      canvas.label(segment.title, x: 0, y: top + 12, size: 12, isBold: true, limit: 240)
      canvas.label(
        "n = \(numbers.number(segment.respondents))", x: width, y: top + 12, size: 11, anchor: .end,
        fill: SVGCanvas.soft)
      canvas.line(axis.position(0), top + 27, plot, top + 27)
      var told = numbers.percent(segment.share)
      if let interval = segment.shareInterval {
        canvas.line(
          axis.position(interval.low), top + 27, axis.position(interval.high), top + 27,
          stroke: SVGCanvas.ink, width: 2)
        told += " (\(numbers.percent(interval.low)) to \(numbers.percent(interval.high)))"
      }
      canvas.disc(
        x: axis.position(segment.share), y: top + 27, radius: 6, fill: Palette.segment(place))
      canvas.label(told, x: plot + 14, y: top + 31, size: 11.5, limit: 150)
      if let again = found(place) {
        canvas.label(numbers.percent(again), x: width, y: top + 31, size: 12, anchor: .end)
      }
    }
    return canvas.svg
  }

  private func found(_ place: Int) -> Double? {
    stability.flatMap { $0.indices.contains(place) ? $0[place] : nil }
  }

  private func drawing() -> String {
    let segments = profiles.segments
    let widest = segments.map { TextMeasure.width($0.title, size: 13, isBold: true) }.max() ?? 0
    let left = min(240, max(110, widest + 16))
    let base = left + Self.column
    let bottom = Self.head + Self.row * Double(segments.count)
    var canvas = SVGCanvas(
      width: base + Self.plot + 2 * Self.column, height: bottom + 34,
      description: "Shares with intervals")
    let highest = segments.map { $0.shareInterval?.high ?? $0.share }.max() ?? 1
    let axis = Axis(low: 0, high: highest, from: base + 20, to: base + Self.plot)
    canvas.label("People asked", x: base, y: 20, size: 11, anchor: .end, fill: SVGCanvas.soft)
    canvas.label("Share", x: base + 20, y: 20, size: 11, fill: SVGCanvas.soft)
    let end = base + Self.plot + 2 * Self.column - 8
    if stability != nil {
      canvas.label("Found again", x: end, y: 20, size: 11, anchor: .end, fill: SVGCanvas.soft)
    }
    for tick in axis.ticks {
      let x = axis.position(tick)
      canvas.line(x, Self.head - 8, x, bottom)
      canvas.label(
        numbers.percent(tick), x: x, y: bottom + 18, size: 11, anchor: .middle,
        fill: SVGCanvas.soft)
    }
    for (place, segment) in segments.enumerated() {
      let y = Self.head + Self.row * (Double(place) + 0.4)
      canvas.label(segment.title, x: 0, y: y + 4, size: 13, isBold: true, limit: left - 12)
      canvas.label(
        numbers.number(segment.respondents), x: base, y: y + 4, size: 12.5, anchor: .end)
      var told = numbers.percent(segment.share)
      if let interval = segment.shareInterval {
        canvas.line(
          axis.position(interval.low), y, axis.position(interval.high), y, stroke: SVGCanvas.ink,
          width: 2)
        told += " (\(numbers.percent(interval.low)) to \(numbers.percent(interval.high)))"
      }
      canvas.disc(
        x: axis.position(segment.share), y: y, radius: 6, fill: Palette.segment(place), hint: told)
      canvas.label(
        told, x: base + Self.plot + 14, y: y + 4, size: 11.5, fill: SVGCanvas.soft,
        limit: Self.column + 20)
      if let again = found(place) {
        canvas.label(numbers.percent(again), x: end, y: y + 4, size: 12.5, anchor: .end)
      }
    }
    return canvas.svg
  }

  private func table() -> ReportTable {
    ReportTable(
      id: "shares", caption: "How well each segment is known",
      columns: [
        .init("Segment"), .init("People asked", isNumeric: true), .init("Share", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("Found again", isNumeric: true),
      ],
      rows: profiles.segments.enumerated().map { place, segment in
        [
          .init(RichText(segment.title), isHeader: true),
          .number(segment.respondents, numbers),
          .percent(segment.share, numbers),
          .init(
            RichText(
              segment.shareInterval.map {
                "\(numbers.percent($0.low)) to \(numbers.percent($0.high))"
              } ?? NumberStyle.absent)),
          .percent(found(place), numbers),
        ]
      })
  }

  private func specification() -> JSONValue {
    VegaLite.specification(
      values: profiles.segments.map { segment in
        [
          "segment": segment.title, "share": segment.share, "low": segment.shareInterval?.low,
          "high": segment.shareInterval?.high,
        ]
      }, mark: "point",
      encoding: [
        "x": .quantitative("share"),
        "y": .nominal("segment"),
      ])
  }
}
