package import TesseraMath

/// A table of memberships by answers, as shares of all, with their covariance by design.
///
/// A respondent may belong to several rows of the table in part: cell (g, m) holds the weighted
/// share of membership in g among those who answer m.
package struct SoftTable: Sendable {
  /// Groups × answers; sums to 1.
  package let shares: Matrix
  /// Covariance of the shares, in the order of `shares.values`.
  package let covariance: Matrix
  /// Respondents with an answer.
  package let base: Double
  /// Units drawn less strata.
  package let degreesOfFreedom: Double

  /// Tabulates and linearises.
  ///
  /// - Parameters:
  ///   - memberships: Rows × groups, each row summing to 1.
  ///   - answers: For each row an answer from 1; 0 leaves it out.
  ///   - categories: Number of answers.
  ///   - weights: Design weight of each row.
  ///   - units: What was drawn.
  /// - Complexity: O(rows · groups²); with clusters also O(clusters · cells²).
  package init(
    memberships: Matrix, answers: [Int], categories: Int, weights: [Double], units: SamplingUnits
  ) {
    let groups = memberships.columns
    let cells = groups * categories
    var shares = Matrix(rows: groups, columns: categories)
    var mass = 0.0
    var base = 0.0
    for row in answers.indices where answers[row] > 0 {
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
      units.isUnclustered
      ? SoftTable.covarianceOfRows(
        memberships, answers, weights, units, shares: shares, mass: mass)
      : units.covariance(cells) { row, sums in
        guard answers[row] > 0 else { return }
        let part = weights[row] / mass
        for cell in 0..<cells { sums[cell] = -part * shares.values[cell] }
        for group in 0..<groups {
          sums[group * categories + answers[row] - 1] += part * memberships[row, group]
        }
      }
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
    // Products of memberships among those of one answer: answers × groups × groups, upper half.
    var grams = [Double](repeating: 0, count: categories * groups * groups)
    var cross = [Double](repeating: 0, count: cells)
    var square = 0.0
    let rules = units.sizes.indices.map(units.rule(ofStratum:))
    let strata = rules.count
    var sums = Matrix(rows: strata, columns: cells)
    var masses = [Double](repeating: 0, count: strata)
    for row in answers.indices where answers[row] > 0 {
      let heads = units.heads[row]
      guard heads > 0 else { continue }
      let stratum = units.stratumOfUnit[units.unitOfRow[row]]
      // What one respondent behind the row adds.
      let part = weights[row] / heads / mass
      let scaled = rules[stratum].factor * heads * part * part
      let answer = answers[row] - 1
      square += scaled
      masses[stratum] += heads * part
      let first = row * groups
      for group in 0..<groups {
        let member = memberships.values[first + group]
        guard member != 0 else { continue }
        let cell = group * categories + answer
        cross[cell] += scaled * member
        sums[stratum, cell] += heads * part * member
        let gram = (answer * groups + group) * groups
        let factor = scaled * member
        for other in group..<groups {
          grams[gram + other] += factor * memberships.values[first + other]
        }
      }
    }
    for answer in 0..<categories {
      for group in 0..<groups {
        for other in group..<groups {
          let (one, two) = (group * categories + answer, other * categories + answer)
          result[one, two] = grams[(answer * groups + group) * groups + other]
          result[two, one] = result[one, two]
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
      let scale = rules[stratum].factor / rules[stratum].divisor
      let totals = (0..<cells).map { sums[stratum, $0] - centre[$0] * masses[stratum] }
      for one in 0..<cells where totals[one] != 0 {
        for other in 0..<cells {
          result[one, other] -= scale * totals[one] * totals[other]
        }
      }
    }
    return result
  }

  /// The table of one group against all others.
  package func against(_ group: Int) -> SoftTable {
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
