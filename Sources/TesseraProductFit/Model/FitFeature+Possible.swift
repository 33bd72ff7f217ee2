import TesseraSurvey

extension FitFeature {
  /// Why no product can have a level: below 0 where nothing goes below 0, a part of what is counted.
  ///
  /// What is counted has no unit (or is its own unit), whole levels in every product and whole ends.
  ///
  /// - Parameters:
  ///   - level: A level, finite.
  ///   - catalogue: The products' levels; NaN is unknown.
  /// - Returns: What is wrong and what is possible; `nil` if nothing is.
  func impossibility(_ level: Double, catalogue: [Double]) -> (message: String, hint: String)? {
    guard levelNames.isEmpty else { return nil }
    let known = catalogue.filter { !$0.isNaN }
    let ends = range.map { [$0.lowerBound, $0.upperBound] } ?? []
    let all = known + ends
    guard let least = all.min(), let most = all.max() else { return nil }
    let name = DisplayText.escaped(self.name)
    let span = "\(text(least)) to \(text(most))"
    if level < 0, least >= 0 {
      return (
        "'\(name)' cannot be \(Self.number(level)): it is 0 or more",
        "the products and the value of the feature run from \(span)"
      )
    }
    let isCounted =
      !isBurden && (unit.isEmpty || unit.lowercased() == label.lowercased())
      && most - least >= 1 && most - least <= 20 && known.count > 1
      && all.allSatisfy { $0 == $0.rounded() }
    if isCounted, level != level.rounded() {
      return (
        "'\(name)' cannot be \(Self.number(level)): its levels are whole numbers",
        "choose a whole number; the products and the value of the feature run from \(span)"
      )
    }
    return nil
  }
}
