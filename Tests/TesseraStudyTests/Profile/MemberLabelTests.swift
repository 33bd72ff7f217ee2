import TesseraSurvey
import Testing

@testable import TesseraStudy

/// What a reader sees of the options of a multiple-response question.
@Suite struct MemberLabelTests {
  private static func told(_ names: [String], labels: [String]? = nil) -> [String] {
    let labels = labels ?? names
    let label = MemberLabel(
      set: MultipleResponseSet(
        name: "set", label: "", members: names, coding: .dichotomy(chosen: .number(1))),
      wordings: labels)
    return zip(names, labels).map { name, text in
      label.label(of: Made.member(name, [0, 1], label: text))
    }
  }

  @Test func `options stand without the question and the marks around them`() {
    #expect(
      Self.told(["Free time? (choice=Travel)", "Free time? (choice=Reading)"])
        == ["Travel", "Reading"])
    #expect(Self.told(["Media? [Web]", "Media? [Radio]"]) == ["Web", "Radio"])
    #expect(Self.told(["act_travel", "act_reading"]) == ["travel", "reading"])
  }

  @Test func `a question that every wording repeats is left out`() {
    #expect(
      Self.told(["q1_1", "q1_2"], labels: ["Free time? - Travel", "Free time? - Tennis"])
        == ["Travel", "Tennis"])
    #expect(
      Self.told(["q1_1", "q1_2"], labels: ["Free time?: Travel", "Free time?: Sports"])
        == ["Travel", "Sports"])
    #expect(Self.told(["Web:Which?", "Store:Which?"]) == ["Web", "Store"])
    // One that the study words anew leaves the others as they are.
    #expect(
      Self.told(
        ["q1_1", "q1_2", "q1_3"],
        labels: ["Where (all that apply)?: Radio", "On the web", "Where (all that apply)?: Press"])
        == ["Radio", "On the web", "Press"])
    // Words that begin alike, or with a hyphen, repeat no question.
    for labels in [["Sports cars", "Sports shoes"], ["Self-driving", "Self-parking"]] {
      #expect(Self.told(["q1_1", "q1_2"], labels: labels) == labels)
    }
  }

  @Test func `a wording of its own stays as it is`() {
    #expect(
      Self.told(["act_1", "act_2"], labels: ["Goes out [often]", "Reads (choice=x)"])
        == ["Goes out [often]", "Reads (choice=x)"])
  }
}
