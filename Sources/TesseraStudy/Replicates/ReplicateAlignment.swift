import Foundation
import TesseraMath
import TesseraSurvey

/// Puts the segments of a replicate in the order of the study's, by memberships of all respondents.
struct ReplicateAlignment: Sendable {
  /// The study's memberships, each times the respondent's weight.
  private let weighted: Matrix
  /// Σ w z² of each of the study's segments.
  private let lengths: [Double]
  private let weights: [Double]

  init(_ segmented: SegmentedSurvey) {
    var weighted = segmented.posterior
    var lengths = [Double](repeating: 0, count: weighted.columns)
    for respondent in 0..<weighted.rows {
      for segment in 0..<weighted.columns {
        let chance = weighted[respondent, segment]
        weighted[respondent, segment] = chance * segmented.design.weights[respondent]
        lengths[segment] += chance * weighted[respondent, segment]
      }
    }
    self.weighted = weighted
    self.lengths = lengths
    weights = segmented.design.weights
  }

  /// For each of the study's segments the replicate's segment that belongs there.
  ///
  /// The pairing has the largest Σ w z z*. It is sure where both pick each other by the cosine
  /// Σ w z z* / √(Σ w z² Σ w z*²), which does not favour large segments.
  func order(of posterior: Matrix) -> (order: [Int], isSure: Bool) {
    let count = weighted.columns
    let same = Array(0..<count)
    guard posterior.columns == count, posterior.rows == weighted.rows else { return (same, false) }
    guard count > 1 else { return (same, true) }
    let overlap = weighted.transposedMultiplied(by: posterior)
    guard overlap.values.allSatisfy(\.isFinite) else { return (same, false) }
    let order = Assignment(overlap, goal: .maximise).columnOfRow.enumerated().map {
      $0.element ?? $0.offset
    }
    var own = [Double](repeating: 0, count: count)
    for respondent in 0..<posterior.rows {
      for segment in 0..<count {
        let chance = posterior[respondent, segment]
        own[segment] += weights[respondent] * chance * chance
      }
    }
    var cosines = overlap
    for row in 0..<count {
      for column in 0..<count {
        let length = (lengths[row] * own[column]).squareRoot()
        cosines[row, column] = length > 0 ? overlap[row, column] / length : 0
      }
    }
    let isSure = (0..<count).allSatisfy { row in
      let matched = cosines[row, order[row]]
      return matched > 0
        && (0..<count).allSatisfy {
          ($0 == order[row] || cosines[row, $0] < matched)
            && ($0 == row || cosines[$0, order[row]] < matched)
        }
    }
    return (order, isSure)
  }
}
