import TesseraSurvey
import Testing

@Suite struct NamesTests {
  @Test(arguments: [
    ("segmnt", "segment"), ("ocupation", "occupation"), ("GENDER", "gender"), ("raidus", "radius"),
  ])
  func `the nearest name is suggested`(_ typed: String, _ meant: String) {
    let names = ["gender", "segment", "occupation", "radius", "age"]
    #expect(NearestName.suggest(typed, among: names) == meant)
  }

  @Test func `nothing is suggested for what is far from everything`() {
    #expect(NearestName.suggest("xyzzy", among: ["gender", "segment"]) == nil)
    #expect(NearestName.suggest("q1", among: []) == nil)
    #expect(NearestName.question("agee", among: ["age"]) == "did you mean 'age'?")
  }

  @Test func `two ways to write one letter are two variables`() {
    let survey = Survey(variables: [
      Variable(name: "caf\u{E9}", level: .numeric, answers: .numbers([1])),
      Variable(name: "cafe\u{301}", level: .numeric, answers: .numbers([2])),
    ])
    #expect(survey["caf\u{E9}"]?.number(0) == 1)
    #expect(survey["cafe\u{301}"]?.number(0) == 2)
  }

  @Test func `control and direction signs are shown, not obeyed`() {
    #expect(DisplayText.escaped("a\u{1B}[31m\n\u{202E}b") == "a\\x1b[31m\\n\\u{202e}b")
    #expect(DisplayText.escaped(String(repeating: "é", count: 50)).count == 41)
  }
}
