import TesseraMath
import Testing

@testable import TesseraProductFit
@testable import TesseraReport
@testable import TesseraStudy

/// A competitor's product is told as a threat; nobody is advised to offer or to change it.
@Suite("Whose product it is")
struct WhoseProductTests {
  /// Two segments; the second product is beyond doubt the best of both.
  private static func results(own: [String]?) -> StudyResults {
    var results = SampleResults.make()
    var fit = FitResult(
      products: ["p1", "p2"].map { ProductSummary(name: $0, label: $0, levels: ["2"]) },
      segments: results.segmentation.segments, needs: [],
      cells: results.segmentation.segments.flatMap { segment in
        [("p1", 40.0), ("p2", 70.0)].map { product, value in
          FitCell(
            segment: segment.id, product: product, fit: value, low: value - 2, high: value + 2,
            base: 120)
        }
      })
    fit.ranks = results.segmentation.segments.flatMap { segment in
      [
        RankSet(segment: segment.id, product: "p1", best: 2, worst: 2),
        RankSet(segment: segment.id, product: "p2", best: 1, worst: 1),
      ]
    }
    fit.improvements = [("p1", 5.0), ("p2", 9.0)].map { product, gain in
      Improvement(
        name: product, product: product, set: [FeatureSetting(feature: "seats", level: "5")],
        cost: nil, gain: gain, se: 1, low: gain - 2, high: gain + 2, bySegment: [])
    }
    results.fit = fit
    results.study.market = own.map { MarketDeclaration(own: $0) }
    return results
  }

  @Test func `without a market every product may be offered and changed`() {
    let findings = Findings(Self.results(own: nil))
    #expect(findings.decisions.contains { $0.hasPrefix("Offer the p2 to") })
    #expect(findings.sentences.contains { $0.contains("for the p2") })
  }

  @Test func `a competitor's product is neither offered nor changed`() {
    let findings = Findings(Self.results(own: ["p1"]))
    let all = findings.decisions + findings.sentences + [findings.headline]
    #expect(!all.contains { $0.contains("Offer the p2") || $0.contains("for the p2") }, "\(all)")
    #expect(
      findings.decisions.contains {
        $0.contains("the p2 of a competitor fits") || $0.hasPrefix("The p2 of a competitor fits")
      })
    #expect(findings.sentences.contains { $0.contains("for the p1") })
  }

  @Test func `a search for changes leaves a competitor's product alone`() throws {
    var study = GeneratedStudy(seed: 3)
    func products() throws -> Set<String> {
      let fit = try ProductFit.run(study.source(), study.segmented, settings: study.settings)
      return Set(fit.proposals.map(\.improvement.product))
    }
    let all = try products()
    #expect(all.count > 1)
    let own = try #require(all.min())
    study.file.market = MarketDeclaration(own: [own])
    #expect(try products() == [own])
  }
}
