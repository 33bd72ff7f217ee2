/// Bars in a panel for each segment: shares with intervals, against everybody.
///
/// What channels and funnels are drawn with: rows down, segments across.
struct SegmentBars {
  /// A bar.
  struct Bar {
    /// 0 to 1; `nil` for too few respondents.
    var share: Double?
    /// Ends of its 95% interval.
    var low: Double?
    /// Upper end.
    var high: Double?
    /// A line below the bar.
    var detail = ""
    /// Everything about it, on hover.
    var hint: String
    /// Whether it is set in full colour.
    var isMarked = true
  }

  /// A row: one bar a segment.
  struct Row {
    let label: String
    /// Share of everybody, drawn as a tick; `nil` for none.
    var total: Double?
    let bars: [Bar]
  }

  /// Id, name and share of each segment.
  let segments: [(id: String, name: String, share: Double)]
  /// The rows, top to bottom.
  let rows: [Row]
  /// How numbers are written.
  let numbers: NumberStyle
  /// What the drawing shows, for those who cannot see it.
  let description: String

  private static let head = 56.0
  private static let rowHeight = 38.0

  /// The drawing.
  func svg() -> String {
    let widest = rows.map { TextMeasure.width($0.label, size: 12) }.max() ?? 0
    let left = min(220, max(80, widest + 14))
    let panel = max(112, min(170, 760 / Double(max(1, segments.count))))
    var canvas = SVGCanvas(
      width: left + panel * Double(segments.count) + 6,
      height: Self.head + Self.rowHeight * Double(rows.count) + 6, description: description)
    let end = self.end
    let full = panel - 52
    for (column, segment) in segments.enumerated() {
      let x = left + panel * Double(column)
      canvas.segmentHeader(segment, x: x, width: panel - 10, numbers: numbers)
    }
    for (place, row) in rows.enumerated() {
      let top = Self.head + Self.rowHeight * Double(place)
      canvas.line(0, top - 3, canvas.width, top - 3)
      let lines = TextMeasure.wrapped(row.label, to: left - 12, size: 12, lines: 2)
      for (position, line) in lines.enumerated() {
        canvas.label(line, x: 0, y: top + 14 + 14 * Double(position), size: 12)
      }
      for (column, bar) in row.bars.enumerated() {
        draw(
          bar, total: row.total, colour: Palette.segment(column),
          x: left + panel * Double(column), y: top, full: full, end: end, on: &canvas)
      }
    }
    return canvas.svg
  }

  /// Bars end where the longest does, so that small shares can be told apart.
  private var end: Double {
    var highest = 0.05
    for row in rows {
      highest = max(highest, row.total ?? 0)
      for bar in row.bars { highest = max(highest, bar.high ?? bar.share ?? 0) }
    }
    return min(1, highest)
  }

  /// The drawing for a phone: a row's segments stand below one another.
  func narrowSVG() -> String {
    let line = 17.0
    let left = 128.0
    let full = SVGCanvas.narrow - left - 46
    let end = self.end
    var canvas = SVGCanvas(
      width: SVGCanvas.narrow,
      height: (26 + line * Double(segments.count)) * Double(rows.count) + 6,
      description: description)
    var y = 4.0
    for row in rows {
      canvas.label(row.label, x: 0, y: y + 13, size: 12, isBold: true, limit: SVGCanvas.narrow)
      y += 20
      for (place, bar) in row.bars.enumerated() {
        let segment = segments[place]
        canvas.label(
          segment.name.isEmpty ? segment.id : segment.name, x: 0, y: y + 12, size: 11,
          limit: left - 6)
        draw(
          bar, total: row.total, colour: Palette.segment(place), x: left, y: y - 3, full: full,
          end: end, on: &canvas, hasDetail: false)
        y += line
      }
      y += 6
    }
    return canvas.svg
  }

  private func draw(
    _ bar: Bar, total: Double?, colour: String, x: Double, y: Double, full: Double, end: Double,
    on canvas: inout SVGCanvas, hasDetail: Bool = true
  ) {
    guard let share = bar.share else {
      canvas.label("too few", x: x, y: y + 15, size: 11, fill: SVGCanvas.soft)
      return
    }
    canvas.rectangle(x: x, y: y + 4, width: full, height: 13, fill: "var(--card,#f0f2f4)")
    canvas.rectangle(
      x: x, y: y + 4, width: full * min(1, share / end), height: 13,
      fill: bar.isMarked ? colour : colour + "80", hint: bar.hint)
    if let low = bar.low, let high = bar.high {
      let ends = (x + full * min(1, low / end), x + full * min(1, high / end))
      canvas.line(ends.0, y + 10.5, ends.1, y + 10.5, stroke: SVGCanvas.ink)
      for place in [ends.0, ends.1] {
        canvas.line(place, y + 7.5, place, y + 13.5, stroke: SVGCanvas.ink)
      }
    }
    if let total {
      let place = x + full * min(1, total / end)
      canvas.line(place, y + 1, place, y + 20, stroke: SVGCanvas.ink, width: 2)
    }
    canvas.label(
      numbers.percent(share), x: x + full + 5, y: y + 15, size: 12, isBold: bar.isMarked)
    if hasDetail, !bar.detail.isEmpty {
      canvas.label(
        bar.detail, x: x, y: y + 29, size: 10.5, fill: SVGCanvas.soft, limit: full + 44)
    }
  }
}

extension SVGCanvas {
  /// Writes a segment's share and name at the head of its panel, in 45 pixels.
  ///
  /// - Parameters:
  ///   - segment: Id, name and share.
  ///   - x: Left edge of the panel.
  ///   - width: Pixels there are.
  ///   - numbers: How numbers are written.
  ///   - most: Lines of the name.
  mutating func segmentHeader(
    _ segment: (id: String, name: String, share: Double), x: Double, width: Double,
    numbers: NumberStyle, lines most: Int = 2
  ) {
    label(
      "\(numbers.percent(segment.share)) of people", x: x, y: 12, size: 11.5, fill: SVGCanvas.soft,
      limit: width)
    let name = segment.name.isEmpty ? segment.id : segment.name
    let lines = TextMeasure.wrapped(name, to: width, size: 12, lines: most, isBold: true)
    for (position, line) in lines.enumerated() {
      label(line, x: x, y: 28 + 14 * Double(position), size: 12, isBold: true)
    }
  }
}
