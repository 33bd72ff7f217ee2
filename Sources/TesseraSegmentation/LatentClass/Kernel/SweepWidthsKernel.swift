extension LatentPrecision {
  /// The sweep of this precision with the fewest lanes that hold the classes.
  func sweep(data: LatentClassData, shape: LatentShape) -> any LatentSweeping {
    // The kernel is named where the width is known, so that it is compiled for that width whole.
    @inline(__always) func of<Lanes: LaneVector>(_: Lanes.Type) -> any LatentSweeping {
      unsafe LatentSweep<Lanes>(
        data: data, shape: shape,
        kernel: SweepKernel(
          run: { unsafe $0.run($1, codes: $2, sums: $3, scratch: $4) },
          score: { unsafe $0.score($1, codes: $2, chances: $3, logs: $4, scratch: $5) }))
    }
    return switch (self, shape.classes) {
    case (.single, ...4): of(Single4.self)
    case (.single, ...8): of(Single8.self)
    case (.single, ...16): of(Single16.self)
    case (.single, _): of(Single32.self)
    case (.double, ...2): of(Double2.self)
    case (.double, ...4): of(Double4.self)
    case (.double, ...8): of(Double8.self)
    case (.double, ...16): of(Double16.self)
    case (.double, _): of(Double32.self)
    }
  }
}

/// What a sweep does with a block of patterns, for one width of vector.
@safe
struct SweepKernel<Lanes: LaneVector>: Sendable {
  /// Adds up expected counts over a block.
  let run:
    @Sendable (
      BlockPass<Lanes>, Range<Int>, UnsafePointer<UInt16>, UnsafeMutablePointer<Lanes>,
      SweepScratch<Lanes>
    ) -> Double
  /// Writes chances and log-likelihoods of the patterns of a block.
  let score:
    @Sendable (
      BlockPass<Lanes>, Range<Int>, UnsafePointer<UInt16>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, SweepScratch<Lanes>
    ) -> Void
}
