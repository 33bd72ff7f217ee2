import TesseraStudy

/// Numbers over waves: a line for each series, with 95% intervals.
struct WaveChart {
  /// One line.
  struct Line {
    /// What stands beside its end.
    let name: String
    /// Position of its colour in the palette.
    let colour: Int
    /// For each wave the number and its interval; `nil` where hidden.
    let points: [(value: Double, low: Double?, high: Double?)?]
  }

  let waves: [String]
  let lines: [Line]
  /// How a number is written.
  let text: (Double) -> String

  private static let left = 52.0
  private static let top = 14.0
  private static let plot = 250.0
  private static let room = 190.0

  /// The drawing: one `svg` element.
  func svg(description: String) -> String {
    let values = lines.flatMap(\.points).compactMap { $0 }
    let low = values.map { $0.low ?? $0.value }.min() ?? 0
    let high = values.map { $0.high ?? $0.value }.max() ?? 1
    let bottom = Self.top + Self.plot
    let step = max(70, min(150, 460 / Double(max(1, waves.count - 1))))
    let right = Self.left + step * Double(waves.count - 1) + 40
    var canvas = SVGCanvas(
      width: right + Self.room, height: bottom + 34, description: description)
    let axis = Axis(low: low, high: high, from: bottom, to: Self.top)
    for tick in axis.ticks {
      let y = axis.position(tick)
      canvas.line(Self.left, y, right, y)
      canvas.label(
        text(tick), x: Self.left - 8, y: y + 4, size: 11, anchor: .end, fill: SVGCanvas.soft)
    }
    /// Lines stand a little apart, so that intervals do not cover each other.
    func x(_ wave: Int, _ line: Int) -> Double {
      let spread = Double(line) - Double(lines.count - 1) / 2
      return Self.left + 20 + step * Double(wave) + 4 * spread
    }
    for (wave, name) in waves.enumerated() {
      canvas.label(
        name, x: Self.left + 20 + step * Double(wave), y: bottom + 20, size: 11.5,
        anchor: .middle, fill: SVGCanvas.soft, limit: step - 6)
    }
    for (place, line) in lines.enumerated() {
      let colour = Palette.segment(line.colour)
      let told = line.points.enumerated().compactMap { wave, point in
        point.map { (x: x(wave, place), y: axis.position($0.value)) }
      }
      canvas.path(told, stroke: colour, width: 2.2)
      for (wave, point) in line.points.enumerated() {
        guard let point else { continue }
        if let low = point.low, let high = point.high {
          canvas.line(
            x(wave, place), axis.position(low), x(wave, place), axis.position(high),
            stroke: colour, width: 1.2)
        }
        canvas.disc(
          x: x(wave, place), y: axis.position(point.value), radius: 4, fill: colour,
          hint: "\(line.name), \(waves[wave]): \(text(point.value))")
      }
    }
    drawNames(&canvas, axis, x: right + 4)
    return canvas.svg
  }

  /// Names beside the ends of the lines, moved apart where they would cover each other.
  private func drawNames(_ canvas: inout SVGCanvas, _ axis: Axis, x: Double) {
    let ends = lines.compactMap { line -> (line: Line, value: Double)? in
      line.points.compactMap { $0 }.last.map { (line, $0.value) }
    }.sorted { $0.value > $1.value }
    var last = -Double.infinity
    let height = 15.0
    var places = ends.map { axis.position($0.value) }
    for place in places.indices {
      places[place] = max(places[place], last + height)
      last = places[place]
    }
    // Too low at the end: all move up together.
    let over = max(0, last - (Self.top + Self.plot + 6))
    for (place, end) in ends.enumerated() {
      let y = places[place] - over
      canvas.disc(x: x + 4, y: y, radius: 4, fill: Palette.segment(end.line.colour))
      canvas.label(
        "\(text(end.value))  \(end.line.name)", x: x + 13, y: y + 4, size: 11.5, isBold: true,
        limit: Self.room - 18)
    }
  }

  /// The same as a Vega-Lite specification.
  func specification() -> JSONValue {
    VegaLite.specification(
      values: lines.flatMap { line in
        line.points.enumerated().compactMap { wave, point in
          point.map {
            [
              "wave": waves[wave], "series": line.name, "value": $0.value, "low": $0.low,
              "high": $0.high,
            ] as JSONValue
          }
        }
      }, mark: "line",
      encoding: [
        "x": .ordinal("wave"),
        "y": .quantitative("value"),
        "color": .nominal("series"),
      ])
  }
}
