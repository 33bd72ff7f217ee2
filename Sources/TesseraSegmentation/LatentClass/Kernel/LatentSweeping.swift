import TesseraMath

/// A sweep of one precision and one vector width.
protocol LatentSweeping: AnyObject {
  /// Lanes of a vector; those past the classes are padding.
  var lanes: Int { get }
  func setWeights(_ values: [Double])
  func setTable(_ entry: Int, lane: Int, to value: Double)
  func fillGroups(from logs: [Double])
  func sweep(patterns: Int, workers: Workers, totals: inout [Double]) -> Double
  func score(workers: Workers) -> (posterior: [Double], logLikelihoods: [Double])
}

/// The precision a sweep works in.
enum LatentPrecision: Sendable {
  /// Single within a block, double between blocks: for finding the way.
  case single
  /// Double throughout: for arriving.
  case double
}
