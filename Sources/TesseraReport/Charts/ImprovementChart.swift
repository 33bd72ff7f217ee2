import TesseraProductFit
import TesseraStudy

/// What changes of products would bring: the gain over all people with its interval, and the gain in
/// every segment.
struct ImprovementChart {
  /// What they show, in a sentence.
  let title: String
  /// The changes, in the order in which they are drawn.
  let improvements: [Improvement]
  /// What each change is called.
  let labels: [String]
  /// Whether what gains most for its cost comes first.
  var isByCost = false
  /// The segments, for colours and names.
  let segments: [Segment]
  /// How numbers are written.
  let numbers: NumberStyle
  /// The numbers behind it.
  let table: ReportTable

  /// Whether it is drawn for a phone, with labels above what they name.
  var isNarrow = false
  private var left: Double { isNarrow ? 10 : 330 }
  private var plot: Double { isNarrow ? 236 : 400 }
  private var right: Double { isNarrow ? 110 : 170 }
  private var row: Double { isNarrow ? 72 : 46 }
  private static let legendLine = 17.0

  /// The chart; `nil` without changes.
  func chart() -> Chart? {
    guard !improvements.isEmpty else { return nil }
    var narrow = self
    narrow.isNarrow = true
    var chart = Chart(
      id: "improvements", title: title,
      subtitle: "Points of fit, 0 to 100, that each change brings: on average with its 95% "
        + "interval (line), and in each segment (small discs)."
        + (isByCost ? " Most for its cost first." : ""),
      description: "Gains of \(improvements.count) changes", svg: drawing(),
      vegaLite: specification(), table: table)
    chart.narrowSVG = narrow.drawing()
    return chart
  }

  /// Names of the segments with their colours, in lines that fit.
  private var legend: [[(position: Int, text: String, x: Double)]] {
    var lines: [[(position: Int, text: String, x: Double)]] = []
    var x = Double.infinity
    for (position, segment) in segments.enumerated() {
      let text = TextMeasure.fitted(segment.title, to: 240, size: 11)
      let width = TextMeasure.width(text, size: 11) + 30
      if x + width > left + plot + right {
        lines.append([])
        x = 0
      }
      lines[lines.count - 1].append((position, text, x))
      x += width
    }
    return lines
  }

  private func drawing() -> String {
    let head = Self.legendLine * Double(legend.count) + 14
    let bottom = head + row * Double(improvements.count)
    var canvas = SVGCanvas(
      width: left + plot + right, height: bottom + 44, description: "Gains in fit")
    for (line, entries) in legend.enumerated() {
      let y = Self.legendLine * (Double(line) + 0.7)
      for entry in entries {
        mark(entry.position, x: entry.x + 6, y: y - 4, on: &canvas)
        canvas.label(entry.text, x: entry.x + 15, y: y, size: 11, fill: SVGCanvas.soft)
      }
    }
    let ends = improvements.flatMap { one in
      [one.gain, one.low, one.high, one.gainMin ?? 0, one.gainMax ?? 0]
        + one.bySegment.compactMap(\.gain)
    }.filter(\.isFinite)
    let axis = Axis(
      low: min(0, ends.min() ?? 0), high: max(0, ends.max() ?? 1), from: left, to: left + plot)
    for tick in axis.ticks {
      let x = axis.position(tick)
      canvas.line(
        x, head, x, bottom, stroke: tick == 0 ? SVGCanvas.soft : SVGCanvas.line,
        width: tick == 0 ? 1.5 : 1)
      canvas.label(
        numbers.signed(tick, decimals: axis.decimals), x: x, y: bottom + 17, size: 11,
        anchor: .middle, fill: SVGCanvas.soft)
    }
    canvas.label(
      "points gained", x: left + plot / 2, y: bottom + 37, size: 12, anchor: .middle,
      fill: SVGCanvas.soft)
    for (place, improvement) in improvements.enumerated() {
      draw(
        improvement, called: labels[place], top: head + row * Double(place), along: axis,
        on: &canvas)
    }
    return canvas.svg
  }

  private func draw(
    _ one: Improvement, called label: String, top: Double, along axis: Axis,
    on canvas: inout SVGCanvas
  ) {
    let middle = top + (isNarrow ? 40 : 16)
    let lines = TextMeasure.wrapped(
      label, to: isNarrow ? SVGCanvas.narrow : left - 48, size: 12, lines: 2)
    for (line, text) in lines.enumerated() {
      canvas.label(
        text, x: 0,
        y: (isNarrow ? top + 12 : middle + (lines.count > 1 ? -3 : 4)) + 15 * Double(line), size: 12
      )
    }
    let interval = numbers.shortRange(of: one)
    let (low, high) = one.unknownRange ?? (one.low, one.high)
    let gain = numbers.signed(one.gain, decimals: 1)
    for (position, own) in one.bySegment.enumerated() {
      guard let value = own.gain else { continue }
      mark(
        position, x: axis.position(value), y: middle + 14, on: &canvas,
        hint: "\(label), \(segments.first { $0.id == own.segment }?.title ?? own.segment): "
          + "\(numbers.signed(value, decimals: 1)) points, 95% interval "
          + numbers.interval(own.low, own.high, decimals: 1))
    }
    if low.isFinite, high.isFinite {
      canvas.line(
        axis.position(low), middle, axis.position(high), middle, stroke: SVGCanvas.ink,
        width: 2)
    }
    canvas.disc(
      x: axis.position(one.gain), y: middle, radius: 5.5, fill: SVGCanvas.accent,
      stroke: SVGCanvas.paper, hint: "\(label): \(gain) points, \(numbers.range(of: one))")
    let x = left + plot + (isNarrow ? 16 : 44)
    canvas.label(gain, x: x, y: middle + 4, size: 13, isBold: true)
    canvas.label(
      interval, x: x, y: middle + 19, size: 11, fill: SVGCanvas.soft,
      limit: right - (isNarrow ? 16 : 48))
  }

  /// A segment's disc; it is open where its colour is another's too.
  private func mark(
    _ position: Int, x: Double, y: Double, on canvas: inout SVGCanvas, hint: String = ""
  ) {
    canvas.disc(
      x: x, y: y, radius: 4, fill: Palette.segment(position), stroke: SVGCanvas.paper, hint: hint)
    guard position >= Palette.segments.count else { return }
    canvas.disc(x: x, y: y, radius: 1.8, fill: SVGCanvas.paper)
  }

  private func specification() -> JSONValue {
    let values = zip(improvements, labels).map { one, label in
      ["change": label, "gain": one.gain, "low": one.low, "high": one.high] as JSONValue
    }
    return VegaLite.specification(
      values: values, mark: "bar",
      encoding: [
        "y": .nominal("change"),
        "x": .quantitative("gain"),
      ])
  }
}
