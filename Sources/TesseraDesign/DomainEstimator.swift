package import TesseraMath
package import TesseraSurvey

/// Weighted means over segments, with linearised standard errors.
///
/// A segment is a domain: every respondent counts among those drawn, also those outside it. With
/// z_i = w_i r_ig (x_i − x̄_g) / Σ w r, the variance is that of Σ z (``SamplingUnits``).
///
/// - Reference: Binder (1983), *International Statistical Review* 51(3), 279–292; Lumley (2010),
///   *Complex Surveys*, 2.
package struct DomainEstimator: Sendable {
  /// Respondents × domains: w_i r_ig / Σ w r; 0 for respondents left out.
  package let shares: Matrix
  /// Sum of weights of each domain.
  package let totals: [Double]
  /// What was drawn.
  package let units: SamplingUnits

  /// Number of domains.
  package var domains: Int { shares.columns }

  /// Prepares domains.
  ///
  /// - Parameters:
  ///   - membership: Respondents × domains, 0 to 1.
  ///   - design: How respondents were drawn.
  ///   - isUsed: Who counts; the others stay among those drawn.
  package init(membership: Matrix, design: SurveyDesign, isUsed: [Bool]) {
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
    units = SamplingUnits(design)
  }

  /// Means over everybody: one domain.
  package static func everybody(design: SurveyDesign, isUsed: [Bool]) -> DomainEstimator {
    DomainEstimator(
      membership: Matrix(rows: design.weights.count, columns: 1, repeating: 1), design: design,
      isUsed: isUsed)
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
    return units.variance(of: parts).squareRoot()
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
    var parts = shares
    for respondent in 0..<shares.rows {
      for domain in 0..<width {
        let place = respondent * width + domain
        // The column may be NaN for respondents left out.
        guard parts.values[place] != 0 else { continue }
        parts.values[place] *= column[respondent] - means[domain]
      }
    }
    return units.variances(of: parts).enumerated().map { domain, variance in
      let error = variance.squareRoot()
      // What rounding leaves of nothing is nothing.
      return totals[domain] > 0 ? (error < 1e-11 * (1 + abs(means[domain])) ? 0 : error) : .nan
    }
  }

  /// Kish's effective number of respondents in a domain.
  package func effectiveSize(of domain: Int) -> Double {
    var squares = 0.0
    for (respondent, unit) in units.unitOfRow.enumerated() where unit >= 0 {
      let share = shares[respondent, domain]
      squares += share * share / units.copies[unit]
    }
    return squares > 0 ? 1 / squares : 0
  }
}
