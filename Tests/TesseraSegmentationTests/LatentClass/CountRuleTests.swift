import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@Suite struct CountRuleTests {
  @Test func `a parameter costs 3.5 up to 792 respondents and ln((n + 2) / 24) above`() {
    #expect(CountRule.penalty(150) == 3.5)
    #expect(CountRule.penalty(792) == 3.5)
    #expect(abs(CountRule.penalty(800) - log(802.0 / 24)) < 1e-12)
    let small = CountRule(sampleSize: 300, effectiveSampleSize: 300)
    #expect(small.criterionName == "AIC3.5")
    #expect(CountRule(sampleSize: 2_000, effectiveSampleSize: 2_000).criterionName == "SABIC")
  }

  @Test func `the effective number of respondents counts where weights cost a sixth or more`() {
    let even = CountRule(sampleSize: 2_000, effectiveSampleSize: 1_700)
    #expect(!even.usesEffectiveSize)
    #expect(even.respondents == 2_000)
    let uneven = CountRule(sampleSize: 2_000, effectiveSampleSize: 1_000)
    #expect(uneven.usesEffectiveSize)
    #expect(uneven.penalty == CountRule.penalty(1_000))
  }

  @Test func `the rule is AIC with 3.5 in a small sample, and SABIC in a large one`() throws {
    for count in [200, 1_000] {
      var random = RandomStream(seed: 4)
      let truth = (0..<count).map { _ in random.below(2) }
      let items = (0..<6).map { place in
        Item(
          name: "q\(place)", measurement: .binary,
          answers: .codes(
            truth.map { group in random.uniform() < (group == 0 ? 0.2 : 0.8) ? 1 : 2 }))
      }
      let table = try ItemTable(respondentCount: count, items: items, weights: .none)
      let selection = try LatentClass(
        segments: 1, starts: .fixed(8), stream: RandomStream(seed: 1)
      ).select(table, segments: 1...3)
      for fit in selection.fits {
        let named =
          count == 200
          ? fit.criteria.aic3 + 0.5 * Double(fit.parameters) : fit.criteria.sabic
        #expect(abs(CountRule(fit).value(of: fit) - named) < 1e-9 * abs(named))
      }
      #expect(selection.best?.segmentCount == 2)
    }
  }

  @Test
  func `clear segments are not cut further for a way of rating that runs through all answers`()
    throws
  {
    // Three clear segments; people rate everything a little higher or lower.
    for seed in 1...3 as ClosedRange<UInt64> {
      var random = RandomStream(seed: seed)
      let rows = 1_000
      var columns = [[UInt8]](repeating: [], count: 8)
      for _ in 0..<rows {
        let group = random.below(3)
        let style = 0.3 * random.normal()
        for place in columns.indices {
          let value = (place % 3 == group ? 1.3 : -0.7) + style + random.normal()
          columns[place].append(UInt8(1 + [-1.2, -0.4, 0.4, 1.2].count { value > $0 }))
        }
      }
      let items = columns.enumerated().map { place, codes in
        Item(
          name: "q\(place)",
          measurement: .ordinal(categories: 5, as: .adjacentCategory(scores: [])),
          answers: .codes(codes))
      }
      let table = try ItemTable(respondentCount: rows, items: items, weights: .none)
      let fits = try LatentClass(segments: 1, starts: .fixed(12), stream: RandomStream(seed: 1))
        .select(table, segments: 1...5).fits
      let rule = CountRule(fits[0])
      let choice = rule.choice(
        fits.map(CountRule.Candidate.init))
      let told = fits.map { String(format: "%.2f", $0.criteria.entropyR2 ?? 0) }
      #expect(fits[choice.least].segmentCount > 3, "seed \(seed): \(told)")
      #expect(fits[choice.position].segmentCount == 3, "seed \(seed): \(told)")
    }
  }

  @Test func `a number is held back at BIC's only where that is sure and the larger is less so`() {
    let rule = CountRule(sampleSize: 1_000, effectiveSampleSize: 1_000)
    func taken(_ sure: Double?, _ other: Double?) -> Int {
      let all = [
        CountRule.Candidate(segments: 1, logLikelihood: -9_000, parameters: 10, entropyR2: nil),
        CountRule.Candidate(segments: 2, logLikelihood: -8_000, parameters: 21, entropyR2: sure),
        // 25 better for 11 parameters: enough for SABIC, too little for BIC.
        CountRule.Candidate(segments: 3, logLikelihood: -7_975, parameters: 32, entropyR2: other),
      ]
      let choice = rule.choice(all)
      #expect(choice.least == 2)
      return choice.position + 1
    }
    #expect(taken(0.97, 0.85) == 2)
    #expect(taken(0.97, 0.96) == 3)
    #expect(taken(0.7, 0.5) == 3)
    #expect(taken(nil, 0.9) == 3)
  }
}
