import Foundation
import TesseraDesign
import TesseraMath

/// The third step by EM: sizes, means and variances given assignments that err at known rates.
struct ThreeStepLikelihood {
  let step: ThreeStep
  let outcome: [Double]
  let variance: Item.VarianceForm

  func means() -> [ThreeStep.Mean] {
    let (classification, assigned, weights) = (step.classification, step.assigned, step.weights)
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

  /// Sandwich errors of the means from the scores of sizes, means and log variances, which depend on
  /// the chances of assignment.
  private func errors(
    _ rows: [Int], _ chances: Matrix, _ sizes: [Double], _ means: [Double], _ variances: [Double]
  ) -> [ThreeStep.Mean] {
    let classes = sizes.count
    let isEqual = variance == .equal
    let width = classes - 1 + classes + (isEqual ? 1 : classes)
    var scores = Matrix(rows: outcome.count, columns: width)
    var slopes = Matrix(rows: classes * classes, columns: width)
    for (position, row) in rows.enumerated() {
      let chances = (0..<classes).map { chances[position, $0] }
      // Where the chance of a segment enters, and by how much.
      let parts = (0..<classes).map { latent -> [(column: Int, factor: Double)] in
        let gap = outcome[row] - means[latent]
        return (latent > 0 ? [(latent - 1, 1)] : []) + [
          (classes - 1 + latent, gap / variances[latent]),
          (
            2 * classes - 1 + (isEqual ? 0 : latent), 0.5 * (gap * gap / variances[latent] - 1)
          ),
        ]
      }
      for latent in 0..<classes {
        for part in parts[latent] {
          scores[row, part.column] += step.weights[row] * chances[latent] * part.factor
        }
        if latent > 0 { scores[row, latent - 1] -= step.weights[row] * sizes[latent] }
      }
      step.addSlopes(row: row, chances: chances, parts: parts, to: &slopes)
    }
    // The outer product stands in for the information, so that one inverse gives the errors.
    let information = scores.crossProduct(
      weights: step.weights.map { $0 > 0 ? 1 / $0 : 0 })
    let inverse = (try? Cholesky(information))?.inverse()
    return (0..<classes).map { latent in
      let error = inverse.map {
        step.error(of: Array($0.row(classes - 1 + latent)), scores: scores, slopes: slopes)
      }
      return ThreeStep.Mean(
        mean: means[latent], standardError: error ?? .nan, variance: variances[latent])
    }
  }
}

extension ThreeStep {
  /// Adds how the scores of a respondent move with the chances of assignment.
  ///
  /// - Parameters:
  ///   - row: The respondent.
  ///   - chances: Chances of the segments in the third step.
  ///   - parts: For each segment the columns of the scores that its chance enters, and by how much.
  ///   - slopes: (Segments²) x scores.
  func addSlopes(
    row: Int, chances: [Double], parts: [[(column: Int, factor: Double)]],
    to slopes: inout Matrix
  ) {
    guard influence != nil else { return }
    let place = assigned[row]
    let classes = chances.count
    for own in 0..<classes {
      let ratio = weights[row] * chances[own] / max(classification[own, place], 1e-12)
      guard ratio > 0 else { continue }
      for latent in 0..<classes {
        let move = ratio * ((latent == own ? 1 : 0) - chances[latent])
        for part in parts[latent] {
          slopes[own * classes + place, part.column] += move * part.factor
        }
      }
    }
  }

  /// The error of a number of the third step with a given gradient over its scores.
  ///
  /// - Parameters:
  ///   - gradient: Derivatives of the number by the sums of scores.
  ///   - scores: Respondents x scores, weights included.
  ///   - slopes: (Segments²) x scores: how the sums move with the chances of assignment.
  /// - Returns: The standard error.
  func error(of gradient: [Double], scores: Matrix, slopes: Matrix) -> Double {
    var terms = scores.multiplied(by: gradient)
    if let influence {
      let moved = influence.multiplied(by: slopes.multiplied(by: gradient))
      for row in terms.indices { terms[row] += moved[row] }
    }
    return units.variance(of: terms).squareRoot()
  }
}
