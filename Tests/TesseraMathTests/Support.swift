import TesseraMath

extension Matrix {
  /// A matrix of draws from the standard normal.
  static func random(_ rows: Int, _ columns: Int, _ stream: inout RandomStream) -> Matrix {
    Matrix(rows: rows, columns: columns, values: stream.normals(rows * columns))
  }

  /// The product by its definition, to judge the library by.
  func naiveProduct(_ right: Matrix) -> Matrix {
    var result = Matrix(rows: rows, columns: right.columns)
    for row in 0..<rows {
      for column in 0..<right.columns {
        for inner in 0..<columns {
          result[row, column] += self[row, inner] * right[inner, column]
        }
      }
    }
    return result
  }

  /// The largest difference between two elements in the same place.
  func distance(to other: Matrix) -> Double {
    guard rows == other.rows, columns == other.columns else { return .infinity }
    return values.distance(to: other.values)
  }
}

extension [Double] {
  /// The largest difference between two elements in the same place.
  func distance(to other: [Double]) -> Double {
    guard count == other.count else { return .infinity }
    return zip(self, other).reduce(0) { Swift.max($0, abs($1.0 - $1.1)) }
  }
}

/// Runs a body that should throw, and gives the error.
func linearAlgebraError(_ body: () throws(LinearAlgebraError) -> Void) -> LinearAlgebraError? {
  do throws(LinearAlgebraError) {
    try body()
    return nil
  } catch {
    return error
  }
}
