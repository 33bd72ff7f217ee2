/// Why a factorisation could not be had from the numbers given.
///
/// These speak of the data, never of the caller's shapes: shapes that do not fit are a bug of the
/// caller and stop the program with a message that names them.
public enum LinearAlgebraError: Error, Sendable, Equatable {
  /// The leading block of `order` rows and columns is not positive definite.
  ///
  /// A variable is a combination of those before it, or weights are negative.
  case notPositiveDefinite(order: Int)
  /// Elimination met a zero in place of the pivot of the `order`th column, counted from 1.
  case singular(order: Int)
  /// An element is not a number or infinite; the first such place, both counted from 0.
  case notFinite(row: Int, column: Int)
  /// The library could not get the memory it needed.
  case outOfMemory
  /// The iteration inside the library did not settle.
  case notConverged
}

extension LinearAlgebraError: CustomStringConvertible {
  /// What went wrong, in a sentence.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite: column \(order) adds nothing to those before it"
    case .singular(let order):
      "the matrix is singular: column \(order) is a combination of those before it"
    case .notFinite(let row, let column):
      "the element in row \(row + 1), column \(column + 1) is not a finite number"
    case .outOfMemory:
      "there is not enough memory for the factorisation"
    case .notConverged:
      "the factorisation did not converge"
    }
  }
}

extension Matrix {
  /// Stops at the first element that is not a finite number.
  ///
  /// LAPACKE reports such input as a wrong argument, which would pass for a bug of ours.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  func checkFinite() throws(LinearAlgebraError) {
    // A sum of finite numbers times zero is zero; anything else turns it into NaN.
    var probe = 0.0
    for value in values {
      probe += value * 0
    }
    guard probe != 0 else { return }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(row: index / columns, column: index % columns)
    }
  }
}

/// The size of something as BLAS and LAPACK count.
func blasInt(_ value: Int) -> Int32 {
  guard let narrow = Int32(exactly: value) else {
    preconditionFailure("\(value) is more than BLAS can count")
  }
  return narrow
}

/// Turns what LAPACKE returned into an error; positive codes are the caller's to explain.
func checkMemory(_ info: Int32) throws(LinearAlgebraError) {
  if info == -1010 || info == -1011 { throw .outOfMemory }
  precondition(info >= 0, "argument \(-info) of a LAPACK routine is wrong")
}
