import Foundation
import TesseraStudy

extension FitFeature {
  /// The level that closes a gap, in words.
  ///
  /// It is the nearest level whose value reaches what is asked for, not the far end of the value:
  /// named levels as they are, numbers rounded towards the better to whole steps (or to a twentieth
  /// of the range where levels are no whole numbers).
  ///
  /// - Parameters:
  ///   - wanted: Fulfilment asked for, 0 to 1.
  ///   - isHelping: Whether more value is better for the need in question.
  ///   - level: The product's level.
  ///   - isWhole: Whether levels are whole numbers.
  /// - Returns: The level and words such as "at least 4 seats"; `nil` where none is enough, or where
  ///   what is enough depends on the respondent's income.
  func needed(
    _ wanted: Double, isHelping: Bool, from level: Double, isWhole: Bool
  ) -> (level: Double, text: String)? {
    let share = min(1, max(0, isHelping ? wanted : 1 - wanted))
    switch value {
    case .linear(let from, let to):
      return bound(from + share * (to - from), isMore: (to > from) == isHelping, isWhole)
    case .target(let target, let tolerance):
      let distance = (1 - share) * tolerance
      if !isHelping {
        let away = rounded(distance, isMore: true, isWhole)
        return (
          level < target ? target - away : target + away,
          "\(text(away)) or more away from \(text(target))"
        )
      }
      let low = rounded(target - distance, isMore: true, isWhole)
      let high = rounded(target + distance, isMore: false, isWhole)
      guard low <= high else { return nil }
      return (level < target ? low : high, low < high ? "\(text(low)) to \(text(high))" : text(low))
    case .threshold(let from, let ramp):
      return bound(from + share * ramp, isMore: isHelping, isWhole)
    case .rate(let from, let scale):
      // The value nears 1 and never gets there: 95% of it counts as whole.
      return bound(from - scale * log(1 - min(share, 0.95)), isMore: isHelping, isWhole)
    case .knots(let knots): return neededKnot(knots, share, isHelping: isHelping, level, isWhole)
    case .levels(let levels):
      let good = levels.filter {
        isHelping ? $0.value >= share - 1e-9 : $0.value <= share + 1e-9
      }
      guard let edge = good.map(\.value).min(by: { isHelping ? $0 < $1 : $0 > $1 }),
        let place = levels.firstIndex(where: { $0.value == edge })
      else { return nil }
      let nearest = good.filter { $0.value == edge }.map(\.name).joined(separator: " or ")
      // "At least" speaks of the order in which levels are listed, as barriers do.
      let isOrdered = good.allSatisfy { one in
        levels.firstIndex(of: one).map { isHelping ? $0 >= place : $0 <= place } ?? false
      }
      let isSpan = isOrdered && good.contains { $0.value != edge }
      return (Double(place), isSpan ? "\(isHelping ? "at least" : "at most") \(nearest)" : nearest)
    case .burden: return nil
    }
  }

  private func bound(
    _ level: Double, isMore: Bool, _ isWhole: Bool
  ) -> (level: Double, text: String) {
    let level = rounded(level, isMore: isMore, isWhole)
    return (level, "\(isMore ? "at least" : "at most") \(text(level))")
  }

  /// A level rounded towards more, or less.
  private func rounded(_ level: Double, isMore: Bool, _ isWhole: Bool) -> Double {
    let width = range.map { $0.upperBound - $0.lowerBound } ?? abs(level)
    let step = isWhole && width >= 2 ? 1 : Self.roundStep(width / 20)
    guard step > 0 else { return level }
    let steps = level / step
    // What rounding of binary fractions leaves must not cost a whole step.
    return step * (isMore ? (steps - 1e-9).rounded(.up) : (steps + 1e-9).rounded(.down))
  }

  private func neededKnot(
    _ knots: [ValueFunction.Knot], _ share: Double, isHelping: Bool, _ level: Double,
    _ isWhole: Bool
  ) -> (level: Double, text: String)? {
    func isEnough(_ value: Double) -> Bool {
      isHelping ? value >= share - 1e-9 : value <= share + 1e-9
    }
    // The crossing nearest to the product's level, on either side.
    var nearest: (distance: Double, level: Double, isMore: Bool)?
    for (left, right) in zip(knots, knots.dropFirst()) where left.value != right.value {
      let part = (share - left.value) / (right.value - left.value)
      guard (-1e-9...1 + 1e-9).contains(part) else { continue }
      let crossing = left.level + part * (right.level - left.level)
      let isMore = isEnough(right.value) && (right.value > left.value) == isHelping
      let distance = abs(crossing - level)
      if distance < nearest?.distance ?? .infinity { nearest = (distance, crossing, isMore) }
    }
    guard let nearest else { return nil }
    return bound(nearest.level, isMore: nearest.isMore, isWhole)
  }

  /// A level with the feature's label: "seats 2", or "2 seats" where the unit says it all.
  func sentence(_ level: Double) -> String {
    let shown = text(level)
    return unit.lowercased() == label.lowercased() && !unit.isEmpty ? shown : "\(label) \(shown)"
  }
}
