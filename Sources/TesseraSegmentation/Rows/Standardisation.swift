import TesseraMath

/// How columns of different units are brought to one scale before distances are taken.
///
/// Every choice first takes away the column's mean, which changes no distance.
public enum Standardisation: Sendable, Equatable {
  /// Columns count in their own units.
  case none
  /// Every column gets weighted population standard deviation 1; a constant column counts nothing.
  case standardDeviation
  /// Every column gets range 1; a constant column counts nothing.
  case range
}

/// What a distance method does about a respondent who left something unanswered.
public enum GapPolicy: Sendable, Equatable {
  /// A gap is an error that says where it stands.
  case refuse
  /// Distances and means are taken over what was observed, without filling anything in.
  ///
  /// Chi, Chi & Baraniuk (2016), *The American Statistician* 70(1), 91–99 (k-POD).
  case observed
}

/// The centre and the unit of each column: standardised = (value − centre) / unit.
struct ColumnScale: Sendable, Equatable {
  /// Weighted mean of each column over its observed values.
  let centres: [Double]
  /// What counts as 1 in each column; more than 0.
  let units: [Double]

  /// Measures the columns of a table, ignoring gaps.
  ///
  /// - Parameters:
  ///   - table: Respondents × columns; gaps are not-a-number.
  ///   - weights: One for each respondent; 0 leaves out.
  ///   - standardisation: What gets unit 1.
  init(of table: Matrix, weights: [Double], standardisation: Standardisation) {
    let columns = table.columns
    var mass = [Double](repeating: 0, count: columns)
    var sums = mass
    var lowest = [Double](repeating: .infinity, count: columns)
    var highest = [Double](repeating: -.infinity, count: columns)
    let values = table.values
    let wantsRange = standardisation != .none
    for row in 0..<table.rows where weights[row] > 0 {
      let weight = weights[row]
      for column in 0..<columns {
        let value = values[row * columns + column]
        guard !value.isNaN else { continue }
        mass[column] += weight
        sums[column] += weight * value
        guard wantsRange else { continue }
        lowest[column] = min(lowest[column], value)
        highest[column] = max(highest[column], value)
      }
    }
    let means = (0..<columns).map { mass[$0] > 0 ? sums[$0] / mass[$0] : 0 }
    centres = means
    switch standardisation {
    case .none:
      units = [Double](repeating: 1, count: columns)
    case .range:
      units = (0..<columns).map { highest[$0] > lowest[$0] ? highest[$0] - lowest[$0] : 1 }
    case .standardDeviation:
      var squares = [Double](repeating: 0, count: columns)
      for row in 0..<table.rows where weights[row] > 0 {
        let weight = weights[row]
        for column in 0..<columns {
          let value = values[row * columns + column]
          guard !value.isNaN else { continue }
          let gap = value - means[column]
          squares[column] += weight * gap * gap
        }
      }
      units = (0..<columns).map { column in
        highest[column] > lowest[column] ? (squares[column] / mass[column]).squareRoot() : 1
      }
    }
  }
}
