import Foundation
import TesseraMath

extension ThreeStep {
  /// Whether an outcome differs between the segments at all.
  public struct EqualityTest: Sendable, Equatable {
    /// Wald's statistic.
    public let statistic: Double
    /// Segments less one.
    public let degreesOfFreedom: Int
    /// Chance of a statistic at least as large were all segments alike.
    public let pValue: Double
  }

  /// Tests by BCH weights whether the mean of an outcome is the same in all segments.
  ///
  /// - Parameters:
  ///   - outcome: One number a respondent; NaN is missing and left out.
  ///   - design: How respondents were drawn.
  /// - Returns: Wald's test; `nil` if the errors leave nothing to test, as for a single segment.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  /// - Reference: Bakk & Vermunt (2016), *Structural Equation Modeling* 23(1), 20-31,
  ///   doi:10.1080/10705511.2014.955104.
  public func equalityTest(
    of outcome: [Double], design: CaseDesign = .independent
  ) throws(SegmentationError) -> EqualityTest? {
    let means = try means(of: outcome, design: design).map(\.mean)
    let classes = means.count
    guard classes > 1, means.allSatisfy(\.isFinite) else { return nil }
    let bch = bchWeights
    let terms = (0..<classes).map { latent -> [Double] in
      var total = 0.0
      for row in outcome.indices where !outcome[row].isNaN { total += bch[row, latent] }
      return outcome.indices.map { row in
        outcome[row].isNaN ? 0 : bch[row, latent] * (outcome[row] - means[latent]) / total
      }
    }
    // Differences from the first segment; covariances by polarisation.
    let contrasts = terms.dropFirst().map { own in zip(own, terms[0]).map { $0 - $1 } }
    let gaps = means.dropFirst().map { $0 - means[0] }
    let width = classes - 1
    var covariance = Matrix(rows: width, columns: width)
    let own = contrasts.map { variance(of: $0, design) }
    for a in 0..<width {
      for b in 0..<width {
        let both = variance(of: zip(contrasts[a], contrasts[b]).map { $0 + $1 }, design)
        covariance[a, b] = (both - own[a] - own[b]) / 2
      }
    }
    guard let root = try? Cholesky(covariance) else { return nil }
    let statistic = max(0, dot(Array(gaps), root.solve(Array(gaps))))
    return EqualityTest(
      statistic: statistic, degreesOfFreedom: width,
      pValue: ChiSquareDistribution(degreesOfFreedom: Double(width)).survival(statistic))
  }

  /// A segment's share of an answer with its standard error.
  public struct Share: Sendable, Equatable {
    /// The share of the answer in the segment, 0 to 1.
    public let share: Double
    /// Its standard error; absent at 0 and 1, or where the answers do not determine it.
    public let standardError: Double?
  }

  /// Shares of each answer in each segment by maximum likelihood, with the assignment's errors held
  /// fixed.
  ///
  /// - Parameters:
  ///   - codes: One answer a respondent, from 1; 0 is missing and left out.
  ///   - categories: Number of answers.
  /// - Returns: A row a segment, one share an answer.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  public func likelihoodShares(
    of codes: [Int], categories: Int
  ) throws(SegmentationError) -> [[Share]] {
    guard codes.count == assigned.count else {
      throw .count(of: "outcomes", expected: assigned.count, found: codes.count)
    }
    return ThreeStepShares(self, codes: codes, categories: categories).estimates()
  }
}

/// The third step for categories by EM over the table of assignment × answer.
private struct ThreeStepShares {
  private let classification: Matrix
  private let categories: Int
  /// Weight, and squared weight, of each assignment and answer.
  private var counts: Matrix
  private var squares: Matrix

  init(_ step: ThreeStep, codes: [Int], categories: Int) {
    classification = step.classification
    self.categories = categories
    counts = Matrix(rows: step.classification.rows, columns: categories)
    squares = counts
    let squared = step.squaredWeights
    for (row, code) in codes.enumerated() where code > 0 {
      counts[step.assigned[row], code - 1] += step.weights[row]
      squares[step.assigned[row], code - 1] += squared[row]
    }
  }

  func estimates() -> [[ThreeStep.Share]] {
    let classes = classification.rows
    let total = counts.values.reduce(0, +)
    var sizes = [Double](repeating: 1 / Double(classes), count: classes)
    var shares = Matrix(rows: classes, columns: categories)
    for latent in 0..<classes {
      for answer in 0..<categories {
        shares[latent, answer] = (counts[latent, answer] + 0.5) / Double(categories)
      }
      let sum = shares.row(latent).reduce(0, +)
      for answer in 0..<categories { shares[latent, answer] /= sum }
    }
    var previous = -Double.infinity
    for _ in 0..<5_000 {
      var masses = Matrix(rows: classes, columns: categories)
      var logLikelihood = 0.0
      for place in 0..<classes {
        for answer in 0..<categories where counts[place, answer] > 0 {
          let terms = (0..<classes).map {
            sizes[$0] * classification[$0, place] * shares[$0, answer]
          }
          let sum = max(terms.reduce(0, +), 1e-300)
          logLikelihood += counts[place, answer] * log(sum)
          for latent in 0..<classes {
            masses[latent, answer] += counts[place, answer] * terms[latent] / sum
          }
        }
      }
      for latent in 0..<classes {
        let mass = masses.row(latent).reduce(0, +)
        sizes[latent] = mass / total
        guard mass > 0 else { continue }
        for answer in 0..<categories { shares[latent, answer] = masses[latent, answer] / mass }
      }
      if logLikelihood - previous < 1e-11 * max(1, logLikelihood.magnitude) { break }
      previous = logLikelihood
    }
    let errors = errors(sizes, shares)
    return (0..<classes).map { latent in
      (0..<categories).map { answer in
        let share = shares[latent, answer]
        let isInside = share > 1e-6 && share < 1 - 1e-6
        return ThreeStep.Share(
          share: share, standardError: isInside ? errors[latent * categories + answer] : nil)
      }
    }
  }

  /// Sandwich errors from the scores of log-odds, by the delta method; `nil` if undetermined.
  private func errors(_ sizes: [Double], _ shares: Matrix) -> [Double?] {
    let classes = sizes.count
    let own = categories - 1
    let width = classes - 1 + classes * own
    var weighted = Matrix(rows: width, columns: width)
    var spread = weighted
    for place in 0..<classes {
      for answer in 0..<categories where counts[place, answer] > 0 {
        let terms = (0..<classes).map { sizes[$0] * classification[$0, place] * shares[$0, answer] }
        let sum = max(terms.reduce(0, +), 1e-300)
        var score = [Double](repeating: 0, count: width)
        for latent in 0..<classes {
          let chance = terms[latent] / sum
          if latent > 0 { score[latent - 1] = chance - sizes[latent] }
          for other in 0..<own {
            score[classes - 1 + latent * own + other] =
              chance * ((other + 1 == answer ? 1 : 0) - shares[latent, other + 1])
          }
        }
        for a in 0..<width where score[a] != 0 {
          for b in 0..<width {
            weighted[a, b] += counts[place, answer] * score[a] * score[b]
            spread[a, b] += squares[place, answer] * score[a] * score[b]
          }
        }
      }
    }
    // Shares at 0 have no score; a ridge keeps the others'.
    for index in 0..<width { weighted[index, index] += 1e-10 }
    guard let inverse = (try? Cholesky(weighted))?.inverse() else {
      return [Double?](repeating: nil, count: classes * categories)
    }
    let covariance = inverse.multiplied(by: spread).multiplied(by: inverse)
    var result: [Double?] = []
    for latent in 0..<classes {
      let first = classes - 1 + latent * own
      for answer in 0..<categories {
        // The derivative of a share by the log-odds of the others.
        let slope = (0..<own).map {
          shares[latent, answer] * (($0 + 1 == answer ? 1 : 0) - shares[latent, $0 + 1])
        }
        var variance = 0.0
        for a in 0..<own {
          for b in 0..<own { variance += slope[a] * slope[b] * covariance[first + a, first + b] }
        }
        result.append(variance > 0 && variance.isFinite ? variance.squareRoot() : nil)
      }
    }
    return result
  }
}
