import TesseraDesign
import TesseraFiles
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Filters and derived variables, against values worked out by hand.
struct PreparationTests {
  static let survey = """
    id,status,age,region,q1,q2,q3,tv,web,kids
    1,complete,17,1,1,2,5,1,0,0
    2,complete,18,2,4,5,2,1,1,2
    3,partial,29,3,5,5,1,0,0,1
    4,complete,30,4,3,,2,0,1,
    5,,61,2,2,1,4,,,0
    6,complete,45,1,,,,1,1,3

    """

  private func load(_ prepare: String) throws -> Study {
    try folder(prepare).load()
  }

  private func folder(_ prepare: String) throws -> StudyFolder {
    try StudyFolder([
      "study.yaml": """
      survey:
        file: s.csv
        id: id
        levels: { region: nominal, q1: ordinal, q2: numeric, q3: numeric }
        sets: { media: { columns: [tv, web] } }
      \(prepare.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      segments: { given: region }

      """, "s.csv": Self.survey,
    ])
  }

  private func shown(_ study: Study, _ name: String) throws -> [String] {
    let variable = try #require(study.data.survey[name])
    return (0..<study.data.survey.respondentCount).map { row in
      if case .numbers(let numbers) = variable.answers {
        return numbers[row].isNaN ? "-" : AnswerCode.number(numbers[row]).text
      }
      let position = variable.answers.position(row)
      return position == 0 ? "-" : variable.categories[position - 1].label
    }
  }

  @Test func `a scale is that of the questions beside it, not of the answers given`() throws {
    var text = "id,q1,q2,q3,q4,kind\n"
    for row in 0..<40 {
      let answers = (0..<4).map { $0 == 2 ? row % 4 + 1 : (row + $0) % 5 + 1 }
      text += "\(row),\(answers.map(String.init).joined(separator: ",")),\(row % 2)\n"
    }
    func load(_ rules: String, _ survey: String) throws -> Study {
      try StudyFolder([
        "study.yaml": """
        survey:
          file: s.csv
          id: id
          derive:
            turned: { reverse: q3\(rules) }
            top: { top: q3, boxes: 2\(rules) }
        segments: { given: kind }

        """, "s.csv": survey,
      ]).load()
    }
    let study = try load("", text)
    // Nobody gave a 5 to q3, which the others run to: 1 becomes 5 and only 4 is in the top two.
    #expect(try shown(study, "turned").prefix(4) == ["5", "4", "3", "2"])
    #expect(try shown(study, "top").prefix(4) == ["no", "no", "no", "yes"])
    #expect(study.data.scales["turned"] == RatingScale(low: 1, high: 5))
    #expect(study.data.preparation[0].rule.hasSuffix("turned round on a scale of 1 to 5"))
    let told = try load(", scale: [1, 7]", text)
    #expect(try shown(told, "turned").prefix(4) == ["7", "6", "5", "4"])
    #expect(try shown(told, "top").allSatisfy { $0 == "no" })
    // A model keeps the scale: a file of two people is read as the whole.
    let kept = study.file.survey.kept(
      for: [IndicatorEncoding(name: "turned", label: "", form: .numeric)], covariates: [],
      scales: study.data.scales)
    let declared = try #require(kept.preparation.derived.first)
    #expect(declared.scale == RatingScale(low: 1, high: 5))
    let node = StudyNode(json: .object([("turned", declared.json)]), path: "derive", file: "f")
    let read = try DerivedVariable(entry: try #require(try node.entries("rules").first))
    #expect(read == declared)
  }

  @Test func `an answer that nobody gave this time leaves nobody out`() throws {
    let study = try load(
      """
      derive: { complete: { when: "status = complete" } }
      filter: { screened: "status != Disqualified", done: "complete = 1" }
      """)
    #expect(study.data.survey.respondentCount == 4)
    #expect(study.data.preparation.first { $0.name == "screened" }?.removed == 1)
    // What is spelt nearly as an answer is a slip.
    #expect(throws: StudyError.self) { try load("filter: \"status != complet\"") }
    #expect(throws: StudyError.self) { try load("filter: \"status = Disqualified\"") }
  }

  @Test func `faults of several rules are told together`() throws {
    do {
      _ = try load(
        """
        derive:
          one: { bands: agee, at: [18] }
          two: { mean: [q1, qq], at_least: 1 }
          three: { when: "one = 1" }
        filter: { a: "statuss = complete", b: "three = 1", c: "age > 1 and" }
        """)
      Issue.record("faults were let through")
    } catch let error as StudyError {
      let all = [error.report] + error.report.others
      #expect(all.count == 4, "\(all.map(\.message))")
      #expect(!all.contains { $0.message.contains("three") })
    }
  }

  @Test func `each rule makes what its words say`() throws {
    let study = try load(
      """
      derive:
        band: { bands: age, at: [18, 30, 45] }
        half: { net: region, into: { North: [1, 2], South: [3] } }
        rest: { net: region, into: { North: [1, 2] }, else: elsewhere }
        mean: { mean: [q1, q2, q3], reverse: [q3], at_least: 2 }
        total: { sum: [q2, kids] }
        media_count: { count: media }
        high: { count: [q1, q2], of: [4, 5] }
        top: { top: q1, boxes: 2 }
        low: { bottom: q1, boxes: 1 }
        parent: { when: "kids > 0 and age >= 18", label: Has children }
        turned: { reverse: q1 }
        grown: { bands: mean, at: [1, 3], labels: [low, high] }
      """)
    #expect(
      try shown(study, "band")
        == ["-", "18 to 29", "18 to 29", "30 to 44", "45 or more", "45 or more"])
    #expect(study.data.survey["band"]?.level == .ordinal)
    #expect(try shown(study, "half") == ["North", "North", "South", "-", "North", "North"])
    #expect(
      try shown(study, "rest")
        == ["North", "North", "elsewhere", "elsewhere", "North", "North"])
    // q3 runs from 1 to 5, so 5 counts as 1: (1 + 2 + 1) / 3.
    let means = try shown(study, "mean").map { Double($0) ?? -1 }
    for (found, expected) in zip(means, [4.0 / 3, 13.0 / 3, 5, 3.5, 5.0 / 3, -1]) {
      #expect(abs(found - expected) < 1e-12)
    }
    #expect(try shown(study, "total") == ["2", "7", "6", "-", "1", "3"].map { $0 })
    #expect(try shown(study, "media_count") == ["1", "2", "0", "1", "-", "2"])
    #expect(try shown(study, "high") == ["0", "2", "2", "0", "0", "-"])
    #expect(try shown(study, "top") == ["no", "yes", "yes", "no", "no", "-"])
    #expect(try shown(study, "low") == ["yes", "no", "no", "no", "no", "-"])
    #expect(try shown(study, "parent") == ["no", "yes", "yes", "-", "no", "yes"])
    #expect(study.data.survey["parent"]?.label == "Has children")
    #expect(try shown(study, "turned") == ["5", "2", "1", "3", "4", "-"].map { $0 })
    #expect(try shown(study, "grown") == ["low", "high", "high", "high", "low", "-"])
    let reasons = study.data.survey["band"]?.reasons.map(\.label)
    #expect(reasons == ["below 18"])
  }

  @Test func `columns of 0 and 1 of one question become one variable`() throws {
    let study = try load(
      """
      derive:
        only: { one_of: [tv, web], else: neither }
        bare: { one_of: media }
      """)
    // Two answers are no single one, and of unknown ones nothing is known.
    #expect(try shown(study, "only") == ["tv", "-", "neither", "web", "-", "-"])
    #expect(try shown(study, "bare") == ["tv", "-", "-", "web", "-", "-"])
    #expect(study.data.survey["only"]?.level == .nominal)
    #expect(study.data.survey["only"]?.reasons.map(\.label) == ["more than one"])
    #expect(throws: StudyError.self) { try load("derive: { a: { one_of: [tv] } }") }
    #expect(throws: StudyError.self) { try load("derive: { a: { one_of: [age, region] } }") }
  }

  @Test func `filters keep those for whom every condition holds, and count the others`() throws {
    let study = try load(
      """
      filter: { complete: "status = complete", adults: "band is not missing" }
      derive: { band: { bands: age, at: [18, 30] } }
      """)
    #expect(study.data.ids == ["2", "4", "6"])
    #expect(study.data.sourceRows == [1, 3, 5])
    let filters = study.data.preparation.filter { $0.kind == .filter }
    #expect(filters.map(\.removed) == [2, 1])
    #expect(filters.map(\.people) == [6, 4])
    #expect(filters.map(\.unknown) == [1, 0])
    #expect(study.notices.contains { $0.hasPrefix("2 of 6 people left out by the filter") })
  }

  @Test func `one condition needs no name`() throws {
    let study = try load("filter: \"media includes web and kids >= 0\"")
    #expect(study.data.ids == ["2", "6"])
  }

  @Test(arguments: [
    ("derive: { region: { bands: age, at: [1] } }", "E0421", "has a column 'region' already"),
    ("derive: { a: { bands: agee, at: [1] } }", "E0401", "no column 'agee'"),
    ("derive: { a: { bands: status, at: [1] } }", "E0421", "bands are made of numbers"),
    ("derive: { a: { top: media } }", "E0421", "a question with several answers"),
    ("derive: { a: { net: region, into: { x: [9] } } }", "E0421", "'9' is no answer"),
    ("derive: { a: { net: region, into: { x: [1], y: [1] } } }", "E0421", "two nets"),
    ("derive: { a: { bands: b, at: [1] }, b: { bands: a, at: [1] } }", "E0423", "a, b are made"),
    ("derive: { a: { when: \"a = 1\" } }", "E0423", "a are made of each other"),
    ("derive: { a: { bands: age, at: [3, 1] } }", "E0309", "must rise"),
    ("derive: { a: { label: x } }", "E0308", "must say how it is made"),
    ("derive: { a: { bands: age, at: [1], boxes: 2 } }", "E0306", "'boxes'"),
    ("derive: { a: { mean: [q1], reverse: [q2] } }", "E0313", "not one of the items"),
    ("filter: \"status = done\"", "E0420", "'done' is neither an answer"),
    ("filter: \"status >\"", "E0420", "breaks off"),
    ("filter: \"age > 100\"", "E0422", "keeps nobody"),
    ("weight: q1\nweights: { targets: { region: { 1: 0.5, 2: 0.5 } } }", "E0313", "not both"),
    ("weights: { targets: { region: { 1: 0.5, 2: 0.4, 3: 0.1 } } }", "E0424", "has no target"),
    (
      "weights: { targets: { region: { 1: 0.3, 2: 0.3, 3: 0.1, 4: 0.2, 5: 0.1 } } }", "E0424",
      "nobody answered '5'"
    ),
    ("weights: { targets: { tv: { 0: 0.5, 1: 0.5 } } }", "E0424", "1 respondent did not answer"),
    (
      "weights: { targets: { region: { 1: 0.3, 2: 0.3, 3: 0.1, 4: 0.1 } } }", "E0424",
      "add up to 0.8"
    ),
  ])
  func `what cannot be meant is refused with its line`(
    prepare: String, code: String, words: String
  ) throws {
    let report = try #require(try folder(prepare).fault())
    #expect(report.code == code)
    #expect(report.message.contains(words), "\(report.message)")
    #expect((report.row ?? 0) >= 6)
    #expect(report.hint != nil)
  }

  @Test func `a model prepares new respondents as it was prepared`() throws {
    let declared = try load(
      """
      derive:
        band: { bands: age, at: [18, 30, 45] }
        old: { when: "band >= 3", label: Old }
        mean: { mean: [q1, q2], at_least: 1 }
        half: { net: region, into: { North: [1, 2] }, else: South }
        top: { top: q1, boxes: 1 }
        n: { count: media, of: [yes] }
      """
    ).file.survey
    for made in declared.preparation.derived {
      let node = try StudyFile.parse(
        "survey: { file: s.csv, derive: { \(made.name): \(made.json.text) } }", file: "x.yaml")
      #expect(node.survey.preparation.derived == [made])
    }
  }

  @Test func `rules of quality count, and remove only what they are told to`() throws {
    var rows = ["id,seconds,check,a,b,c,d,e,kids,age"]
    for row in 0..<40 {
      let seconds = row == 3 ? 20 : 100 + row
      let check = row == 5 || row == 6 ? 2 : 4
      let kids = row == 7 ? 2 : 0
      let items = row == 6 ? "3,3,3,3,3" : "1,\(row % 5),\(row % 7),\(row / 7),5"
      rows.append("\(row),\(seconds),\(check),\(items),\(kids),\(row == 7 ? 12 : 30)")
    }
    rows.append("40,130,4,1,2,3,1,5,0,30")
    rows.append("41,131,4,1,2,3,1,5,0,30")
    let folder = try StudyFolder([
      "s.csv": rows.joined(separator: "\n") + "\n",
      "study.yaml": """
      survey:
        file: s.csv
        id: id
        quality:
          speeders: { seconds: seconds }
          straight_liners: [a, b, c, d, e]
          checks: { check: 4 }
          contradictions: { young: "kids > 0 and age < 14" }
          duplicates: [a, b, c, d, e, kids]
          remove: [checks, speeders]
      segments: { given: b }

      """,
    ])
    let study = try folder.load()
    let steps = study.data.preparation
    #expect(steps.map(\.name).count == 5)
    let counts = Dictionary(uniqueKeysWithValues: steps.map { ($0.name, $0.answered) })
    #expect(counts["speeders"] == 1 && counts["checks"] == 2 && counts["straight_liners"] == 1)
    #expect(counts["contradictions"] == 1 && (counts["duplicates"] ?? 0) ?? 0 >= 1)
    #expect(study.data.survey.respondentCount == 42 - 3)
    #expect(!(study.data.ids ?? []).contains("3") && !(study.data.ids ?? []).contains("6"))
    #expect((study.data.ids ?? []).contains("7"))
    let score = try #require(study.data.survey["quality_score"])
    #expect(score.numbers.reduce(0, +) >= 2)
  }

  @Test func `a second file joins by identifier`() throws {
    let folder = try StudyFolder([
      "s.csv": Self.survey, "crm.csv": "customer,tenure,plan\n6,12,gold\n1.0,3,free\n9,1,free\n",
      "study.yaml": """
      survey:
        file: s.csv
        id: id
        merge: { file: crm.csv, by: id, key: customer }
        filter: "tenure >= 3"
      segments: { given: plan }

      """,
    ])
    let study = try folder.load()
    #expect(study.data.ids == ["1", "6"])
    #expect(try shown(study, "plan") == ["free", "gold"])
    #expect(study.data.preparation.first?.answered == 2)
    try folder.write("customer,tenure\n1,2\n1,3\n", to: "crm.csv")
    let report = try #require(folder.fault())
    #expect(report.code == "E0426" && report.row == 3)
    try folder.write("customer,age\n1,2\n", to: "crm.csv")
    #expect(folder.fault()?.message.contains("both files have a column 'age'") == true)
    try folder.write("customer,tenure\nx,2\n", to: "crm.csv")
    #expect(folder.fault()?.message.contains("nobody of the survey") == true)
  }

  @Test func `shares keep the sum of the weights, and a study says what came of them`() throws {
    var rows = ["id,sex,age,base,q"]
    for row in 0..<200 {
      rows.append("\(row),\(row % 5 == 0 ? "F" : "M"),\(18 + row % 50),\(1 + row % 3),\(row % 4)")
    }
    let folder = try StudyFolder([
      "s.csv": rows.joined(separator: "\n") + "\n",
      "targets.csv": "variable,category,target\nband,18 to 39,40\nband,40 or more,60\n",
      "study.yaml": """
      survey:
        file: s.csv
        id: id
        derive: { band: { bands: age, at: [18, 40] } }
        weights:
          base: base
          targets: { sex: { F: 0.51, M: 0.49 }, band: targets.csv }
          trim: [0.2, 5]
      segments: { given: q }

      """,
    ])
    let study = try folder.load()
    let design = study.data.design
    #expect(design.kind == .sampling)
    let sum = design.weights.reduce(0, +)
    let sex = try #require(study.data.survey["sex"])
    let women = design.weights.indices.filter {
      sex.categories[sex.answers.position($0) - 1].label == "F"
    }
    #expect(abs(women.reduce(0) { $0 + design.weights[$1] } / sum - 0.51) < 1e-8)
    let band = try #require(study.data.survey["band"])
    let young = design.weights.indices.filter { band.answers.position($0) == 1 }
    #expect(abs(young.reduce(0) { $0 + design.weights[$1] } / sum - 0.4) < 1e-8)
    #expect(
      abs(study.data.weightSum - (design.margins?.margins[0].totals.reduce(0, +) ?? 0)) < 1e-6)
    #expect(study.sources.map(\.role) == [.study, .survey, .targets])
    #expect(study.notices.contains { $0.contains("design effect") })
    // Bootstrap weights fit the same shares.
    var stream = RandomStream(seed: 3)
    let drawn = ReplicateWeights(design).draw(&stream)
    let part = women.reduce(0) { $0 + drawn[$1] } / drawn.reduce(0, +)
    #expect(abs(part - 0.51) < 1e-6)
  }

  @Test func `a study says how much of its population was drawn, and what lonely units vary by`()
    throws
  {
    let rows = (0..<40).map { "\($0),\($0 == 39 ? 9 : $0 % 2),\($0 == 39 ? 4 : 38),\($0 % 3)" }
    let folder = try StudyFolder([
      "s.csv": "id,region,schools,q\n" + rows.joined(separator: "\n") + "\n",
      "study.yaml": """
      survey: { file: s.csv, id: id, strata: region, population: schools, lonely_units: adjust }
      segments: { given: q }

      """,
    ])
    let design = try folder.load().data.design
    #expect(design.lonely == .adjust)
    let fractions = Set(design.fractions.map { ($0 * 1e6).rounded() })
    #expect(fractions == [250_000, 500_000, (20.0 / 38 * 1e6).rounded()])
    for (cell, message) in [("12", "smaller than"), ("", "missing"), ("50", "two sizes")] {
      var changed = rows
      changed[6] = "6,0,\(cell),0"
      try folder.write(
        "id,region,schools,q\n" + changed.joined(separator: "\n") + "\n", to: "s.csv")
      let fault = try #require(folder.fault())
      #expect(fault.code == "E0417")
      #expect(fault.row == 8)
      #expect(fault.message.contains(message))
    }
  }
}
