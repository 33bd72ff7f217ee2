/// Who moves from a segment of one division to one of another: two columns of bars with bands between.
struct SegmentFlowChart {
  /// One side: names and shares of everybody, 0 to 1.
  struct Side {
    /// What stands above it.
    let title: String
    /// Names of the segments, top to bottom.
    let names: [String]
    /// Shares of everybody; `nil` where hidden.
    let shares: [Double?]
    /// Position of each segment's colour in the palette.
    let colours: [Int]
  }

  let left: Side
  let right: Side
  /// Share of everybody in each pair, left by right; `nil` where hidden.
  let flows: [[Double?]]
  /// How numbers are written.
  let numbers: NumberStyle

  private static let people = 380.0
  private static let gap = 12.0
  private static let slot = 20.0
  private static let bar = 16.0
  private static let room = 190.0
  private static let middle = 260.0

  /// The drawing: one `svg` element.
  ///
  /// - Parameter description: What it shows, for those who cannot see it.
  /// - Returns: SVG whose colours follow the page.
  func svg(description: String) -> String {
    let (tops, ends) = (places(left), places(right))
    let bottom = max(tops.bottom, ends.bottom)
    let x = Self.room + Self.bar
    let far = x + Self.middle
    var canvas = SVGCanvas(
      width: far + Self.bar + Self.room, height: bottom + 6, description: description)
    canvas.label(
      left.title, x: Self.room + Self.bar, y: 16, size: 12, anchor: .end, isBold: true,
      limit: Self.room)
    canvas.label(right.title, x: far, y: 16, size: 12, isBold: true, limit: Self.room)
    drawBands(&canvas, tops.tops, ends.tops, from: x, to: far)
    drawBars(&canvas, left, tops.tops, x: Self.room, isLeft: true)
    drawBars(&canvas, right, ends.tops, x: far, isLeft: false)
    return canvas.svg
  }

  private func places(_ side: Side) -> (tops: [Double], bottom: Double) {
    var y = 32.0
    var tops: [Double] = []
    for share in side.shares {
      tops.append(y)
      y += max(Self.slot, (share ?? 0) * Self.people) + Self.gap
    }
    return (tops, y)
  }

  private func drawBands(
    _ canvas: inout SVGCanvas, _ tops: [Double], _ ends: [Double], from x: Double, to far: Double
  ) {
    var starts = tops
    var targets = ends
    for (row, cells) in flows.enumerated() {
      for (column, flow) in cells.enumerated() {
        guard let flow, flow > 0 else { continue }
        let height = flow * Self.people
        canvas.band(
          from: (x, starts[row]), to: (far, targets[column]), height: height,
          fill: Palette.segment(left.colours[row]),
          hint: "\(left.names[row]) to \(right.names[column]): "
            + "\(numbers.percent(flow, decimals: 1)) of everybody")
        starts[row] += height
        targets[column] += height
      }
    }
  }

  private func drawBars(
    _ canvas: inout SVGCanvas, _ side: Side, _ tops: [Double], x: Double, isLeft: Bool
  ) {
    for (place, top) in tops.enumerated() {
      let height = max(Self.slot, (side.shares[place] ?? 0) * Self.people)
      let told = side.shares[place].map { numbers.percent($0) } ?? "too few"
      canvas.rectangle(
        x: x, y: top, width: Self.bar, height: height,
        fill: Palette.segment(side.colours[place]), radius: 2,
        hint: "\(side.names[place]): \(told)")
      let edge = isLeft ? x - 6 : x + Self.bar + 6
      let anchor: SVGCanvas.Anchor = isLeft ? .end : .start
      guard height >= 34 else {
        let rest = TextMeasure.width("  " + told, size: 11.5)
        let name = TextMeasure.fitted(side.names[place], to: Self.room - 12 - rest, size: 11.5)
        canvas.label(
          "\(name)  \(told)", x: edge, y: top + height / 2 + 4, size: 11.5, anchor: anchor)
        continue
      }
      canvas.label(
        side.names[place], x: edge, y: top + height / 2 - 3, size: 12.5, anchor: anchor,
        isBold: true, limit: Self.room - 10)
      canvas.label(
        told, x: edge, y: top + height / 2 + 13, size: 11.5, anchor: anchor, fill: SVGCanvas.soft)
    }
  }
}
