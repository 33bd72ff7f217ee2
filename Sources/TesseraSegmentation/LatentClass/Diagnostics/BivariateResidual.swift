import Foundation
public import TesseraMath

/// How far two items are from independent within the classes.
public struct BivariateResidual: Sendable, Equatable {
  /// Position of the first item.
  public let first: Int
  /// Position of the second item.
  public let second: Int
  /// Pearson's X² of the pair's table over its degrees of freedom; a score test for two numbers.
  ///
  /// Far above 1 means the classes leave a tie between the items unexplained.
  public let statistic: Double
  /// The form printed by other programs, from the model's margins alone; only for items answered
  /// by all, without covariates.
  public let published: Double?
  /// Share of simulated tables with a statistic at least as large, or the score test's p-value
  /// where there are numbers; absent where neither was asked for.
  public let pValue: Double?
}

extension LatentClassModel {
  /// Bivariate residuals of every pair of categorical items and of every pair of numeric items.
  ///
  /// Expected counts take each respondent's chances from the other items, so that gaps and
  /// covariates are allowed for.
  ///
  /// - Parameters:
  ///   - data: The table the model was fitted to, made ready.
  ///   - workers: Threads to use.
  /// - Returns: A residual for each pair, by positions.
  /// - Throws: ``SegmentationError`` if the data do not go with the model.
  /// - Complexity: O(patterns · items² · classes).
  /// - Reference: Oberski, van Kollenburg & Vermunt (2013), *ADAC* 7, 267-279,
  ///   doi:10.1007/s11634-013-0146-2.
  public func bivariateResiduals(
    on data: LatentClassData, workers: Workers = .single
  ) throws(SegmentationError) -> [BivariateResidual] {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: workers)
    em.expectation(.double)
    return data.withoutOwnGaps(PairTables(em).residuals(workers) + NumericPairs(em).residuals())
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// Bivariate residuals of every pair of categorical items.
  func categoricalResiduals(
    on data: LatentClassData
  ) throws(SegmentationError) -> [BivariateResidual] {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: .single)
    em.expectation(.double)
    return data.withoutOwnGaps(PairTables(em).residuals(.single))
  }
}

extension LatentClassData {
  /// The residuals without those of an item and its own gaps: who answered an item has, of course,
  /// answered it.
  func withoutOwnGaps(_ residuals: [BivariateResidual]) -> [BivariateResidual] {
    let plain = table.items.count - modelledGaps.count
    return residuals.filter { residual in
      residual.second < plain || modelledGaps[residual.second - plain] != residual.first
    }
  }
}

/// Two-way tables of categorical items, observed and expected.
private struct PairTables: Sendable {
  let factors: [LatentFactor]
  let classes: Int
  let hasCovariates: Bool
  let prevalence: [Double]
  let weights: [Double]
  /// Log chances by factor code, codes x classes.
  let logs: [Double]
  /// Answers of all patterns, by factor.
  let codes: [[UInt16]]
  /// Chances of the classes, four to a vector.
  let posterior: [SIMD4<Double>]

  private var width: Int { (classes + 3) / 4 }

  init(_ em: EM) {
    factors = em.data.factors
    classes = em.layout.classes
    hasCovariates = em.data.covariateCount > 0
    prevalence = Array(em.theta[..<em.layout.classes])
    weights = Array(em.weights[..<em.patterns])
    logs = em.logs
    var codes = factors.map { _ in [UInt16](repeating: 0, count: em.patterns) }
    for pattern in 0..<em.patterns {
      for (factor, code) in LatentAnswers(pattern: pattern, of: em.data).codes.enumerated() {
        codes[factor][pattern] = UInt16(code)
      }
    }
    self.codes = codes
    let scores = em.score().posterior
    let (patterns, classes, width) = (em.patterns, classes, (classes + 3) / 4)
    posterior = (0..<patterns * width).map { place in
      Self.vector(4 * (place % width), classes) { scores[place / width * classes + $0] }
    }
  }

  /// Four classes' numbers; those past the last class are 0.
  private static func vector(
    _ first: Int, _ classes: Int, _ value: (Int) -> Double
  ) -> SIMD4<Double> {
    var result = SIMD4<Double>.zero
    for lane in 0..<min(4, classes - first) { result[lane] = value(first + lane) }
    return result
  }

  func residuals(_ workers: Workers) -> [BivariateResidual] {
    let pairs = factors.indices.flatMap { first in
      factors.indices.filter { $0 > first }.map { (first, $0) }
    }
    return workers.map(pairs.count) { residual(pairs[$0].0, pairs[$0].1) }.compactMap { $0 }
  }

  private func chances(_ factor: LatentFactor, _ categories: Int) -> [[Double]] {
    (0...categories).map { code in
      (0..<classes).map { exp(logs[(factor.firstCell + code) * classes + $0]) }
    }
  }

  private func residual(_ first: Int, _ second: Int) -> BivariateResidual? {
    let (a, b) = (factors[first], factors[second])
    guard let rows = a.categories, let columns = b.categories, rows > 1, columns > 1 else {
      return nil
    }
    let (ofA, ofB) = (chances(a, rows), chances(b, columns))
    // The posterior is taken without the two answers.
    let inverse = (0...rows).flatMap { r in
      (0...columns).flatMap { s in
        (0..<width).map { part in
          Self.vector(4 * part, classes) { 1 / max(ofA[r][$0] * ofB[s][$0], 1e-300) }
        }
      }
    }
    let sums = PairSums(
      codes[first], codes[second], weights: weights, posterior: posterior, inverse: inverse,
      width: width, rows: rows, columns: columns)
    func distance(_ shares: [Double]) -> Double {
      var result = 0.0
      for r in 1...rows {
        for s in 1...columns {
          var expected = 0.0
          for latent in 0..<classes {
            expected += shares[latent] * ofA[r][latent] * ofB[s][latent]
          }
          let gap = sums.observed[(r - 1) * columns + s - 1] - expected
          if expected > 0 {
            result += gap * gap / expected
          }
        }
      }
      return result / Double((rows - 1) * (columns - 1))
    }
    return BivariateResidual(
      first: min(a.items[0], b.items[0]), second: max(a.items[0], b.items[0]),
      statistic: distance(sums.shares),
      published: sums.isComplete && !hasCovariates
        ? distance(prevalence.map { sums.total * $0 }) : nil,
      pValue: nil)
  }
}

/// Score tests of a covariance common to the classes between two normal items.
private struct NumericPairs {
  let em: EM
  let information: LatentInformation?
  let root: Cholesky?
  let normals: [Int]

  init(_ em: EM) {
    self.em = em
    normals = em.layout.factors.indices.filter {
      em.layout.factors[$0].isNormal
    }
    guard normals.count > 1 else {
      information = nil
      root = nil
      return
    }
    let found = LatentInformation(em)
    var product = found.outerProduct
    for index in 0..<product.rows {
      product[index, index] += 1e-9 * (1 + product[index, index])
    }
    information = found
    root = try? Cholesky(product)
  }

  func residuals() -> [BivariateResidual] {
    guard let information, let root else { return [] }
    let layout = em.layout
    let classes = layout.classes
    let patterns = em.data.patternCount
    var result: [BivariateResidual] = []
    for (position, first) in normals.enumerated() {
      for second in normals[(position + 1)...] {
        let (a, b) = (layout.factors[first], layout.factors[second])
        var sum = 0.0
        var square = 0.0
        var cross = [Double](repeating: 0, count: root.size)
        for pattern in 0..<em.patterns {
          let x = em.data.numbers[a.firstColumn * patterns + pattern]
          let y = em.data.numbers[b.firstColumn * patterns + pattern]
          guard !x.isNaN, !y.isNaN else { continue }
          var score = 0.0
          for latent in 0..<classes {
            let gap =
              (x - em.theta[a.table.index(latent)]) * (y - em.theta[b.table.index(latent)])
            let variance =
              em.theta[a.tables[1].index(latent)] * em.theta[b.tables[1].index(latent)]
            score += information.posterior[pattern * classes + latent] * gap / variance
          }
          let weight = em.weights[pattern]
          sum += weight * score
          square += weight * score * score
          for column in cross.indices {
            cross[column] += weight * score * information.rows[pattern, column]
          }
        }
        let left = square - dot(cross, root.solve(cross))
        result.append(
          BivariateResidual(
            first: min(a.items[0], b.items[0]), second: max(a.items[0], b.items[0]),
            statistic: left > 0 ? sum * sum / left : 0, published: nil,
            pValue: left > 0
              ? ChiSquareDistribution(degreesOfFreedom: 1).survival(sum * sum / left) : nil))
      }
    }
    return result
  }
}
