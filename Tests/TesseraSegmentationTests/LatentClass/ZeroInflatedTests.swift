import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

/// Counts of which a share is 0 for good (Lambert 1992, doi:10.2307/1269547).
@Suite struct ZeroInflatedTests {
  private static let exact = ConvergenceRule(tolerance: 1e-14, iterations: 5_000)

  private static func item(_ counts: [Double], inflated: Bool = true) -> Item {
    Item(
      name: "visits", measurement: inflated ? .zeroInflated : .poisson, answers: .numbers(counts))
  }

  /// Two classes that differ in how many never come and in how often the others do.
  private struct Planted {
    static let zeros = [0.6, 0.1]
    static let rates = [3.0, 6.0]
    var counts: [Double] = []
    var ticks = [[UInt8]](repeating: [], count: 6)

    init(respondents: Int, seed: UInt64, zeros: [Double] = zeros) {
      var stream = RandomStream(seed: seed)
      for _ in 0..<respondents {
        let latent = stream.uniform() < 0.6 ? 0 : 1
        let isNever = stream.uniform() < zeros[latent]
        let count = isNever ? 0 : Double(stream.poisson(mean: Self.rates[latent]))
        counts.append(stream.uniform() < 0.05 ? .nan : count)
        for item in ticks.indices {
          let chance = latent == 0 ? 0.85 : 0.15
          ticks[item].append(
            stream.uniform() < 0.05 ? 0 : stream.uniform() < chance ? 2 : 1)
        }
      }
    }

    func table(inflated: Bool = true, rows: [Int]? = nil, weights: CaseWeights = .none) throws
      -> ItemTable
    {
      let rows = rows ?? Array(counts.indices)
      return try ItemTable(
        respondentCount: rows.count,
        items: ticks.enumerated().map { place, codes in
          Item(
            name: "tick \(place)", measurement: .binary, answers: .codes(rows.map { codes[$0] }))
        } + [item(rows.map { counts[$0] }, inflated: inflated)], weights: weights)
    }
  }

  private static func parameters(_ model: LatentClassModel) throws -> ([Double], [Double]) {
    guard case .zeroInflated(let zeros, let rates) = try #require(model.items.last).distribution
    else { throw SegmentationError.noItems }
    return (zeros, rates)
  }

  @Test func `one class has the estimate of the closed form`() throws {
    // 60 nones, and 40 people with 1 to 5 whose mean is 2.5.
    let counts =
      [Double](repeating: 0, count: 60) + [Double](repeating: 1, count: 10)
      + [Double](repeating: 2, count: 12) + [Double](repeating: 3, count: 9)
      + [Double](repeating: 4, count: 6) + [Double](repeating: 5, count: 3)
    let table = try ItemTable(respondentCount: 100, items: [Self.item(counts)])
    let data = try LatentClassData(table)
    let fit = try LatentClass(segments: 1, rule: Self.exact, prior: .none).fit(data)
    // The rate of those who count solves rate / (1 - exp(-rate)) = their mean.
    let positive = counts.reduce(0, +) / 40
    var rate = positive
    for _ in 0..<200 { rate = positive * (1 - exp(-rate)) }
    let mean = counts.reduce(0, +) / 100
    let zero = 1 - mean / rate
    let found = try Self.parameters(fit.model)
    #expect(abs(found.0[0] - zero) < 1e-5)
    #expect(abs(found.1[0] - rate) < 1e-5)
    let logs = counts.map { count in
      count == 0
        ? log(zero + (1 - zero) * exp(-rate))
        : log(1 - zero) - rate + count * log(rate) - lgamma(count + 1)
    }
    #expect(abs(fit.logLikelihood - logs.reduce(0, +)) < 1e-8)
    #expect(fit.parameters == 2)
    // Nones and the sum say all, so that the mean's error is that of a mean of the model.
    let error = ((1 - zero) * rate * (1 + zero * rate) / 100).squareRoot()
    let told = try fit.model.uncertainty(on: data, prior: .none, estimator: .observedInformation)
    #expect(abs(told.items[0][0][0].value - mean) < 1e-5)
    #expect(abs((told.items[0][0][0].standardError ?? 0) - error) < 1e-5)
  }

  @Test func `planted classes come back, and no Poisson describes them as well`() throws {
    let planted = Planted(respondents: 4_000, seed: 3)
    let fit = try LatentClass(segments: 2).fit(planted.table(), seed: 7)
    let (zeros, rates) = try Self.parameters(fit.model)
    for (found, planted) in zip(zeros, Planted.zeros) { #expect(abs(found - planted) < 0.03) }
    for (found, planted) in zip(rates, Planted.rates) { #expect(abs(found - planted) < 0.15) }
    let plain = try LatentClass(segments: 2).fit(planted.table(inflated: false), seed: 7)
    #expect(fit.criteria.bic < plain.criteria.bic - 100)
    #expect(fit.parameters == plain.parameters + 2)
  }

  @Test func `where nobody stays away for good, BIC keeps to the Poisson`() throws {
    let planted = Planted(respondents: 2_000, seed: 5, zeros: [0, 0])
    let fit = try LatentClass(segments: 2).fit(planted.table(), seed: 7)
    #expect(try Self.parameters(fit.model).0.allSatisfy { $0 < 0.03 })
    let plain = try LatentClass(segments: 2).fit(planted.table(inflated: false), seed: 7)
    #expect(plain.criteria.bic < fit.criteria.bic)
  }

  @Test func `errors of the mean fit the spread over samples`() throws {
    var means: [Double] = []
    var errors: [Double] = []
    for seed in 0..<60 {
      let table = try Planted(respondents: 500, seed: UInt64(100 + seed)).table()
      let data = try LatentClassData(table)
      let fit = try LatentClass(segments: 2, starts: .fixed(4)).fit(data)
      let told = try fit.model.uncertainty(on: data, prior: .default).items[6][0][0]
      means.append(told.value)
      errors.append(told.standardError ?? 0)
    }
    let centre = means.reduce(0, +) / 60
    let spread = (means.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / 59).squareRoot()
    let told = errors.reduce(0, +) / 60
    #expect(abs(centre - 1.2) < 0.05)
    #expect(told / spread > 0.75 && told / spread < 1.33)
  }

  @Test func `a frequency of two is the row twice, and numbers make the same model`() throws {
    let planted = Planted(respondents: 200, seed: 9)
    let rows = Array(planted.counts.indices)
    let settings = LatentClass(segments: 2, starts: .fixed(6), rule: Self.exact)
    let twice = try settings.fit(planted.table(rows: rows + rows))
    let counted = try settings.fit(
      planted.table(weights: .frequency([Double](repeating: 2, count: rows.count))))
    #expect(abs(twice.logLikelihood - counted.logLikelihood) < 1e-7)
    #expect(twice.model.with(numbers: twice.model.numbers) == twice.model)
    let turned = twice.model.reordered([1, 0])
    #expect(try Self.parameters(turned).0 == Self.parameters(twice.model).0.reversed())
    let each = try twice.model.logLikelihoods(of: planted.table())
    #expect(abs(2 * each.reduce(0, +) - twice.logLikelihood) < 1e-6)
  }

  @Test func `drawn surveys have the zeros and the mean of the model`() throws {
    let planted = Planted(respondents: 3_000, seed: 11)
    let data = try LatentClassData(planted.table())
    let fit = try LatentClass(segments: 2).fit(data)
    var stream = RandomStream(seed: 2)
    let drawn = try fit.model.simulate(like: data, stream: &stream).table
    func summary(_ item: Item) -> (Double, Double) {
      guard case .numbers(let all) = item.answers else { return (0, 0) }
      let known = all.filter { !$0.isNaN }
      return (
        Double(known.count { $0 == 0 }) / Double(known.count),
        known.reduce(0, +) / Double(known.count)
      )
    }
    let (one, other) = (summary(drawn.items[6]), summary(try planted.table().items[6]))
    #expect(abs(one.0 - other.0) < 0.03)
    #expect(abs(one.1 - other.1) < 0.2)
  }

  @Test func `what is no count is refused with its row`() {
    #expect(throws: SegmentationError.self) {
      try ItemTable(respondentCount: 2, items: [Self.item([1, 2.5])])
    }
  }
}
