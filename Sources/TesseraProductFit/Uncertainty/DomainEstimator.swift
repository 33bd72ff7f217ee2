package import TesseraMath
import TesseraStudy
package import TesseraSurvey

/// Weighted means over segments, with linearised standard errors.
///
/// A segment is a domain: every respondent counts among those drawn, also those outside it. With
/// z_i = w_i r_ig (x_i − x̄_g) / Σ w r, Var = Σ_h n_h/(n_h − 1) Σ_c (z_hc − z̄_h)² over strata h and
/// units c.
///
/// - Reference: Binder (1983), *International Statistical Review* 51(3), 279–292; Lumley (2010),
///   *Complex Surveys*, 2.
package struct DomainEstimator: Sendable {
  /// Respondents × domains: w_i r_ig / Σ w r; 0 for respondents left out.
  package let shares: Matrix
  /// Sum of weights of each domain.
  package let totals: [Double]
  let units: DrawnUnits
  /// Whether every respondent is a unit of its own.
  private let isUnclustered: Bool
  private let inverseCopies: [Double]

  /// Number of domains.
  package var domains: Int { shares.columns }

  /// Prepares domains.
  ///
  /// - Parameters:
  ///   - membership: Respondents × domains, 0 to 1.
  ///   - design: How respondents were drawn.
  ///   - isUsed: Who counts; the others stay among those drawn.
  package init(membership: Matrix, design: SurveyDesign, isUsed: [Bool]) {
    let units = DrawnUnits(design)
    var shares = membership
    var totals = [Double](repeating: 0, count: membership.columns)
    for respondent in 0..<membership.rows {
      let weight = isUsed[respondent] ? design.weights[respondent] : 0
      for domain in 0..<membership.columns {
        // A respondent left out may carry NaN, which times zero would stay.
        shares[respondent, domain] = weight == 0 ? 0 : shares[respondent, domain] * weight
        totals[domain] += shares[respondent, domain]
      }
    }
    for respondent in 0..<membership.rows {
      for domain in 0..<membership.columns where totals[domain] > 0 {
        shares[respondent, domain] /= totals[domain]
      }
    }
    self.shares = shares
    self.totals = totals
    self.units = units
    isUnclustered = units.stratumOfUnit.count == membership.rows
    inverseCopies = units.copies.map { 1 / $0 }
  }

  /// Weighted means of a column in all domains; NaN in empty ones.
  package func means(_ column: [Double]) -> [Double] {
    precondition(column.count == shares.rows)
    var sums = [Double](repeating: 0, count: domains)
    for respondent in 0..<shares.rows {
      for domain in 0..<domains {
        sums[domain] += shares[respondent, domain] * column[respondent]
      }
    }
    for domain in 0..<domains where totals[domain] <= 0 { sums[domain] = .nan }
    return sums
  }

  /// Weighted means of several columns at once.
  ///
  /// - Parameter columns: One row a column, one element a respondent.
  /// - Returns: Columns × domains.
  package func means(_ columns: Matrix) -> Matrix { columns.multiplied(by: shares) }

  /// Standard error of a sum over respondents, of the parts that each contributes to a statistic.
  ///
  /// - Parameter parts: One for each respondent, 0 for those left out.
  /// - Returns: The error; NaN where there is no variance to be had.
  package func error(ofSum parts: [Double]) -> Double {
    precondition(parts.count == shares.rows)
    guard units.hasVariance else { return .nan }
    var unitSums = [Double](repeating: 0, count: units.stratumOfUnit.count)
    for (respondent, part) in parts.enumerated() {
      unitSums[units.unitOfRespondent[respondent]] += part
    }
    var sums = [Double](repeating: 0, count: units.sizes.count)
    var squares = sums
    for (unit, stratum) in units.stratumOfUnit.enumerated() {
      sums[stratum] += unitSums[unit]
      squares[stratum] += unitSums[unit] * unitSums[unit] * inverseCopies[unit]
    }
    var variance = 0.0
    for (stratum, size) in units.sizes.enumerated() where size > 1 {
      let sum = sums[stratum]
      variance += size / (size - 1) * max(0, squares[stratum] - sum * sum / size)
    }
    return variance.squareRoot()
  }

  /// Standard errors of weighted means.
  ///
  /// - Parameters:
  ///   - column: One number for each respondent.
  ///   - means: Its means, one for each domain.
  /// - Returns: One for each domain; NaN where there is no variance to be had.
  /// - Complexity: O(respondents × domains).
  package func errors(_ column: [Double], means: [Double]) -> [Double] {
    guard units.hasVariance else { return [Double](repeating: .nan, count: domains) }
    let width = domains
    let strata = units.sizes.count
    var sums = [Double](repeating: 0, count: strata * width)
    var squares = sums
    if isUnclustered {
      for respondent in 0..<shares.rows {
        let base = units.stratumOfUnit[respondent] * width
        let inverse = inverseCopies[respondent]
        for domain in 0..<width {
          let share = shares.values[respondent * width + domain]
          guard share != 0 else { continue }
          let z = share * (column[respondent] - means[domain])
          sums[base + domain] += z
          squares[base + domain] += z * z * inverse
        }
      }
    } else {
      var unitSums = [Double](repeating: 0, count: units.stratumOfUnit.count * width)
      for respondent in 0..<shares.rows {
        let base = units.unitOfRespondent[respondent] * width
        for domain in 0..<width {
          let share = shares.values[respondent * width + domain]
          guard share != 0 else { continue }
          unitSums[base + domain] += share * (column[respondent] - means[domain])
        }
      }
      for (unit, stratum) in units.stratumOfUnit.enumerated() {
        for domain in 0..<width {
          let z = unitSums[unit * width + domain]
          sums[stratum * width + domain] += z
          squares[stratum * width + domain] += z * z
        }
      }
    }
    return (0..<width).map { domain in
      var variance = 0.0
      for (stratum, size) in units.sizes.enumerated() where size > 1 {
        let sum = sums[stratum * width + domain]
        variance += size / (size - 1) * max(0, squares[stratum * width + domain] - sum * sum / size)
      }
      let error = variance.squareRoot()
      // What rounding leaves of nothing is nothing.
      return totals[domain] > 0 ? (error < 1e-11 * (1 + abs(means[domain])) ? 0 : error) : .nan
    }
  }
}
