import Foundation
import TesseraMath

/// Curvature of the log-likelihood and spread of the scores at a model, over free parameters.
struct LatentInformation {
  let scores: LatentScores
  /// Minus the second derivatives of log-likelihood and log prior.
  private(set) var observed: Matrix
  /// Σ w s s′ over patterns.
  let outerProduct: Matrix
  /// One score a pattern, patterns x free parameters.
  let rows: Matrix
  /// Chances of the classes, patterns x classes.
  let posterior: [Double]

  init(_ em: EM) {
    em.expectation(.double)
    let scores = LatentScores(data: em.data, layout: em.layout, theta: em.theta)
    self.scores = scores
    posterior = em.score().posterior
    let classes = em.layout.classes
    let patterns = em.patterns
    var rows = Matrix(rows: patterns, columns: scores.count)
    var buffer = [Double](repeating: 0, count: scores.widestClass)
    var missing = Matrix(rows: scores.count, columns: scores.count)
    let chunk = 2048
    for first in stride(from: 0, to: patterns, by: chunk) {
      let last = min(patterns, first + chunk)
      let answers = (first..<last).map { LatentAnswers(pattern: $0, of: em.data) }
      let sizes = answers.map { scores.sizes($0) }
      for latent in 0..<classes {
        let width = scores.columns[latent].count
        var own = Matrix(rows: last - first, columns: width)
        for pattern in first..<last {
          let chance = posterior[pattern * classes + latent]
          guard chance > 0 else { continue }
          scores.packed(
            answers[pattern - first], latent: latent, sizes: sizes[pattern - first], into: &buffer)
          let scale = (em.weights[pattern] * chance).squareRoot()
          for column in 0..<width {
            own[pattern - first, column] = scale * buffer[column]
            rows[pattern, scores.columns[latent][column]] += chance * buffer[column]
          }
        }
        let product = own.crossProduct()
        for (a, target) in scores.columns[latent].enumerated() {
          for (b, other) in scores.columns[latent].enumerated() {
            missing[target, other] += product[a, b]
          }
        }
      }
    }
    self.rows = rows
    outerProduct = rows.crossProduct(weights: Array(em.weights[0..<patterns]))
    observed = LatentInformation.complete(em, scores)
    for index in observed.values.indices {
      observed.values[index] += outerProduct.values[index] - missing.values[index]
    }
  }

  /// Expected curvature of the complete-data log-likelihood, prior included.
  private static func complete(_ em: EM, _ scores: LatentScores) -> Matrix {
    var result = Matrix(rows: scores.count, columns: scores.count)
    addSizes(em, to: &result)
    for (position, factor) in em.layout.factors.enumerated() {
      let offset = em.layout.offsets[position]
      for latent in 0..<em.layout.classes {
        let columns = scores.columns[latent]
        let start = scores.starts[position][latent]
        switch factor.kind {
        case .categorical(let size):
          let count = answered(em, factor, latent)
          let chances = (0..<size).filter { $0 != scores.references[position][latent] }
            .map { em.theta[offset + latent * size + $0] }
          addMultinomial(chances, count, columns, start, to: &result)
        case .adjacent(let given):
          addAdjacent(
            scores.adjacentChances(offset, given, latent), given, answered(em, factor, latent),
            hasSlope: factor.ownFree(latent: latent) > 0, columns, start, to: &result)
        case .pair(let a, let b):
          addPair(em, scores, factor, offset, a, b, latent, to: &result, position)
        case .normal, .poisson, .block:
          addNumber(em, factor, position, offset, latent, columns, start, to: &result)
        }
      }
    }
    return result
  }

  private static func answered(
    _ em: EM, _ factor: LatentFactor, _ latent: Int
  ) -> Double {
    let classes = em.layout.classes
    return (1..<factor.cells).reduce(em.prior.categories / Double(classes)) {
      $0 + em.counts[(factor.firstCell + $1) * classes + latent]
    }
  }

  private static func addSizes(_ em: EM, to result: inout Matrix) {
    let classes = em.layout.classes
    let width = em.layout.designWidth
    guard classes > 1 else { return }
    if width == 0 {
      let total = em.marginals.total + em.prior.sizes
      for a in 1..<classes {
        for b in 1..<classes {
          let own = a == b ? em.theta[a] : 0
          result[a - 1, b - 1] = total * (own - em.theta[a] * em.theta[b])
        }
      }
      return
    }
    let information = em.membershipInformation()
    for a in 0..<information.rows {
      for b in 0..<information.columns {
        result[a, b] = information[a, b]
      }
    }
  }

  private static func addMultinomial(
    _ chances: [Double], _ count: Double, _ columns: [Int], _ start: Int, to result: inout Matrix
  ) {
    for (a, first) in chances.enumerated() {
      for (b, second) in chances.enumerated() {
        let own = a == b ? first : 0
        result[columns[start + a], columns[start + b]] += count * (own - first * second)
      }
    }
  }

  private static func addAdjacent(
    _ chances: [Double], _ given: [Double], _ count: Double, hasSlope: Bool, _ columns: [Int],
    _ start: Int, to result: inout Matrix
  ) {
    let mean = zip(chances, given).reduce(0) { $0 + $1.0 * $1.1 }
    let first = start + (hasSlope ? 1 : 0)
    if hasSlope {
      let spread = zip(chances, given).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
      result[columns[start], columns[start]] += count * spread
      for category in 1..<max(1, given.count) {
        let cross = count * chances[category] * (given[category] - mean)
        result[columns[start], columns[first + category - 1]] += cross
        result[columns[first + category - 1], columns[start]] += cross
      }
    }
    addMultinomial(Array(chances.dropFirst()), count, columns, first, to: &result)
  }

  private static func addPair(
    _ em: EM, _ scores: LatentScores, _ factor: LatentFactor, _ offset: Int, _ a: Int,
    _ b: Int, _ latent: Int, to result: inout Matrix, _ position: Int
  ) {
    let classes = em.layout.classes
    let columns = scores.columns[latent]
    let start = scores.starts[position][latent]
    let table = Array(em.theta[offset + latent * a * b..<offset + (latent + 1) * a * b])
    let imaginary = em.prior.categories / Double(classes)
    let model = pairSpread(table, a, b)
    for code in 1..<factor.cells {
      let count = em.counts[(factor.firstCell + code) * classes + latent]
      guard count > 0 else { continue }
      let left = pairSpread(scores.pairShares(table, a, b, code), a, b)
      for i in 0..<model.rows {
        for j in 0..<model.columns {
          result[columns[start + i], columns[start + j]] += count * (model[i, j] - left[i, j])
        }
      }
    }
    for i in 0..<model.rows {
      for j in 0..<model.columns {
        result[columns[start + i], columns[start + j]] += imaginary * model[i, j]
      }
    }
  }

  /// Covariance of a pair's indicators: first item, second item, both.
  private static func pairSpread(_ table: [Double], _ a: Int, _ b: Int) -> Matrix {
    let count = (a - 1) + (b - 1) + (a - 1) * (b - 1)
    var indicators = Matrix(rows: a * b, columns: count)
    for cell in 0..<a * b {
      let (first, second) = (cell / b, cell % b)
      if first > 0 {
        indicators[cell, first - 1] = 1
      }
      if second > 0 {
        indicators[cell, a - 1 + second - 1] = 1
      }
      if first > 0, second > 0 {
        let before = (a - 1) + (b - 1)
        indicators[cell, before + (first - 1) * (b - 1) + second - 1] = 1
      }
    }
    let means = indicators.transposedMultiplied(by: table)
    var result = indicators.crossProduct(weights: table)
    for i in 0..<count {
      for j in 0..<count {
        result[i, j] -= means[i] * means[j]
      }
    }
    return result
  }

  private static func addNumber(
    _ em: EM, _ factor: LatentFactor, _ position: Int, _ offset: Int, _ latent: Int,
    _ columns: [Int], _ start: Int, to result: inout Matrix
  ) {
    guard let numeric = em.shape.numeric.first(where: { $0.factor == position }) else { return }
    let classes = em.layout.classes
    let weight = em.totals(numeric.sum, latent)
    let share = 1 / Double(classes)
    if numeric.isCount {
      let rate = em.theta[offset + latent]
      result[columns[start], columns[start]] += (weight + em.prior.rates * share) * rate
      return
    }
    let variance = em.theta[offset + classes + latent]
    let overall = em.marginals.variances[numeric.column]
    let (mean, spread) = (columns[start], columns[start + 1])
    let cross = em.totals(numeric.sum + 1, latent) / variance
    let squares =
      em.totals(numeric.sum + 2, latent) + em.prior.variances * share * overall
    result[mean, mean] += weight / variance
    result[mean, spread] += cross
    result[spread, mean] += cross
    result[spread, spread] += 0.5 * squares / variance
  }
}
