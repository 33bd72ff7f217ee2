import Foundation
public import TesseraMath

/// Relates segments to what took no part in finding them, allowing for misclassification.
///
/// Respondents are assigned to segments; how often that errs is known from the posterior, and is
/// undone by weights (BCH) or allowed for in a likelihood (ML).
///
/// - Reference: Vermunt (2010), *Political Analysis* 18(4), 450-469, doi:10.1093/pan/mpq025; Bakk &
///   Kuha (2020), *Br. J. Math. Stat. Psychol.*, doi:10.1111/bmsp.12227.
public struct ThreeStep: Sendable, Equatable {
  /// Chance of being assigned to a segment (column) for members of a segment (row); rows sum to 1.
  public let classification: Matrix
  let weights: [Double]
  /// Whether a row stands for so many respondents, each drawn by itself.
  let isFrequency: Bool
  let assigned: [Int]
  let correction: Matrix
  /// Respondents x (segments²): what each adds to `classification`, row after row, by being counted
  /// and by moving the model; `nil` where errors take the chances of assignment as known.
  let influence: Matrix?

  /// Prepares the correction from a fit's posterior and its likeliest segments; errors take how often
  /// assignment errs as known.
  ///
  /// - Parameters:
  ///   - fit: The fitted segments.
  ///   - weights: What each respondent counts for.
  /// - Throws: ``SegmentationError`` if the segments cannot be told apart.
  public init(_ fit: LatentClassFit, weights: CaseWeights) throws(SegmentationError) {
    try self.init(fit, weights: weights, firstStep: nil)
  }

  /// Prepares the correction; errors carry that of the segments themselves.
  ///
  /// - Parameters:
  ///   - fit: The fitted segments.
  ///   - weights: What each respondent counts for.
  ///   - data: The table the segments were found in, made ready.
  ///   - prior: The prior they were fitted under.
  /// - Throws: ``SegmentationError`` if the segments cannot be told apart.
  /// - Complexity: O(patterns · parameters²).
  /// - Reference: Bakk, Oberski & Vermunt (2014), *Political Analysis* 22(4), 520-540.
  public init(
    _ fit: LatentClassFit, weights: CaseWeights, on data: LatentClassData,
    prior: LatentClassPrior = .default
  ) throws(SegmentationError) {
    try self.init(
      fit, weights: weights, firstStep: try FirstStep(fit, on: data, prior: prior))
  }

  private init(
    _ fit: LatentClassFit, weights: CaseWeights, firstStep: FirstStep?
  ) throws(SegmentationError) {
    let posterior = fit.posteriorMatrix
    let rows = posterior.rows
    try weights.validate(count: rows)
    self.weights = weights.effective(count: rows)
    isFrequency = weights.kind == .frequency
    assigned = fit.labels
    let classes = posterior.columns
    var table = Matrix(rows: classes, columns: classes)
    for row in 0..<rows {
      for latent in 0..<classes {
        table[latent, assigned[row]] += self.weights[row] * posterior[row, latent]
      }
    }
    for latent in 0..<classes {
      let sum = table.row(latent).reduce(0, +)
      for other in 0..<classes {
        table[latent, other] /= sum
      }
    }
    classification = table
    do {
      correction = try table.solve(Matrix.identity(classes))
    } catch {
      throw .setting(
        name: "three-step correction",
        problem: "assignments do not tell the segments apart",
        remedy: "Use fewer segments.")
    }
    influence = firstStep?.influence(table, assigned: assigned, weights: self.weights)
  }

  /// How much each respondent counts in each segment, so that misclassification cancels out.
  ///
  /// Respondents x segments; rows sum to the respondent's weight, single numbers can be negative.
  public var bchWeights: Matrix {
    var result = Matrix(rows: assigned.count, columns: classification.rows)
    for row in assigned.indices {
      for latent in 0..<classification.rows {
        result[row, latent] = weights[row] * correction[assigned[row], latent]
      }
    }
    return result
  }

  /// A segment's mean with its standard error.
  public struct Mean: Sendable, Equatable {
    /// The mean of the outcome in the segment.
    public let mean: Double
    /// Its standard error, by linearisation.
    public let standardError: Double
    /// The variance within the segment; the outcome's own for BCH.
    public let variance: Double
  }

  /// Means of an outcome in each segment by BCH weights, free of assumptions about its spread.
  ///
  /// - Parameters:
  ///   - outcome: One number a respondent; NaN is missing and left out. A 0/1 outcome gives shares.
  ///   - design: How respondents were drawn.
  /// - Returns: One mean a segment.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  public func means(
    of outcome: [Double], design: CaseDesign = .independent
  ) throws(SegmentationError) -> [Mean] {
    guard outcome.count == assigned.count else {
      throw .count(of: "outcomes", expected: assigned.count, found: outcome.count)
    }
    return linearised(outcome).map { one in
      Mean(
        mean: one.mean, standardError: variance(of: one.terms, design).squareRoot(),
        variance: one.variance)
    }
  }

  /// Means of an outcome that is normal within segments, by maximum likelihood with the
  /// assignment's errors held fixed.
  ///
  /// - Parameters:
  ///   - outcome: One number a respondent; NaN is missing and left out.
  ///   - variance: Whether segments share a variance.
  ///   - design: How respondents were drawn.
  /// - Returns: One mean a segment.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  public func likelihoodMeans(
    of outcome: [Double], variance: Item.VarianceForm = .perClass,
    design: CaseDesign = .independent
  ) throws(SegmentationError) -> [Mean] {
    guard outcome.count == assigned.count else {
      throw .count(of: "outcomes", expected: assigned.count, found: outcome.count)
    }
    return ThreeStepLikelihood(step: self, outcome: outcome, variance: variance, design: design)
      .means()
  }
}

extension ThreeStep {
  /// A segment's mean by BCH weights, and what each respondent adds to it.
  struct LinearisedMean {
    let mean: Double
    let variance: Double
    let terms: [Double]
  }

  /// Means by BCH weights with their linearisations.
  ///
  /// With μ_t = Σ_s B[s, t] c_s / Σ_s B[s, t] n_s and B the inverse of D, dμ_t is
  /// −Σ_uv n_u (μ_u − μ_t) B[v, t] / n_t dD[u, v], where n_t stands for the denominators.
  func linearised(_ outcome: [Double]) -> [LinearisedMean] {
    let bch = bchWeights
    let classes = classification.rows
    var totals = [Double](repeating: 0, count: classes)
    var sums = totals
    for row in outcome.indices where !outcome[row].isNaN {
      for latent in 0..<classes {
        totals[latent] += bch[row, latent]
        sums[latent] += bch[row, latent] * outcome[row]
      }
    }
    let means = zip(sums, totals).map { $0 / $1 }
    return (0..<classes).map { latent in
      let (mean, total) = (means[latent], totals[latent])
      var squares = 0.0
      var terms = outcome.indices.map { row -> Double in
        guard !outcome[row].isNaN else { return 0 }
        let gap = outcome[row] - mean
        squares += bch[row, latent] * gap * gap
        return bch[row, latent] * gap / total
      }
      if let influence {
        let slopes = (0..<classes).flatMap { own in
          (0..<classes).map { place in
            -totals[own] * (means[own] - mean) * correction[place, latent] / total
          }
        }
        let moved = influence.multiplied(by: slopes)
        for row in terms.indices { terms[row] += moved[row] }
      }
      return LinearisedMean(mean: mean, variance: squares / total, terms: terms)
    }
  }

  /// Variance of a sum of linearised terms, one a row; a frequency is so many respondents.
  func variance(of terms: [Double], _ design: CaseDesign) -> Double {
    guard isFrequency, design == .independent else {
      return DesignSpread.variance(of: terms, weights, design)
    }
    let count = weights.reduce(0, +)
    let mean = terms.reduce(0, +) / count
    var squares = 0.0
    for (term, weight) in zip(terms, weights) where weight > 0 {
      let gap = term / weight - mean
      squares += weight * gap * gap
    }
    return squares * count / max(1, count - 1)
  }
}

extension DesignSpread {
  /// Variance of a sum of linearised terms as respondents were drawn.
  static func variance(of terms: [Double], _ weights: [Double], _ design: CaseDesign) -> Double {
    let live = terms.indices.filter { weights[$0] > 0 }
    var result = 0.0
    for stratum in clusters(of: live, design) {
      let sums = stratum.map { members in members.reduce(0) { $0 + terms[$1] } }
      let mean = sums.reduce(0, +) / Double(sums.count)
      let squares = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      result += squares * Double(sums.count) / Double(max(1, sums.count - 1))
    }
    return result
  }
}
