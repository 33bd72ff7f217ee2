import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@Suite struct LevelShareTests {
  /// Memberships that are certain.
  private static func certain(_ labels: [Int], _ segments: Int) -> Matrix {
    Matrix(labels.map { label in (0..<segments).map { $0 == label ? 1 : 0 } })
  }

  @Test func `segments that rate everything higher differ in level alone`() throws {
    let level = LevelShare(
      batteries: [[[1, 2, 4, 5], [2, 1, 5, 4]]], weights: [1, 1, 1, 1])
    let share = try #require(level.share(Self.certain([0, 0, 1, 1], 2)))
    #expect(abs(share - 1) < 1e-12)
  }

  @Test func `segments that rate other things high differ in no level`() throws {
    let level = LevelShare(
      batteries: [[[1, 1, 5, 5], [5, 5, 1, 1]]], weights: [1, 1, 1, 1])
    let share = try #require(level.share(Self.certain([0, 0, 1, 1], 2)))
    #expect(share < 1e-12)
  }

  @Test func `the share is that of the mean, by weight and without gaps`() throws {
    // Means 2 and 4 of the first rating, 3 and 3 of the second: away from all by -1, 1 and 0, 0; the mean of
    // both by -.5 and .5. Shares of people .25 and .75 weigh both alike.
    let level = LevelShare(
      batteries: [[[2, 4, 4, .nan], [3, 3, .nan, 3]]], weights: [2, 1, 1, 1])
    let share = try #require(level.share(Self.certain([0, 1, 1, 1], 2)))
    #expect(abs(share - 0.5) < 1e-12)
  }

  @Test func `batteries are added up, each with a mean of its own`() throws {
    let level = LevelShare(
      batteries: [[[1, 1, 3, 3], [1, 1, 3, 3]], [[1, 1, 3, 3], [3, 3, 1, 1]]],
      weights: [1, 1, 1, 1])
    let share = try #require(level.share(Self.certain([0, 0, 1, 1], 2)))
    #expect(abs(share - 0.5) < 1e-12)
  }

  @Test func `within a coarser division only what its own parts differ by counts`() throws {
    // Two kinds that rate other things high, each cut by how high it rates.
    let ratings: [[Double]] = [
      [4, 4, 5, 5, 1, 1, 2, 2], [1, 1, 2, 2, 4, 4, 5, 5], [2, 2, 3, 3, 2, 2, 3, 3],
    ]
    let level = LevelShare(batteries: [ratings], weights: [Double](repeating: 1, count: 8))
    let four = Self.certain([0, 0, 1, 1, 2, 2, 3, 3], 4)
    let parts = [0, 0, 0, 0, 1, 1, 1, 1]
    #expect(try #require(level.share(four, within: parts)) > 1 - 1e-12)
    #expect(try #require(level.share(four)) < 0.2)
    #expect(level.share(Self.certain(parts, 2), within: parts) == nil)
  }

  @Test
  func
    `three clear segments stay three though the criterion would cut them by how high people rate`()
    throws
  {
    // 400 people, eight statements; a style of rating of a third of a step leaves BIC's memberships short of
    // sure.
    var cut = 0
    for seed in 1...4 as ClosedRange<UInt64> {
      var random = RandomStream(seed: seed)
      let centres: [[Double]] = [
        [4.6, 1.9, 2.6, 4.6, 4.3, 2.7, 3.1, 2.9], [2, 4.6, 4.7, 2.5, 2.5, 3.2, 2.2, 4],
        [2.9, 2.9, 2.5, 3, 3.2, 4.3, 4.5, 2],
      ]
      var answers = [[Double]](repeating: [], count: 8)
      for _ in 0..<400 {
        let group = random.categorical([0.4, 0.25, 0.35])
        let style = 0.35 * random.normal()
        for place in 0..<8 {
          let value = centres[group][place] + style + 0.95 * random.normal()
          answers[place].append(min(5, max(1, value.rounded())))
        }
      }
      let items = answers.enumerated().map { place, numbers in
        Item(
          name: "q\(place)",
          measurement: .ordinal(categories: 5, as: .adjacentCategory(scores: [])),
          answers: .codes(numbers.map { UInt8($0) }))
      }
      let table = try ItemTable(respondentCount: 400, items: items, weights: .none)
      let fits = try LatentClass(segments: 1, starts: .fixed(12), stream: RandomStream(seed: 1))
        .select(table, segments: 1...6).fits
      let rule = CountRule(fits[0])
      let level = LevelShare(batteries: [answers], weights: [Double](repeating: 1, count: 400))
      let choice = rule.choice(fits.map(CountRule.Candidate.init)) { fewer, place in
        level.share(
          fits[place].posteriorMatrix, within: fewer.map { fits[$0].labels })
      }
      if choice.least > 2 { cut += 1 }
      #expect(fits[choice.position].segmentCount == 3, "seed \(seed): \(choice)")
      if case .level(let share)? = choice.hold { #expect(share > CountRule.levelBound) }
    }
    #expect(cut >= 3, "the criterion alone finds them, and there is nothing to hold")
  }

  @Test func `segments that differ mainly in level are not held, which is told otherwise`() {
    let rule = CountRule(sampleSize: 400, effectiveSampleSize: 400)
    let candidates = [
      CountRule.Candidate(segments: 1, logLikelihood: -9_000, parameters: 10, entropyR2: nil),
      CountRule.Candidate(segments: 2, logLikelihood: -8_000, parameters: 21, entropyR2: 0.8),
      CountRule.Candidate(segments: 3, logLikelihood: -7_975, parameters: 32, entropyR2: 0.7),
    ]
    func taken(before: Double?, after: Double?) -> Int {
      rule.choice(candidates) { fewer, _ in fewer == nil ? before : after }.position + 1
    }
    #expect(taken(before: 0.1, after: 0.8) == 2)
    #expect(taken(before: 0.9, after: 0.8) == 3)
    #expect(taken(before: 0.1, after: 0.5) == 3)
    #expect(taken(before: nil, after: nil) == 3)
  }
}
