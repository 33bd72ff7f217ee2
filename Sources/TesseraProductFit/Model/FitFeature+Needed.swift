import TesseraStudy

extension FitFeature {
  /// The level at which its value is whole, or empty if the feature harms, in words.
  ///
  /// - Parameter isHelping: Whether more value is better for the need in question.
  /// - Returns: Words such as "at least 5 seats".
  func needed(isHelping: Bool) -> String {
    switch value {
    case .linear(let from, let to):
      let end = isHelping ? to : from
      return end >= (isHelping ? from : to) ? "at least \(text(end))" : "at most \(text(end))"
    case .target(let target, let tolerance):
      return isHelping
        ? text(target) : "\(text(tolerance)) or more away from \(text(target))"
    case .threshold(let from, let ramp):
      return isHelping ? "at least \(text(from + ramp))" : "at most \(text(from))"
    case .rate(let from, let scale):
      // The value nears 1 and never gets there: 95% of it counts as whole.
      return isHelping ? "at least \(text(from + 3 * scale))" : "at most \(text(from))"
    case .knots(let knots): return neededKnot(knots, isHelping: isHelping)
    case .levels(let levels):
      let wanted = levels.map(\.value).reduce(isHelping ? 0 : 1) {
        isHelping ? max($0, $1) : min($0, $1)
      }
      return levels.filter { $0.value == wanted }.map(\.name).joined(separator: " or ")
    case .burden(_, let fullAt, let zeroAt):
      let share = FitFeature.number(100 * (isHelping ? fullAt : zeroAt))
      return "\(isHelping ? "at most" : "at least") \(share)% of \(incomeLabel)"
    }
  }

  private func neededKnot(_ knots: [ValueFunction.Knot], isHelping: Bool) -> String {
    let ordered = knots.map { isHelping ? $0.value : -$0.value }
    let wanted = ordered.reduce(-1) { max($0, $1) }
    guard let first = ordered.firstIndex(of: wanted), let last = ordered.lastIndex(of: wanted)
    else { return "" }
    if last == knots.count - 1 { return "at least \(text(knots[first].level))" }
    if first == 0 { return "at most \(text(knots[last].level))" }
    return first == last
      ? text(knots[first].level) : "\(text(knots[first].level)) to \(text(knots[last].level))"
  }

  /// A level with the feature's label: "seats 2", or "2 seats" where the unit says it all.
  func sentence(_ level: Double) -> String {
    let shown = text(level)
    return unit.lowercased() == label.lowercased() && !unit.isEmpty ? shown : "\(label) \(shown)"
  }
}

extension FitBarrier.Remedy {
  /// What the level must be, in words.
  var text: String {
    switch comparison {
    case .less: "below \(bound)"
    case .atMost: "at most \(bound)"
    case .equal: bound
    case .notEqual: "other than \(bound)"
    case .atLeast: "at least \(bound)"
    case .greater: "above \(bound)"
    }
  }
}
