import Testing

@testable import TesseraStudy

/// Segments that tick more, or less, of everything.
@Suite struct ThroughoutWordsTests {
  private func set(_ shares: [Double?], _ totals: [Double], small: Bool = false) -> VariableProfile
  {
    VariableProfile(
      name: "reasons", label: "Reasons", level: "multiple", role: .active,
      categories: zip(shares, totals).enumerated().map { place, pair in
        CategoryProfile(
          code: "r\(place)", label: "Reason \(place)", share: pair.0, totalShare: pair.1,
          index: nil,
          shareBounds: pair.0 == nil ? .init(low: 0.9, high: 1) : nil)
      }, base: small ? 20 : 60, smallBase: small)
  }

  @Test func `who ticks more of nearly all is said to, with the mean where the base allows it`() {
    let totals = [0.3, 0.2, 0.4, 0.3, 0.25, 0.3]
    let own: [Double?] = [0.6, 0.5, 0.7, 0.6, 0.5, 0.65]
    #expect(
      ThroughoutWords([set(own, totals)])?.phrase
        == "tick more than others throughout (3.55 of 6 on average; all: 1.75)")
    #expect(
      ThroughoutWords([set([0.6, nil, 0.7, 0.6, 0.5, 0.65], totals, small: true)])?.phrase
        == "tick more than others throughout")
    #expect(
      SegmentDescription.sentences([], [set(own, totals)], isOnly: false)
        == ["They tick more than others throughout (3.55 of 6 on average; all: 1.75)."])
    #expect(
      SegmentDescription.headline([], [set(own, totals)], share: 0.06, isOnly: false)
        == "6% of people, who tick more than others throughout (3.55 of 6 on average; all: 1.75).")
    #expect(
      ThroughoutWords([set([0.1, 0.05, 0.2, 0.1, 0.1, 0.1], totals)])?.phrase.hasPrefix(
        "tick less than others throughout") == true)
  }

  @Test func `who ticks more of some and less of others is not, nor where few could be ticked`() {
    let totals = [0.3, 0.2, 0.4, 0.3, 0.25, 0.3]
    #expect(ThroughoutWords([set([0.6, 0.1, 0.7, 0.6, 0.1, 0.65], totals)]) == nil)
    // A little more of each is no difference that a reader would call one.
    #expect(ThroughoutWords([set([0.31, 0.21, 0.41, 0.31, 0.26, 0.31], totals)]) == nil)
    #expect(ThroughoutWords([set([0.6, 0.5, 0.7], [0.3, 0.2, 0.4])]) == nil)
    #expect(
      SegmentDescription.sentences([], [set([0.3, 0.2], [0.3, 0.2], small: true)], isOnly: false)
        == ["They are too few to be described by themselves."])
  }
}
