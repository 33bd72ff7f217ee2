import TesseraMath

extension FitModel {
  /// The feature that people pay: a burden on an income first, else a number called or counted as
  /// money; `nil` without one, or where it decides neither a need nor a barrier.
  var priceFeature: Int? {
    let money = features.indices.filter {
      features[$0].isPrice && features[$0].levelNames.isEmpty && isFelt($0)
    }
    return money.first { features[$0].isBurden } ?? money.first
  }

  /// Whether a feature serves a need or violates a barrier.
  private func isFelt(_ feature: Int) -> Bool {
    needs.indices.contains { relations[$0, feature] != 0 }
      || barriers.contains { $0.strength > 0 && $0.violated.features.contains(feature) }
  }

  /// What each respondent stated against a feature, such as the most they would pay.
  ///
  /// - Parameter feature: The feature.
  /// - Returns: A list for every barrier that compares them, NaN without an answer.
  func statements(against feature: Int) -> [[Double]] {
    barriers.filter { $0.strength > 0 }.flatMap(\.violated.featureStatements).compactMap { one in
      guard case .levelAgainst(feature, _, let bounds) = one else { return nil }
      return bounds
    }
  }
}
