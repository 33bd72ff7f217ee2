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

  /// Prepares the correction from a fit's posterior and its likeliest segments.
  ///
  /// - Parameters:
  ///   - fit: The fitted segments.
  ///   - weights: What each respondent counts for.
  /// - Throws: ``SegmentationError`` if the segments cannot be told apart.
  public init(_ fit: LatentClassFit, weights: CaseWeights) throws(SegmentationError) {
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
    let bch = bchWeights
    return (0..<classification.rows).map { latent in
      var sum = 0.0
      var total = 0.0
      for row in outcome.indices where !outcome[row].isNaN {
        sum += bch[row, latent] * outcome[row]
        total += bch[row, latent]
      }
      let mean = sum / total
      var squares = 0.0
      let residuals = outcome.indices.map { row -> Double in
        guard !outcome[row].isNaN else { return 0 }
        let gap = outcome[row] - mean
        squares += bch[row, latent] * gap * gap
        return bch[row, latent] * gap / total
      }
      return Mean(
        mean: mean,
        standardError: variance(of: residuals, design).squareRoot(), variance: squares / total)
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
    return ThreeStepLikelihood(
      classification: classification, assigned: assigned, weights: weights,
      squaredWeights: squaredWeights, outcome: outcome, variance: variance
    ).means()
  }
}

extension ThreeStep {
  /// What a row adds to the spread of scores: w², or f for so many respondents.
  var squaredWeights: [Double] { isFrequency ? weights : weights.map { $0 * $0 } }

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

/// The third step by EM: sizes, means and variances given assignments that err at known rates.
private struct ThreeStepLikelihood {
  let classification: Matrix
  let assigned: [Int]
  let weights: [Double]
  let squaredWeights: [Double]
  let outcome: [Double]
  let variance: Item.VarianceForm

  func means() -> [ThreeStep.Mean] {
    let classes = classification.rows
    let rows = outcome.indices.filter { !outcome[$0].isNaN && weights[$0] > 0 }
    let total = rows.reduce(0) { $0 + weights[$1] }
    let overall = rows.reduce(0) { $0 + weights[$1] * outcome[$1] } / total
    let spread = rows.reduce(0) {
      $0 + weights[$1] * (outcome[$1] - overall) * (outcome[$1] - overall)
    }
    var sizes = [Double](repeating: 1 / Double(classes), count: classes)
    var means = (0..<classes).map { latent -> Double in
      let members = rows.filter { assigned[$0] == latent }
      let weight = members.reduce(0) { $0 + weights[$1] }
      return weight > 0
        ? members.reduce(0) { $0 + weights[$1] * outcome[$1] } / weight : overall
    }
    var variances = [Double](repeating: max(spread / total, 1e-12), count: classes)
    var chances = Matrix(rows: rows.count, columns: classes)
    var previous = -Double.infinity
    for _ in 0..<2_000 {
      var logLikelihood = 0.0
      for (position, row) in rows.enumerated() {
        let terms = (0..<classes).map { latent -> Double in
          let gap = outcome[row] - means[latent]
          let density = -0.5 * (log(variances[latent]) + gap * gap / variances[latent])
          return log(max(sizes[latent] * classification[latent, assigned[row]], 1e-300)) + density
        }
        let norm = logSumExp(terms)
        logLikelihood += weights[row] * norm
        for latent in 0..<classes {
          chances[position, latent] = exp(terms[latent] - norm)
        }
      }
      if logLikelihood - previous < 1e-10 * max(1, logLikelihood.magnitude) { break }
      previous = logLikelihood
      var squares = [Double](repeating: 0, count: classes)
      var masses = squares
      for latent in 0..<classes {
        var sum = 0.0
        for (position, row) in rows.enumerated() {
          masses[latent] += weights[row] * chances[position, latent]
          sum += weights[row] * chances[position, latent] * outcome[row]
        }
        means[latent] = sum / masses[latent]
        for (position, row) in rows.enumerated() {
          let gap = outcome[row] - means[latent]
          squares[latent] += weights[row] * chances[position, latent] * gap * gap
        }
        sizes[latent] = masses[latent] / total
      }
      let pooled = squares.reduce(0, +) / total
      variances = (0..<classes).map {
        max(variance == .equal ? pooled : squares[$0] / masses[$0], 1e-6 * spread / total)
      }
    }
    return errors(rows, chances, sizes, means, variances)
  }

  /// Sandwich errors of the means from the scores of sizes, means and log variances.
  private func errors(
    _ rows: [Int], _ chances: Matrix, _ sizes: [Double], _ means: [Double], _ variances: [Double]
  ) -> [ThreeStep.Mean] {
    let classes = sizes.count
    let isEqual = variance == .equal
    let width = classes - 1 + classes + (isEqual ? 1 : classes)
    var scores = Matrix(rows: rows.count, columns: width)
    for (position, row) in rows.enumerated() {
      for latent in 0..<classes {
        let chance = chances[position, latent]
        let gap = outcome[row] - means[latent]
        if latent > 0 {
          scores[position, latent - 1] = chance - sizes[latent]
        }
        scores[position, classes - 1 + latent] = chance * gap / variances[latent]
        let column = 2 * classes - 1 + (isEqual ? 0 : latent)
        scores[position, column] += 0.5 * chance * (gap * gap / variances[latent] - 1)
      }
    }
    // The outer product stands in for the information, so that one inverse gives the errors.
    let weighted = scores.crossProduct(weights: rows.map { weights[$0] })
    let spread = scores.crossProduct(weights: rows.map { squaredWeights[$0] })
    let inverse = (try? Cholesky(weighted))?.inverse()
    let covariance = inverse.map { $0.multiplied(by: spread).multiplied(by: $0) }
    return (0..<classes).map { latent in
      let column = classes - 1 + latent
      return ThreeStep.Mean(
        mean: means[latent],
        standardError: covariance.map { max(0, $0[column, column]).squareRoot() } ?? .nan,
        variance: variances[latent])
    }
  }
}
