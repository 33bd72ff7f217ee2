import TesseraMath

/// The weighted mean of numbers in one segment against that of everybody else.
package struct MeanContrast: Sendable {
  /// Mean in the segment.
  package let inside: Double
  /// Mean of the others.
  package let outside: Double
  /// Difference in units of the standard deviation within the two groups; absent without spread.
  package let cohenD: Double?
  /// Of the linearised t test on units less strata degrees of freedom; absent if the error is 0.
  package let pValue: Double?

  /// Compares means; gives `nil` if nobody answered inside or outside.
  ///
  /// - Parameters:
  ///   - numbers: One for each row; NaN leaves it out.
  ///   - membership: Chance of the segment for each row.
  ///   - weights: Design weight of each row.
  ///   - units: What was drawn.
  package init?(
    numbers: [Double], membership: [Double], weights: [Double], units: SamplingUnits
  ) {
    var massIn = 0.0
    var massOut = 0.0
    var sumIn = 0.0
    var sumOut = 0.0
    for row in numbers.indices where !numbers[row].isNaN {
      let inWeight = weights[row] * membership[row]
      let outWeight = weights[row] - inWeight
      massIn += inWeight
      massOut += outWeight
      sumIn += inWeight * numbers[row]
      sumOut += outWeight * numbers[row]
    }
    guard massIn > 1e-12, massOut > 1e-12 else { return nil }
    let inside = sumIn / massIn
    let outside = sumOut / massOut
    var squares = 0.0
    var parts = [Double](repeating: 0, count: numbers.count)
    for row in numbers.indices where !numbers[row].isNaN {
      let belongs = weights[row] * membership[row]
      let rest = weights[row] - belongs
      let fromIn = numbers[row] - inside
      let fromOut = numbers[row] - outside
      squares += belongs * fromIn * fromIn + rest * fromOut * fromOut
      parts[row] = belongs * fromIn / massIn - rest * fromOut / massOut
    }
    let spread = (squares / (massIn + massOut)).squareRoot()
    self.inside = inside
    self.outside = outside
    cohenD = spread > 1e-12 * max(1, abs(outside)) ? (inside - outside) / spread : nil
    let error = units.variance(of: parts).squareRoot()
    let freedom = units.degreesOfFreedom
    pValue =
      error > 1e-12 * max(1, abs(outside)) && freedom > 0
      ? StudentDistribution(degreesOfFreedom: freedom).twoSided((inside - outside) / error) : nil
  }
}
