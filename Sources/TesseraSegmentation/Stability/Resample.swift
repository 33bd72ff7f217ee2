import TesseraMath

/// How respondents are drawn anew, with replacement, as their weights ask.
///
/// Rows of zero weight leave before any draw. Frequencies are drawn as respondents: Σf draws over
/// the rows in proportion to f. Respondents with sampling weights are drawn alike and keep their
/// weight.
struct Resampling: Sendable {
  private let weights: CaseWeights
  private let count: Int
  /// Rows of positive weight.
  private let rows: [Int]
  private let draws: Int
  private let table: AliasTable?

  /// Prepares to draw.
  ///
  /// - Parameters:
  ///   - weights: What each row counts for.
  ///   - count: Number of rows.
  init(_ weights: CaseWeights, count: Int) {
    let effective = weights.effective(count: count)
    rows = (0..<count).filter { effective[$0] > 0 }
    self.weights = weights
    self.count = count
    if weights.kind == .frequency {
      draws = max(1, Int(weights.sampleSize(count: count).rounded()))
      table = AliasTable(rows.map { effective[$0] })
    } else {
      draws = rows.count
      table = nil
    }
  }

  /// Draws as many respondents as there are.
  ///
  /// - Parameter random: Where the draws come from.
  /// - Returns: Weights for all rows, of the same kind; frequencies where there were none.
  func draw(_ random: inout RandomStream) -> CaseWeights {
    var result = [Double](repeating: 0, count: count)
    if let table {
      for _ in 0..<draws {
        result[rows[table.draw(&random)]] += 1
      }
      return .frequency(result)
    }
    for _ in 0..<draws {
      result[rows[random.below(rows.count)]] += 1
    }
    guard weights.kind == .sampling else { return .frequency(result) }
    for row in rows {
      result[row] *= weights.values[row]
    }
    return .sampling(result)
  }
}
