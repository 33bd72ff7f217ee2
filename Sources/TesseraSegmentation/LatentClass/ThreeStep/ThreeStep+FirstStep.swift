import Foundation
import TesseraMath

extension ThreeStep {
  /// What each respondent adds to the estimated chances of being assigned, the first step included.
  ///
  /// With D[u, v] = Σ w z_u 1[a = v] / Σ w z_u, a respondent moves D by being counted and by moving the
  /// model's parameters θ, on which every z depends. Assignments follow θ as well, but any rule of
  /// assignment with its own D leads to the same outcome, so that this has no effect of first order.
  ///
  /// - Reference: Bakk, Oberski & Vermunt (2014), *Political Analysis* 22(4), 520-540.
  struct FirstStep {
    private let em: EM
    private let scores: LatentScores
    private let posterior: [Double]
    private let classes: Int
    private let patterns: Int
    /// Inverse information over the parameters that are not at a border, and these.
    private let inverse: Matrix
    private let free: [Int]

    /// Patterns from which the information is taken in large studies; the first are a random sample.
    private static let sampled = 20_000

    /// Takes the information; `nil` where the answers do not determine the parameters.
    init?(
      _ fit: LatentClassFit, on data: LatentClassData, prior: LatentClassPrior
    ) throws(SegmentationError) {
      let em = try fit.model.makeEM(on: data, weights: nil, prior: prior, workers: .single)
      patterns = em.patterns
      let part = min(em.patterns, Self.sampled)
      let source =
        part == em.patterns
        ? em
        : try fit.model.makeEM(
          on: data, weights: nil, prior: prior, workers: .single, patterns: part)
      let information = LatentInformation(source)
      var masses = (part: 0.0, all: 0.0)
      for pattern in 0..<em.patterns {
        masses.all += em.weights[pattern]
        if pattern < part { masses.part += em.weights[pattern] }
      }
      let hasBlock = em.layout.factors.contains {
        $0.columns > 1
      }
      let border = LatentCovariance.border(em, information.scores)
      free = border.indices.filter { !border[$0] }
      var curvature = LatentCovariance.submatrix(
        hasBlock ? information.outerProduct : information.observed, free)
      for index in curvature.values.indices { curvature.values[index] *= masses.all / masses.part }
      guard let factorised = try? Cholesky(curvature) else { return nil }
      inverse = factorised.inverse()
      scores = information.scores
      posterior = part == em.patterns ? information.posterior : em.score().posterior
      classes = em.layout.classes
      self.em = em
    }

    /// Respondents x (classes²): what each adds to D, row after row.
    ///
    /// - Parameters:
    ///   - classification: D.
    ///   - assigned: The segment of each respondent.
    ///   - weights: What each respondent counts for.
    /// - Returns: The parts of all respondents.
    /// - Complexity: O(patterns × classes × parameters).
    func influence(_ classification: Matrix, assigned: [Int], weights: [Double]) -> Matrix {
      var place = [Int](repeating: 0, count: em.data.patternCount)
      for (row, pattern) in em.data.patternOf.enumerated() {
        place[Int(pattern)] = assigned[row]
      }
      var masses = [Double](repeating: 0, count: classes)
      // Σ w 1[a = v] dz_u/dθ, one row for u and v.
      var slopes = Matrix(rows: classes * classes, columns: scores.count)
      each { pattern, own, score in
        for latent in 0..<classes {
          let chance = posterior[pattern * classes + latent]
          let weight = em.weights[pattern] * chance
          masses[latent] += weight
          guard weight > 0 else { continue }
          let row = latent * classes + place[pattern]
          for (packed, column) in scores.columns[latent].enumerated() {
            slopes[row, column] += weight * own[latent][packed]
          }
          for column in 0..<scores.count { slopes[row, column] -= weight * score[column] }
        }
      }
      var steps = Matrix(rows: free.count, columns: classes * classes)
      for latent in 0..<classes {
        for (position, column) in free.enumerated() {
          var all = 0.0
          for other in 0..<classes { all += slopes[latent * classes + other, column] }
          for other in 0..<classes {
            steps[position, latent * classes + other] =
              (slopes[latent * classes + other, column] - classification[latent, other] * all)
              / masses[latent]
          }
        }
      }
      let moves = inverse.multiplied(by: steps)
      var byPattern = Matrix(rows: em.data.patternCount, columns: classes * classes)
      each { pattern, _, score in
        for latent in 0..<classes {
          let chance = posterior[pattern * classes + latent] / masses[latent]
          for other in 0..<classes {
            let column = latent * classes + other
            var sum = chance * ((place[pattern] == other ? 1 : 0) - classification[latent, other])
            for (position, index) in free.enumerated() {
              sum += score[index] * moves[position, column]
            }
            byPattern[pattern, column] = sum
          }
        }
      }
      var result = Matrix(rows: assigned.count, columns: classes * classes)
      for (row, pattern) in em.data.patternOf.enumerated() where weights[row] > 0 {
        for column in 0..<classes * classes {
          result[row, column] = weights[row] * byPattern[Int(pattern), column]
        }
      }
      return result
    }

    /// Every pattern with the derivatives of each class, packed, and of its log-likelihood.
    private func each(_ body: (_ pattern: Int, _ own: [[Double]], _ score: [Double]) -> Void) {
      var own = scores.columns.map { [Double](repeating: 0, count: $0.count) }
      for pattern in 0..<patterns {
        let answers = LatentAnswers(pattern: pattern, of: em.data)
        let sizes = scores.sizes(answers)
        var score = [Double](repeating: 0, count: scores.count)
        for latent in 0..<classes {
          scores.packed(answers, latent: latent, sizes: sizes, into: &own[latent])
          let chance = posterior[pattern * classes + latent]
          guard chance > 0 else { continue }
          for (packed, column) in scores.columns[latent].enumerated() {
            score[column] += chance * own[latent][packed]
          }
        }
        body(pattern, own, score)
      }
    }
  }
}
