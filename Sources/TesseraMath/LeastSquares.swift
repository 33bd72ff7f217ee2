import Foundation

/// The coefficients that bring X β nearest to *y*, by orthogonal reduction with a check of rank.
///
/// Columns are first scaled by powers of two, so that units do not decide about rank; the solution
/// is then refined with residuals in twice the precision. A column that is, to rounding, a
/// combination of those before it gets the coefficient 0 and is listed in ``dependentColumns``.
///
/// - Reference: LAPACK `dgeqp3`; refinement: Björck (1967), *BIT* 7, 257–278,
///   doi:10.1007/BF01939321.
public struct LeastSquares: Sendable, Equatable {
  /// β: one for each column of X, 0 for those left out.
  public let coefficients: [Double]
  /// The columns left out because those before them say the same, ascending from 0.
  public let dependentColumns: [Int]
  /// *y* − X β, one for each row.
  public let residuals: [Double]
  /// Σ *w* (*y* − X β)².
  public let residualSumOfSquares: Double
  /// Rows of weight above 0, less the columns kept; may be 0 or below.
  public let degreesOfFreedom: Int
  /// (Xᵀ W X)⁻¹ over the columns kept, zeros in the rows and columns of those left out.
  public let unscaledCovariance: Matrix
  /// The smallest pivot of the columns kept as a part of the largest: about the share of the digits
  /// of a double that is lost.
  public let reciprocalCondition: Double

  /// Fits coefficients.
  ///
  /// - Parameters:
  ///   - design: X, rows × columns; a column of ones for a constant.
  ///   - response: *y*, one for each row.
  ///   - weights: One weight a row, 0 or more; `nil` weighs every row 1.
  ///   - tolerance: Smallest pivot, as a part of the largest, with which a column still counts;
  ///     `nil` takes eight times the longer side times the spacing of doubles at 1.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` if an element is not finite; for *y*
  ///   and weights the column is `design.columns`.
  /// - Complexity: O(rows · columns²).
  public init(
    design: Matrix, response: [Double], weights: [Double]? = nil, tolerance: Double? = nil
  ) throws(LinearAlgebraError) {
    precondition(response.count == design.rows, "\(response.count) values, \(design.rows) rows")
    precondition(weights?.count ?? design.rows == design.rows, "weights and rows differ in number")
    precondition(weights?.allSatisfy { !($0 < 0) } ?? true, "a weight is below zero")
    try design.checkFinite()
    for row in response.indices where !response[row].isFinite || weights?[row].isFinite == false {
      throw .notFinite(row: row, column: design.columns)
    }
    let system = WeightedSystem(design, response, weights)
    let limit =
      tolerance ?? 8 * Double(max(design.rows, design.columns)) * Double.ulpOfOne
    var kept = system.usedColumns
    var factor = try PivotedQR(system.columns(kept))
    if factor.rank(limit) < kept.count {
      let independent = factor.independentColumns(limit)
      kept = independent.map { kept[$0] }
      factor = try PivotedQR(system.columns(kept))
    }
    let scaled = factor.refinedSolution(system.columns(kept), system.response)
    var coefficients = [Double](repeating: 0, count: design.columns)
    for (place, column) in kept.enumerated() {
      coefficients[column] = scaled[place] * system.scales[column]
    }
    let fit = design.residuals(of: coefficients, from: response)
    self.coefficients = coefficients
    residuals = fit
    dependentColumns = (0..<design.columns).filter { !kept.contains($0) }
    residualSumOfSquares = fit.indices.lazy
      .map { (weights?[$0] ?? 1) * fit[$0] * fit[$0] }.compensatedSum()
    degreesOfFreedom = (weights?.filter { $0 > 0 }.count ?? design.rows) - kept.count
    reciprocalCondition = factor.reciprocalCondition
    unscaledCovariance = system.unscale(
      factor.inverseCrossProduct(), kept: kept, size: design.columns)
  }

  /// Number of columns that say something of their own.
  public var rank: Int { coefficients.count - dependentColumns.count }

  /// A sentence on the columns left out; `nil` if all count.
  public var warning: String? {
    guard !dependentColumns.isEmpty else { return nil }
    let numbers = dependentColumns.map { "\($0 + 1)" }.joined(separator: ", ")
    return "rank \(rank) of \(coefficients.count): left out as a combination of columns before: "
      + numbers
  }

  /// Residual sum of squares over the degrees of freedom; `nil` if there are none.
  public var residualVariance: Double? {
    degreesOfFreedom > 0 ? residualSumOfSquares / Double(degreesOfFreedom) : nil
  }

  /// The standard error of each coefficient, 0 for those left out; `nil` without degrees of freedom.
  public var standardErrors: [Double]? {
    residualVariance.map { variance in
      coefficients.indices.map { (variance * unscaledCovariance[$0, $0]).squareRoot() }
    }
  }
}

extension Matrix {
  /// y − X β, each row's products summed without loss.
  fileprivate func residuals(of coefficients: [Double], from response: [Double]) -> [Double] {
    response.indices.map { row in
      var sum = CompensatedSum()
      sum.add(response[row])
      for column in 0..<columns {
        sum.add(minusProduct: self[row, column], coefficients[column])
      }
      return sum.value
    }
  }
}

/// Rows times the root of their weight, columns times a power of two that brings them to length 1.
private struct WeightedSystem {
  let design: Matrix
  let response: [Double]
  let scales: [Double]

  init(_ design: Matrix, _ response: [Double], _ weights: [Double]?) {
    var scaled = design
    var weighted = response
    if let weights {
      for row in 0..<design.rows {
        let root = weights[row].squareRoot()
        weighted[row] *= root
        for column in 0..<design.columns {
          scaled[row, column] *= root
        }
      }
    }
    // Brought to a largest element near 1 first, so that squares neither overflow nor vanish.
    let first = scaled.columnNorms { max($0, abs($1)) }.map(powerOfTwo)
    scaled.scaleColumns(first)
    let second = scaled.columnNorms { $0 + $1 * $1 }.map { powerOfTwo($0.squareRoot()) }
    scaled.scaleColumns(second)
    self.design = scaled
    self.response = weighted
    scales = zip(first, second).map { $0 * $1 }
  }

  /// Columns that are not zero throughout.
  var usedColumns: [Int] { scales.indices.filter { scales[$0] > 0 } }

  /// Some of the columns.
  func columns(_ kept: [Int]) -> Matrix {
    guard kept.count < design.columns else { return design }
    var result = Matrix(rows: design.rows, columns: kept.count)
    for row in 0..<design.rows {
      for (place, column) in kept.enumerated() {
        result[row, place] = design[row, column]
      }
    }
    return result
  }

  /// Gives an inverse of cross-products its units and its full size back.
  func unscale(_ inverse: Matrix, kept: [Int], size: Int) -> Matrix {
    var result = Matrix(rows: size, columns: size)
    for (i, row) in kept.enumerated() {
      for (j, column) in kept.enumerated() {
        result[row, column] = inverse[i, j] * scales[row] * scales[column]
      }
    }
    return result
  }
}

/// What brings a length between 1 and 2 without rounding; 0 for a length of 0.
private func powerOfTwo(_ length: Double) -> Double {
  guard length > 0 else { return 0 }
  return Double(sign: .plus, exponent: -max(-1_000, length.exponent), significand: 1)
}

extension Matrix {
  /// Something gathered down each column, from 0.
  fileprivate func columnNorms(_ gather: (Double, Double) -> Double) -> [Double] {
    var result = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column] = gather(result[column], self[row, column])
      }
    }
    return result
  }

  /// Multiplies each column by a number of its own.
  fileprivate mutating func scaleColumns(_ scales: [Double]) {
    for row in 0..<rows {
      for column in 0..<columns {
        self[row, column] *= scales[column]
      }
    }
  }
}
