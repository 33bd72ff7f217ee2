import TesseraMath
import Testing

@testable import TesseraSegmentation

@Suite struct ThreeStepLawTests {
  /// Two classes seen through six noisy items, an outcome that differs between them.
  private static func planted(
    _ rows: Int, seed: UInt64
  ) throws -> (items: [Item], truth: [Int], outcome: [Double], codes: [Int]) {
    var random = RandomStream(seed: seed)
    var truth: [Int] = []
    var answers = [[UInt8]](repeating: [], count: 6)
    var outcome: [Double] = []
    var codes: [Int] = []
    for _ in 0..<rows {
      let kind = random.uniform() < 0.6 ? 0 : 1
      truth.append(kind)
      for place in 0..<6 {
        answers[place].append(random.uniform() < (kind == 0 ? 0.25 : 0.75) ? 2 : 1)
      }
      outcome.append(Double(kind) * 2 + random.normal())
      codes.append(random.uniform() < (kind == 0 ? 0.2 : 0.7) ? 2 : 1)
    }
    return (
      answers.enumerated().map {
        Item(name: "q\($0)", measurement: .binary, answers: .codes($1))
      }, truth, outcome, codes
    )
  }

  @Test func `both corrections find means and shares that the placing alone would blur`() throws {
    let made = try Self.planted(1_500, seed: 2)
    let table = try ItemTable(respondentCount: 1_500, items: made.items)
    let fit = try LatentClass(segments: 2, starts: .fixed(4)).fit(table)
    let step = try ThreeStep(fit, weights: .none)
    let crude = (0..<2).map { segment -> Double in
      let own = fit.labels.indices.filter { fit.labels[$0] == segment }
      return own.reduce(0) { $0 + made.outcome[$1] } / Double(own.count)
    }
    let bch = try step.means(of: made.outcome)
    let ml = try step.likelihoodMeans(of: made.outcome)
    #expect(abs(crude[1] - 2) > 0.15)
    for (segment, truth) in [0.0, 2.0].enumerated() {
      #expect(abs(bch[segment].mean - truth) < 3.5 * bch[segment].standardError)
      #expect(abs(ml[segment].mean - truth) < 3.5 * ml[segment].standardError)
      #expect(bch[segment].standardError < 0.15)
    }
    let shares = try step.likelihoodShares(of: made.codes, categories: 2)
    let weighted = try step.means(of: made.codes.map { $0 == 2 ? 1 : 0 })
    for (segment, truth) in [0.2, 0.7].enumerated() {
      let error = try #require(shares[segment][1].standardError)
      #expect(abs(shares[segment][1].share - truth) < 3.5 * error)
      #expect(abs(shares[segment][1].share - weighted[segment].mean) < 0.03)
      #expect(abs(error - weighted[segment].standardError) < 0.5 * error)
      #expect(abs(shares[segment][0].share + shares[segment][1].share - 1) < 1e-9)
    }
    let test = try #require(try step.equalityTest(of: made.outcome))
    #expect(test.degreesOfFreedom == 1)
    #expect(test.pValue < 1e-6)
    var random = RandomStream(seed: 8)
    let noise = (0..<1_500).map { _ in random.normal() }
    #expect(try #require(try step.equalityTest(of: noise)).pValue > 0.01)
  }

  @Test func `a frequency is the row repeated in means, shares, errors and tests`() throws {
    let made = try Self.planted(120, seed: 4)
    let counts = (0..<120).map { Double(1 + $0 % 3) }
    let rows = (0..<120).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
    let table = try ItemTable(
      respondentCount: 120, items: made.items, weights: .frequency(counts))
    let repeated = try ItemTable(
      respondentCount: rows.count,
      items: made.items.map { item in
        Item(
          name: item.name, measurement: .binary,
          answers: .codes(rows.map { UInt8(item.code($0)) }))
      })
    let settings = LatentClass(segments: 2, starts: .fixed(4))
    let one = try ThreeStep(settings.fit(table), weights: .frequency(counts))
    let other = try ThreeStep(settings.fit(repeated), weights: .none)
    let outcome = made.outcome
    let long = rows.map { outcome[$0] }
    for (a, b) in zip(try one.means(of: outcome), try other.means(of: long)) {
      #expect(abs(a.mean - b.mean) < 1e-6)
      #expect(abs(a.standardError - b.standardError) < 1e-6)
    }
    for (a, b) in zip(try one.likelihoodMeans(of: outcome), try other.likelihoodMeans(of: long)) {
      #expect(abs(a.mean - b.mean) < 1e-5)
      #expect(abs(a.standardError - b.standardError) < 1e-5)
    }
    let p = try one.equalityTest(of: outcome)?.statistic ?? 0
    let q = try other.equalityTest(of: long)?.statistic ?? 1
    #expect(abs(p - q) < 1e-4 * max(1, q))
    let shares = try one.likelihoodShares(of: made.codes, categories: 2)
    let others = try other.likelihoodShares(of: rows.map { made.codes[$0] }, categories: 2)
    for (a, b) in zip(shares.flatMap { $0 }, others.flatMap { $0 }) {
      #expect(abs(a.share - b.share) < 1e-5)
      #expect(abs((a.standardError ?? 0) - (b.standardError ?? 0)) < 1e-5)
    }
  }

  @Test func `what a respondent adds to the chances of assignment is what a refit finds`() throws {
    let made = try Self.planted(300, seed: 9)
    let data = try LatentClassData(ItemTable(respondentCount: 300, items: made.items))
    let fit = try LatentClass(
      segments: 2, starts: .fixed(4), rule: ConvergenceRule(tolerance: 1e-13), prior: .none
    ).fit(data)
    let step = try ThreeStep(fit, weights: .none, on: data, prior: .none)
    let influence = try #require(step.influence)
    func chances(row: Int, by change: Double) throws -> [Double] {
      var weights = [Double](repeating: 1, count: 300)
      weights[row] += change
      let moved = try fit.model.refit(
        on: data, weights: weights, prior: .none,
        until: ConvergenceRule(tolerance: 1e-14, iterations: 20_000))
      var table = Matrix(rows: 2, columns: 2)
      for other in 0..<300 {
        for latent in 0..<2 {
          table[latent, fit.labels[other]] += weights[other] * moved.posterior[other, latent]
        }
      }
      return (0..<2).flatMap { latent in
        (0..<2).map { table[latent, $0] / (table[latent, 0] + table[latent, 1]) }
      }
    }
    for row in [0, 41, 170] {
      let (above, below) = (try chances(row: row, by: 0.05), try chances(row: row, by: -0.05))
      for place in 0..<4 {
        let slope = (above[place] - below[place]) / 0.1
        #expect(abs(influence[row, place] - slope) < 2e-5 + 0.02 * abs(slope))
      }
    }
    // Each row of D sums to 1, and all respondents together move nothing.
    for latent in 0..<2 {
      var sum = 0.0
      for row in 0..<300 {
        #expect(abs(influence[row, 2 * latent] + influence[row, 2 * latent + 1]) < 1e-12)
        sum += influence[row, 2 * latent]
      }
      #expect(abs(sum) < 1e-6)
    }
  }

  @Test func `errors that carry the first step are larger, the more so the more segments overlap`()
    throws
  {
    let made = try Self.planted(800, seed: 3)
    for (questions, least) in [(4, 1.1), (6, 1.0)] {
      let data = try LatentClassData(
        ItemTable(respondentCount: 800, items: Array(made.items.prefix(questions))))
      let fit = try LatentClass(segments: 2, starts: .fixed(4)).fit(data)
      let full = try ThreeStep(fit, weights: .none, on: data)
      let known = try ThreeStep(fit, weights: .none)
      for (one, other) in zip(
        try full.means(of: made.outcome) + full.likelihoodMeans(of: made.outcome),
        try known.means(of: made.outcome) + known.likelihoodMeans(of: made.outcome))
      {
        #expect(one.mean == other.mean)
        #expect(one.standardError > least * other.standardError)
      }
    }
  }
}
