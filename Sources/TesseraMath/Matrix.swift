/// A dense table of `Double` values, stored row after row.
///
/// Element (*i*, *j*) stands at `values[i * columns + j]`. The struct is frozen and its accessors
/// are inlinable, so that loops in other modules cost what a bare array would.
@frozen
public struct Matrix: Sendable, Equatable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// The elements, row after row; `rows * columns` of them.
  public var values: [Double]

  /// Makes a matrix that holds the same value everywhere.
  ///
  /// - Parameters:
  ///   - rows: Number of rows, 0 or more.
  ///   - columns: Number of columns, 0 or more.
  ///   - value: What every element is.
  @inlinable
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) x \(columns) cannot be")
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: value, count: rows * columns)
  }

  /// Makes a matrix from elements that stand row after row.
  ///
  /// - Parameters:
  ///   - rows: Number of rows.
  ///   - columns: Number of columns.
  ///   - values: `rows * columns` elements.
  @inlinable
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(
      values.count == rows * columns,
      "\(values.count) values do not make a matrix of \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Makes a matrix from its rows, all of one length.
  ///
  /// - Parameter rowValues: The rows from top to bottom; none gives a matrix of 0 x 0.
  public init(_ rowValues: [[Double]]) {
    let columns = rowValues.first?.count ?? 0
    precondition(rowValues.allSatisfy { $0.count == columns }, "rows differ in length")
    self.init(rows: rowValues.count, columns: columns, values: rowValues.flatMap { $0 })
  }

  /// The element in a row and a column, both counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The elements of one row.
  ///
  /// - Parameter row: Which row, from 0.
  /// - Returns: A view of `columns` elements.
  @inlinable
  public func row(_ row: Int) -> ArraySlice<Double> {
    values[row * columns..<(row + 1) * columns]
  }

  /// The elements of one column, copied.
  ///
  /// - Parameter column: Which column, from 0.
  /// - Returns: `rows` elements.
  @inlinable
  public func column(_ column: Int) -> [Double] {
    (0..<rows).map { values[$0 * columns + column] }
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column, row] = self[row, column]
      }
    }
    return result
  }

  /// The square matrix with ones on its diagonal and zeros elsewhere.
  ///
  /// - Parameter size: Number of rows and columns.
  /// - Returns: A matrix of `size` x `size`.
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(rows: size, columns: size)
    for index in 0..<size {
      result[index, index] = 1
    }
    return result
  }
}
