import Foundation

/// Simple correspondence analysis: the rows and columns of a table as points, near where alike.
///
/// The table's departures from independence, standardised by the masses, are taken apart by their
/// singular values; the sum of their squares is the total inertia, X² / n. Rows or columns without
/// mass stand at the origin.
///
/// - Reference: Greenacre (2017), *Correspondence Analysis in Practice*, 3rd ed., appendix A.
public struct CorrespondenceAnalysis: Sendable, Equatable {
  /// Share of the table in each row; sums to 1.
  public let rowMasses: [Double]
  /// Share of the table in each column; sums to 1.
  public let columnMasses: [Double]
  /// Principal inertias, from the largest down; one less than the shorter side of them.
  public let inertias: [Double]
  /// Principal coordinates of the rows, with chi-square distances between them; rows × axes.
  public let rows: Matrix
  /// Principal coordinates of the columns; columns × axes.
  public let columns: Matrix

  /// Analyses a table.
  ///
  /// - Parameter table: Counts or masses, none negative, at least one above 0, all finite.
  /// - Throws: ``LinearAlgebraError`` if an element is not finite or the library gives up.
  /// - Complexity: O(*m* · *n* · min(*m*, *n*)).
  public init(_ table: Matrix) throws(LinearAlgebraError) {
    try table.checkFinite()
    precondition(table.values.allSatisfy { $0 >= 0 }, "a table holds no negative masses")
    let total = table.values.reduce(0, +)
    precondition(total > 0, "a table without any mass has no profiles")
    let rowMasses = (0..<table.rows).map { table.row($0).reduce(0, +) / total }
    let columnMasses = (0..<table.columns).map { table.column($0).reduce(0, +) / total }
    var residuals = Matrix(rows: table.rows, columns: table.columns)
    for row in 0..<table.rows where rowMasses[row] > 0 {
      for column in 0..<table.columns where columnMasses[column] > 0 {
        let expected = rowMasses[row] * columnMasses[column]
        residuals[row, column] =
          (table[row, column] / total - expected) / expected.squareRoot()
      }
    }
    let parts = try SingularValues(residuals)
    // The last singular value is 0: the residuals of every row sum to 0.
    let axes = max(0, min(table.rows, table.columns) - 1)
    self.rowMasses = rowMasses
    self.columnMasses = columnMasses
    inertias = parts.values.prefix(axes).map { $0 * $0 }
    rows = Self.principal(parts.left, rowMasses, parts.values, axes)
    columns = Self.principal(parts.right, columnMasses, parts.values, axes)
  }

  private static func principal(
    _ vectors: Matrix, _ masses: [Double], _ values: [Double], _ axes: Int
  ) -> Matrix {
    var result = Matrix(rows: masses.count, columns: axes)
    for (point, mass) in masses.enumerated() where mass > 0 {
      for axis in 0..<axes {
        result[point, axis] = vectors[point, axis] * values[axis] / mass.squareRoot()
      }
    }
    return result
  }

  /// The sum of all principal inertias: X² over the table's total.
  public var totalInertia: Double { inertias.reduce(0, +) }

  /// The part of the inertia that an axis explains, 0 to 1.
  ///
  /// - Parameter axis: From 0.
  /// - Returns: 0 where there is no inertia at all.
  public func share(of axis: Int) -> Double {
    totalInertia > 0 && inertias.indices.contains(axis) ? inertias[axis] / totalInertia : 0
  }

  /// What a column adds to the inertia of an axis, 0 to 1; over all columns they sum to 1.
  ///
  /// - Parameters:
  ///   - column: The column, from 0.
  ///   - axis: The axis, from 0.
  /// - Returns: 0 where the axis has no inertia.
  public func columnContribution(_ column: Int, to axis: Int) -> Double {
    guard inertias[axis] > 0 else { return 0 }
    return columnMasses[column] * columns[column, axis] * columns[column, axis] / inertias[axis]
  }

  /// Where a column stands in a contribution biplot: its length on an axis is the root of its
  /// contribution, its direction that of the rows with more of it than expected.
  ///
  /// - Parameters:
  ///   - column: The column, from 0.
  ///   - axis: The axis, from 0.
  /// - Returns: From −1 to 1.
  /// - Reference: Greenacre (2013), *J. Computational and Graphical Statistics* 22(1), 107–122.
  public func contributionCoordinate(_ column: Int, on axis: Int) -> Double {
    guard inertias[axis] > 0 else { return 0 }
    return columnMasses[column].squareRoot() * columns[column, axis] / inertias[axis].squareRoot()
  }

  /// The part of a row's distance from the origin that the first axes show, 0 to 1.
  ///
  /// - Parameters:
  ///   - row: The row, from 0.
  ///   - axes: How many axes are shown.
  /// - Returns: 1 for a row at the origin.
  public func rowQuality(_ row: Int, on axes: Int) -> Double {
    let squares = rows.row(row).map { $0 * $0 }
    let all = squares.reduce(0, +)
    return all > 0 ? squares.prefix(axes).reduce(0, +) / all : 1
  }
}
