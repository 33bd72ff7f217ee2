import TesseraMath

/// How much each need weighs for each respondent: importance, and pain on top of it.
///
/// π = a + max(a − s, 0) for importance a and satisfaction s as shares of the scale, or π = a where
/// satisfaction was not asked; the weights are π as shares of the respondent's sum. A missing
/// importance gives the need no weight; a missing satisfaction takes the weighted mean of the
/// respondent's segment.
struct NeedWeights {
  /// Respondents × needs; rows sum to 1, or are 0 for respondents to whom nothing matters.
  let shares: Matrix
  /// Whether anything matters to a respondent.
  let isUsable: [Bool]
  /// Respondents without importance, by need.
  let missingImportance: [Int]
  /// Respondents without satisfaction where importance is known, by need.
  let missingSatisfaction: [Int]

  init(
    importance: Matrix, satisfaction: Matrix, isSatisfactionAsked: [Bool], posterior: Matrix,
    weights: [Double]
  ) {
    let (count, needs, segments) = (importance.rows, importance.columns, posterior.columns)
    var shares = Matrix(rows: count, columns: needs)
    var missingImportance = [Int](repeating: 0, count: needs)
    var missingSatisfaction = missingImportance
    for need in 0..<needs {
      var sums = [Double](repeating: 0, count: segments)
      var bases = sums
      var (total, base) = (0.0, 0.0)
      if isSatisfactionAsked[need] {
        for respondent in 0..<count where !satisfaction[respondent, need].isNaN {
          let weight = weights[respondent]
          let share = satisfaction[respondent, need]
          total += weight * share
          base += weight
          for segment in 0..<segments {
            sums[segment] += weight * posterior[respondent, segment] * share
            bases[segment] += weight * posterior[respondent, segment]
          }
        }
      }
      let overall = base > 0 ? total / base : .nan
      let means = (0..<segments).map { bases[$0] > 0 ? sums[$0] / bases[$0] : overall }
      for respondent in 0..<count {
        let important = importance[respondent, need]
        if important.isNaN {
          missingImportance[need] += 1
          continue
        }
        var pain = 0.0
        if base > 0 {
          var satisfied = satisfaction[respondent, need]
          if satisfied.isNaN {
            missingSatisfaction[need] += 1
            satisfied = 0
            for segment in 0..<segments {
              satisfied += posterior[respondent, segment] * means[segment]
            }
          }
          pain = max(important - satisfied, 0)
        }
        shares[respondent, need] = important + pain
      }
    }
    var isUsable = [Bool](repeating: false, count: count)
    for respondent in 0..<count {
      var sum = 0.0
      for need in 0..<needs { sum += shares[respondent, need] }
      guard sum > 0 else { continue }
      isUsable[respondent] = true
      for need in 0..<needs { shares[respondent, need] /= sum }
    }
    self.shares = shares
    self.isUsable = isUsable
    self.missingImportance = missingImportance
    self.missingSatisfaction = missingSatisfaction
  }

  /// Which needs have gaps and how many, in one phrase: "47 respondents for Room, 43 for Speed".
  private static func gaps(_ missing: [Int], _ needs: [String]) -> String? {
    let parts = zip(needs, missing).filter { $0.1 > 0 }
    guard let first = parts.first else { return nil }
    return
      ([("\(first.1) respondents for \(first.0)")] + parts.dropFirst().map { "\($1) for \($0)" })
      .joined(separator: ", ")
  }

  /// What was missing, in sentences.
  func warnings(needs: [String]) -> [String] {
    var result: [String] = []
    if let gaps = Self.gaps(missingImportance, needs) {
      result.append(
        "Importance was not rated by all: \(gaps). A need that is not rated has no weight for the "
          + "respondent.")
    }
    if let gaps = Self.gaps(missingSatisfaction, needs) {
      result.append(
        "Satisfaction was not rated by all: \(gaps). The segment's mean is used instead.")
    }
    let excluded = isUsable.count { !$0 }
    if excluded > 0 {
      result.append(
        "\(excluded) respondents give no need any weight: they are left out of the fit.")
    }
    return result
  }
}
