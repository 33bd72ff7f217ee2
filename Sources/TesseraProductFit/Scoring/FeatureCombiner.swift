package import TesseraStudy

/// Makes one fulfilment of several.
package struct FeatureCombiner {
  /// Strength of each feature's relation, above 0.
  package let strengths: [Double]
  package let combine: NeedDeclaration.Combination

  package init(strengths: [Double], combine: NeedDeclaration.Combination) {
    self.strengths = strengths
    self.combine = combine
  }

  /// Combines the features' fulfilments.
  ///
  /// - Parameters:
  ///   - parts: One for each feature, 0 to 1.
  ///   - losses: As many; overwritten with the parts of what is missing to 1.
  /// - Returns: 0 to 1; with the losses it sums to 1.
  package func combine(_ parts: [Double], losses: inout [Double]) -> Double {
    switch combine {
    case .mean:
      var total = 0.0
      for strength in strengths { total += strength }
      var value = 0.0
      for part in parts.indices {
        value += strengths[part] * parts[part]
        losses[part] = strengths[part] * (1 - parts[part]) / total
      }
      return value / total
    case .all: return bind(parts, at: parts.min() ?? 1, &losses)
    case .any: return bind(parts, at: parts.max() ?? 1, &losses)
    }
  }

  private func bind(_ parts: [Double], at value: Double, _ losses: inout [Double]) -> Double {
    var binding = 0.0
    for part in parts where part == value { binding += 1 }
    for part in parts.indices {
      losses[part] = parts[part] == value ? (1 - value) / binding : 0
    }
    return value
  }
}
