import TesseraMath

extension RelativeImportance {
  /// What each respondent contributes to Johnson's weights and to R², to first order.
  ///
  /// Both are functions of the centred products Σ s x xᵀ with shares s. The means that centre them
  /// may be taken as known: their own error enters in second order only. Derivatives by products
  /// are differences; the parts of a statistic sum to 0.
  ///
  /// - Parameters:
  ///   - table: Respondents × (drivers, rating last), centred by the shares; 0 for those left out.
  ///   - shares: What each respondent counts for, summing to 1.
  /// - Returns: Parts of each of Johnson's weights, then of R²; one for each respondent.
  /// - Throws: `LinearAlgebraError` where a driver does not vary, or is a combination of others.
  /// - Complexity: O(respondents × drivers³ + drivers⁵).
  static func influences(
    _ table: Matrix, shares: [Double]
  ) throws(LinearAlgebraError) -> [[Double]] {
    let width = table.columns
    let products = table.crossProduct(weights: shares)
    var slopes = [Matrix](
      repeating: Matrix(rows: width, columns: width), count: width)
    for row in 0..<width {
      for column in row..<width {
        let step = 1e-5 * (products[row, row] * products[column, column]).squareRoot()
        var (above, below) = (products, products)
        above[row, column] += step
        below[row, column] -= step
        if row != column {
          above[column, row] += step
          below[column, row] -= step
        }
        let (high, low) = (try statistics(above), try statistics(below))
        for statistic in slopes.indices {
          // A product off the diagonal stands twice in x xᵀ.
          let slope = (high[statistic] - low[statistic]) / (2 * step) / (row == column ? 1 : 2)
          slopes[statistic][row, column] = slope
          slopes[statistic][column, row] = slope
        }
      }
    }
    return slopes.map { slope in
      let moved = table.multiplied(by: slope)
      return (0..<table.rows).map { row in
        var sum = 0.0
        for column in 0..<width { sum += moved[row, column] * table[row, column] }
        return shares[row] * sum
      }
    }
  }

  /// Johnson's weights and R² from centred products.
  private static func statistics(_ products: Matrix) throws(LinearAlgebraError) -> [Double] {
    let (among, with) = split(correlations(of: products))
    let weights = try relativeWeights(among, with)
    return weights + [dot(with, try Cholesky(among).solve(with))]
  }
}
