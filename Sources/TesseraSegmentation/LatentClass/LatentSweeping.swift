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
    typealias S4 = SIMD4<Float>
    typealias S8 = LanePair<S4>
    typealias S16 = LanePair<S8>
    typealias S32 = LanePair<S16>
    typealias D2 = SIMD2<Double>
    typealias D4 = LanePair<D2>
    typealias D8 = LanePair<D4>
    typealias D16 = LanePair<D8>
    typealias D32 = LanePair<D16>
    switch (self, shape.classes) {
    case (.single, ...4): return LatentSweep<S4>(data: data, shape: shape)
    case (.single, ...8): return LatentSweep<S8>(data: data, shape: shape)
    case (.single, ...16): return LatentSweep<S16>(data: data, shape: shape)
    case (.single, ...32): return LatentSweep<S32>(data: data, shape: shape)
    case (.single, _): return LatentSweep<LanePair<S32>>(data: data, shape: shape)
    case (.double, ...2): return LatentSweep<D2>(data: data, shape: shape)
    case (.double, ...4): return LatentSweep<D4>(data: data, shape: shape)
    case (.double, ...8): return LatentSweep<D8>(data: data, shape: shape)
    case (.double, ...16): return LatentSweep<D16>(data: data, shape: shape)
    case (.double, ...32): return LatentSweep<D32>(data: data, shape: shape)
    case (.double, _): return LatentSweep<LanePair<D32>>(data: data, shape: shape)
    }
  }
}
