public import TesseraDesign
public import TesseraMath

/// Relates segments to what took no part in finding them, allowing for misclassification.
///
/// Respondents are assigned to segments; how often that errs is known from the posterior, and is
/// undone by weights (BCH) or allowed for in a likelihood (ML).
///
/// - Reference: Vermunt (2010), *Political Analysis* 18(4), 450-469, doi:10.1093/pan/mpq025; Bakk &
///   Kuha (2020), *Br. J. Math. Stat. Psychol.*, doi:10.1111/bmsp.12227.
public struct ThreeStep: Sendable {
  /// Chance of being assigned to a segment (column) for members of a segment (row); rows sum to 1.
  public let classification: Matrix
  let weights: [Double]
  /// How respondents were drawn.
  let units: SamplingUnits
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
  ///   - units: How respondents were drawn; nil for each by itself, as the weights say.
  /// - Throws: ``SegmentationError`` if the segments cannot be told apart.
  public init(
    _ fit: LatentClassFit, weights: CaseWeights, units: SamplingUnits? = nil
  ) throws(SegmentationError) {
    try self.init(fit, weights: weights, units: units, firstStep: nil)
  }

  /// Prepares the correction; errors carry that of the segments themselves.
  ///
  /// - Parameters:
  ///   - fit: The fitted segments.
  ///   - weights: What each respondent counts for.
  ///   - data: The table the segments were found in, made ready.
  ///   - prior: The prior they were fitted under.
  ///   - units: How respondents were drawn; nil for each by itself, as the weights say.
  /// - Throws: ``SegmentationError`` if the segments cannot be told apart.
  /// - Complexity: O(patterns · parameters²).
  /// - Reference: Bakk, Oberski & Vermunt (2014), *Political Analysis* 22(4), 520-540.
  public init(
    _ fit: LatentClassFit, weights: CaseWeights, on data: LatentClassData,
    prior: LatentClassPrior = .default, units: SamplingUnits? = nil
  ) throws(SegmentationError) {
    try self.init(
      fit, weights: weights, units: units, firstStep: try FirstStep(fit, on: data, prior: prior))
  }

  private init(
    _ fit: LatentClassFit, weights: CaseWeights, units: SamplingUnits?, firstStep: FirstStep?
  ) throws(SegmentationError) {
    let posterior = fit.posteriorMatrix
    let rows = posterior.rows
    try weights.validate(count: rows)
    self.weights = weights.effective(count: rows)
    self.units = units ?? weights.units(count: rows)
    guard self.units.unitOfRow.count == rows else {
      throw .count(of: "sampling units", expected: rows, found: self.units.unitOfRow.count)
    }
    assigned = fit.labels
    let table = Self.classification(posterior, assigned: assigned, weights: self.weights)
    classification = table
    do {
      correction = try table.solve(.identity(table.rows))
    } catch {
      throw .setting(
        name: "three-step correction",
        problem: "assignments do not tell the segments apart",
        remedy: "Use fewer segments.")
    }
    influence = firstStep?.influence(table, assigned: assigned, weights: self.weights)
  }

  /// How often members of a segment (row) are assigned to each (column), to judge by a posterior.
  package static func classification(
    _ posterior: Matrix, assigned: [Int], weights: [Double]
  ) -> Matrix {
    let classes = posterior.columns
    var table = Matrix(rows: classes, columns: classes)
    for row in 0..<posterior.rows {
      for latent in 0..<classes {
        table[latent, assigned[row]] += weights[row] * posterior[row, latent]
      }
    }
    for latent in 0..<classes {
      let sum = table.row(latent).reduce(0, +)
      for other in 0..<classes { table[latent, other] /= sum }
    }
    return table
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
  /// - Parameter outcome: One number a respondent; NaN is missing and left out. A 0/1 outcome gives
  ///   shares.
  /// - Returns: One mean a segment.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  public func means(of outcome: [Double]) throws(SegmentationError) -> [Mean] {
    guard outcome.count == assigned.count else {
      throw .count(of: "outcomes", expected: assigned.count, found: outcome.count)
    }
    return linearised(outcome).map { one in
      Mean(
        mean: one.mean, standardError: units.variance(of: one.terms).squareRoot(),
        variance: one.variance)
    }
  }

  /// Means of an outcome that is normal within segments, by maximum likelihood with the
  /// assignment's errors held fixed.
  ///
  /// - Parameters:
  ///   - outcome: One number a respondent; NaN is missing and left out.
  ///   - variance: Whether segments share a variance.
  /// - Returns: One mean a segment.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  public func likelihoodMeans(
    of outcome: [Double], variance: Item.VarianceForm = .perClass
  ) throws(SegmentationError) -> [Mean] {
    guard outcome.count == assigned.count else {
      throw .count(of: "outcomes", expected: assigned.count, found: outcome.count)
    }
    return ThreeStepLikelihood(step: self, outcome: outcome, variance: variance).means()
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
}
