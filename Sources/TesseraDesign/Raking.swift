import TesseraMath
package import TesseraSurvey

/// Makes weights fit known totals by iterative proportional fitting.
///
/// - Reference: Deming & Stephan (1940), *Annals of Mathematical Statistics* 11(4), 427–444;
///   Deville, Särndal & Sautory (1993), *JASA* 88(423), 1013–1020.
package struct Raking {
  private let known: KnownMargins

  package init(_ known: KnownMargins) {
    self.known = known
  }

  /// Weights that fit, or come as near as the passes allow.
  package struct Result {
    package let weights: [Double]
    /// Passes over all margins.
    package let passes: Int
    /// The largest relative distance of a sum of weights from its total, and of which variable.
    package let worst: (distance: Double, variable: String)
  }

  /// How near sums come to their totals.
  package static let tolerance = 1e-9

  /// Fits weights to the totals.
  ///
  /// - Parameters:
  ///   - start: One a row, 0 or more. An answer that no weight stands for is passed over.
  ///   - passes: The most passes over all margins.
  /// - Returns: The weights, and how near they came.
  /// - Complexity: O(rows · margins · passes).
  package func weights(_ start: [Double], passes: Int) -> Result {
    var weights = start
    let whole = known.margins.first?.totals.reduce(0, +) ?? 1
    let sum = start.reduce(0, +)
    for row in weights.indices { weights[row] *= whole / sum }
    var worst = (distance: 0.0, variable: "")
    for pass in 1...passes {
      for margin in known.margins {
        let factors = zip(sums(margin, weights), targets(margin, weights)).map {
          $0 > 0 ? $1 / $0 : 1
        }
        for (row, place) in margin.places.enumerated() where place >= 0 {
          weights[row] *= factors[place]
        }
      }
      bound(&weights)
      worst = distance(weights)
      if worst.distance < Self.tolerance {
        return Result(weights: weights, passes: pass, worst: worst)
      }
    }
    return Result(weights: weights, passes: passes, worst: worst)
  }

  private func sums(_ margin: KnownMargins.Margin, _ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: margin.totals.count)
    for (row, place) in margin.places.enumerated() where place >= 0 { sums[place] += weights[row] }
    return sums
  }

  /// The totals for those who answered: of people without an answer nothing is asked.
  private func targets(_ margin: KnownMargins.Margin, _ weights: [Double]) -> [Double] {
    var silent = 0.0
    for (row, place) in margin.places.enumerated() where place < 0 { silent += weights[row] }
    guard silent > 0 else { return margin.totals }
    let whole = margin.totals.reduce(0, +)
    return margin.totals.map { $0 * max(0, whole - silent) / whole }
  }

  /// Takes weights back to their bounds.
  private func bound(_ weights: inout [Double]) {
    guard let bounds = known.bounds else { return }
    let scale = weights.reduce(0, +) / known.base.reduce(0, +)
    for row in weights.indices where weights[row] > 0 {
      let mean = known.base[row] * scale
      weights[row] = min(max(weights[row], bounds.lowerBound * mean), bounds.upperBound * mean)
    }
  }

  private func distance(_ weights: [Double]) -> (distance: Double, variable: String) {
    var worst = (distance: 0.0, variable: known.margins.first?.variable ?? "")
    for margin in known.margins {
      let targets = targets(margin, weights)
      for (place, sum) in sums(margin, weights).enumerated() where sum > 0 {
        let distance = abs(sum / targets[place] - 1)
        if distance > worst.distance { worst = (distance, margin.variable) }
      }
    }
    return worst
  }
}

/// What is left of scores when all that known totals explain is taken out.
///
/// Weights that fit known totals make sums less variable: only what the margins do not explain
/// still varies from sample to sample.
///
/// - Reference: Deville & Särndal (1992), *JASA* 87(418), 376–382, (3.4).
struct RakingResiduals: Sendable {
  private let margins: KnownMargins
  private let weights: [Double]
  /// For each margin the column of its first answer; answers in the first place of later margins
  /// have none, since the others imply them.
  private let starts: [Int]
  private let normal: Cholesky?

  init(_ margins: KnownMargins, weights: [Double]) {
    self.margins = margins
    self.weights = weights
    var starts: [Int] = []
    var count = 0
    for (number, margin) in margins.margins.enumerated() {
      starts.append(number == 0 ? 0 : count - 1)
      count += margin.totals.count - (number == 0 ? 0 : 1)
    }
    self.starts = starts
    var cross = Matrix(rows: count, columns: count)
    for row in margins.base.indices {
      let columns = Self.columns(row, margins, starts)
      for one in columns {
        for two in columns { cross[one, two] += margins.base[row] }
      }
    }
    // Margins that imply each other leave a direction that nothing decides.
    for place in 0..<count { cross[place, place] = cross[place, place] * (1 + 1e-11) + 1e-300 }
    normal = try? Cholesky(cross)
  }

  private static func columns(_ row: Int, _ known: KnownMargins, _ starts: [Int]) -> [Int] {
    var columns: [Int] = []
    for (number, margin) in known.margins.enumerated() {
      let place = margin.places[row]
      if place > 0 || (place == 0 && number == 0) { columns.append(starts[number] + place) }
    }
    return columns
  }

  /// The residuals of what rows add to sums.
  ///
  /// - Parameter parts: What each row adds, a column a sum, weights included.
  /// - Returns: The same without what the margins explain.
  /// - Complexity: O((rows · margins + answers²) · sums).
  func callAsFunction(_ parts: Matrix) -> Matrix {
    guard let normal else { return parts }
    var result = parts
    let answers = (0..<parts.rows).map { Self.columns($0, margins, starts) }
    for sum in 0..<parts.columns {
      var right = [Double](repeating: 0, count: normal.size)
      for row in answers.indices where weights[row] > 0 {
        let value = margins.base[row] * parts[row, sum] / weights[row]
        for column in answers[row] { right[column] += value }
      }
      let slopes = normal.solve(right)
      for row in answers.indices {
        let fitted = answers[row].reduce(0) { $0 + slopes[$1] }
        result[row, sum] -= weights[row] * fitted
      }
    }
    return result
  }
}
