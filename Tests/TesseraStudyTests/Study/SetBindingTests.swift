import TesseraFiles
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct SetBindingTests {
  private let nan = Double.nan

  private func positions(_ data: StudyData, _ name: String) -> [Int] {
    guard let variable = data.survey[name] else { return [] }
    return (0..<variable.answers.count).map { variable.answers.position($0) }
  }

  @Test func `blank beside something chosen is no, all blank is not asked`() throws {
    let file = try surveyFile([
      numbers("act_run", [1, nan, nan, 0]), numbers("act_sing", [nan, 1, nan, nan]),
      numbers("b", [1, 1, 1, 1]),
    ])
    let data = try bound(file) {
      $0.sets = [SetDeclaration(name: "acts", source: .columns(["act_*"], chosen: "1"))]
    }
    #expect(data.columns(["b", "acts", "act_run"]) == ["b", "act_run", "act_sing"])
    #expect(positions(data, "act_run") == [2, 1, 0, 1])
    #expect(positions(data, "act_sing") == [1, 2, 0, 0])
    let run = try #require(data.survey["act_run"])
    #expect(run.categories.map(\.code) == [.number(0), .number(1)])
    #expect(run.reasons[Int(run.missing[2]) - 1].kind == .notAsked)
  }

  @Test func `chosen may be a text, yes, 1 of 1 and 2, or what the study says`() throws {
    let file = try surveyFile([
      texts("a", ["Running", "", "Running"]), texts("b", ["yes", "no", ""]),
      numbers("c", [1, 2, 2]),
      texts("d", ["Nein", "Ja", "Ja"]),
    ])
    func set(_ column: String, _ chosen: String? = nil) throws -> [Int] {
      let data = try bound(file) {
        $0.sets = [SetDeclaration(name: "s", source: .columns([column, "b"], chosen: chosen))]
      }
      return positions(data, column)
    }
    #expect(try set("a") == [2, 0, 2])
    #expect(try set("c") == [2, 1, 1])
    #expect(try set("d") == [1, 2, 2])
    #expect(try set("d", "Nein") == [2, 1, 1])
  }

  @Test func `numbers that could mean anything ask what means chosen`() throws {
    let file = try surveyFile([numbers("a", [1, 5, 3])])
    let report = bindingFault(file) {
      $0.sets = [SetDeclaration(name: "s", source: .columns(["a"], chosen: nil))]
    }
    #expect(report?.code == "E0408")
    #expect(report?.hint == "add chosen: CODE to the set")
    let never = bindingFault(file) {
      $0.sets = [SetDeclaration(name: "s", source: .columns(["a"], chosen: "7"))]
    }
    #expect(never?.message.contains("'7'") == true)
  }

  @Test func `a pattern that matches nothing and a column that does not exist are told`() throws {
    let file = try surveyFile([numbers("act_run", [1, 0])])
    let pattern = bindingFault(file) {
      $0.sets = [SetDeclaration(name: "s", source: .columns(["akt_*"], chosen: nil))]
    }
    #expect(pattern?.code == "E0408")
    let column = bindingFault(file) {
      $0.sets = [SetDeclaration(name: "s", source: .columns(["act_rum"], chosen: nil))]
    }
    #expect(column?.code == "E0401")
    #expect(column?.hint == "did you mean 'act_run'?")
  }

  @Test func `a cell that lists answers becomes a column for each`() throws {
    var column = texts("q20", ["price; child seat", "", "price", "refused"])
    column.label = "What stops you?"
    let file = try surveyFile([column])
    let data = try bound(file) {
      $0.missingEverywhere = [MissingDeclaration(code: "refused", reason: nil)]
      $0.sets = [
        SetDeclaration(name: "stops_me", source: .delimited(column: "q20", separator: ";"))
      ]
    }
    let set = try #require(data.set("stops_me"))
    #expect(set.label == "What stops you?")
    #expect(data.answers(of: set) == ["child seat", "price"])
    #expect(data.survey["q20"] == nil)
    let seat = try #require(data.member("child seat", of: set))
    #expect((0..<4).map { seat.answers.position($0) } == [2, 0, 1, 0])
    #expect(seat.reasons.map(\.kind).contains(.declared))
    #expect(data.member("towing", of: set) == nil)
  }

  @Test func `members are found by column, label and what their names do not share`() throws {
    var seat = numbers("stop_child_seat", [1, 0])
    seat.label = "No room for a child seat"
    let file = try surveyFile([seat, numbers("stop_price", [0, 1])])
    let data = try bound(file) {
      $0.sets = [SetDeclaration(name: "stops", source: .columns(["stop_*"], chosen: nil))]
    }
    let set = try #require(data.set("stops"))
    for word in ["stop_child_seat", "child_seat", "no room for a child seat"] {
      #expect(data.member(word, of: set)?.name == "stop_child_seat")
    }
  }

  @Test func `sets of the file itself become 0 and 1 too`() throws {
    var mention = numbers("m1", [0, 0, 0])
    let categories = [
      Category(code: .number(3), label: "radio"), Category(code: .number(5), label: "tv"),
    ]
    mention.categories = categories
    mention.answers = AnswerColumn(positions: [1, 2, 0], categoryCount: 2)
    let second = Variable(
      name: "m2", level: .nominal, categories: categories,
      answers: AnswerColumn(positions: [2, 0, 0], categoryCount: 2))
    let file = try surveyFile(
      [mention, second, numbers("t1", [5, nan, nan]), numbers("t2", [nan, 5, nan])],
      sets: [
        MultipleResponseSet(name: "media", label: "", members: ["m1", "m2"], coding: .category),
        MultipleResponseSet(
          name: "ticks", label: "", members: ["t1", "t2"],
          coding: .dichotomy(chosen: .number(5))),
      ])
    let data = try bound(file) { _ in }
    #expect(data.set("media")?.members == ["media: radio", "media: tv"])
    #expect(positions(data, "media: radio") == [2, 1, 0])
    #expect(positions(data, "media: tv") == [2, 2, 0])
    #expect(positions(data, "t1") == [2, 1, 0])
  }

  @Test func `a set and a column cannot share a name`() throws {
    let file = try surveyFile([
      numbers("acts", [1, 2]), numbers("a1", [1, 0]), numbers("a2", [1, 0]),
    ])
    let report = bindingFault(file) {
      $0.sets = [SetDeclaration(name: "acts", source: .columns(["a?"], chosen: nil))]
    }
    #expect(report?.code == "E0413")
  }

  @Test func `open text is no set`() throws {
    let file = try surveyFile([texts("q", (0..<600).map { "answer \($0)" })])
    let report = bindingFault(file) {
      $0.sets = [SetDeclaration(name: "s", source: .delimited(column: "q", separator: ";"))]
    }
    #expect(report?.code == "E0408")
  }
}
