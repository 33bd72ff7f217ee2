import TesseraSurvey

extension FitFeature {
  /// Which levels a product can have at all.
  struct Limits: Sendable, Equatable {
    /// Whether nothing goes below 0.
    let isPositive: Bool
    /// Whether levels are counted, in whole numbers.
    let isWhole: Bool
    /// From the least level of the products and the value to the greatest.
    let span: ClosedRange<Double>
  }

  /// Which levels are possible.
  ///
  /// What is counted has no unit (or is its own unit), whole levels in every product and whole ends.
  ///
  /// - Parameter catalogue: The products' levels; NaN is unknown.
  /// - Returns: The limits; `nil` for named levels and where nothing is known.
  func limits(catalogue: [Double]) -> Limits? {
    guard levelNames.isEmpty else { return nil }
    let known = catalogue.filter { !$0.isNaN }
    let ends = range.map { [$0.lowerBound, $0.upperBound] } ?? []
    let all = known + ends + (declaredRange ?? [])
    guard let least = all.min(), let most = all.max() else { return nil }
    let isCounted =
      !isPrice && (unit.isEmpty || unit.lowercased() == label.lowercased())
      && most - least >= 1 && most - least <= 20 && known.count > 1
      && all.allSatisfy { $0 == $0.rounded() }
    return Limits(isPositive: least >= 0, isWhole: isCounted, span: least...most)
  }

  /// Why no product can have a level: below 0 where nothing goes below 0, a part of what is counted.
  ///
  /// - Parameters:
  ///   - level: A level, finite.
  ///   - catalogue: The products' levels; NaN is unknown.
  /// - Returns: What is wrong and what is possible; `nil` if nothing is.
  func impossibility(_ level: Double, catalogue: [Double]) -> (message: String, hint: String)? {
    guard let limits = limits(catalogue: catalogue) else { return nil }
    let name = DisplayText.escaped(self.name)
    let span = "\(text(limits.span.lowerBound)) to \(text(limits.span.upperBound))"
    if limits.isPositive, level < 0 {
      return (
        "'\(name)' cannot be \(Self.number(level)): it is 0 or more",
        "the products and the value of the feature run from \(span)"
      )
    }
    if limits.isWhole, level != level.rounded() {
      return (
        "'\(name)' cannot be \(Self.number(level)): its levels are whole numbers",
        "choose a whole number; the products and the value of the feature run from \(span)"
      )
    }
    return nil
  }
}
