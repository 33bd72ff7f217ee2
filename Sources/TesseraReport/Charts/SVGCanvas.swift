import Foundation

/// Builds one SVG drawing: deterministic, with colours that follow the page's light or dark.
///
/// Coordinates are pixels, rounded to a hundredth, so that equal numbers give equal bytes.
struct SVGCanvas {
  /// Width of the drawing.
  let width: Double
  /// Height of the drawing.
  let height: Double
  private let description: String
  private var body = ""

  /// Width of a phone's screen without its margins, in pixels.
  static let narrow = 356.0
  /// Text and lines.
  static let ink = "var(--ink,#1b1f24)"
  /// Axes and secondary text.
  static let soft = "var(--soft,#57606a)"
  /// Grid lines.
  static let line = "var(--line,#d0d7de)"
  /// What lies behind.
  static let paper = "var(--paper,#ffffff)"
  /// Emphasis.
  static let accent = "var(--accent,#0b4f8a)"

  /// Where text stands against its point.
  enum Anchor: String {
    /// It begins there.
    case start
    /// Its middle is there.
    case middle
    /// It ends there.
    case end
  }

  /// Starts a drawing.
  ///
  /// - Parameters:
  ///   - width: Width in pixels.
  ///   - height: Height in pixels.
  ///   - description: What it shows, for those who cannot see it.
  init(width: Double, height: Double, description: String) {
    self.width = width
    self.height = height
    self.description = description
  }

  /// Draws a rectangle; a hint, if there is one, is told on hover.
  ///
  /// A cell, such as `suv@1`, names the product and the place of the segment that a page may open.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, radius: Double = 0,
    stroke: String? = nil, hint: String = "", cell: String = ""
  ) {
    body += "<rect x=\"\(text(x))\" y=\"\(text(y))\" width=\"\(text(max(0, width)))\" "
    body += "height=\"\(text(max(0, height)))\" fill=\"\(fill)\""
    if radius > 0 { body += " rx=\"\(text(radius))\"" }
    if let stroke { body += " stroke=\"\(stroke)\"" }
    if !cell.isEmpty { body += " data-cell=\"\(Escape.html(cell))\"" }
    close("rect", hint)
  }

  /// Draws a straight line.
  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String = SVGCanvas.line,
    width: Double = 1, dashes: String? = nil
  ) {
    body += "<line x1=\"\(text(x1))\" y1=\"\(text(y1))\" x2=\"\(text(x2))\" y2=\"\(text(y2))\" "
    body += "stroke=\"\(stroke)\" stroke-width=\"\(text(width))\""
    if let dashes { body += " stroke-dasharray=\"\(dashes)\"" }
    body += "/>\n"
  }

  /// Draws a line through points.
  mutating func path(_ points: [(x: Double, y: Double)], stroke: String, width: Double = 2) {
    guard !points.isEmpty else { return }
    body += "<polyline fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"\(text(width))\" points=\""
    body += points.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " ") + "\"/>\n"
  }

  /// Draws what lies between two lines over the same places; nearly transparent.
  mutating func area(
    _ upper: [(x: Double, y: Double)], _ lower: [(x: Double, y: Double)], fill: String
  ) {
    guard !upper.isEmpty else { return }
    body += "<polygon fill=\"\(fill)\" fill-opacity=\"0.18\" points=\""
    body +=
      (upper + lower.reversed()).map { "\(text($0.x)),\(text($0.y))" }
      .joined(separator: " ") + "\"/>\n"
  }

  /// Draws a band of one height that swings from a point to another; half transparent.
  ///
  /// - Parameters:
  ///   - start: Upper left corner.
  ///   - end: Upper right corner.
  ///   - height: Pixels from its upper to its lower edge.
  ///   - fill: Its colour.
  ///   - hint: Told on hover.
  mutating func band(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), height: Double,
    fill: String, hint: String = ""
  ) {
    let middle = text((start.x + end.x) / 2)
    func curve(_ to: (x: Double, y: Double), from: (x: Double, y: Double)) -> String {
      "C\(middle) \(text(from.y)) \(middle) \(text(to.y)) \(text(to.x)) \(text(to.y))"
    }
    let lower = (x: start.x, y: start.y + height)
    let lowerEnd = (x: end.x, y: end.y + height)
    body += "<path d=\"M\(text(start.x)) \(text(start.y))" + curve(end, from: start)
    body += "L\(text(lowerEnd.x)) \(text(lowerEnd.y))" + curve(lower, from: lowerEnd)
    body += "Z\" fill=\"\(fill)\" fill-opacity=\"0.45\""
    close("path", hint)
  }

  /// Draws a disc; a hint, if there is one, is told on hover.
  mutating func disc(
    x: Double, y: Double, radius: Double, fill: String, stroke: String? = nil, hint: String = ""
  ) {
    body += "<circle cx=\"\(text(x))\" cy=\"\(text(y))\" r=\"\(text(radius))\" fill=\"\(fill)\""
    if let stroke { body += " stroke=\"\(stroke)\"" }
    close("circle", hint)
  }

  /// Writes text with its baseline at a point.
  ///
  /// - Parameters:
  ///   - string: The text.
  ///   - x: Where it begins, ends or has its middle.
  ///   - y: Its baseline.
  ///   - size: Font size.
  ///   - anchor: How `x` is meant.
  ///   - fill: Its colour.
  ///   - isBold: Whether it is set in bold.
  ///   - limit: Pixels there are; longer text is cut, and told whole on hover.
  ///   - halo: Colour of a rim that keeps lines behind the text apart from it.
  mutating func label(
    _ string: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start,
    fill: String = SVGCanvas.ink, isBold: Bool = false, limit: Double = .infinity,
    halo: String? = nil
  ) {
    let shown = TextMeasure.fitted(string, to: limit, size: size, isBold: isBold)
    body += "<text x=\"\(text(x))\" y=\"\(text(y))\" font-size=\"\(text(size))\" fill=\"\(fill)\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if isBold { body += " font-weight=\"600\"" }
    if let halo { body += " stroke=\"\(halo)\" stroke-width=\"3\" paint-order=\"stroke\"" }
    body += ">"
    if shown != string { body += "<title>\(Escape.html(string))</title>" }
    body += "\(Escape.html(shown))</text>\n"
  }

  /// Puts another drawing inside, as it is.
  ///
  /// - Parameters:
  ///   - svg: One `svg` element.
  ///   - x: Its left edge.
  ///   - y: Its upper edge.
  mutating func embed(_ svg: String, x: Double, y: Double) {
    body += svg.replacing(
      "<svg ", with: "<svg x=\"\(text(x))\" y=\"\(text(y))\" ", maxReplacements: 1)
    body += "\n"
  }

  /// The drawing as one element, ready to stand in a page or in a file of its own.
  var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(text(width)) \(text(height))" \
    width="\(text(width))" height="\(text(height))" role="img" \
    aria-label="\(Escape.html(description))" font-family="system-ui, -apple-system, 'Segoe UI', \
    Roboto, 'Helvetica Neue', Arial, sans-serif">
    \(body)</svg>
    """
  }

  private mutating func close(_ element: String, _ hint: String) {
    body += hint.isEmpty ? "/>\n" : "><title>\(Escape.html(hint))</title></\(element)>\n"
  }

  private func text(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    if rounded == rounded.rounded() { return String(Int(rounded)) }
    return String(rounded)
  }
}
