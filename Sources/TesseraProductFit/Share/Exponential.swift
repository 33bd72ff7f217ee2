import Foundation

extension Double {
  /// e to this power.
  var exponential: Double { exp(self) }
}
