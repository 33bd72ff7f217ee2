import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// What a draft writes so that readers see questions in their own words, and steps as steps.
@Suite struct DraftWordingTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  @Test func `parts that come together but for a stray answer are one answer`() throws {
    let social = "Social media such as blogs, Slack, forums or friends"
    let found = try draft(
      [
        DraftColumn("Where do you look for help? (check all that apply)") { row in
          if row == 3 { return "Slack" }
          let chosen = [(social, 61), ("Search engines", 62), ("Books", 63)].compactMap {
            pick(row, $0.1, 3) > 0 ? $0.0 : nil
          }
          return chosen.joined(separator: ", ")
        }
      ] + Self.items, rows: 400)
    let set = try #require(found.study.survey.sets.first)
    guard case .delimited(_, _, let options) = set.source else {
      Issue.record("not one cell with several answers")
      return
    }
    #expect(options.sorted() == ["Books", "Search engines", social])
  }

  @Test func `a set in one column is called as its question, without what the name adds`() throws {
    let found = try draft(
      [
        DraftColumn("Which tools do you use?") { row in
          ["Hammer", "Saw", "Drill"].enumerated().filter { pick(row, 70 + $0.offset, 2) > 0 }
            .map(\.element).joined(separator: "; ")
        }
      ] + Self.items)
    let set = try #require(found.study.survey.sets.first)
    #expect(set.name == "Which tools do you use?")
    #expect(found.study.survey.labels.isEmpty)
    #expect(found.data.set(set.name)?.members.count == 3)
  }

  @Test func `promoters are called a group, not as the rating they come from`() throws {
    let found = try draft(
      [DraftColumn("How likely are you to recommend us to a friend?") { "\(pick($0, 81, 11))" }]
        + Self.items)
    #expect(found.data.survey["promoters"]?.label == "NPS group")
  }

  @Test func `ratings that a program wrote as a measure are steps, numbers of things are not`() {
    func coded(_ name: String, _ seed: Int, to most: Int, from least: Int = 1) -> Variable {
      let values = least...most
      return Variable(
        name: name, level: .numeric,
        categories: values.map { Category(code: .number(Double($0))) },
        answers: .codes8((0..<200).map { UInt8(1 + pick($0, seed, values.count)) }))
    }
    let survey = Survey(
      variables: (1...4).map { coded("mast\($0)", $0, to: 5) }
        + (1...4).map { coded("slider\($0)", 10 + $0, to: 10, from: 0) })
    let plan = RoleGuess.plan(survey)
    #expect(plan.steps.map(\.column) == ["mast1", "mast2", "mast3", "mast4"])
    #expect(plan.steps.allSatisfy { $0.scale.low == 1 && $0.scale.high == 5 })
  }
}

/// Kinds that exports of surveys showed which nobody had looked at before.
@Suite struct DraftFirstSightTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  private func order(_ answers: [String], _ name: String = "q") throws -> [String]? {
    try draft([DraftColumn(name) { answers[pick($0, 91, answers.count)] }] + Self.items)
      .study.survey.levels.first { $0.column == name }?.order
  }

  @Test(arguments: [
    ["No", "Maybe", "Yes"], ["No", "Some of them", "Yes"], ["Nein", "Teilweise", "Ja"],
    ["Far below average", "Below average", "Average", "Above average", "Far above average"],
    ["Just me", "2–10", "11–50", "More than 50"], ["Economy", "Standard", "Luxury"],
    ["Zdecydowanie nie", "Raczej nie", "Ani tak, ani nie", "Raczej tak", "Zdecydowanie tak"],
    ["Nigdy", "Rzadko", "Czasami", "Często", "Bardzo często"],
    ["Kesinlikle katılmıyorum", "Katılmıyorum", "Kararsızım", "Katılıyorum"],
    ["Hiçbir zaman", "Nadiren", "Bazen", "Sık sık", "Her zaman"],
    ["Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju"],
    ["полностью не согласен", "скорее не согласен", "скорее согласен", "полностью согласен"],
    ["非常不同意", "不同意", "一般", "同意", "非常同意"], ["Lise", "Önlisans", "Lisans", "Yüksek lisans"],
    ["Freshman", "Sophomore", "Junior", "Senior"],
    ["1. sinif", "2. sinif", "3. sinif", "4. sinif"],
    ["Aucun", "1", "2", "3"],
    ["Not a problem at all", "Small problem", "Moderately big problem", "Very big problem"],
    ["Jamais", "Plus rarement", "Une à trois fois par mois", "Tous les jours"],
    ["Nunca", "Una vez al mes", "Dos o tres veces al mes", "Una vez a la semana"],
    ["kein Arbeitsweg", "unter 2 km", "2 bis 5 km", "über 20 km"],
    ["less than 100,000", "between 100,000 and 1 million", "more than 1 million"],
    ["Just me - I am a freelancer", "2 to 9 employees", "10 or more employees"],
    ["difficile", "moyen", "facile"],
    ["I have little or no influence", "I have some influence", "I have a great deal of influence"],
    [
      "Highly distrust", "Somewhat distrust", "Neither trust nor distrust", "Somewhat trust",
      "Highly trust",
    ],
    ["not at all", "no more than usual", "rather more than usual", "much more than usual"],
    ["1. < HS Grad", "2. HS Grad", "3. Some College", "4. College Grad", "5. Advanced Degree"],
  ])
  func `answers that have an order are drafted in it`(_ answers: [String]) throws {
    #expect(try order(answers.reversed()) == answers)
  }

  @Test func `pounds with codes are no weight, a name with a letter more is`() throws {
    let found = try draft(
      [
        DraftColumn("WEIGHT2") { $0 % 20 == 0 ? "9999" : "\(95 + pick($0, 92, 220))" },
        DraftColumn("_LLCPWT") { "\(20 + pick($0, 93, 900)).\(1 + pick($0, 94, 9))" },
        DraftColumn("DISPCODE") { "\(pick($0, 95, 5) == 0 ? 1200 : 1100)" },
        DraftColumn("hidden_utm") { ["fb", "google"][pick($0, 96, 2)] },
      ] + Self.items)
    #expect(found.study.survey.weight?.column == "_LLCPWT")
    let used = Set(found.study.segments.active + found.study.segments.passive)
    #expect(used.isDisjoint(with: ["DISPCODE", "hidden_utm"]))
  }

  @Test func `what programs and interviewers write beside answers is not used`() throws {
    let found = try draft(
      [
        DraftColumn("Response Status") { $0 % 9 == 0 ? "Started" : "Completed" },
        DraftColumn("IP Address") { "10.0.\($0 / 200).\($0 % 200)" },
        DraftColumn("Time Taken to Complete (Seconds)") { "\(60 + pick($0, 81, 800))" },
        DraftColumn("Seq. Number") { "\($0 + 1)" },
        DraftColumn("Country Code") { ["US", "GB", "IN"][pick($0, 82, 3)] },
        DraftColumn("Region") { ["CA", "NY", "LND"][pick($0, 83, 3)] },
        DraftColumn("enum_name") { ["Grace", "Peter", "Amina"][pick($0, 84, 3)] },
        DraftColumn("Tirage") { "\(100_000_007 + pick($0, 97, 1_900_000_000))" },
        DraftColumn("plan") { ["Free", "Pro", "Team"][pick($0, 85, 3)] },
      ] + Self.items)
    let used = Set(found.study.segments.active + found.study.segments.passive)
    #expect(used == Set(Self.items.map(\.name) + ["plan"]))
  }

  @Test func `a wording that says more than a name of designs is a question`() {
    func source(_ label: String) -> DraftPlan {
      RoleGuess.plan(
        Survey(variables: [
          Variable(
            name: "source", label: label, level: .nominal,
            categories: ["work", "family", "money"].enumerated().map {
              Category(code: .number(Double($0.offset + 1)), label: $0.element)
            }, answers: .codes8((0..<200).map { UInt8(1 + pick($0, 88, 3)) }))
        ]))
    }
    #expect(source("source of stress").leftOut.isEmpty)
    #expect(source("source of sample").leftOut.map(\.name) == ["source"])
    #expect(source("").leftOut.map(\.name) == ["source"])
  }

  @Test func `a dash among words is no answer, minus beside plus is one`() throws {
    let ages = ["18 - 29", "30 - 44", "45 - 59", "-"]
    let found = try draft(
      [
        DraftColumn("Age") { ages[pick($0, 86, 4)] },
        DraftColumn("balance") { ["+", "-", "none"][pick($0, 87, 3)] },
      ] + Self.items)
    let missing = found.study.survey.missingByColumn
    #expect(missing.first { $0.column == "Age" }?.codes.map(\.code) == ["-"])
    #expect(!missing.contains { $0.column == "balance" })
    #expect(found.study.survey.levels.first { $0.column == "Age" }?.order == Array(ages.dropLast()))
  }

  @Test func `options under dotted names are one question, whatever signs they hold`() throws {
    let found = try draft(
      ["Java", "C/C++", "SQL"].enumerated().map { place, option in
        DraftColumn("other.lang.\(option)") { pick($0, 100 + place, 3) == 0 ? option : "" }
      } + Self.items)
    #expect(
      found.data.survey.sets.map(\.members)
        == [["other.lang.Java", "other.lang.C/C++", "other.lang.SQL"]])
  }

  @Test func `four long answers that many give are answers on offer`() throws {
    let far = "it is a drive of several hours, or a flight, and I stay for some nights there"
    let answers = ["At home, so that \(far)", "In town, not that \(far)", "Away, since \(far)"]
    let found = try draft(
      [DraftColumn("How far will you travel?") { answers[pick($0, 98, 3)] }] + Self.items)
    #expect(found.data.survey["How far will you travel?"]?.level == .nominal)
  }
}
