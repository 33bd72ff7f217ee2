import Foundation
import TesseraMath

/// A multinomial logit of known shares of a case in each class: a step of Newton's method that never
/// lowers the log-likelihood.
struct SoftLogit {
  /// Cases x columns, the first of which is 1.
  let design: Matrix
  /// Cases x classes: how much each case counts for each class.
  let counts: Matrix
  /// The class that the others are held against.
  let reference: Int

  /// Added to the curvature, so that separated cases do not run away.
  private static let ridge = 1e-3

  /// Σ counts · log chance, less the ridge.
  func objective(_ rows: [[Double]]) -> Double {
    var sum = 0.0
    for place in 0..<design.rows {
      let own = Self.chances(rows, Array(design.row(place)))
      for latent in own.indices where counts[place, latent] > 0 {
        sum += counts[place, latent] * log(max(own[latent], 1e-300))
      }
    }
    return sum + Self.logPrior([rows])
  }

  /// What the ridge takes off for slopes.
  static func logPrior(_ logits: [[[Double]]]) -> Double {
    -0.5 * ridge
      * logits.reduce(0) { sum, rows in
        sum + rows.reduce(0) { $0 + $1.dropFirst().reduce(0) { $0 + $1 * $1 } }
      }
  }

  /// Chances of the classes for a case.
  static func chances(_ rows: [[Double]], _ values: [Double]) -> [Double] {
    let terms = rows.map { row in zip(row, values).reduce(0) { $0 + $1.0 * $1.1 } }
    let norm = logSumExp(terms)
    return terms.map { exp($0 - norm) }
  }

  /// Coefficients after a step.
  ///
  /// - Parameter rows: Classes x columns; those of the reference are 0.
  /// - Returns: The same with an objective that is no lower.
  /// - Complexity: O(cases x (classes x columns)²).
  func step(from rows: [[Double]]) -> [[Double]] {
    let (classes, width) = (rows.count, design.columns)
    let free = (0..<classes).filter { $0 != reference }
    var gradient = [Double](repeating: 0, count: free.count * width)
    var curvature = Matrix(rows: gradient.count, columns: gradient.count)
    for place in 0..<design.rows {
      let values = Array(design.row(place))
      let mass = (0..<classes).reduce(0) { $0 + counts[place, $1] }
      guard mass > 0 else { continue }
      let own = Self.chances(rows, values)
      for (one, latent) in free.enumerated() {
        let gap = counts[place, latent] - mass * own[latent]
        for column in 0..<width { gradient[one * width + column] += gap * values[column] }
        for (two, other) in free.enumerated() {
          let weight = mass * own[latent] * ((latent == other ? 1 : 0) - own[other])
          for column in 0..<width {
            for second in 0..<width {
              curvature[one * width + column, two * width + second] +=
                weight * values[column] * values[second]
            }
          }
        }
      }
    }
    for (one, latent) in free.enumerated() {
      for column in 0..<width {
        let index = one * width + column
        if column > 0 {
          gradient[index] -= Self.ridge * rows[latent][column]
          curvature[index, index] += Self.ridge
        }
        curvature[index, index] += 1e-8
      }
    }
    guard let change = (try? Cholesky(curvature))?.solve(gradient) else { return rows }
    let before = objective(rows)
    var scale = 1.0
    for _ in 0..<12 {
      var trial = rows
      for (one, latent) in free.enumerated() {
        for column in 0..<width {
          trial[latent][column] += scale * change[one * width + column]
        }
      }
      if objective(trial) >= before { return trial }
      scale /= 2
    }
    return rows
  }
}
