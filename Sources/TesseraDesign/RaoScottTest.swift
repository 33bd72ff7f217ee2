import TesseraMath
public import TesseraSurvey

/// A test of whether two classifications are independent in a sample drawn by design.
///
/// Pearson's statistic, divided by the mean of its design effects, with degrees of freedom that
/// also follow their spread (second-order correction), referred to an F distribution.
///
/// - Reference: Rao & Scott (1984), *Annals of Statistics* 12(1), 46-60; in the form of Thomas &
///   Rao (1987), *JASA* 82, 630-636.
public struct RaoScottTest: Sendable, Equatable {
  /// Pearson's statistic over the mean design effect and its first degrees of freedom.
  public let statistic: Double
  /// First degrees of freedom.
  public let numerator: Double
  /// Second degrees of freedom.
  public let denominator: Double
  /// Chance of a statistic as large without any association.
  public let pValue: Double

  /// Tests two columns of codes.
  ///
  /// Gives `nil` if there is nothing to test: one category only, or no variation.
  ///
  /// - Parameters:
  ///   - first: A code from 1 for each respondent; 0 leaves out.
  ///   - second: A code from 1 for each respondent; 0 leaves out.
  ///   - design: How respondents were drawn.
  /// - Complexity: O(respondents · categories²).
  public init?(_ first: [Int], _ second: [Int], design: SurveyDesign) {
    let groups = first.max() ?? 0
    var memberships = Matrix(rows: first.count, columns: groups)
    for (row, code) in first.enumerated() where code > 0 { memberships[row, code - 1] = 1 }
    self.init(
      SoftTable(
        memberships: memberships,
        answers: zip(first, second).map { $0 > 0 ? $1 : 0 }, categories: second.max() ?? 0,
        weights: design.weights, units: SamplingUnits(design)))
  }

  /// Tests a table; rows and columns that nobody is in are left out.
  package init?(_ table: SoftTable) {
    let all = table.shares
    let rowSums = (0..<all.rows).map { row in all.row(row).reduce(0, +) }
    let columnSums = (0..<all.columns).map { column in all.column(column).reduce(0, +) }
    let rows = rowSums.indices.filter { rowSums[$0] > 1e-12 }
    let columns = columnSums.indices.filter { columnSums[$0] > 1e-12 }
    guard rows.count > 1, columns.count > 1, table.degreesOfFreedom > 0 else { return nil }
    let cells = rows.flatMap { row in columns.map { row * all.columns + $0 } }
    let shares = cells.map { all.values[$0] }
    var pearson = 0.0
    for (place, cell) in cells.enumerated() {
      let expected = rowSums[cell / all.columns] * columnSums[cell % all.columns]
      pearson += (shares[place] - expected) * (shares[place] - expected) / expected
    }
    pearson *= table.base
    guard
      let (trace, traceOfSquare) = RaoScottTest.designEffects(
        shares: shares, rows: rows.count, columns: columns.count,
        covariance: cells.map { one in cells.map { table.covariance[one, $0] } },
        base: table.base),
      trace > 1e-12, traceOfSquare > 0
    else { return nil }
    statistic = pearson / trace
    numerator = trace * trace / traceOfSquare
    denominator = numerator * table.degreesOfFreedom
    pValue = FisherDistribution(numerator: numerator, denominator: denominator)
      .survival(statistic)
  }

  /// Sum of the generalised design effects, and of their squares.
  private static func designEffects(
    shares: [Double], rows: Int, columns: Int, covariance: [[Double]], base: Double
  ) -> (trace: Double, traceOfSquare: Double)? {
    let cells = shares.count
    let contrasts = (rows - 1) * (columns - 1)
    // Interactions, freed from main effects: products of centred indicators.
    var contrast = Matrix(rows: cells, columns: contrasts)
    for cell in 0..<cells {
      for row in 1..<rows {
        for column in 1..<columns {
          let up = (cell / columns == row ? 1.0 : 0) - 1 / Double(rows)
          let along = (cell % columns == column ? 1.0 : 0) - 1 / Double(columns)
          contrast[cell, (row - 1) * (columns - 1) + column - 1] = up * along
        }
      }
    }
    let inverse = shares.map { $0 > 1e-300 ? 1 / $0 : 0 }
    var scaled = contrast
    for cell in 0..<cells {
      for column in 0..<contrasts { scaled[cell, column] *= inverse[cell] }
    }
    let simple = contrast.transposedMultiplied(by: scaled)
    let byDesign = scaled.transposedMultiplied(by: Matrix(covariance)).multiplied(by: scaled)
    guard let ratio = try? simple.solve(byDesign) else { return nil }
    var trace = 0.0
    var traceOfSquare = 0.0
    for one in 0..<contrasts {
      trace += ratio[one, one]
      for other in 0..<contrasts { traceOfSquare += ratio[one, other] * ratio[other, one] }
    }
    return (trace * base, traceOfSquare * base * base)
  }
}
