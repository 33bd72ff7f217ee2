package import TesseraSurvey

/// How respondents were drawn: strata, and within them the units that were drawn as one.
///
/// A stratum of a single unit says nothing of its variance; it is merged with its neighbour.
package struct DrawnUnits: Sendable {
  /// For each respondent its unit, from 0.
  package let unitOfRespondent: [Int]
  /// For each unit its stratum, from 0.
  package let stratumOfUnit: [Int]
  /// For each unit the respondents it stands for: their number with frequencies, else 1.
  package let copies: [Double]
  /// For each stratum its number of units, copies counted.
  package let sizes: [Double]
  /// Clusters below which intervals need t with the design's degrees of freedom.
  package static let fewClusters = 30
  /// Strata that had one unit and were merged with a neighbour.
  package let merged: Int

  package init(_ design: SurveyDesign) {
    let count = design.weights.count
    let strata = design.strata.isEmpty ? [Int](repeating: 0, count: count) : design.strata
    let isClustered = !design.clusters.isEmpty
    var units: [Pair: Int] = [:]
    var unitOfRespondent: [Int] = []
    var stratumOfUnit: [Int] = []
    var copies: [Double] = []
    unitOfRespondent.reserveCapacity(count)
    for respondent in 0..<count {
      let key = Pair(
        stratum: strata[respondent],
        unit: isClustered ? design.clusters[respondent] : respondent)
      if isClustered, let known = units[key] {
        unitOfRespondent.append(known)
        continue
      }
      if isClustered { units[key] = stratumOfUnit.count }
      unitOfRespondent.append(stratumOfUnit.count)
      stratumOfUnit.append(strata[respondent])
      copies.append(
        design.kind == .frequency && !isClustered ? design.weights[respondent] : 1)
    }
    let (numbers, merged) = Self.merge(stratumOfUnit, copies)
    var sizes = [Double](repeating: 0, count: (numbers.max() ?? -1) + 1)
    for (unit, stratum) in numbers.enumerated() { sizes[stratum] += copies[unit] }
    self.unitOfRespondent = unitOfRespondent
    stratumOfUnit = numbers
    self.stratumOfUnit = stratumOfUnit
    self.copies = copies
    self.sizes = sizes
    self.merged = merged
  }

  private struct Pair: Hashable {
    let stratum: Int
    let unit: Int
  }

  /// Numbers strata from 0 in their order, those with less than two units joined to the next.
  private static func merge(_ strata: [Int], _ copies: [Double]) -> (numbers: [Int], merged: Int) {
    var sizes: [Int: Double] = [:]
    for (unit, stratum) in strata.enumerated() { sizes[stratum, default: 0] += copies[unit] }
    var numbers: [Int: Int] = [:]
    var (next, open, merged) = (0, 0.0, 0)
    for stratum in sizes.keys.sorted() {
      let size = sizes[stratum] ?? 0
      if size < 2 { merged += 1 }
      numbers[stratum] = next
      open += size
      if open >= 2 {
        next += 1
        open = 0
      }
    }
    // What is left over at the end joins the stratum before it.
    if open > 0, next > 0 {
      for stratum in sizes.keys.sorted() where numbers[stratum] == next {
        numbers[stratum] = next - 1
      }
    }
    return (strata.map { numbers[$0] ?? 0 }, sizes.count > 1 ? merged : 0)
  }

  /// Units less strata: what t distributions and tests have left.
  package var degreesOfFreedom: Double {
    var total = 0.0
    for size in sizes { total += size - 1 }
    return total
  }

  /// Whether there is anything to estimate a variance from.
  package var hasVariance: Bool { degreesOfFreedom > 0 }
}
