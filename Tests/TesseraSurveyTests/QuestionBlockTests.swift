import TesseraSurvey
import Testing

@Suite struct QuestionBlockTests {
  private static func texts(_ name: String, _ options: [String]) -> Variable {
    InspectionTests.texts(name, options)
  }

  @Test func `a grid is found though nobody gave some answer to one of its questions`() {
    let scale = ["never", "sometimes", "often", "always"]
    let survey = Survey(variables: [
      InspectionTests.coded("age", [20, 30, 40, 50], level: .numeric),
      Self.texts("q5_1", scale), Self.texts("q5_2", Array(scale.dropFirst()) + ["often"]),
      Self.texts("q5_3", scale), Self.texts("q6_1", ["red", "green", "blue", "red"]),
    ])
    let blocks = QuestionBlock.find(in: survey)
    #expect(blocks.map(\.members) == [["q5_1", "q5_2", "q5_3"]])
    #expect(blocks.map(\.kind) == [.grid])
    #expect(blocks.first?.scale.count == 4)
  }

  @Test func `answers in common are needed, and sets are no grids`() {
    let survey = Survey(
      variables: [
        Self.texts("q_1", ["a", "b", "c"]), Self.texts("q_2", ["d", "e", "f"]),
        Self.texts("q_3", ["a", "e", "x"]), Self.texts("s_1", ["a", "b", "c"]),
        Self.texts("s_2", ["a", "b", "c"]), Self.texts("s_3", ["a", "b", "c"]),
      ],
      sets: [
        MultipleResponseSet(
          name: "s", label: "", members: ["s_1", "s_2", "s_3"], coding: .category)
      ])
    #expect(QuestionBlock.find(in: survey).isEmpty)
  }

  @Test func `loops are found by the round before or behind the question`() {
    let yes = ["yes", "no", "yes"]
    let rate = ["1", "5", "3"]
    let numbered = Survey(
      variables: [("1_Q2", yes), ("1_Q3", rate), ("2_Q2", yes), ("2_Q3", rate), ("age", rate)].map {
        Self.texts($0.0, $0.1)
      })
    #expect(QuestionBlock.find(in: numbered).map(\.rounds) == [["1", "2"]])
    let behind = Survey(
      variables: [
        ("aware_suv", yes), ("price_suv", rate), ("aware_van", yes), ("price_van", rate),
        ("aware_bus", yes), ("price_bus", rate),
      ].map { Self.texts($0.0, $0.1) })
    let loop = QuestionBlock.find(in: behind).first { $0.kind == .loop }
    #expect(loop?.rounds == ["suv", "van", "bus"])
    #expect(loop?.members.count == 6)
    let before = Survey(
      variables: [("suv_aware", yes), ("suv_price", rate), ("van_aware", yes), ("van_price", rate)]
        .map { Self.texts($0.0, $0.1) })
    #expect(QuestionBlock.find(in: before).map(\.rounds) == [["suv", "van"]])
  }

  @Test func `two grids of the same items are no loop`() {
    let scale = ["1", "2", "3", "4"]
    let names = ["imp_a", "imp_b", "imp_c", "sat_a", "sat_b", "sat_c"]
    let survey = Survey(variables: names.map { Self.texts($0, scale) })
    #expect(QuestionBlock.find(in: survey).map(\.kind) == [.grid, .grid])
  }

  @Test func `straight-liners are told by the answer, not by its place among those met`() {
    let rows = (0..<30).map { $0 }
    let grid = (1...5).map { item -> Variable in
      // The first respondent answers 3 throughout; the others differ, and some items lack the 1.
      InspectionTests.coded(
        "g_\(item)", rows.map { row in row == 0 ? 3 : Double((row + item) % 4 + 1) })
    }
    let inspection = Inspection(Survey(variables: grid))
    #expect(inspection.problems.contains { $0.message.hasPrefix("1 respondent gave one") })
  }

  @Test(arguments: [
    ("comment", "", true), ("q9", "Is there anything else you want to say?", true),
    ("bemerkung", "", true), ("q4", "Which of these do you own?", false),
  ])
  func `open questions are told by their wording`(_ name: String, _ label: String, _ open: Bool) {
    var variable = InspectionTests.texts(
      name, ["I like it very much", "too dear for me", "fine", "it is all right"])
    variable.label = label
    #expect(OpenEndWording.asksForWords(variable) == open)
  }
}
