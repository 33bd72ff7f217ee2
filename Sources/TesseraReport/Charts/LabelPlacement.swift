/// Puts labels beside points so that they neither collide nor leave the drawing.
enum LabelPlacement {
  /// Where a label goes.
  struct Place {
    let x: Double
    let y: Double
    let anchor: SVGCanvas.Anchor
    let text: String
  }

  /// A rectangle that is taken.
  private struct Box {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func overlap(_ other: Box) -> Double {
      max(0, min(right, other.right) - max(left, other.left))
        * max(0, min(bottom, other.bottom) - max(top, other.top))
    }
  }

  /// Places labels one after another, each where it covers least of what is there already.
  ///
  /// - Parameters:
  ///   - points: The points and their labels, and whether these are set in bold.
  ///   - size: Font size.
  ///   - bounds: Left, top, right and bottom of the drawing.
  /// - Returns: A place a point; labels too long for the drawing are cut.
  /// - Complexity: O(points²).
  static func place(
    _ points: [(x: Double, y: Double, text: String, isBold: Bool)], size: Double,
    within bounds: (left: Double, top: Double, right: Double, bottom: Double)
  ) -> [Place] {
    var taken = points.map {
      Box(left: $0.x - 7, top: $0.y - 7, right: $0.x + 7, bottom: $0.y + 7)
    }
    return points.map { point in
      let text = TextMeasure.fitted(point.text, to: 190, size: size, isBold: point.isBold)
      let width = TextMeasure.width(text, size: size, isBold: point.isBold)
      var best: (place: Place, box: Box, cost: Double)?
      for (rank, rise) in [0.0, -14, 14, -28, 28, -42, 42, -56, 56].enumerated() {
        for isLeft in [false, true] {
          let x = isLeft ? point.x - 10 : point.x + 10
          let y = point.y + 4 + rise
          let box = Box(
            left: isLeft ? x - width : x, top: y - size, right: isLeft ? x : x + width,
            bottom: y + 3)
          let outside =
            max(0, bounds.left - box.left) + max(0, box.right - bounds.right)
            + max(0, bounds.top - box.top) + max(0, box.bottom - bounds.bottom)
          let cost =
            taken.reduce(outside * 40) { $0 + $1.overlap(box) } + Double(rank) * 6
            + (isLeft ? 1 : 0)
          if cost < best?.cost ?? .infinity {
            let place = Place(x: x, y: y, anchor: isLeft ? .end : .start, text: text)
            best = (place, box, cost)
          }
        }
      }
      guard let best else { return Place(x: point.x, y: point.y, anchor: .start, text: text) }
      taken.append(best.box)
      return best.place
    }
  }
}
