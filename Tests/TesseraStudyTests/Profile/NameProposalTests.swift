import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct NameProposalTests {
  private func trait(
    _ words: String, _ effect: Double, _ role: VariableProfile.Role = .active
  ) -> TesseraStudy.Trait {
    TesseraStudy.Trait(
      variable: words, words: words, role: role, effect: effect,
      measure: .share(0.7, total: 0.4), smallBase: false, question: words)
  }

  @Test func `segments that answer alike are told apart by who they are`() {
    let names = SegmentNames.propose([
      [trait("cinema", 0.8), trait("sex M", 0.5, .passive)],
      [trait("cinema", 0.8), trait("sex F", 0.6, .passive)],
      [trait("cinema", 0.8)],
    ])
    #expect(names == ["Cinema", "Cinema, sex F", "Cinema (2)"])
  }

  @Test func `one segment is everybody`() { #expect(SegmentNames.propose([[]]) == ["Everybody"]) }
}
