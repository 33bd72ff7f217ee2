public import TesseraMath

/// How much each driver adds to the explanation of an overall rating.
///
/// Both ways share R² out over drivers that go together; their sums are R².
public struct RelativeImportance: Sendable, Equatable {
  /// Average gain in R² over all orders of entering the drivers; `nil` beyond 16 drivers.
  ///
  /// Reference: Lindeman, Merenda & Gold (1980); Grömping (2006), *JSS* 17(1).
  public let lmg: [Double]?
  /// Johnson's relative weights.
  ///
  /// Reference: Johnson (2000), *Multivariate Behavioral Research* 35(1), 1–19.
  public let johnson: [Double]
  /// Share of variance explained by all drivers together.
  public let r2: Double
  /// Correlation of each driver with the rating: below 0 where more of it goes with a lower rating.
  public let correlations: [Double]

  /// Works both out.
  ///
  /// - Parameters:
  ///   - drivers: Respondents × drivers, finite.
  ///   - rating: The overall rating, one for each respondent.
  ///   - weights: One for each respondent; `nil` weighs everybody 1.
  /// - Throws: `LinearAlgebraError` where a driver does not vary, or is a combination of others.
  /// - Complexity: O(respondents × drivers² + 2^drivers × drivers³).
  public init(
    drivers: Matrix, rating: [Double], weights: [Double]? = nil
  ) throws(LinearAlgebraError) {
    precondition(rating.count == drivers.rows, "a rating for each respondent")
    let count = drivers.columns
    var table = Matrix(rows: drivers.rows, columns: count + 1)
    for row in 0..<drivers.rows {
      for column in 0..<count { table[row, column] = drivers[row, column] }
      table[row, count] = rating[row]
    }
    let (among, with) = Self.split(Self.correlations(table, weights))
    r2 = dot(with, try Cholesky(among).solve(with))
    correlations = with
    johnson = try Self.relativeWeights(among, with)
    lmg = count <= 16 ? try Self.averageGains(among, with) : nil
  }

  private static func correlations(_ table: Matrix, _ weights: [Double]?) -> Matrix {
    let weights = weights ?? [Double](repeating: 1, count: table.rows)
    var total = 0.0
    for weight in weights { total += weight }
    var centred = table
    for column in 0..<table.columns {
      var mean = 0.0
      for row in 0..<table.rows { mean += weights[row] * table[row, column] }
      mean /= total
      for row in 0..<table.rows { centred[row, column] -= mean }
    }
    return correlations(of: centred.crossProduct(weights: weights))
  }

  /// Correlations from centred products.
  static func correlations(of products: Matrix) -> Matrix {
    var result = products
    let scales = (0..<products.columns).map { products[$0, $0].squareRoot() }
    for row in 0..<products.columns {
      for column in 0..<products.columns { result[row, column] /= scales[row] * scales[column] }
    }
    return result
  }

  /// Correlations among the drivers, and with the rating, which stands last.
  static func split(_ correlations: Matrix) -> (among: Matrix, with: [Double]) {
    let count = correlations.columns - 1
    var among = Matrix(rows: count, columns: count)
    var with = [Double](repeating: 0, count: count)
    for row in 0..<count {
      for column in 0..<count { among[row, column] = correlations[row, column] }
      with[row] = correlations[row, count]
    }
    return (among, with)
  }

  static func relativeWeights(
    _ among: Matrix, _ with: [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    let count = with.count
    let eigen = try SymmetricEigen(among)
    // Λ = V diag(√λ) Vᵀ: the drivers on the orthogonal variables nearest to them.
    var root = Matrix(rows: count, columns: count)
    var inverse = root
    for row in 0..<count {
      for column in 0..<count {
        for part in 0..<count {
          let product = eigen.vectors[row, part] * eigen.vectors[column, part]
          let length = eigen.values[part].squareRoot()
          root[row, column] += product * length
          inverse[row, column] += product / length
        }
      }
    }
    let slopes = inverse.multiplied(by: with)
    return (0..<count).map { driver in
      var sum = 0.0
      for part in 0..<count {
        sum += root[driver, part] * root[driver, part] * slopes[part] * slopes[part]
      }
      return sum
    }
  }

  private static func averageGains(
    _ among: Matrix, _ with: [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    let count = with.count
    var explained = [Double](repeating: 0, count: 1 << count)
    for set in 1..<max(1, 1 << count) {
      let members = (0..<count).filter { set >> $0 & 1 == 1 }
      var part = Matrix(rows: members.count, columns: members.count)
      for (row, one) in members.enumerated() {
        for (column, other) in members.enumerated() { part[row, column] = among[one, other] }
      }
      let right = members.map { with[$0] }
      explained[set] = dot(right, try Cholesky(part).solve(right))
    }
    // A set of size s stands before a driver in s! (count − 1 − s)! of count! orders.
    var chances = [Double](repeating: 0, count: count)
    for size in 0..<count {
      var chance = 1 / Double(count)
      for step in 0..<size { chance *= Double(step + 1) / Double(count - 1 - step) }
      chances[size] = chance
    }
    return (0..<count).map { driver in
      var sum = 0.0
      for set in explained.indices where set >> driver & 1 == 0 {
        sum += chances[set.nonzeroBitCount] * (explained[set | 1 << driver] - explained[set])
      }
      return sum
    }
  }
}
