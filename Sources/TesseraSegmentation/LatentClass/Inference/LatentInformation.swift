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
    for place in scores.places.joined() {
      place.factor.family.addInformation(place, em, to: &result)
    }
    return result
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
}
