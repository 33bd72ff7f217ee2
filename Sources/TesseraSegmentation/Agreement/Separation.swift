public import TesseraMath

/// How compact segments are, and how far apart, in the space of their variables.
public enum Separation {
  /// The Calinski-Harabasz index: between-segment over within-segment mean squares.
  ///
  /// - Parameters:
  ///   - values: Respondents × variables, without gaps.
  ///   - labels: A segment for each respondent, from 0.
  ///   - weights: What each respondent counts for; their sum is the number of respondents.
  /// - Returns: The index, greater for better separated segments; `nil` with fewer than two
  ///   segments or where every respondent is a segment.
  /// - Reference: Caliński & Harabasz (1974), *Communications in Statistics* 3(1), 1–27.
  public static func calinskiHarabasz(
    _ values: Matrix, labels: [Int], weights: [Double]? = nil
  ) -> Double? {
    let weights = weights ?? [Double](repeating: 1, count: values.rows)
    let count = (labels.max() ?? 0) + 1
    let columns = values.columns
    var masses = [Double](repeating: 0, count: count)
    var sums = Matrix(rows: count, columns: columns)
    for row in 0..<values.rows {
      masses[labels[row]] += weights[row]
      for column in 0..<columns {
        sums[labels[row], column] += weights[row] * values[row, column]
      }
    }
    let total = masses.reduce(0, +)
    let segments = masses.count { $0 > 0 }
    guard segments > 1, total > Double(segments) else { return nil }
    let means = (0..<columns).map { column in
      (0..<count).reduce(0) { $0 + sums[$1, column] } / total
    }
    var between = 0.0
    for segment in 0..<count where masses[segment] > 0 {
      for column in 0..<columns {
        let gap = sums[segment, column] / masses[segment] - means[column]
        between += masses[segment] * gap * gap
      }
    }
    var within = 0.0
    for row in 0..<values.rows {
      for column in 0..<columns {
        let gap = values[row, column] - sums[labels[row], column] / masses[labels[row]]
        within += weights[row] * gap * gap
      }
    }
    guard within > 0 else { return nil }
    let freedom = Double(segments - 1)
    return (between / freedom) / (within / (total - Double(segments)))
  }
}
