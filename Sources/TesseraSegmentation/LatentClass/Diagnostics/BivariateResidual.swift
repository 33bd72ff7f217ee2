import Foundation
import TesseraMath

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
  /// - Parameter data: The table the model was fitted to, made ready.
  /// - Returns: A residual for each pair, by positions.
  /// - Throws: ``SegmentationError`` if the data do not go with the model.
  /// - Complexity: O(patterns · items² · classes).
  /// - Reference: Oberski, van Kollenburg & Vermunt (2013), *ADAC* 7, 267-279,
  ///   doi:10.1007/s11634-013-0146-2.
  public func bivariateResiduals(
    on data: LatentClassData
  ) throws(SegmentationError) -> [BivariateResidual] {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: .single)
    em.expectation(.double)
    return data.withoutOwnGaps(PairTables(em).residuals() + NumericPairs(em).residuals())
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// Bivariate residuals of every pair of categorical items.
  func categoricalResiduals(
    on data: LatentClassData
  ) throws(SegmentationError) -> [BivariateResidual] {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: .single)
    em.expectation(.double)
    return data.withoutOwnGaps(PairTables(em).residuals())
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
private struct PairTables {
  let em: EM
  /// Factor codes, patterns x factors.
  let codes: [Int]
  let posterior: [Double]

  init(_ em: EM) {
    self.em = em
    posterior = em.score().posterior
    codes = (0..<em.patterns).flatMap { LatentAnswers(pattern: $0, of: em.data).codes }
  }

  func residuals() -> [BivariateResidual] {
    let factors = em.data.factors.indices
    return factors.flatMap { first in
      factors.filter { $0 > first }.compactMap { residual(first, $0) }
    }
  }

  private func chance(_ factor: LatentFactor, _ code: Int, _ latent: Int) -> Double {
    exp(em.logs[(factor.firstCell + code) * em.layout.classes + latent])
  }

  func residual(_ first: Int, _ second: Int) -> BivariateResidual? {
    let data = em.data
    let (a, b) = (data.factors[first], data.factors[second])
    guard let rows = a.categories, let columns = b.categories, rows > 1, columns > 1 else {
      return nil
    }
    let classes = em.layout.classes
    let width = data.factors.count
    var observed = [Double](repeating: 0, count: rows * columns)
    var shares = [Double](repeating: 0, count: classes)
    var total = 0.0
    var isComplete = data.covariateCount == 0
    let chancesA = (0...rows).map { code in (0..<classes).map { chance(a, code, $0) } }
    let chancesB = (0...columns).map { code in (0..<classes).map { chance(b, code, $0) } }
    var others = [Double](repeating: 0, count: classes)
    for pattern in 0..<em.patterns where em.weights[pattern] > 0 {
      let weight = em.weights[pattern]
      let (r, s) = (codes[pattern * width + first], codes[pattern * width + second])
      guard r > 0, s > 0 else {
        isComplete = false
        continue
      }
      observed[(r - 1) * columns + s - 1] += weight
      total += weight
      var sum = 0.0
      for latent in 0..<classes {
        // The posterior without the two answers.
        let both = max(chancesA[r][latent] * chancesB[s][latent], 1e-300)
        others[latent] = posterior[pattern * classes + latent] / both
        sum += others[latent]
      }
      for latent in 0..<classes {
        shares[latent] += weight * others[latent] / sum
      }
    }
    func distance(_ shares: [Double]) -> Double {
      var result = 0.0
      for r in 1...rows {
        for s in 1...columns {
          var expected = 0.0
          for latent in 0..<classes {
            expected += shares[latent] * chancesA[r][latent] * chancesB[s][latent]
          }
          let gap = observed[(r - 1) * columns + s - 1] - expected
          if expected > 0 {
            result += gap * gap / expected
          }
        }
      }
      return result / Double((rows - 1) * (columns - 1))
    }
    return BivariateResidual(
      first: min(a.items[0], b.items[0]), second: max(a.items[0], b.items[0]),
      statistic: distance(shares),
      published: isComplete ? distance((0..<classes).map { total * em.theta[$0] }) : nil,
      pValue: nil)
  }
}

extension LatentFactor {
  /// Number of categories of a single categorical item.
  fileprivate var categories: Int? {
    switch kind {
    case .categorical(let categories): categories
    case .adjacent(let scores): scores.count
    default: nil
    }
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
      if case .normal = em.layout.factors[$0].kind { true } else { false }
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
            let (u, v) = (layout.offsets[first] + latent, layout.offsets[second] + latent)
            let gap = (x - em.theta[u]) * (y - em.theta[v])
            let variance = em.theta[u + classes] * em.theta[v + classes]
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
