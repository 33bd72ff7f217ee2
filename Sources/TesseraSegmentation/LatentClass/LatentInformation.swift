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

  init(_ climb: LatentClimb) {
    climb.expect(.double)
    let scores = LatentScores(data: climb.data, layout: climb.layout, theta: climb.theta)
    self.scores = scores
    posterior = climb.score().posterior
    let classes = climb.layout.classes
    let patterns = climb.patterns
    var rows = Matrix(rows: patterns, columns: scores.count)
    var buffer = [Double](repeating: 0, count: scores.widestClass)
    var missing = Matrix(rows: scores.count, columns: scores.count)
    let chunk = 2048
    for first in stride(from: 0, to: patterns, by: chunk) {
      let last = min(patterns, first + chunk)
      let answers = (first..<last).map { LatentAnswers(pattern: $0, of: climb.data) }
      let sizes = answers.map { scores.sizes($0) }
      for latent in 0..<classes {
        let width = scores.columns[latent].count
        var own = Matrix(rows: last - first, columns: width)
        for pattern in first..<last {
          let chance = posterior[pattern * classes + latent]
          guard chance > 0 else { continue }
          scores.packed(
            answers[pattern - first], latent: latent, sizes: sizes[pattern - first], into: &buffer)
          let scale = (climb.weights[pattern] * chance).squareRoot()
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
    outerProduct = rows.crossProduct(weights: Array(climb.weights[0..<patterns]))
    observed = LatentInformation.complete(climb, scores)
    for index in observed.values.indices {
      observed.values[index] += outerProduct.values[index] - missing.values[index]
    }
  }

  /// Expected curvature of the complete-data log-likelihood, prior included.
  private static func complete(_ climb: LatentClimb, _ scores: LatentScores) -> Matrix {
    var result = Matrix(rows: scores.count, columns: scores.count)
    addSizes(climb, to: &result)
    for (position, factor) in climb.layout.factors.enumerated() {
      let offset = climb.layout.offsets[position]
      for latent in 0..<climb.layout.classes {
        let columns = scores.columns[latent]
        let start = scores.starts[position][latent]
        switch factor.kind {
        case .categorical(let size):
          let count = answered(climb, factor, latent)
          let chances = (0..<size).filter { $0 != scores.references[position][latent] }
            .map { climb.theta[offset + latent * size + $0] }
          addMultinomial(chances, count, columns, start, to: &result)
        case .adjacent(let given):
          addAdjacent(
            scores.adjacentChances(offset, given, latent), given, answered(climb, factor, latent),
            hasSlope: factor.ownFree(latent: latent) > 0, columns, start, to: &result)
        case .pair(let a, let b):
          addPair(climb, scores, factor, offset, a, b, latent, to: &result, position)
        case .normal, .poisson, .block:
          addNumber(climb, factor, position, offset, latent, columns, start, to: &result)
        }
      }
    }
    return result
  }

  private static func answered(
    _ climb: LatentClimb, _ factor: LatentFactor, _ latent: Int
  ) -> Double {
    let classes = climb.layout.classes
    return (1..<factor.cells).reduce(climb.prior.categories / Double(classes)) {
      $0 + climb.counts[(factor.firstCell + $1) * classes + latent]
    }
  }

  private static func addSizes(_ climb: LatentClimb, to result: inout Matrix) {
    let classes = climb.layout.classes
    let width = climb.layout.designWidth
    guard classes > 1 else { return }
    if width == 0 {
      let total = climb.marginals.total + climb.prior.sizes
      for a in 1..<classes {
        for b in 1..<classes {
          let own = a == b ? climb.theta[a] : 0
          result[a - 1, b - 1] = total * (own - climb.theta[a] * climb.theta[b])
        }
      }
      return
    }
    let information = climb.membershipInformation()
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
    _ climb: LatentClimb, _ scores: LatentScores, _ factor: LatentFactor, _ offset: Int, _ a: Int,
    _ b: Int, _ latent: Int, to result: inout Matrix, _ position: Int
  ) {
    let classes = climb.layout.classes
    let columns = scores.columns[latent]
    let start = scores.starts[position][latent]
    let table = Array(climb.theta[offset + latent * a * b..<offset + (latent + 1) * a * b])
    let imaginary = climb.prior.categories / Double(classes)
    let model = pairSpread(table, a, b)
    for code in 1..<factor.cells {
      let count = climb.counts[(factor.firstCell + code) * classes + latent]
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
    _ climb: LatentClimb, _ factor: LatentFactor, _ position: Int, _ offset: Int, _ latent: Int,
    _ columns: [Int], _ start: Int, to result: inout Matrix
  ) {
    guard let numeric = climb.shape.numeric.first(where: { $0.factor == position }) else { return }
    let classes = climb.layout.classes
    let weight = climb.totals(numeric.sum, latent)
    let share = 1 / Double(classes)
    if numeric.isCount {
      let rate = climb.theta[offset + latent]
      result[columns[start], columns[start]] += (weight + climb.prior.rates * share) * rate
      return
    }
    let variance = climb.theta[offset + classes + latent]
    let overall = climb.marginals.variances[numeric.column]
    let (mean, spread) = (columns[start], columns[start + 1])
    let cross = climb.totals(numeric.sum + 1, latent) / variance
    let squares =
      climb.totals(numeric.sum + 2, latent) + climb.prior.variances * share * overall
    result[mean, mean] += weight / variance
    result[mean, spread] += cross
    result[spread, mean] += cross
    result[spread, spread] += 0.5 * squares / variance
  }
}
