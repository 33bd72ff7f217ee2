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

extension LatentPrecision {
  /// The sweep of this precision with the fewest lanes that hold the classes.
  func sweep(data: LatentClassData, shape: LatentShape) -> any LatentSweeping {
    switch (self, shape.classes) {
    case (.single, ...4): LatentSweep<Single4>(data: data, shape: shape)
    case (.single, ...8): LatentSweep<Single8>(data: data, shape: shape)
    case (.single, ...16): LatentSweep<Single16>(data: data, shape: shape)
    case (.single, _): LatentSweep<Single32>(data: data, shape: shape)
    case (.double, ...2): LatentSweep<Double2>(data: data, shape: shape)
    case (.double, ...4): LatentSweep<Double4>(data: data, shape: shape)
    case (.double, ...8): LatentSweep<Double8>(data: data, shape: shape)
    case (.double, ...16): LatentSweep<Double16>(data: data, shape: shape)
    case (.double, _): LatentSweep<Double32>(data: data, shape: shape)
    }
  }
}
