import CLAPACKE
import COpenBLAS

/// A design taken apart as A P = Q R, with the longest remaining column taken at each step.
struct PivotedQR {
  private let rows: Int
  private let columns: Int
  /// Householder vectors below the diagonal and R above, column after column.
  private var packed: [Double]
  private var reflectors: [Double]
  /// The column of A that stands at each place.
  private let order: [Int]

  init(_ matrix: Matrix) throws(LinearAlgebraError) {
    rows = matrix.rows
    columns = matrix.columns
    packed = matrix.transposed.values
    reflectors = [Double](repeating: 0, count: min(rows, columns))
    var pivots = [Int32](repeating: 0, count: columns)
    if rows > 0, columns > 0 {
      let info = unsafe LAPACKE_dgeqp3(
        LAPACK_COL_MAJOR, blasInt(rows), blasInt(columns), &packed, blasInt(rows), &pivots,
        &reflectors)
      try checkMemory(info)
    }
    order = rows > 0 ? pivots.map { Int($0) - 1 } : Array(0..<columns)
  }

  private func pivot(_ index: Int) -> Double {
    index < rows ? abs(packed[index * rows + index]) : 0
  }

  /// Number of pivots above a part of the first.
  func rank(_ limit: Double) -> Int {
    guard columns > 0 else { return 0 }
    let largest = pivot(0)
    return (0..<columns).prefix { pivot($0) > limit * largest }.count
  }

  /// The last pivot over the first; 1 without columns.
  var reciprocalCondition: Double {
    guard columns > 0, pivot(0) > 0 else { return 1 }
    return pivot(columns - 1) / pivot(0)
  }

  /// The columns of A that are not combinations of those before them, ascending.
  ///
  /// R has the same angles between columns as A and is small, so the columns are taken in their
  /// own order from it, each freed twice of those kept before.
  func independentColumns(_ limit: Double) -> [Int] {
    let height = min(rows, columns)
    var place = [Int](repeating: 0, count: columns)
    for (position, column) in order.enumerated() {
      place[column] = position
    }
    var kept: [Int] = []
    var directions: [[Double]] = []
    for column in 0..<columns {
      let position = place[column]
      var vector = (0..<height).map { $0 <= position ? packed[position * rows + $0] : 0 }
      let length = dot(vector, vector).squareRoot()
      for _ in 0..<2 {
        for direction in directions {
          let along = dot(vector, direction)
          for index in vector.indices {
            vector[index] -= along * direction[index]
          }
        }
      }
      let left = dot(vector, vector).squareRoot()
      guard left > 2 * limit * length else { continue }
      kept.append(column)
      directions.append(vector.map { $0 / left })
    }
    return kept
  }

  /// Q x or Qᵀ x, in place.
  private func apply(_ form: Character, to vector: inout [Double]) {
    // The plain LAPACKE_dormqr would search the whole factor for NaN at every call.
    var work = 0.0
    let info = unsafe LAPACKE_dormqr_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), CChar(form.asciiValue ?? 0), blasInt(rows), 1,
      blasInt(min(rows, columns)), packed, blasInt(rows), reflectors, &vector, blasInt(rows), &work,
      1)
    precondition(info == 0, "argument \(-info) of dormqr is wrong")
  }

  /// Solves R x = b or Rᵀ x = b over the first `columns` elements, in place.
  private func solveTriangle(_ form: CBLAS_TRANSPOSE, _ vector: inout [Double]) {
    unsafe cblas_dtrsv(
      CblasColMajor, CblasUpper, form, CblasNonUnit, blasInt(columns), packed, blasInt(rows),
      &vector, 1)
  }

  /// The nearest solution of A x = b for a design of full rank, with at most four refinements.
  func refinedSolution(_ matrix: Matrix, _ response: [Double]) -> [Double] {
    var solution = [Double](repeating: 0, count: columns)
    guard columns > 0 else { return solution }
    var remainder = [Double](repeating: 0, count: rows)
    var rowErrors = response
    var columnErrors = solution
    var lastStep = Double.infinity
    for _ in 0..<5 {
      apply("T", to: &rowErrors)
      var bent = order.map { columnErrors[$0] }
      solveTriangle(CblasTrans, &bent)
      var step = (0..<columns).map { rowErrors[$0] - bent[$0] }
      solveTriangle(CblasNoTrans, &step)
      let size = step.reduce(0) { max($0, abs($1)) }
      // A step that does not shrink means that rounding, not the data, is being followed.
      guard size < 0.5 * lastStep else { break }
      lastStep = size
      for (place, column) in order.enumerated() {
        solution[column] += step[place]
      }
      // A step of one unit in the last place is the last that can matter.
      guard size > solution.reduce(0, { max($0, abs($1)) }) * Double.ulpOfOne / 2 else { break }
      for index in 0..<columns {
        rowErrors[index] = bent[index]
      }
      apply("N", to: &rowErrors)
      for row in 0..<rows {
        remainder[row] += rowErrors[row]
      }
      (rowErrors, columnErrors) = augmentedResiduals(matrix, response, remainder, solution)
    }
    return solution
  }

  /// b − r − A x and −Aᵀ r, summed in twice the precision.
  private func augmentedResiduals(
    _ matrix: Matrix, _ response: [Double], _ remainder: [Double], _ solution: [Double]
  ) -> (rows: [Double], columns: [Double]) {
    var first = [Double](repeating: 0, count: rows)
    var second = [CompensatedSum](repeating: CompensatedSum(), count: columns)
    for row in 0..<rows {
      var sum = CompensatedSum()
      sum.add(response[row])
      sum.add(-remainder[row])
      for column in 0..<columns {
        let element = matrix[row, column]
        sum.add(minusProduct: element, solution[column])
        second[column].add(minusProduct: element, remainder[row])
      }
      first[row] = sum.value
    }
    return (first, second.map(\.value))
  }

  /// (Aᵀ A)⁻¹ for a design of full rank, in the order of its columns.
  func inverseCrossProduct() -> Matrix {
    var result = Matrix(rows: columns, columns: columns)
    guard columns > 0 else { return result }
    var inverse = Matrix.identity(columns)
    // Row by row the identity is its own transpose, so X = R⁻¹ comes out column after column.
    unsafe cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, blasInt(columns),
      blasInt(columns), 1, packed, blasInt(rows), &inverse.values, blasInt(columns))
    // Stored row by row, `inverse` is R⁻ᵀ, and (RᵀR)⁻¹ = R⁻¹ R⁻ᵀ is its cross-product.
    let sums = inverse.crossProduct()
    for (i, row) in order.enumerated() {
      for (j, column) in order.enumerated() {
        result[row, column] = sums[i, j]
      }
    }
    return result
  }
}

extension CompensatedSum {
  /// Takes off a product together with what rounding cuts from it.
  mutating func add(minusProduct left: Double, _ right: Double) {
    let product = left * right
    add(-product)
    add(product.addingProduct(-left, right))
  }
}
