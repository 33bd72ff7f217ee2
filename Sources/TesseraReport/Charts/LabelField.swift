import Foundation

/// What labels compete for: the drawing, with its marks, and what is placed so far.
struct LabelField {
  /// A rectangle of the drawing.
  private struct Area {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func overlap(_ other: Area) -> Double {
      max(0, min(right, other.right) - max(left, other.left))
        * max(0, min(bottom, other.bottom) - max(top, other.top))
    }

    /// Whether a straight line runs through it.
    ///
    /// The line is cut along the four edges; something is left if it runs through (Liang and Barsky,
    /// 1984).
    func isCrossed(by line: Leader) -> Bool {
      let (across, down) = (line.end.x - line.start.x, line.end.y - line.start.y)
      var (from, to) = (0.0, 1.0)
      for (step, room) in [
        (-across, line.start.x - left), (across, right - line.start.x),
        (-down, line.start.y - top), (down, bottom - line.start.y),
      ] {
        if step == 0 {
          if room < 0 { return false }
        } else if step < 0 {
          from = max(from, room / step)
        } else {
          to = min(to, room / step)
        }
      }
      return from < to
    }
  }

  /// A line from a point to its label.
  private struct Leader {
    let start: (x: Double, y: Double)
    let end: (x: Double, y: Double)

    /// Whether the lines cross.
    func crosses(_ other: Leader) -> Bool {
      func turn(_ point: (x: Double, y: Double), _ line: Leader) -> Double {
        (line.end.x - line.start.x) * (point.y - line.start.y)
          - (line.end.y - line.start.y) * (point.x - line.start.x)
      }
      return turn(start, other) * turn(end, other) < 0
        && turn(other.start, self) * turn(other.end, self) < 0
    }
  }

  /// A place that a label could take.
  private struct Candidate {
    let place: LabelPlacement.Place
    let area: Area
    /// From the mark's edge to the label; `nil` beside the point.
    let leader: Leader?
    /// What distance and direction cost.
    let cost: Double
  }

  private let wishes: [LabelPlacement.Wish]
  private let bounds: Area
  /// The marks of the labelled points.
  private let own: [Area]
  /// Points without a label.
  private let soft: [Area]

  /// Lays out the field.
  ///
  /// - Parameters:
  ///   - wishes: The labels.
  ///   - marks: Points without a label.
  ///   - bounds: Left, top, right and bottom of the drawing.
  init(
    wishes: [LabelPlacement.Wish], marks: [(x: Double, y: Double)],
    bounds: (left: Double, top: Double, right: Double, bottom: Double)
  ) {
    self.wishes = wishes
    self.bounds = Area(
      left: bounds.left, top: bounds.top, right: bounds.right, bottom: bounds.bottom)
    own = wishes.map { wish in
      Area(
        left: wish.x - wish.radius, top: wish.y - wish.radius, right: wish.x + wish.radius,
        bottom: wish.y + wish.radius)
    }
    soft = marks.map { Area(left: $0.x - 3, top: $0.y - 3, right: $0.x + 3, bottom: $0.y + 3) }
  }

  /// Places labels one after another, each where it costs least of what is left.
  ///
  /// - Parameter order: Positions of the wishes, those to be placed first before the others.
  /// - Returns: A place a wish, in the order of the wishes; `nil` where there is none.
  func places(in order: [Int]) -> [LabelPlacement.Place?] {
    var taken: [Area] = []
    var leaders: [Leader] = []
    var result = [LabelPlacement.Place?](repeating: nil, count: wishes.count)
    var isPlaced = [Bool](repeating: false, count: wishes.count)
    for wish in order {
      // Small marks of points that come later may be covered where that saves much way.
      let others = wishes.indices.filter { $0 != wish }
      let hard = others.filter { isPlaced[$0] || wishes[$0].radius > 4 }.map { own[$0] }
      let later = soft + others.filter { !isPlaced[$0] }.map { own[$0] }
      var best: (candidate: Candidate, cost: Double)?
      for reach in Self.reaches {
        // Nothing farther can be better.
        if let best, best.cost <= reach { break }
        for candidate in candidates(of: wishes[wish], at: reach) {
          guard bounds.overlap(candidate.area) >= candidate.area.overlap(candidate.area) - 1e-6,
            !taken.contains(where: { $0.overlap(candidate.area) > 0 }),
            !hard.contains(where: { $0.overlap(candidate.area) > 0 }),
            !leaders.contains(where: candidate.area.isCrossed)
          else { continue }
          var cost = candidate.cost + later.reduce(0) { $0 + $1.overlap(candidate.area) }
          if let leader = candidate.leader {
            guard !taken.contains(where: { $0.isCrossed(by: leader) }),
              !leaders.contains(where: leader.crosses),
              !hard.contains(where: { $0.isCrossed(by: leader) })
            else { continue }
            cost += 40 * Double(later.count { $0.isCrossed(by: leader) })
          }
          if cost < best?.cost ?? .infinity { best = (candidate, cost) }
        }
      }
      isPlaced[wish] = true
      guard let best else { continue }
      taken.append(best.candidate.area)
      if let leader = best.candidate.leader { leaders.append(leader) }
      result[wish] = best.candidate.place
    }
    return result
  }

  /// The places at a distance from a point's mark, those that read best first.
  private func candidates(of wish: LabelPlacement.Wish, at reach: Double) -> [Candidate] {
    let width =
      wish.lines.map { TextMeasure.width($0, size: wish.size, isBold: wish.isBold) }.max() ?? 0
    let height = Double(wish.lines.count) * wish.size * LabelPlacement.lineHeight
    return Self.angles.enumerated().map { rank, angle in
      let (across, down) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
      let distance = wish.radius + reach
      let (x, y) = (wish.x + distance * across, wish.y + distance * down)
      let anchor: SVGCanvas.Anchor = across > 0.3 ? .start : across < -0.3 ? .end : .middle
      let left = anchor == .start ? x : anchor == .end ? x - width : x - width / 2
      let top = y - height / 2 + down * height / 2
      let leader =
        reach > Self.beside
        ? Leader(
          start: (wish.x + wish.radius * across, wish.y + wish.radius * down), end: (x, y)) : nil
      return Candidate(
        place: LabelPlacement.Place(
          x: anchor == .start ? left : anchor == .end ? left + width : left + width / 2,
          y: top + wish.size, anchor: anchor, lines: wish.lines, leader: leader?.end),
        area: Area(left: left, top: top, right: left + width, bottom: top + height),
        leader: leader, cost: reach + Double(rank) / 2)
    }
  }

  /// Pixels between a mark's edge and its label that are tried.
  private static let reaches: [Double] = [4, 12, 22, 34, 48, 64, 84, 108, 136]
  /// Up to here a label is seen to belong to its point without a leader.
  private static let beside = 8.0
  /// Directions in degrees, those that read best first.
  private static let angles: [Double] = [
    0, 180, -30, 30, -150, 150, -90, 90, -60, 60, -120, 120, -10, 10, -170, 170,
  ]
}
