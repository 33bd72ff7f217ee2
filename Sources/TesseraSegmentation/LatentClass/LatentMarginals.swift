import Foundation

/// What the sample as a whole answers: where imaginary respondents and random starts come from.
struct LatentMarginals: Sendable {
  /// Share of each factor code among those who answered; 0 for missing codes.
  let shares: [Double]
  /// Mean and variance of each numeric column, in its own units.
  let means: [Double]
  let variances: [Double]
  /// Sum of weights.
  let total: Double
  /// -Σ w ln y! of counts and -Σ w ln scale of numbers: what no parameter changes.
  let constant: Double

  init(data: LatentClassData, weights: [Double]) {
    var groupTotals = [Double](repeating: 0, count: data.groupCells)
    let width = data.groups.count
    for (pattern, weight) in weights.enumerated() where weight > 0 {
      for position in pattern * width..<(pattern + 1) * width {
        groupTotals[Int(data.codes[position])] += weight
      }
    }
    var cells = [Double](repeating: 0, count: data.factorCells)
    for group in data.groups {
      for code in 0..<group.cells {
        let amount = groupTotals[group.firstCell + code]
        for (factor, factorCode) in zip(group.factors, group.factorCodes(code, data.factors)) {
          cells[data.factors[factor].firstCell + factorCode] += amount
        }
      }
    }
    shares = LatentMarginals.shares(of: data.factors, counts: cells)
    total = weights.reduce(0, +)
    var means: [Double] = []
    var variances: [Double] = []
    var constant = 0.0
    let patterns = data.patternCount
    for (position, column) in data.columns.enumerated() {
      let isCount = data.factors.contains {
        $0.columns > 0 && $0.family.isCount && $0.firstColumn == position
      }
      var sums = (weight: 0.0, value: 0.0, square: 0.0)
      for pattern in 0..<patterns where weights[pattern] > 0 {
        let value = data.numbers[position * patterns + pattern]
        guard !value.isNaN else { continue }
        sums.weight += weights[pattern]
        sums.value += weights[pattern] * value
        sums.square += weights[pattern] * value * value
        if isCount {
          constant -= weights[pattern] * lgamma(value + 1)
        }
      }
      let mean = sums.weight > 0 ? sums.value / sums.weight : 0
      let variance = sums.weight > 0 ? sums.square / sums.weight - mean * mean : 1
      means.append(mean)
      variances.append(variance > 1e-12 ? variance : 1)
      if !isCount {
        constant -= sums.weight * log(column.scale)
      }
    }
    self.means = means
    self.variances = variances
    self.constant = constant
  }

  /// Shares of the answered codes of each factor; those of a pair among pairs answered in full.
  private static func shares(of factors: [LatentFactor], counts: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: counts.count)
    for factor in factors where factor.isLookup {
      let answered = factor.family.answeredCodes
      let sum = answered.reduce(0) { $0 + counts[factor.firstCell + $1] }
      for code in answered {
        let share = sum > 0 ? counts[factor.firstCell + code] / sum : 1 / Double(answered.count)
        result[factor.firstCell + code] = share
      }
    }
    return result
  }
}
