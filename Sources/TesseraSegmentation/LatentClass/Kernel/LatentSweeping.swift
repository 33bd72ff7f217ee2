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

  /// The sweep of this precision with the fewest lanes that hold the classes.
  func sweep(data: LatentClassData, shape: LatentShape) -> any LatentSweeping {
    switch (self, shape.classes) {
    case (.single, ...4): return LatentSweep<Single4>(data: data, shape: shape)
    case (.single, ...8): return LatentSweep<Single8>(data: data, shape: shape)
    case (.single, ...16): return LatentSweep<Single16>(data: data, shape: shape)
    case (.single, _): return LatentSweep<Single32>(data: data, shape: shape)
    case (.double, ...2): return LatentSweep<Double2>(data: data, shape: shape)
    case (.double, ...4): return LatentSweep<Double4>(data: data, shape: shape)
    case (.double, ...8): return LatentSweep<Double8>(data: data, shape: shape)
    case (.double, ...16): return LatentSweep<Double16>(data: data, shape: shape)
    case (.double, _): return LatentSweep<Double32>(data: data, shape: shape)
    }
  }
}
