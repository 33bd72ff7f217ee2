import Foundation

extension Double {
  /// e to this power.
  var exponential: Double { exp(self) }
}

extension Double {
  /// The natural logarithm.
  var logarithm: Double { log(self) }
}
