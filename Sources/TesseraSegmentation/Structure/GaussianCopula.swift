import Foundation
import TesseraMath

/// Data with the margins and correlations of a survey, but without any segments.
///
/// Answers are steps of normal variables. For each pair the correlation behind the steps is chosen
/// such that the answers correlate as observed: with the Hermite coefficients a_h and b_h of two
/// standardised margins it solves Σ_h a_h b_h ρ^h = r. Codes of categories are taken in their order.
///
/// - Reference: Cario & Nelson (1997), *Modeling and generating random vectors with arbitrary
///   marginal distributions and correlation matrix*, Northwestern University.
struct GaussianCopula: Sendable {
  private let input: RespondentMatrix
  private let margins: [Margin]
  /// Turns independent normals into correlated ones; columns × columns.
  private let root: Matrix

  /// The steps of one column.
  private struct Margin: Sendable {
    /// Different answers, rising.
    let answers: [Double]
    /// Standard normal quantiles at which one answer gives way to the next.
    let cuts: [Double]
    /// Hermite coefficients of the standardised answer, from order 1.
    let coefficients: [Double]

    func answer(at score: Double) -> Double {
      var low = 0
      var high = cuts.count
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] < score {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return answers[low]
    }
  }

  private static let orders = 30

  /// Measures margins and correlations.
  ///
  /// - Throws: ``SegmentationError/decomposition(_:)`` if the correlations have no root.
  /// - Complexity: O(*n* · *d*²).
  init(_ input: RespondentMatrix) throws(SegmentationError) {
    let weights = input.weights.effective(count: input.values.rows)
    let columns = input.values.columns
    let margins = (0..<columns).map {
      Self.margin(input.values.column($0), weights: weights)
    }
    let observed = Self.correlations(input.values, weights: weights)
    var latent = Matrix.identity(columns)
    for first in 0..<columns {
      for second in 0..<first {
        let value = Self.latentCorrelation(
          observed[first, second], margins[first].coefficients, margins[second].coefficients)
        latent[first, second] = value
        latent[second, first] = value
      }
    }
    self.input = input
    self.margins = margins
    do throws(LinearAlgebraError) {
      root = try Self.root(of: latent)
    } catch {
      throw .decomposition("\(error)")
    }
  }

  /// How much the columns of a table go together: the sum of their squared correlations.
  static func association(_ input: RespondentMatrix) -> Double {
    let found = correlations(
      input.values, weights: input.weights.effective(count: input.values.rows))
    var sum = 0.0
    for first in 0..<found.rows {
      for second in 0..<first where found[first, second].isFinite {
        sum += found[first, second] * found[first, second]
      }
    }
    return sum
  }

  /// Draws a set of the same size, gaps and weights standing where they stood.
  func draw(random: inout RandomStream) throws(SegmentationError) -> RespondentMatrix {
    let columns = input.values.columns
    var values = input.values
    let block = 512
    for start in stride(from: 0, to: values.rows, by: block) {
      let rows = min(block, values.rows - start)
      let scores = Matrix(
        rows: rows, columns: columns, values: random.normals(rows * columns)
      ).multiplied(byTransposed: root)
      for row in 0..<rows {
        for column in 0..<columns where !values[start + row, column].isNaN {
          values[start + row, column] = margins[column].answer(at: scores[row, column])
        }
      }
    }
    return try RespondentMatrix(values, weights: input.weights)
  }

  private static func margin(_ column: [Double], weights: [Double]) -> Margin {
    let order = column.indices.filter { !column[$0].isNaN && weights[$0] > 0 }
      .sorted { (column[$0], $0) < (column[$1], $1) }
    var answers: [Double] = []
    var masses: [Double] = []
    for row in order {
      if answers.last == column[row] {
        masses[masses.count - 1] += weights[row]
      } else {
        answers.append(column[row])
        masses.append(weights[row])
      }
    }
    guard answers.count > 1 else {
      return Margin(
        answers: answers.isEmpty ? [.nan] : answers, cuts: [],
        coefficients: [Double](repeating: 0, count: orders))
    }
    let total = masses.reduce(0, +)
    var below = 0.0
    let cuts = masses.dropLast().map { mass in
      below += mass
      return NormalDistribution.standard.quantile(min(below / total, 1 - 1e-12))
    }
    let mean = zip(answers, masses).reduce(0) { $0 + $1.0 * $1.1 } / total
    let variance =
      zip(answers, masses).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
    let deviation = variance.squareRoot()
    // a_h = Σ over cuts of the step there × φ(t) He_{h−1}(t) / √h!
    var coefficients = [Double](repeating: 0, count: orders)
    for (index, cut) in cuts.enumerated() {
      let step = (answers[index + 1] - answers[index]) / deviation
      let density = NormalDistribution.standard.density(cut)
      // Normalised polynomials He_h / √h! obey a three-term recurrence.
      var previous = 0.0
      var current = 1.0
      for order in 1...orders {
        coefficients[order - 1] += step * density * current / Double(order).squareRoot()
        let next =
          (cut * current - Double(order - 1).squareRoot() * previous) / Double(order).squareRoot()
        previous = current
        current = next
      }
    }
    return Margin(answers: answers, cuts: cuts, coefficients: coefficients)
  }

  /// Weighted correlations of pairs over those who answered both; 0 where one is constant.
  ///
  /// Sums over all pairs at once are matrix products of answers about their column's mean, of their
  /// squares, and of marks of who answered; a gap is 0 in all of them.
  private static func correlations(_ values: Matrix, weights: [Double]) -> Matrix {
    let (rows, columns) = (values.rows, values.columns)
    var (gaps, centred, squares) = (false, values, Matrix(rows: rows, columns: columns))
    var answered = squares
    for column in 0..<columns {
      var (mass, sum) = (0.0, 0.0)
      for row in 0..<rows where !values[row, column].isNaN {
        mass += weights[row]
        sum += weights[row] * values[row, column]
      }
      let mean = mass > 0 ? sum / mass : 0
      for row in 0..<rows {
        let gap = values[row, column] - mean
        let isGap = gap.isNaN
        gaps = gaps || isGap
        centred[row, column] = isGap ? 0 : gap
        squares[row, column] = isGap ? 0 : gap * gap
        answered[row, column] = isGap ? 0 : 1
      }
    }
    func weighted(_ matrix: Matrix) -> Matrix {
      var result = matrix
      for row in 0..<rows {
        for column in 0..<columns { result[row, column] *= weights[row] }
      }
      return result
    }
    let ofAnswers = weighted(centred)
    let products = ofAnswers.transposedMultiplied(by: centred)
    // Row a, column b: of the answers to a, over those who answered b as well.
    let ofPairs =
      gaps
      ? (
        masses: weighted(answered).transposedMultiplied(by: answered),
        sums: ofAnswers.transposedMultiplied(by: answered),
        powers: weighted(squares).transposedMultiplied(by: answered)
      ) : nil
    var result = Matrix.identity(columns)
    for first in 0..<columns {
      for second in 0..<first {
        var moments = (
          xx: products[first, first], xy: products[first, second], yy: products[second, second]
        )
        if let (masses, sums, powers) = ofPairs {
          let mass = masses[first, second]
          guard mass > 0 else { continue }
          let (x, y) = (sums[first, second], sums[second, first])
          moments = (
            xx: powers[first, second] - x * x / mass, xy: moments.xy - x * y / mass,
            yy: powers[second, first] - y * y / mass
          )
        }
        // A column that is constant among these people is left with nothing but rounding.
        let isConstant =
          moments.xx <= 1e-12 * products[first, first]
          || moments.yy <= 1e-12 * products[second, second]
        result[first, second] =
          isConstant ? 0 : moments.xy / (moments.xx * moments.yy).squareRoot()
        result[second, first] = result[first, second]
      }
    }
    return result
  }

  /// The normal correlation behind an observed one; the nearest possible where none fits.
  private static func latentCorrelation(
    _ observed: Double, _ first: [Double], _ second: [Double]
  ) -> Double {
    func reached(_ correlation: Double) -> Double {
      var power = 1.0
      var sum = 0.0
      for order in first.indices {
        power *= correlation
        sum += first[order] * second[order] * power
      }
      return sum
    }
    var low = -0.995
    var high = 0.995
    // By Price's theorem the observed correlation rises with the latent one.
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if reached(middle) < observed {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// A root of the nearest usable correlation matrix: negative eigenvalues are lifted to almost 0.
  private static func root(of correlations: Matrix) throws(LinearAlgebraError) -> Matrix {
    let eigen = try SymmetricEigen(correlations)
    var root = eigen.vectors
    for column in 0..<root.columns {
      let length = max(eigen.values[column], 1e-8).squareRoot()
      for row in 0..<root.rows {
        root[row, column] *= length
      }
    }
    for row in 0..<root.rows {
      let norm = root.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
      for column in 0..<root.columns {
        root[row, column] /= norm
      }
    }
    return root
  }
}
