import Foundation
import TesseraMath
import Testing

struct RandomStreamTests {
  /// SplitMix64 as published: Steele, Lea & Flood (2014), OOPSLA, doi:10.1145/2660193.2660195.
  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test func `the mixer that fills the state gives its published numbers`() {
    // Outputs for the seed 1234567, as listed with the reference implementation of S. Vigna.
    var mixer = SplitMix(state: 1_234_567)
    let published: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect((0..<5).map { _ in mixer.next() } == published)
  }

  @Test func `the stream is xoshiro256++ over a state from SplitMix64`() {
    // The generator written out as its authors give it, apart from the library's code.
    var mixer = SplitMix(state: 1_234_567)
    var s = (0..<4).map { _ in mixer.next() }
    func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    var stream = RandomStream(seed: 1_234_567)
    for _ in 0..<100 {
      let expected = rotate(s[0] &+ s[3], 23) &+ s[0]
      let t = s[1] << 17
      s[2] ^= s[0]
      s[3] ^= s[1]
      s[1] ^= s[2]
      s[0] ^= s[3]
      s[2] ^= t
      s[3] = rotate(s[3], 45)
      #expect(stream.next() == expected)
    }
  }

  @Test func `streams split off do not collide, and do not depend on what was drawn`() {
    var stream = RandomStream(seed: 5)
    let before = stream.split(3)
    _ = stream.next()
    #expect(stream.split(3) == before)
    var firsts: Set<UInt64> = []
    for seed in 0..<20 {
      let parent = RandomStream(seed: UInt64(seed))
      for index in 0..<500 {
        var child = parent.split(index)
        firsts.insert(child.next())
        var grandchild = parent.split(index).split(index)
        firsts.insert(grandchild.next())
      }
    }
    #expect(firsts.count == 20 * 1_000)
  }

  @Test func `uniform numbers fill the unit interval evenly, and neighbours are unrelated`() {
    var stream = RandomStream(seed: 6)
    let draws = (0..<40_000).map { _ in stream.uniform() }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
    check(draws, mean: 0.5, variance: 1.0 / 12)
    #expect(
      abs(Descriptive.lagOneAutocorrelation(draws) ?? 1) < 5 / Double(draws.count).squareRoot())
    var cells = [Int](repeating: 0, count: 7)
    for _ in 0..<35_000 {
      cells[stream.below(7)] += 1
    }
    #expect(chiSquareP(cells, [Double](repeating: 1, count: 7)) > 1e-4)
  }

  @Test func `normal and gamma draws have their moments and shape`() {
    var stream = RandomStream(seed: 7)
    let normal = stream.normals(20_001)
    #expect(normal.count == 20_001)
    check(normal, mean: 0, variance: 1)
    check(normal.map { $0 * $0 }, mean: 1, variance: 2)
    checkEven(normal.map(NormalDistribution.standard.cumulative))
    for shape in [0.2, 1, 7.5] {
      let draws = (0..<10_000).map { _ in stream.gamma(shape: shape) }
      check(draws, mean: shape, variance: shape)
      let chi = ChiSquareDistribution(degreesOfFreedom: 2 * shape)
      checkEven(draws.map { chi.cumulative(2 * $0) })
    }
    let shares = stream.dirichlet([1, 2, 3])
    #expect(abs(shares.reduce(0, +) - 1) < 1e-15)
    let tiny = stream.dirichlet([1e-300, 1e-300])
    #expect(tiny.reduce(0, +) == 1)
  }

  @Test(arguments: [0.0, 0.3, 4, 9.99, 10, 35, 4_000, 1e9])
  func `Poisson draws have their mean and variance`(mean: Double) {
    var stream = RandomStream(seed: 8)
    let draws = (0..<8_000).map { _ in Double(stream.poisson(mean: mean)) }
    #expect(draws.allSatisfy { $0 >= 0 })
    if mean == 0 {
      #expect(draws.allSatisfy { $0 == 0 })
    } else {
      check(draws, mean: mean, variance: mean)
    }
  }

  @Test func `choices follow their weights, and zero weights are never chosen`() {
    var stream = RandomStream(seed: 12)
    let weights = [0, 3, 1, 0, 6, 0.5, 0]
    let table = AliasTable(weights)
    var direct = [Int](repeating: 0, count: weights.count)
    var aliased = direct
    for _ in 0..<20_000 {
      direct[stream.categorical(weights)] += 1
      aliased[table.draw(&stream)] += 1
    }
    #expect(chiSquareP(direct, weights) > 1e-4)
    #expect(chiSquareP(aliased, weights) > 1e-4)
    #expect(AliasTable([.leastNonzeroMagnitude, 0]).draw(&stream) == 0)
  }

  @Test func `every order and every subset comes up as often`() {
    var stream = RandomStream(seed: 13)
    var orders: [[Int]: Int] = [:]
    var subsets: [[Int]: Int] = [:]
    for _ in 0..<12_000 {
      orders[stream.permutation(4), default: 0] += 1
      subsets[stream.sample(2, below: 5), default: 0] += 1
    }
    #expect(orders.count == 24 && subsets.count == 10)
    #expect(chiSquareP(Array(orders.values), [Double](repeating: 1, count: 24)) > 1e-4)
    #expect(chiSquareP(Array(subsets.values), [Double](repeating: 1, count: 10)) > 1e-4)
    #expect(stream.permutation(0).isEmpty && stream.sample(0, below: 0).isEmpty)
    #expect(stream.sample(3, below: 3) == [0, 1, 2])
  }

  /// Whether the mean and the variance of draws lie within five standard errors of what they
  /// should be.
  private func check(
    _ draws: [Double], mean: Double, variance: Double, location: SourceLocation = #_sourceLocation
  ) {
    let count = Double(draws.count)
    let found = Descriptive.mean(draws) ?? .nan
    #expect(abs(found - mean) <= 5 * (variance / count).squareRoot(), sourceLocation: location)
    let squares = draws.map { ($0 - mean) * ($0 - mean) }
    let error = ((Descriptive.variance(squares) ?? .nan) / count).squareRoot()
    let spread = Descriptive.mean(squares) ?? .nan
    #expect(abs(spread - variance) <= 5 * error, sourceLocation: location)
  }

  /// Whether numbers lie evenly over the unit interval, by Kolmogorov's largest distance.
  private func checkEven(_ values: [Double], location: SourceLocation = #_sourceLocation) {
    var largest = 0.0
    let count = Double(values.count)
    for (rank, value) in values.sorted().enumerated() {
      largest = max(
        largest, abs(value - Double(rank) / count), abs(value - Double(rank + 1) / count))
    }
    #expect(largest * count.squareRoot() < 2.3, sourceLocation: location)
  }

  /// The chance of counts so far from their expectation; 0 if an impossible one came up.
  private func chiSquareP(_ counts: [Int], _ weights: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    let sum = weights.reduce(0, +)
    var statistic = 0.0
    var cells = 0.0
    for (count, weight) in zip(counts, weights) {
      if weight == 0 {
        if count > 0 { return 0 }
        continue
      }
      let expected = total * weight / sum
      statistic += (Double(count) - expected) * (Double(count) - expected) / expected
      cells += 1
    }
    return ChiSquareDistribution(degreesOfFreedom: cells - 1).survival(statistic)
  }
}
