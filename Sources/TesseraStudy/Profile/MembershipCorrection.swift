package import TesseraMath
import TesseraSegmentation

/// Undoes the errors of placing respondents, for questions that took no part in the placing.
///
/// Respondents are placed in their likeliest segment; how often that errs follows from the
/// posterior. The memberships returned make sums over them unbiased; single ones may be negative.
///
/// - Reference: Bolck, Croon & Hagenaars (2004); Vermunt (2010), *Political Analysis* 18(4),
///   450-469, doi:10.1093/pan/mpq025.
package enum MembershipCorrection {
  /// Corrected memberships.
  ///
  /// - Parameters:
  ///   - posterior: Respondents × segments.
  ///   - labels: The likeliest segment of each.
  ///   - weights: Design weight of each.
  /// - Returns: Respondents × segments, rows summing to 1; `nil` if placing says too little of the
  ///   segments to be undone.
  package static func bch(_ posterior: Matrix, labels: [Int], weights: [Double]) -> Matrix? {
    let segments = posterior.columns
    let placed = ThreeStep.classification(posterior, assigned: labels, weights: weights)
    guard placed.values.allSatisfy(\.isFinite),
      let inverse = try? placed.solve(.identity(segments)),
      // A nearly singular table would blow noise up beyond use.
      inverse.values.allSatisfy({ $0.isFinite && abs($0) < 10 })
    else { return nil }
    var result = Matrix(rows: posterior.rows, columns: segments)
    for row in 0..<posterior.rows {
      for segment in 0..<segments { result[row, segment] = inverse[labels[row], segment] }
    }
    return result
  }
}
