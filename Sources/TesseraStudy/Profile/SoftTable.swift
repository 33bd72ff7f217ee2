import TesseraMath

/// A table of memberships by answers, as shares of all, with their covariance by design.
///
/// A respondent may belong to several rows of the table in part: cell (g, m) holds the weighted
/// share of membership in g among those who answer m.
struct SoftTable {
  /// Groups × answers; sums to 1.
  let shares: Matrix
  /// Covariance of the shares, in the order of `shares.values`.
  let covariance: Matrix
  /// Respondents with an answer.
  let base: Double
  /// Units drawn less strata.
  let degreesOfFreedom: Double

  /// Tabulates and linearises.
  ///
  /// - Parameters:
  ///   - memberships: Rows × groups, each row summing to 1.
  ///   - answers: For each row an answer from 1; 0 leaves it out.
  ///   - categories: Number of answers.
  ///   - weights: Design weight of each row.
  ///   - units: What was drawn.
  /// - Complexity: O(rows · groups²); with clusters also O(clusters · cells²).
  init(
    memberships: Matrix, answers: [Int], categories: Int, weights: [Double], units: SamplingUnits
  ) {
    let groups = memberships.columns
    let cells = groups * categories
    var shares = Matrix(rows: groups, columns: categories)
    var mass = 0.0
    var base = 0.0
    for row in 0..<units.rows where answers[row] > 0 {
      let weight = weights[row]
      mass += weight
      base += units.heads[row]
      for group in 0..<groups {
        shares[group, answers[row] - 1] += weight * memberships[row, group]
      }
    }
    if mass > 0 {
      for cell in 0..<cells { shares.values[cell] /= mass }
    }
    self.shares = shares
    self.base = base
    degreesOfFreedom = units.degreesOfFreedom
    guard mass > 0 else {
      covariance = Matrix(rows: cells, columns: cells)
      return
    }
    covariance =
      units.stratumOfUnit.isEmpty
      ? SoftTable.covarianceOfRows(
        memberships, answers, weights, units, shares: shares, mass: mass)
      : SoftTable.covarianceOfClusters(
        memberships, answers, weights, units, shares: shares, mass: mass)
  }

  /// Each respondent is a unit; a row touches one answer only, which keeps this linear.
  private static func covarianceOfRows(
    _ memberships: Matrix, _ answers: [Int], _ weights: [Double], _ units: SamplingUnits,
    shares: Matrix, mass: Double
  ) -> Matrix {
    let groups = shares.rows
    let categories = shares.columns
    let cells = groups * categories
    var result = Matrix(rows: cells, columns: cells)
    var cross = [Double](repeating: 0, count: cells)
    var square = 0.0
    let strata = units.unitsInStratum.count
    var sums = Matrix(rows: strata, columns: cells)
    var masses = [Double](repeating: 0, count: strata)
    for row in 0..<units.rows where answers[row] > 0 {
      let heads = units.heads[row]
      guard heads > 0 else { continue }
      let stratum = units.stratumOfRow[row]
      // What one respondent behind the row adds.
      let part = weights[row] / heads / mass
      let scaled = units.correction[stratum] * heads * part * part
      let answer = answers[row] - 1
      square += scaled
      masses[stratum] += heads * part
      for group in 0..<groups {
        let member = memberships[row, group]
        let cell = group * categories + answer
        cross[cell] += scaled * member
        sums[stratum, cell] += heads * part * member
        for other in 0..<groups {
          result[cell, other * categories + answer] += scaled * member * memberships[row, other]
        }
      }
    }
    let centre = shares.values
    for one in 0..<cells {
      for other in 0..<cells {
        result[one, other] +=
          centre[one] * centre[other] * square - centre[one] * cross[other]
          - cross[one] * centre[other]
      }
    }
    for stratum in 0..<strata {
      let scale = units.correction[stratum] / units.unitsInStratum[stratum]
      let totals = (0..<cells).map { sums[stratum, $0] - centre[$0] * masses[stratum] }
      for one in 0..<cells where totals[one] != 0 {
        for other in 0..<cells {
          result[one, other] -= scale * totals[one] * totals[other]
        }
      }
    }
    return result
  }

  private static func covarianceOfClusters(
    _ memberships: Matrix, _ answers: [Int], _ weights: [Double], _ units: SamplingUnits,
    shares: Matrix, mass: Double
  ) -> Matrix {
    let groups = shares.rows
    let categories = shares.columns
    let cells = groups * categories
    var totals = Matrix(rows: units.stratumOfUnit.count, columns: cells)
    for row in 0..<units.rows where answers[row] > 0 {
      let unit = units.unitOfRow[row]
      let part = weights[row] / mass
      for cell in 0..<cells { totals[unit, cell] -= part * shares.values[cell] }
      for group in 0..<groups {
        totals[unit, group * categories + answers[row] - 1] += part * memberships[row, group]
      }
    }
    var means = Matrix(rows: units.unitsInStratum.count, columns: cells)
    for (unit, stratum) in units.stratumOfUnit.enumerated() {
      for cell in 0..<cells {
        means[stratum, cell] += totals[unit, cell] / units.unitsInStratum[stratum]
      }
    }
    for (unit, stratum) in units.stratumOfUnit.enumerated() {
      let scale = units.correction[stratum].squareRoot()
      for cell in 0..<cells {
        totals[unit, cell] = scale * (totals[unit, cell] - means[stratum, cell])
      }
    }
    return totals.crossProduct()
  }

  /// The table of one group against all others.
  func against(_ group: Int) -> SoftTable {
    let categories = shares.columns
    var folded = Matrix(rows: 2, columns: categories)
    for other in 0..<shares.rows {
      for answer in 0..<categories {
        folded[other == group ? 0 : 1, answer] += shares[other, answer]
      }
    }
    var covariance = Matrix(rows: 2 * categories, columns: 2 * categories)
    let cells = shares.rows * categories
    func place(_ cell: Int) -> Int {
      (cell / categories == group ? 0 : categories) + cell % categories
    }
    for one in 0..<cells {
      for other in 0..<cells {
        covariance[place(one), place(other)] += self.covariance[one, other]
      }
    }
    return SoftTable(
      shares: folded, covariance: covariance, base: base, degreesOfFreedom: degreesOfFreedom)
  }

  private init(shares: Matrix, covariance: Matrix, base: Double, degreesOfFreedom: Double) {
    self.shares = shares
    self.covariance = covariance
    self.base = base
    self.degreesOfFreedom = degreesOfFreedom
  }
}
