import Foundation
import TesseraDesign
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
  /// - Parameter outcome: One number a respondent; NaN is missing and left out.
  /// - Returns: Wald's test; `nil` if the errors leave nothing to test, as for a single segment.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the lengths differ.
  /// - Reference: Bakk & Vermunt (2016), *Structural Equation Modeling* 23(1), 20-31,
  ///   doi:10.1080/10705511.2014.955104.
  public func equalityTest(of outcome: [Double]) throws(SegmentationError) -> EqualityTest? {
    guard outcome.count == assigned.count else {
      throw .count(of: "outcomes", expected: assigned.count, found: outcome.count)
    }
    let linear = linearised(outcome)
    let (means, terms) = (linear.map(\.mean), linear.map(\.terms))
    let classes = means.count
    guard classes > 1, means.allSatisfy(\.isFinite) else { return nil }
    // Differences from the first segment.
    let gaps = means.dropFirst().map { $0 - means[0] }
    let width = classes - 1
    let covariance = units.covariance(width) { row, sums in
      for place in 0..<width { sums[place] = terms[place + 1][row] - terms[0][row] }
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
  private let step: ThreeStep
  private let codes: [Int]
  private let categories: Int
  /// Weight of each assignment and answer.
  private var counts: Matrix

  private var classification: Matrix { step.classification }

  init(_ step: ThreeStep, codes: [Int], categories: Int) {
    self.step = step
    self.codes = codes
    self.categories = categories
    counts = Matrix(rows: step.classification.rows, columns: categories)
    for (row, code) in codes.enumerated() where code > 0 {
      counts[step.assigned[row], code - 1] += step.weights[row]
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
    var scores = Matrix(rows: codes.count, columns: width)
    var slopes = Matrix(rows: classes * classes, columns: width)
    for (row, code) in codes.enumerated() where code > 0 && step.weights[row] > 0 {
      let terms = (0..<classes).map {
        sizes[$0] * classification[$0, step.assigned[row]] * shares[$0, code - 1]
      }
      let sum = max(terms.reduce(0, +), 1e-300)
      let chances = terms.map { $0 / sum }
      let parts = (0..<classes).map { latent -> [(column: Int, factor: Double)] in
        (latent > 0 ? [(latent - 1, 1)] : [])
          + (0..<own).map { other in
            (
              classes - 1 + latent * own + other,
              (other + 2 == code ? 1 : 0) - shares[latent, other + 1]
            )
          }
      }
      for latent in 0..<classes {
        for part in parts[latent] {
          scores[row, part.column] += step.weights[row] * chances[latent] * part.factor
        }
        if latent > 0 { scores[row, latent - 1] -= step.weights[row] * sizes[latent] }
      }
      step.addSlopes(row: row, chances: chances, parts: parts, to: &slopes)
    }
    var information = scores.crossProduct(weights: step.weights.map { $0 > 0 ? 1 / $0 : 0 })
    // Shares at 0 have no score; a ridge keeps the others'.
    for index in 0..<width { information[index, index] += 1e-10 }
    guard let inverse = (try? Cholesky(information))?.inverse() else {
      return [Double?](repeating: nil, count: classes * categories)
    }
    var result: [Double?] = []
    for latent in 0..<classes {
      let first = classes - 1 + latent * own
      for answer in 0..<categories {
        // The derivative of a share by the log-odds of the others.
        var slope = [Double](repeating: 0, count: width)
        for other in 0..<own {
          slope[first + other] =
            shares[latent, answer] * ((other + 1 == answer ? 1 : 0) - shares[latent, other + 1])
        }
        let error = step.error(
          of: inverse.multiplied(by: slope), scores: scores, slopes: slopes)
        result.append(error > 0 && error.isFinite ? error : nil)
      }
    }
    return result
  }
}
