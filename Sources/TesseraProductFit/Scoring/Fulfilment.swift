import TesseraMath

/// Which way an unknown level or income turns out.
enum Scenario: Sendable, CaseIterable {
  /// The worst for the product.
  case worst
  /// The best for the product.
  case best
}

/// How far a product fulfils one need, and what its features leave unfulfilled.
struct Fulfilment: Sendable {
  /// The features the need relates to.
  let features: [Int]
  /// 0 to 1: one number, or one for each respondent where income decides.
  let value: Column
  /// For each of ``features`` its part of 1 − ``value``.
  let losses: [Column]

  /// The same number for all, or one for each respondent.
  enum Column: Sendable {
    /// The same for all.
    case same(Double)
    /// One for each respondent.
    case each([Double])
  }
}

extension FitModel {
  /// How far levels fulfil a need.
  ///
  /// u = v for a feature that helps, 1 − v for one that harms; the need takes their mean weighted
  /// by |R|, their least (`all`) or their most (`any`). Under `all` and `any` the binding feature
  /// bears the loss, several that bind share it equally.
  ///
  /// - Parameters:
  ///   - need: Which need.
  ///   - levels: One level a feature; NaN is unknown.
  ///   - scenario: How the unknown turns out.
  /// - Returns: The fulfilment and what each feature leaves of it.
  func fulfilment(of need: Int, levels: [Double], _ scenario: Scenario) -> Fulfilment {
    let related = features(of: need)
    let combiner = FeatureCombiner(
      strengths: related.map { abs(relations[need, $0]) }, combine: needs[need].combine)
    let unknown = scenario == .best ? 1.0 : 0.0
    func fulfilled(_ feature: Int, income: Double) -> Double {
      let level = levels[feature]
      guard !level.isNaN else { return unknown }
      let worth = features[feature].worth(level, income: income)
      guard !worth.isNaN else { return unknown }
      return relations[need, feature] > 0 ? worth : 1 - worth
    }
    var parts = related.map { fulfilled($0, income: .nan) }
    let varying = related.indices.filter {
      features[related[$0]].isBurden && !levels[related[$0]].isNaN
    }
    guard !varying.isEmpty else {
      var losses = parts
      let value = combiner.combine(parts, losses: &losses)
      return Fulfilment(
        features: related, value: .same(value), losses: losses.map { .same($0) })
    }
    var values = [Double](repeating: 0, count: respondents.count)
    var columns = [[Double]](repeating: values, count: related.count)
    var losses = parts
    for respondent in 0..<respondents.count {
      for part in varying {
        let feature = related[part]
        parts[part] = fulfilled(feature, income: respondents.incomes[feature][respondent])
      }
      values[respondent] = combiner.combine(parts, losses: &losses)
      for part in related.indices { columns[part][respondent] = losses[part] }
    }
    return Fulfilment(
      features: related, value: .each(values), losses: columns.map { .each($0) })
  }

  /// Whether a product's fit depends on something unknown.
  func hasUnknowns(levels: [Double]) -> Bool {
    for feature in features.indices {
      if levels[feature].isNaN { return true }
      if features[feature].isBurden, respondents.incomes[feature].contains(where: \.isNaN) {
        return true
      }
    }
    return false
  }
}
