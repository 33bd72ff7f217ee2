import Foundation

/// How a cost grows with one size while the others stay.
struct CostPanel {
  /// What grows.
  let axis: String
  /// Sizes and processor seconds of a round.
  let points: [(size: Int, seconds: Double)]

  /// The straight line of least squares, and the share of the variance it explains.
  var line: (intercept: Double, slope: Double, explained: Double) {
    let count = Double(points.count)
    let x = points.map { Double($0.size) }
    let y = points.map(\.seconds)
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    let cross = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let whole = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    let slope = cross / spread
    return (meanY - slope * meanX, slope, whole > 0 ? cross * slope / whole : 1)
  }
}

/// Panels side by side with their points and straight lines, as a picture without scripts.
struct CostChart {
  let panels: [CostPanel]
  private let width = 280.0
  private let height = 220.0

  var svg: String {
    let whole = Int(width) * panels.count + 20
    let title = "A round costs in proportion to respondents and items, and to segments by vectors"
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(whole) 300" width="\(whole)" \
      height="300" role="img" font-family="sans-serif" font-size="11">
      <title>\(title)</title>
      <rect width="\(whole)" height="300" fill="#fff"/>
      <text x="12" y="18" font-size="14" font-weight="bold" fill="#222">\(title)</text>
      <text x="12" y="34" fill="#555">Milliseconds on one thread for one round of a latent class \
      model, least of repeated searches; lines are least squares</text>

      """
    for (place, panel) in panels.enumerated() {
      text += draw(panel, left: 12 + Double(place) * width)
    }
    return text + "</svg>\n"
  }

  private func draw(_ panel: CostPanel, left: Double) -> String {
    let plot = (x: left + 34, y: 52.0, width: width - 64, height: height - 30)
    let right = Double(panel.points.map(\.size).max() ?? 1) * 1.05
    let top = (panel.points.map(\.seconds).max() ?? 1) * 1.15
    func x(_ size: Double) -> String { Self.short(plot.x + size / right * plot.width) }
    func y(_ seconds: Double) -> String {
      Self.short(plot.y + plot.height * (1 - max(0, seconds) / top))
    }
    let line = panel.line
    var text = """
      <path d="M\(x(0)) \(y(top)) V\(y(0)) H\(x(right))" fill="none" stroke="#888"/>
      <path d="M\(x(0)) \(y(line.intercept)) L\(x(right)) \
      \(y(line.intercept + line.slope * right))" stroke="#9bbcd6" fill="none"/>

      """
    for point in panel.points {
      text += """
        <circle cx="\(x(Double(point.size)))" cy="\(y(point.seconds))" r="3.5" fill="#1f5f8b"/>
        <text x="\(x(Double(point.size)))" y="\(Self.short(plot.y + plot.height + 15))" \
        text-anchor="middle" fill="#333">\(Self.size(point.size))</text>

        """
    }
    for share in [0.0, 0.5, 1.0] {
      let seconds = top / 1.15 * share
      text += """
        <text x="\(Self.short(plot.x - 5))" y="\(y(seconds))" text-anchor="end" dy="4" \
        fill="#333">\(Self.short(seconds * 1e3))</text>

        """
    }
    let caption = Self.short(line.explained * 100)
    return text + """
      <text x="\(Self.short(plot.x))" y="\(Self.short(plot.y + plot.height + 34))" \
      fill="#333">\(panel.axis)</text>
      <text x="\(Self.short(plot.x))" y="\(Self.short(plot.y + plot.height + 49))" \
      fill="#555">the line explains \(caption)% of the variance</text>

      """
  }

  private static func short(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func size(_ value: Int) -> String {
    value >= 1000 ? "\(value / 1000)k" : "\(value)"
  }
}
