import Foundation

/// Puts labels near their points so that they neither touch one another nor leave the drawing.
enum LabelPlacement {
  /// A label that wants a place near its point.
  struct Wish {
    let x: Double
    let y: Double
    /// Radius of the point's mark.
    let radius: Double
    /// The text in lines.
    let lines: [String]
    let size: Double
    /// Whether it is set in bold.
    var isBold = false
  }

  /// Where a label stands without touching another.
  struct Place {
    let x: Double
    /// Baseline of the first line.
    let y: Double
    let anchor: SVGCanvas.Anchor
    let lines: [String]
    /// Where a leader from the point ends; `nil` if the label stands beside its point.
    let leader: (x: Double, y: Double)?
  }

  /// Height of a line of text, as a part of its font size.
  static let lineHeight = 1.2

  /// Places labels, the first ones nearest to their points; one that finds no place gets none.
  ///
  /// Labels touch no label, no mark and no leader. Where an order of placing leaves some without a
  /// place, these are placed first instead, if that serves all.
  ///
  /// - Parameters:
  ///   - wishes: The labels, the most important first.
  ///   - marks: Points without a label, which are avoided where that costs little way.
  ///   - bounds: Left, top, right and bottom of the drawing.
  /// - Returns: A place a label; `nil` where there is none.
  /// - Complexity: O(labels · (labels + marks)).
  static func places(
    for wishes: [Wish], avoiding marks: [(x: Double, y: Double)] = [],
    within bounds: (left: Double, top: Double, right: Double, bottom: Double)
  ) -> [Place?] {
    let field = LabelField(wishes: wishes, marks: marks, bounds: bounds)
    var order = Array(wishes.indices)
    let first = field.places(in: order)
    var latest = first
    for _ in 0..<attempts {
      let missing = Set(order.filter { latest[$0] == nil })
      if missing.isEmpty { return latest }
      order = order.filter(missing.contains) + order.filter { !missing.contains($0) }
      latest = field.places(in: order)
    }
    return latest.contains { $0 == nil } ? first : latest
  }

  /// How many other orders are tried.
  private static let attempts = 6
}

extension SVGCanvas {
  /// Writes a label at its place, with a leader if it stands away from its point.
  ///
  /// - Parameters:
  ///   - place: Where it stands.
  ///   - wish: What it belongs to.
  ///   - fill: Colour of the text.
  mutating func label(
    _ place: LabelPlacement.Place, of wish: LabelPlacement.Wish, fill: String = SVGCanvas.ink
  ) {
    if let leader = place.leader {
      line(wish.x, wish.y, leader.x, leader.y, stroke: SVGCanvas.soft, width: 0.75)
    }
    for (position, text) in place.lines.enumerated() {
      label(
        text, x: place.x,
        y: place.y + Double(position) * wish.size * LabelPlacement.lineHeight, size: wish.size,
        anchor: place.anchor, fill: fill, isBold: wish.isBold, halo: "var(--card,#f6f8fa)")
    }
  }
}
