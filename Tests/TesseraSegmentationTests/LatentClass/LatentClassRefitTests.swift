import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@Suite struct LatentClassRefitTests {
  @Test func `under resampled weights a refit arrives where a long run of EM does, in few sweeps`()
    throws
  {
    let planted = PlantedClasses(respondents: 900, seed: 5)
    let data = try LatentClassData(planted.table())
    var settings = LatentClass(segments: 3)
    settings.starts = .fixed(10)
    let fit = try settings.fit(data)
    let refit = try LatentClassRefit(fit.model, on: data, prior: settings.prior)
    var stream = RandomStream(seed: 11)
    var rounds = 0
    for _ in 0..<20 {
      var weights = [Double](repeating: 0, count: 900)
      for _ in 0..<900 { weights[stream.below(900)] += 1 }
      let quick = try refit.refit(weights: weights)
      let long = try fit.model.refit(
        on: data, weights: weights, prior: settings.prior,
        until: ConvergenceRule(tolerance: 1e-12, iterations: 5_000))
      #expect(quick.objective > long.objective - 2e-3)
      // A hundredth of the sampling error of a share.
      for (one, other) in zip(quick.model.prevalence, long.model.prevalence) {
        #expect(abs(one - other) < 5e-4)
      }
      if case .converged(let taken) = quick.ending { rounds += taken } else { rounds += 1_000 }
    }
    #expect(rounds < 20 * 12, "\(rounds)")
  }

  /// Slopes of ordered answers and chances near 0 make directions in which EM alone stops early.
  @Test func `searches from other seeds end at the same maximum, to ten digits`() throws {
    let planted = PlantedClasses(respondents: 700, seed: 8)
    let data = try LatentClassData(planted.table())
    let ends = try [UInt64(1), 2, 3].map { seed -> LatentClassFit in
      var settings = LatentClass(segments: 4)
      settings.stream = RandomStream(seed: seed)
      return try settings.fit(data)
    }
    for end in ends.dropFirst() {
      try #require(abs(end.logLikelihood - ends[0].logLikelihood) < 1e-4)
      #expect(abs(end.logLikelihood - ends[0].logLikelihood) < 1e-9)
      for (one, other) in zip(end.prevalence.sorted(), ends[0].prevalence.sorted()) {
        #expect(abs(one - other) < 1e-10)
      }
    }
  }

  @Test func `models that EM alone can follow are refitted by EM`() throws {
    let planted = PlantedClasses(respondents: 400, seed: 6)
    let pairs = [ItemPair(0, 1)]
    let data = try LatentClassData(planted.table(), directEffects: pairs)
    var settings = LatentClass(segments: 2)
    settings.directEffects = pairs
    settings.starts = .fixed(5)
    let fit = try settings.fit(data)
    let refit = try LatentClassRefit(fit.model, on: data, prior: settings.prior)
    let weights = (0..<400).map { Double($0 % 3) }
    let one = try refit.refit(weights: weights)
    let other = try fit.model.refit(on: data, weights: weights, prior: settings.prior)
    #expect(abs(one.objective - other.objective) < 1e-9)
  }
}
