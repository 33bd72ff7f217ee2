package import TesseraMath
public import TesseraSurvey

/// What was drawn independently: clusters, or respondents by themselves, within strata.
///
/// All variances by design rest on it. The variance of a sum over respondents is
/// Σ_h (1 - f_h) n_h/(n_h - 1) Σ_c (z_hc - z̄_h)² over strata h and units c; z_hc is what the
/// respondents of a unit add, f_h the share of the stratum's units that was drawn. With frequencies
/// every respondent behind a row was drawn by itself. Where weights were made to fit known totals,
/// what the totals explain is taken out first.
///
/// - Reference: Binder (1983), *International Statistical Review* 51(3), 279-292; Lumley (2010),
///   *Complex Surveys*, 2; Deville & Särndal (1992), *JASA* 87(418), 376-382.
public struct SamplingUnits: Sendable {
  /// For each row its unit, from 0; -1 where the row counts nothing.
  package let unitOfRow: [Int]
  /// For each unit its stratum, from 0.
  package let stratumOfUnit: [Int]
  /// For each unit the respondents, drawn by themselves, whom it stands for.
  package let copies: [Double]
  /// How many respondents each row is.
  package let heads: [Double]
  /// For each stratum how many units were drawn, copies counted.
  let sizes: [Double]
  /// For each stratum the share of its units that was drawn.
  let fractions: [Double]
  /// Strata of which a single unit was drawn, among others.
  package let lonelyStrata: Int
  /// What stands for their variance.
  package let lonely: SurveyDesign.LonelyUnits
  /// Whether each respondent was drawn by itself from one large population.
  package let isSimple: Bool
  /// Whether variances follow from rows alone: no clusters, no known totals.
  let isUnclustered: Bool
  private let residuals: RakingResiduals?

  /// Units below which intervals need t with the design's degrees of freedom.
  package static let few = 30

  /// Finds the units of a survey.
  ///
  /// - Parameter design: How its respondents were drawn.
  /// - Complexity: O(rows).
  public init(_ design: SurveyDesign) {
    self.init(
      weights: design.weights, isFrequency: design.kind == .frequency, strata: design.strata,
      clusters: design.clusters, fractions: design.fractions, lonely: design.lonely,
      margins: design.margins)
  }

  /// Finds units.
  ///
  /// - Parameters:
  ///   - weights: One for each row, 0 or more; a row of weight 0 was not drawn.
  ///   - isFrequency: Whether a weight is a number of respondents.
  ///   - strata: The stratum of each row; empty for one.
  ///   - clusters: The cluster of each row; empty where respondents were drawn by themselves.
  ///   - fractions: For each row the share of its stratum's units that was drawn; empty if the
  ///     population is large against the sample.
  ///   - lonely: What stands for the variance of a stratum of a single unit.
  ///   - margins: What the weights were made to fit.
  /// - Complexity: O(rows).
  public init(
    weights: [Double], isFrequency: Bool = false, strata: [Int] = [], clusters: [Int] = [],
    fractions: [Double] = [], lonely: SurveyDesign.LonelyUnits = .join,
    margins: KnownMargins? = nil
  ) {
    var units: [Cluster: Int] = [:]
    var unitOfRow = [Int](repeating: -1, count: weights.count)
    var codes: [Int] = []
    var copies: [Double] = []
    var shares: [Double] = []
    for row in weights.indices where weights[row] > 0 {
      let stratum = strata.isEmpty ? 0 : strata[row]
      if !clusters.isEmpty {
        let key = Cluster(stratum: stratum, number: clusters[row])
        if let known = units[key] {
          unitOfRow[row] = known
          continue
        }
        units[key] = codes.count
      }
      unitOfRow[row] = codes.count
      codes.append(stratum)
      copies.append(isFrequency && clusters.isEmpty ? weights[row] : 1)
      shares.append(fractions.isEmpty ? 0 : fractions[row])
    }
    let numbers = Self.numbered(codes, copies, joins: lonely == .join)
    var sizes = [Double](repeating: 0, count: (numbers.places.max() ?? -1) + 1)
    var populations = sizes
    for (unit, stratum) in numbers.places.enumerated() {
      sizes[stratum] += copies[unit]
      populations[stratum] += copies[unit] / shares[unit]
    }
    self.unitOfRow = unitOfRow
    self.copies = copies
    self.sizes = sizes
    self.lonely = lonely
    stratumOfUnit = numbers.places
    lonelyStrata = numbers.lonely
    heads = isFrequency ? weights : weights.map { $0 > 0 ? 1 : 0 }
    self.fractions = zip(sizes, populations).map { min(1, $0 / $1) }
    isUnclustered = clusters.isEmpty && margins == nil
    isSimple = isUnclustered && strata.isEmpty && fractions.isEmpty
    residuals = margins.map { RakingResiduals($0, weights: weights) }
  }

  private struct Cluster: Hashable {
    let stratum: Int
    let number: Int
  }

  /// Numbers strata from 0 in the order of their codes, those of one unit joined to the next.
  private static func numbered(
    _ codes: [Int], _ copies: [Double], joins: Bool
  ) -> (places: [Int], lonely: Int) {
    var sizes: [Int: Double] = [:]
    for (unit, code) in codes.enumerated() { sizes[code, default: 0] += copies[unit] }
    var places: [Int: Int] = [:]
    var (next, open) = (0, 0.0)
    for code in sizes.keys.sorted() {
      places[code] = next
      open += sizes[code] ?? 0
      if open >= 2 || !joins {
        next += 1
        open = 0
      }
    }
    // What is left over at the end joins the stratum before it.
    let last = open > 0 && next > 0 ? next - 1 : next
    return (
      codes.map { min(places[$0] ?? 0, last) },
      sizes.count > 1 ? sizes.values.count { $0 < 2 } : 0
    )
  }

  /// Number of strata, those of one unit joined where they are.
  package var strata: Int { sizes.count }

  /// Units drawn less strata: the degrees of freedom of tests by design.
  public var degreesOfFreedom: Double { sizes.reduce(0) { $0 + $1 - 1 } }

  /// Whether there is anything to estimate a variance from.
  package var hasVariance: Bool { degreesOfFreedom > 0 }

  /// The 97.5% point of t with the design's degrees of freedom; NaN without any.
  package var criticalValue: Double {
    hasVariance ? StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile(0.975) : .nan
  }

  /// The stratum of a row that was drawn, and how many units were drawn from it.
  package func stratum(ofRow row: Int) -> (number: Int, size: Double) {
    let stratum = stratumOfUnit[unitOfRow[row]]
    return (stratum, sizes[stratum])
  }

  /// How a stratum's variance follows from its units: `factor` × (Σ z² - (Σ z)²/`divisor`).
  func rule(ofStratum stratum: Int) -> (factor: Double, divisor: Double) {
    let (size, rest) = (sizes[stratum], 1 - fractions[stratum])
    if size > 1 { return (size / (size - 1) * rest, size) }
    return (lonely == .adjust ? rest : 0, .infinity)
  }
}

extension SamplingUnits {
  /// The variance of a sum over respondents.
  ///
  /// - Parameter parts: What each row adds, its weight included; 0 for those left out.
  /// - Returns: The variance by linearisation; NaN where there is none to be had.
  /// - Complexity: O(rows).
  package func variance(of parts: [Double]) -> Double {
    variances(of: Matrix(rows: parts.count, columns: 1, values: parts))[0]
  }

  /// The variances of several sums over respondents.
  ///
  /// - Parameter parts: What each row adds, a column a sum, weights included; 0 for those left out.
  /// - Returns: One for each sum; NaN where there is none to be had.
  /// - Complexity: O(rows · sums).
  package func variances(of parts: Matrix) -> [Double] {
    precondition(parts.rows == unitOfRow.count)
    let width = parts.columns
    let totals = totals(residuals.map { $0(parts) } ?? parts)
    return (0..<width).map { column in
      variance(ofUnits: stratumOfUnit.indices.map { totals.values[$0 * width + column] })
    }
  }

  /// The variance of a sum over units; known totals play no part.
  ///
  /// - Parameter totals: What each unit adds.
  /// - Returns: The variance; NaN where there is none to be had.
  package func variance(ofUnits totals: [Double]) -> Double {
    guard hasVariance else { return .nan }
    var sums = [Double](repeating: 0, count: sizes.count)
    var squares = sums
    for (unit, stratum) in stratumOfUnit.enumerated() {
      sums[stratum] += totals[unit]
      squares[stratum] += totals[unit] * totals[unit] * (1 / copies[unit])
    }
    return sizes.indices.reduce(0) { variance, stratum in
      let (factor, divisor) = rule(ofStratum: stratum)
      return variance + factor * max(0, squares[stratum] - sums[stratum] * sums[stratum] / divisor)
    }
  }

  /// What the squares of a row's parts are multiplied by in a variance, before ``centring(_:)``; for
  /// rows that are units of their own.
  package func factor(ofRow row: Int) -> Double {
    let unit = unitOfRow[row]
    return unit < 0 ? 0 : rule(ofStratum: stratumOfUnit[unit]).factor / copies[unit]
  }

  /// What the sums of all strata take off such a variance.
  package func centring(_ sums: [Double]) -> Double {
    sums.indices.reduce(0) { total, stratum in
      let (factor, divisor) = rule(ofStratum: stratum)
      return total + factor * sums[stratum] * sums[stratum] / divisor
    }
  }

  /// The covariance of several sums over respondents.
  ///
  /// - Parameters:
  ///   - width: Number of sums.
  ///   - part: Puts what a row adds, weights included, into numbers that are 0.
  /// - Returns: Sums × sums; 0 where there is none to be had.
  /// - Complexity: O(rows · sums + units · sums²).
  package func covariance(
    _ width: Int, of part: (_ row: Int, _ sums: inout [Double]) -> Void
  ) -> Matrix {
    let byRow = residuals != nil
    var totals = Matrix(rows: byRow ? unitOfRow.count : copies.count, columns: width)
    let zeros = [Double](repeating: 0, count: width)
    var own = zeros
    for (row, unit) in unitOfRow.enumerated() where unit >= 0 {
      own = zeros
      part(row, &own)
      let start = (byRow ? row : unit) * width
      for column in 0..<width { totals.values[start + column] += own[column] }
    }
    if let residuals { totals = self.totals(residuals(totals)) }
    var sums = Matrix(rows: sizes.count, columns: width)
    for (unit, stratum) in stratumOfUnit.enumerated() {
      for column in 0..<width { sums[stratum, column] += totals[unit, column] }
    }
    for (unit, stratum) in stratumOfUnit.enumerated() {
      let (factor, divisor) = rule(ofStratum: stratum)
      let scale = (factor / copies[unit]).squareRoot()
      for column in 0..<width {
        totals[unit, column] =
          scale * (totals[unit, column] - copies[unit] * sums[stratum, column] / divisor)
      }
    }
    return totals.crossProduct()
  }

  /// The covariance of weighted sums of scores that many rows share.
  ///
  /// - Parameters:
  ///   - scores: Kinds of rows × sums.
  ///   - kinds: For each row its kind, from 0.
  ///   - weights: For each row what its scores are multiplied by.
  /// - Returns: Sums × sums.
  /// - Complexity: O(rows + kinds · sums²) where respondents were drawn by themselves from one
  ///   large population.
  package func covariance(of scores: Matrix, kinds: [Int32], weights: [Double]) -> Matrix {
    let width = scores.columns
    guard isSimple, let size = sizes.first else {
      return covariance(width) { row, sums in
        let start = Int(kinds[row]) * width
        for column in 0..<width { sums[column] = weights[row] * scores.values[start + column] }
      }
    }
    var masses = [Double](repeating: 0, count: scores.rows)
    var squares = masses
    for (row, unit) in unitOfRow.enumerated() where unit >= 0 {
      masses[Int(kinds[row])] += weights[row]
      squares[Int(kinds[row])] += weights[row] * weights[row] / copies[unit]
    }
    var result = scores.crossProduct(weights: squares)
    let sums = scores.transposedMultiplied(by: masses)
    let factor = rule(ofStratum: 0).factor
    for row in 0..<width {
      for column in 0..<width {
        result[row, column] = factor * (result[row, column] - sums[row] * sums[column] / size)
      }
    }
    return result
  }

  /// What the rows of each unit add together.
  private func totals(_ parts: Matrix) -> Matrix {
    let width = parts.columns
    guard copies.count < parts.rows else { return parts }
    var totals = Matrix(rows: copies.count, columns: width)
    for (row, unit) in unitOfRow.enumerated() where unit >= 0 {
      for column in 0..<width {
        totals.values[unit * width + column] += parts.values[row * width + column]
      }
    }
    return totals
  }
}
