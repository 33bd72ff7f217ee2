import Foundation

extension LabelPlacement {
  /// A label that wants a place near its point.
  struct Wish {
    let x: Double
    let y: Double
    /// Radius of the point's mark.
    let radius: Double
    /// The text in lines.
    let lines: [String]
    let size: Double
  }

  /// Where a label stands without touching another.
  struct Clear {
    let x: Double
    /// Baseline of the first line.
    let y: Double
    let anchor: SVGCanvas.Anchor
    let lines: [String]
    /// Where a leader from the point ends; `nil` if the label stands beside its point.
    let leader: (x: Double, y: Double)?
  }

  /// A rectangle that is taken.
  private struct Area {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func overlap(_ other: Area) -> Double {
      max(0, min(right, other.right) - max(left, other.left))
        * max(0, min(bottom, other.bottom) - max(top, other.top))
    }
  }

  /// Height of a line of text, as a part of its font size.
  static let lineHeight = 1.2

  /// Places labels in their order, each where it touches no other; one that finds no place gets none.
  ///
  /// Marks of later labels, and of points without one, are avoided where that costs little way.
  ///
  /// - Parameters:
  ///   - wishes: The labels, the most important first.
  ///   - marks: Points without a label.
  ///   - bounds: Left, top, right and bottom of the drawing.
  /// - Returns: A place a label; `nil` where there is none.
  /// - Complexity: O(labels · (labels + marks)).
  static func clear(
    _ wishes: [Wish], avoiding marks: [(x: Double, y: Double)] = [],
    within bounds: (left: Double, top: Double, right: Double, bottom: Double)
  ) -> [Clear?] {
    let own = wishes.map { wish in
      Area(
        left: wish.x - wish.radius, top: wish.y - wish.radius, right: wish.x + wish.radius,
        bottom: wish.y + wish.radius)
    }
    let soft = marks.map { Area(left: $0.x - 3, top: $0.y - 3, right: $0.x + 3, bottom: $0.y + 3) }
    var taken: [Area] = []
    return wishes.enumerated().map { position, wish in
      let width = wish.lines.map { TextMeasure.width($0, size: wish.size) }.max() ?? 0
      let height = Double(wish.lines.count) * wish.size * lineHeight
      let hard = own[...position] + own[(position + 1)...].filter { $0.right - $0.left > 8 }
      let later = soft + own[(position + 1)...]
      var best: (place: Clear, area: Area, cost: Double)?
      for reach in [4.0, 12, 22, 34, 48, 64, 84] {
        // Nothing farther can be better.
        if let best, best.cost <= reach { break }
        for (rank, angle) in angles.enumerated() {
          let (across, down) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
          let distance = wish.radius + reach
          let (x, y) = (wish.x + distance * across, wish.y + distance * down)
          let left = across > 0.3 ? x : across < -0.3 ? x - width : x - width / 2
          let top = y - height / 2 + down * height / 2
          let area = Area(left: left, top: top, right: left + width, bottom: top + height)
          guard area.left >= bounds.left, area.right <= bounds.right, area.top >= bounds.top,
            area.bottom <= bounds.bottom,
            !taken.contains(where: { $0.overlap(area) > 0 }),
            !hard.contains(where: { $0.overlap(area) > 0 })
          else { continue }
          let covered = later.reduce(0) { $0 + $1.overlap(area) }
          let cost = covered + reach + Double(rank) / 2
          guard cost < best?.cost ?? .infinity else { continue }
          let anchor: SVGCanvas.Anchor = across > 0.3 ? .start : across < -0.3 ? .end : .middle
          best = (
            Clear(
              x: anchor == .start ? left : anchor == .end ? left + width : left + width / 2,
              y: top + wish.size, anchor: anchor, lines: wish.lines,
              leader: reach > 12 ? (x, y) : nil), area, cost
          )
        }
      }
      guard let best else { return nil }
      taken.append(best.area)
      return best.place
    }
  }

  /// Directions in degrees, those that read best first.
  private static let angles: [Double] = [
    0, 180, -30, 30, -150, 150, -90, 90, -60, 60, -120, 120, -10, 10, -170, 170,
  ]
}

extension SVGCanvas {
  /// Writes a label at its place, with a leader if it stands away from its point.
  ///
  /// - Parameters:
  ///   - place: Where it stands.
  ///   - wish: What it belongs to.
  ///   - fill: Colour of the text.
  ///   - isBold: Whether it is set in bold.
  mutating func label(
    _ place: LabelPlacement.Clear, of wish: LabelPlacement.Wish, fill: String = SVGCanvas.ink,
    isBold: Bool = false
  ) {
    if let leader = place.leader {
      line(wish.x, wish.y, leader.x, leader.y, stroke: SVGCanvas.soft, width: 0.75)
    }
    for (position, text) in place.lines.enumerated() {
      label(
        text, x: place.x,
        y: place.y + Double(position) * wish.size * LabelPlacement.lineHeight, size: wish.size,
        anchor: place.anchor, fill: fill, isBold: isBold)
    }
  }
}
