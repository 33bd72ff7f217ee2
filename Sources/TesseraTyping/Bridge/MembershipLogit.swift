import Foundation
import TesseraMath

/// A multinomial logit of segments on columns, where the segments are assigned with errors of known
/// rates: maximum likelihood with a ridge, the third step of a three-step analysis.
///
/// - Reference: Vermunt (2010), *Political Analysis* 18(4), 450-469, doi:10.1093/pan/mpq025; Lange
///   (1995), *JRSS B* 57(2), 425-437, for the steps.
struct MembershipLogit: Sendable {
  /// For each segment its intercept and then one slope a column of ``Profiles``; sums over the
  /// segments are free, and the ridge brings them to 0.
  let coefficients: [[Double]]

  /// Answers to the columns that occur, and who has them.
  struct Profiles: Sendable {
    /// Distinct answers, standardised: profiles × columns.
    let columns: Matrix
    /// Of each column what was taken away and what the rest was divided by.
    let centers: [Double]
    let scales: [Double]
    /// The profile of each respondent.
    let profileOf: [Int]

    /// Gathers respondents of the same answers.
    ///
    /// - Parameters:
    ///   - matrix: Respondents × columns.
    ///   - weights: What each counts for in means and deviations.
    init(_ matrix: Matrix, weights: [Double]) {
      let total = weights.reduce(0, +)
      var centers: [Double] = []
      var scales: [Double] = []
      for column in 0..<matrix.columns {
        var (sum, squares) = (0.0, 0.0)
        for row in 0..<matrix.rows { sum += weights[row] * matrix[row, column] }
        let mean = sum / total
        for row in 0..<matrix.rows {
          let gap = matrix[row, column] - mean
          squares += weights[row] * gap * gap
        }
        centers.append(mean)
        scales.append(squares > 0 ? (squares / total).squareRoot() : 1)
      }
      var known: [[Double]: Int] = [:]
      var rows: [[Double]] = []
      profileOf = (0..<matrix.rows).map { row in
        let answers = Array(matrix.row(row))
        if let place = known[answers] { return place }
        known[answers] = rows.count
        rows.append(answers)
        return rows.count - 1
      }
      var columns = Matrix(rows: rows.count, columns: matrix.columns)
      for (place, answers) in rows.enumerated() {
        for column in answers.indices {
          columns[place, column] = (answers[column] - centers[column]) / scales[column]
        }
      }
      self.columns = columns
      self.centers = centers
      self.scales = scales
    }

    /// Weight of each profile and assigned segment.
    func counts(_ assigned: [Int], segments: Int, weights: [Double]) -> Matrix {
      var counts = Matrix(rows: columns.rows, columns: segments)
      for (row, profile) in profileOf.enumerated() where weights[row] > 0 {
        counts[profile, assigned[row]] += weights[row]
      }
      return counts
    }
  }

  /// Fits the logit.
  ///
  /// - Parameters:
  ///   - profiles: The columns.
  ///   - counts: Weight of each profile and assigned segment.
  ///   - classification: Chance of being assigned to a segment (column) for members of one (row).
  ///   - ridge: Half of it times the sum of squared slopes is taken from the log-likelihood.
  ///   - start: Where to begin.
  /// - Complexity: O(profiles · (segments · columns)²) a step.
  init(
    _ profiles: Profiles, counts: Matrix, classification: Matrix, ridge: Double,
    start: MembershipLogit? = nil
  ) {
    let segments = classification.rows
    let width = profiles.columns.columns + 1
    let used = (0..<counts.rows).filter { row in counts.row(row).contains { $0 > 0 } }
    var theta =
      start?.coefficients
      ?? [[Double]](repeating: [Double](repeating: 0, count: width), count: segments)
    // Only differences of intercepts are known.
    let small = 1e-4

    func objective(_ theta: [[Double]]) -> Double {
      var sum = 0.0
      for profile in used {
        let chances = Self.chances(theta, profiles.columns.row(profile))
        for place in 0..<segments where counts[profile, place] > 0 {
          let chance = (0..<segments).reduce(0.0) {
            $0 + chances[$1] * classification[$1, place]
          }
          sum += counts[profile, place] * log(max(chance, 1e-300))
        }
      }
      for row in theta {
        sum -= 0.5 * small * row[0] * row[0]
        sum -= 0.5 * ridge * row.dropFirst().reduce(0) { $0 + $1 * $1 }
      }
      return sum
    }

    var reached = objective(theta)
    for _ in 0..<300 {
      var gradient = [Double](repeating: 0, count: segments * width)
      var information = Matrix(rows: segments * width, columns: segments * width)
      for profile in used {
        let answers = [1.0] + profiles.columns.row(profile)
        let chances = Self.chances(theta, profiles.columns.row(profile))
        var (mass, expected) = (0.0, [Double](repeating: 0, count: segments))
        for place in 0..<segments where counts[profile, place] > 0 {
          let terms = (0..<segments).map { chances[$0] * classification[$0, place] }
          let norm = max(terms.reduce(0, +), 1e-300)
          mass += counts[profile, place]
          for latent in 0..<segments {
            expected[latent] += counts[profile, place] * terms[latent] / norm
          }
        }
        for latent in 0..<segments {
          let score = expected[latent] - mass * chances[latent]
          for column in 0..<width { gradient[latent * width + column] += score * answers[column] }
          for other in 0...latent {
            let factor = mass * chances[latent] * ((latent == other ? 1 : 0) - chances[other])
            for column in 0..<width {
              let part = factor * answers[column]
              let row = latent * width + column
              for across in 0..<width {
                information[row, other * width + across] += part * answers[across]
              }
            }
          }
        }
      }
      for latent in 0..<segments {
        for column in 0..<width {
          let index = latent * width + column
          let pull = column == 0 ? small : ridge
          gradient[index] -= pull * theta[latent][column]
          information[index, index] += pull + 1e-9
          for later in index + 1..<max(index + 1, segments * width) {
            information[index, later] = information[later, index]
          }
        }
      }
      guard let root = try? Cholesky(information) else { break }
      let step = root.solve(gradient)
      var (factor, isBetter) = (1.0, false)
      for _ in 0..<20 {
        var moved = theta
        for latent in 0..<segments {
          for column in 0..<width {
            moved[latent][column] += factor * step[latent * width + column]
          }
        }
        let value = objective(moved)
        if value >= reached - 1e-12 * reached.magnitude {
          isBetter = value - reached > 1e-9 * max(1, reached.magnitude)
          (theta, reached) = (moved, value)
          break
        }
        factor /= 2
      }
      if !isBetter { break }
    }
    coefficients = theta
  }

  /// Log-likelihood of assignments under the logit.
  func logLikelihood(_ profiles: Profiles, counts: Matrix, classification: Matrix) -> Double {
    var sum = 0.0
    for profile in 0..<counts.rows where counts.row(profile).contains(where: { $0 > 0 }) {
      let chances = chances(profiles.columns.row(profile))
      for place in 0..<counts.columns where counts[profile, place] > 0 {
        let chance = chances.indices.reduce(0.0) { $0 + chances[$1] * classification[$1, place] }
        sum += counts[profile, place] * log(max(chance, 1e-300))
      }
    }
    return sum
  }

  /// Chance of each segment.
  ///
  /// - Parameter answers: Standardised columns.
  /// - Returns: Chances that sum to 1.
  func chances(_ answers: ArraySlice<Double>) -> [Double] { Self.chances(coefficients, answers) }

  private static func chances(_ theta: [[Double]], _ answers: ArraySlice<Double>) -> [Double] {
    let logs = theta.map { row in
      zip(row.dropFirst(), answers).reduce(row[0]) { $0 + $1.0 * $1.1 }
    }
    let norm = logSumExp(logs)
    return logs.map { exp($0 - norm) }
  }

  /// Log-odds against the first segment in the units of the columns: a row a segment, intercept
  /// first.
  func membership(_ profiles: Profiles) -> [[Double]] {
    coefficients.map { row in
      let gaps = zip(row, coefficients[0]).map { $0 - $1 }
      let slopes = zip(gaps.dropFirst(), profiles.scales).map { $0 / $1 }
      let shift = zip(slopes, profiles.centers).reduce(0) { $0 + $1.0 * $1.1 }
      return [gaps[0] - shift] + slopes
    }
  }
}
