/// What is known of a statement: three-valued logic, with two reasons for not knowing.
///
/// The order makes `and` the smaller and `or` the larger of two truths. A statement that hangs on
/// an unanswered question stays unknown whatever the product has; one that hangs on an unknown
/// feature alone may turn out either way, so the fit gets bounds.
package enum Truth {
  /// It does not hold.
  @inlinable package static var no: UInt8 { 0 }
  /// Unknown, because the respondent did not answer.
  @inlinable package static var unanswered: UInt8 { 1 }
  /// Unknown, because the product's level is.
  @inlinable package static var unlevelled: UInt8 { 2 }
  /// It holds.
  @inlinable package static var yes: UInt8 { 3 }

  /// The truth of a statement that is decided.
  @inlinable package static func of(_ holds: Bool) -> UInt8 { holds ? yes : no }

  /// The truth of the opposite of one plain statement.
  @inlinable package static func opposite(_ truth: UInt8) -> UInt8 {
    truth == yes ? no : truth == no ? yes : truth
  }
}
