/// Points of a plane, each with its name: beside it, led to it by a line or, where points crowd, a
/// number beside it and the name in a key below.
struct LabelledPoints {
  /// A point, in pixels.
  struct Point {
    let x: Double
    let y: Double
    let label: String
    /// Whether its name is set in bold.
    var isBold = false
    let fill: String
    /// What is told of it where the reader points.
    let hint: String
  }

  private let points: [Point]
  private let wishes: [LabelPlacement.Wish]
  private let places: [LabelPlacement.Place?]
  /// Points that stand in the key, in the order of their numbers.
  private let keyed: [Int]

  private static let size = 11.0
  private static let radius = 6.0
  private static let keyLine = 15.0

  /// Places the names.
  ///
  /// - Parameters:
  ///   - points: The points, the most important first.
  ///   - bounds: Left, top, right and bottom of the plane.
  /// - Complexity: O(points²) for each number that is given.
  init(
    _ points: [Point], within bounds: (left: Double, top: Double, right: Double, bottom: Double)
  ) {
    func wish(_ point: Int, number: Int?) -> LabelPlacement.Wish {
      let one = points[point]
      return LabelPlacement.Wish(
        x: one.x, y: one.y, radius: Self.radius,
        lines: number.map { [String($0)] }
          ?? Self.lines(of: one),
        size: Self.size, isBold: one.isBold)
    }
    var keyed: [Int] = []
    var wishes = points.indices.map { wish($0, number: nil) }
    var places = LabelPlacement.places(for: wishes, within: bounds)
    while places.contains(where: { $0 == nil }) {
      let fresh = points.indices.filter { places[$0] == nil && !keyed.contains($0) }
      if fresh.isEmpty { break }
      keyed = (keyed + fresh).sorted()
      // Numbers are short; names take what these leave.
      let order = keyed + points.indices.filter { !keyed.contains($0) }
      wishes = points.indices.map { point in
        wish(point, number: keyed.firstIndex(of: point).map { $0 + 1 })
      }
      let found = LabelPlacement.places(for: order.map { wishes[$0] }, within: bounds)
      for (position, point) in order.enumerated() { places[point] = found[position] }
    }
    self.points = points
    self.wishes = wishes
    self.places = places
    self.keyed = keyed
  }

  /// A name in one line or two, these as narrow as holds it.
  private static func lines(of point: Point) -> [String] {
    func wrapped(to limit: Double) -> [String] {
      TextMeasure.wrapped(point.label, to: limit, size: size, lines: 2, isBold: point.isBold)
    }
    let widest = wrapped(to: 150)
    guard widest.count == 2, widest[1].last != "…" else { return widest }
    return stride(from: 70.0, to: 150, by: 10).lazy.map(wrapped)
      .first { $0.joined(separator: " ") == widest.joined(separator: " ") } ?? widest
  }

  /// Pixels that the key needs below the chart.
  var keyHeight: Double { keyed.isEmpty ? 0 : Double(keyed.count) * Self.keyLine + 10 }

  /// Draws marks and names, and the key.
  ///
  /// - Parameters:
  ///   - canvas: What to draw on.
  ///   - keyLeft: Where the key begins.
  ///   - keyTop: Its upper edge.
  func draw(on canvas: inout SVGCanvas, keyLeft: Double, keyTop: Double) {
    for (place, wish) in zip(places, wishes) {
      if let place { canvas.label(place, of: wish) }
    }
    for point in points {
      canvas.disc(
        x: point.x, y: point.y, radius: Self.radius, fill: point.fill, stroke: SVGCanvas.paper,
        hint: point.hint)
    }
    for (position, point) in keyed.enumerated() {
      canvas.label(
        "\(position + 1)  \(points[point].label)", x: keyLeft,
        y: keyTop + 10 + Self.keyLine * (Double(position) + 0.7), size: Self.size,
        isBold: points[point].isBold, limit: canvas.width - keyLeft - 4)
    }
  }
}
