import Foundation
import TesseraStudy

extension FitFeature {
  /// The levels that a search may give a product in place of its own.
  ///
  /// Named levels as listed; of numbers those that other products have, those of a declared range, and
  /// the bounds of barriers within these or the value's ends. A price moves only within a declared
  /// range or as edits say, because a lower one always looks better.
  ///
  /// - Parameters:
  ///   - level: The level now, not NaN.
  ///   - catalogue: The products' levels; NaN is unknown.
  ///   - barriers: Levels at which barriers fall.
  /// - Returns: Other levels, ascending.
  func candidates(from level: Double, catalogue: [Double], barriers: [Double]) -> [Double] {
    if !levelNames.isEmpty {
      return levelNames.indices.map { Double($0) }.filter { $0 != level }
    }
    if isPrice, declaredRange == nil { return [] }
    let known = (isPrice ? [] : catalogue.filter { !$0.isNaN }) + (declaredRange ?? [])
    let ends =
      known
      + (isPrice || declaredRange != nil ? [] : range.map { [$0.lowerBound, $0.upperBound] } ?? [])
    let span = (ends.min() ?? level)...(ends.max() ?? level)
    return Set(known + barriers.filter { span.contains($0) }).filter { $0 != level }.sorted()
  }

  /// Whether it is what people pay: a burden on an income, or something called or counted as money.
  var isPrice: Bool {
    if isBurden { return true }
    let money = ["$", "€", "£", "¥", "usd", "eur", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln"]
    let units = unit.lowercased().split { $0 == " " || $0 == "/" }.map(String.init)
    let words = (name + " " + label).lowercased().split { !$0.isLetter }.map(String.init)
    return units.contains { money.contains($0) }
      || words.contains { ["price", "prices", "fee", "fare", "rent"].contains($0) }
  }

  static func roundStep(_ raw: Double) -> Double {
    guard raw > 0, raw.isFinite else { return 0 }
    let power = pow(10, floor(log10(raw)))
    let digit = raw / power
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10)
  }
}

extension FitModel {
  /// The levels of a feature at which a barrier that looks at it falls, numbers only.
  func bounds(on feature: Int) -> [Double] {
    barriers.filter { $0.strength > 0 }.flatMap(\.violated.featureStatements).compactMap { one in
      guard case .level(feature, let comparison, let bound) = one else { return nil }
      switch comparison {
      case .less, .greater, .notEqual: return bound
      // Just beyond the bound: the next step of its order of size.
      case .atMost: return bound + Self.justBeyond(bound)
      case .atLeast: return bound - Self.justBeyond(bound)
      case .equal: return nil
      }
    }
  }

  private static func justBeyond(_ bound: Double) -> Double {
    bound == bound.rounded() ? 1 : FitFeature.roundStep(abs(bound) / 100)
  }
}
