import TesseraMath
public import TesseraSurvey

/// What was drawn independently: clusters, or respondents, within strata.
///
/// All variances by design rest on it. With frequencies every respondent behind a row was drawn
/// by itself. A stratum with a single unit is joined with the others of its kind, or with the
/// largest stratum, because one unit says nothing of the variation within its stratum.
public struct SamplingUnits: Sendable {
  /// Number of rows.
  let rows: Int
  /// How many respondents a row is.
  let heads: [Double]
  /// For each row its stratum, from 0.
  let stratumOfRow: [Int]
  /// For each row its cluster, from 0; empty where respondents were drawn by themselves.
  let unitOfRow: [Int]
  /// For each cluster its stratum; empty where respondents were drawn by themselves.
  let stratumOfUnit: [Int]
  /// Units in each stratum.
  let unitsInStratum: [Double]
  /// n / (n - 1) for each stratum, times one less its sampling fraction.
  let correction: [Double]
  /// Takes out of scores what known totals explain; `nil` where the weights fit none.
  private let residuals: RakingResiduals?

  /// Units drawn less strata: the degrees of freedom of tests by design.
  public var degreesOfFreedom: Double {
    unitsInStratum.reduce(0, +) - Double(unitsInStratum.count)
  }

  /// Finds the units of a design.
  ///
  /// - Parameters:
  ///   - design: How respondents were drawn.
  ///   - samplingFractions: For each row the share of its stratum's units that was drawn; empty
  ///     if the population is large against the sample.
  public init(_ design: SurveyDesign, samplingFractions: [Double] = []) {
    let count = design.weights.count
    rows = count
    heads = design.heads
    residuals = design.margins.map { RakingResiduals($0, weights: design.weights) }
    let strata = design.strata.isEmpty ? [Int](repeating: 0, count: count) : design.strata
    var units: [Int] = []
    var home: [Int] = []
    if !design.clusters.isEmpty {
      var number: [[Int]: Int] = [:]
      for row in 0..<count {
        let key = [strata[row], design.clusters[row]]
        if let unit = number[key] {
          units.append(unit)
        } else {
          number[key] = home.count
          units.append(home.count)
          home.append(strata[row])
        }
      }
    }
    var sizes = [Double](repeating: 0, count: (strata.max() ?? 0) + 1)
    if home.isEmpty {
      for row in 0..<count { sizes[strata[row]] += heads[row] }
    } else {
      for stratum in home { sizes[stratum] += 1 }
    }
    let place = SamplingUnits.joined(sizes)
    var joined = [Double](repeating: 0, count: (place.max() ?? 0) + 1)
    for (stratum, size) in sizes.enumerated() where size > 0 { joined[place[stratum]] += size }
    var fractions = [Double](repeating: 0, count: joined.count)
    if !samplingFractions.isEmpty {
      for row in 0..<count { fractions[place[strata[row]]] = samplingFractions[row] }
    }
    unitOfRow = units
    stratumOfUnit = home.map { place[$0] }
    stratumOfRow = strata.map { place[$0] }
    unitsInStratum = joined
    correction = joined.indices.map { stratum in
      joined[stratum] > 1
        ? joined[stratum] / (joined[stratum] - 1) * (1 - fractions[stratum]) : 0
    }
  }

  /// New numbers for strata, those with a single unit joined.
  private static func joined(_ sizes: [Double]) -> [Int] {
    let single = sizes.indices.filter { sizes[$0] > 0 && sizes[$0] <= 1 }
    let whole = sizes.indices.filter { sizes[$0] > 1 }
    var place = [Int](repeating: 0, count: sizes.count)
    for (number, stratum) in whole.enumerated() { place[stratum] = number }
    guard !single.isEmpty else { return place }
    let largest = whole.max { sizes[$0] < sizes[$1] }.map { place[$0] }
    let target = single.count > 1 ? whole.count : largest ?? 0
    for stratum in single { place[stratum] = target }
    return place
  }

  /// The variance of a sum of scores, one a row (with frequencies: one a respondent).
  ///
  /// - Parameter scores: What each row adds, once for each of its respondents.
  /// - Returns: The variance by linearisation.
  /// - Complexity: O(rows).
  func variance(_ scores: [Double]) -> Double {
    let scores = residuals.map { $0(scores) } ?? scores
    var sums = [Double](repeating: 0, count: unitsInStratum.count)
    var squares = sums
    if stratumOfUnit.isEmpty {
      for row in 0..<rows {
        sums[stratumOfRow[row]] += heads[row] * scores[row]
        squares[stratumOfRow[row]] += heads[row] * scores[row] * scores[row]
      }
    } else {
      var totals = [Double](repeating: 0, count: stratumOfUnit.count)
      for row in 0..<rows { totals[unitOfRow[row]] += heads[row] * scores[row] }
      for (unit, total) in totals.enumerated() {
        sums[stratumOfUnit[unit]] += total
        squares[stratumOfUnit[unit]] += total * total
      }
    }
    return sums.indices.reduce(0) { total, stratum in
      let within = squares[stratum] - sums[stratum] * sums[stratum] / unitsInStratum[stratum]
      return total + correction[stratum] * max(0, within)
    }
  }
}
