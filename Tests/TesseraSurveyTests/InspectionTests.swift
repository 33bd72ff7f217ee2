import TesseraSurvey
import Testing

@Suite struct InspectionTests {
  static func coded(
    _ name: String, _ values: [Double], level: MeasurementLevel = .ordinal, label: String = ""
  ) -> Variable {
    let distinct = Set(values.filter { !$0.isNaN }).sorted()
    return Variable(
      name: name, label: label, level: level,
      categories: distinct.map { Category(code: .number($0)) },
      answers: AnswerColumn(
        positions: values.map { value in (distinct.firstIndex(of: value) ?? -1) + 1 },
        categoryCount: distinct.count))
  }

  static func texts(_ name: String, _ values: [String]) -> Variable {
    var distinct: [String] = []
    for value in values where !distinct.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
      distinct.append(value)
    }
    return Variable(
      name: name, level: .nominal, categories: distinct.map { Category(code: .text($0)) },
      answers: AnswerColumn(
        positions: values.map { value in
          (distinct.firstIndex { $0.utf8.elementsEqual(value.utf8) } ?? -1) + 1
        }, categoryCount: distinct.count))
  }

  @Test func `counts, missing answers and moments are those of the answers`() throws {
    let survey = Survey(variables: [Self.coded("q", [1, 2, 2, .nan, 5])])
    let inspection = Inspection(survey)
    let summary = try #require(inspection.variables.first)
    #expect(summary.missing == 1 && summary.distinct == 3)
    #expect(summary.categories.map(\.count) == [1, 2, 1])
    #expect(summary.moments?.mean == 2.5)
    #expect(summary.moments?.standardDeviation == 3.0.squareRoot())
    #expect(inspection.respondents == 5)
  }

  @Test func `constant, empty and copied columns are named`() {
    let values = (0..<40).map { Double($0 % 5) }
    let survey = Survey(variables: [
      Self.coded("const", [Double](repeating: 7, count: 40)),
      Self.coded("empty", [Double](repeating: .nan, count: 40)),
      Self.coded("q1", values), Self.coded("q1copy", values),
    ])
    let named = Inspection(survey).problems.compactMap(\.column)
    #expect(named == ["const", "empty", "q1copy"])
  }

  @Test func `an option that is chosen or left blank is not called constant`() {
    let ticks = (0..<200).map { $0 % 2 == 0 ? 1 : Double.nan }
    var survey = Survey(variables: [Self.coded("tv", ticks), Self.coded("radio", ticks.reversed())])
    #expect(Inspection(survey).problems.count { $0.message.contains("constant") } == 2)
    survey.sets = [
      MultipleResponseSet(
        name: "media", label: "", members: ["tv", "radio"],
        coding: .dichotomy(chosen: .number(1)))
    ]
    #expect(!Inspection(survey).problems.contains { $0.message.contains("constant") })
  }

  @Test func `suspected codes, repeated identifiers and look-alikes are found`() {
    let survey = Survey(variables: [
      Self.coded("id", [1, 2, 1, 4, 5, 6, 7, 8], level: .text),
      Self.coded("q1", [1, 2, 3, 4, 5, 99, 1, 2]),
      Self.coded("q2", [1, 2, 3, -1, 5, 1, 1, 2]),
      Self.texts(
        "brand", ["Nike", "nike", "Nike ", "Nike\u{A0}", "Ni\u{200B}ke", "Νike", "é", "e\u{301}"]),
    ])
    let problems = Inspection(survey, rows: Array(2...9)).problems
    #expect(problems.first { $0.column == "id" }?.row == 4)
    #expect(problems.contains { $0.column == "q1" && $0.message.hasPrefix("99 ") })
    #expect(problems.contains { $0.column == "q2" && $0.message.hasPrefix("-1 ") })
    #expect(problems.contains { $0.column == "brand" && $0.message.hasPrefix("7 answers") })
  }

  @Test func `a weight that rests on one respondent is told by its effective number`() throws {
    var weights = [Double](repeating: 1, count: 49)
    weights.append(1_000_000)
    let survey = Survey(variables: [
      Variable(name: "w", level: .numeric, answers: .numbers(weights))
    ])
    let weight = try #require(Inspection(survey).weight)
    #expect(abs(weight.effectiveSampleSize - 1.0001) < 1e-4)
    #expect(Inspection(survey).problems.contains { $0.message.contains("effective") })
  }

  @Test func `straight-liners and speeders are counted`() {
    let grid = (1...6).map { item -> Variable in
      let values = (0..<20).map { row -> Double in
        if row < 3 { return 4 }
        return Double(1 + (row + item) % 5)
      }
      return Self.coded("g_\(item)", values)
    }
    let times = Variable(
      name: "duration", level: .numeric,
      answers: .numbers((0..<20).map { $0 == 7 ? 30 : 300 + Double($0) }))
    let inspection = Inspection(Survey(variables: grid + [times]), rows: Array(2...21))
    #expect(inspection.grids == [(1...6).map { "g_\($0)" }])
    #expect(inspection.problems.contains { $0.message.hasPrefix("3 respondents gave one") })
    #expect(inspection.problems.contains { $0.column == "duration" && $0.row == 9 })
  }

  @Test func `personal data is named and never shown`() {
    let survey = Survey(variables: [
      Self.texts("contact", ["user0@example.invalid", "user1@example.invalid", "none"]),
      Self.texts("email", ["a", "b", "c"]),
      Self.texts("address_v4", ["192.0.2.0", "192.0.2.1", "192.0.2.2"]),
    ])
    let problems = Inspection(survey).problems.filter { $0.message.contains("personal") }
    #expect(problems.compactMap(\.column) == ["contact", "email", "address_v4"])
    #expect(problems.allSatisfy { !$0.message.contains("example") && !$0.message.contains("192") })
  }

  @Test(arguments: [
    ("imp_child", RoleGuess.Role.importance), ("sat_child", .satisfaction),
    ("gender", .demographic),
    ("Haushalt", .demographic), ("poids", .weight), ("media_tv", .media), ("act_1", .activity),
    ("q17", .other), ("aware", .funnel), ("edad", .demographic),
  ])
  func `roles are guessed from names in four languages`(_ name: String, _ role: RoleGuess.Role) {
    #expect(RoleGuess(Self.coded(name, [1, 2, 3, 1, 2, 3])).role == role)
  }
}
