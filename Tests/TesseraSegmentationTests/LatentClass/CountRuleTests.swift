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
}
