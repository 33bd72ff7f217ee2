import TesseraStudy
import Testing

/// Kinds of columns that a draft has to tell apart, each made by a rule.
@Suite struct DraftRuleTests {
  @Test func `scales of one inventory are one battery, two questions are two`() throws {
    let inventory = ["A", "C", "E"].flatMap { scale in
      (1...5).map { item in
        DraftColumn("\(scale)\(item)") { "\(1 + pick($0, item + scale.count, 6))" }
      }
    }
    let found = try draft(inventory)
    #expect(found.study.segments.active.count == 15)
    let questions = [5, 6].flatMap { question in
      (1...4).map { item in
        DraftColumn("Q\(question)_\(item)") { "\(1 + pick($0, item * question, 5))" }
      }
    }
    #expect(try draft(questions).study.segments.active.count == 4)
  }

  @Test func `a statement about jobs stays in its battery`() throws {
    let names = ["recparks", "jobs", "lowrisk", "wildlife", "finben"]
    let items = names.enumerated().map { place, name in
      DraftColumn(name) { "\(1 + pick($0, place, 5))" }
    }
    let people = [DraftColumn("sex") { pick($0, 70, 2) == 0 ? "male" : "female" }]
    let found = try draft(items + people)
    #expect(found.study.segments.active == names)
  }

  @Test func `ratings in halves and questions of one name with shorter answers are one battery`()
    throws
  {
    let halves = ["Open", "Calm", "Kind", "Tidy"].enumerated().map { place, name in
      DraftColumn(name) { "\(1 + Double(pick($0, place, 13)) / 2)" }
    }
    #expect(try draft(halves).study.segments.active.count == 4)
    let looks = (0..<6).map { item in
      DraftColumn("look_item\("abcdef".dropFirst(item).prefix(1))") {
        "\(1 + pick($0, item, item == 3 ? 7 : 10))"
      }
    }
    #expect(try draft(looks).study.segments.active.count == 6)
  }

  @Test func `a rating of the job or the relationship is not who somebody is`() throws {
    let scale = ["Low", "Medium", "High", "Very_High"]
    let items = ["JobSatisfaction", "RelationshipSatisfaction", "JobInvolvement"].enumerated().map {
      place, name in DraftColumn(name) { scale[pick($0, place, 4)] }
    }
    let people = [
      DraftColumn("MaritalStatus") { ["Single", "Married", "Divorced"][pick($0, 9, 3)] }
    ]
    let found = try draft(people + items)
    #expect(found.study.segments.active == items.map(\.name))
    #expect(found.study.segments.passive == ["MaritalStatus"])
  }

  @Test func `columns of the sample and the experiment are not used`() throws {
    let items = (1...5).map { item in DraftColumn("item\(item)") { "\(1 + pick($0, item, 5))" } }
    let others = [
      DraftColumn("rownames") { "\(61_000 + $0 * 3)" },
      DraftColumn("condition") { "\(1 + pick($0, 40, 4))" },
      DraftColumn("treat") { "\(pick($0, 41, 2))" },
      DraftColumn("COMPID") { "\(pick($0, 42, 45))" },
      DraftColumn("school") { "\(pick($0, 43, 41))" },
      DraftColumn("int_date") { "\(20_240_601 + pick($0, 44, 20))" },
    ]
    let found = try draft(others + items)
    let used = found.study.segments.active + found.study.segments.passive
    for column in others { #expect(!used.contains(column.name), "\(column.name)") }
    #expect(found.study.survey.id == nil)
  }

  @Test func `of several weights the last step is taken, and none describes`() throws {
    func weight(_ row: Int, _ seed: Int) -> String { "\(0.5 + Double(pick(row, seed, 80)) / 80)" }
    let found = try draft([
      DraftColumn("idno") { "\(1000 + $0 * 2)" }, DraftColumn("dweight") { weight($0, 1) },
      DraftColumn("pspwght") { weight($0, 2) }, DraftColumn("age") { "\(18 + pick($0, 3, 60))" },
      DraftColumn("voted") { ["yes", "no"][pick($0, 4, 2)] },
    ])
    #expect(found.study.survey.id == "idno")
    #expect(found.study.survey.weight == .sampling("pspwght"))
    #expect(!found.study.segments.passive.contains("dweight"))
  }

  @Test func `the time of a measurement is no rating where rows share a person`() throws {
    let items = ["calm", "tense", "upset", "secure"].enumerated().map { place, name in
      DraftColumn(name) { "\(1 + pick($0, place, 4))" }
    }
    let found = try draft(
      [DraftColumn("id") { "\($0 / 4)" }, DraftColumn("time") { "\(1 + $0 % 4)" }] + items)
    #expect(found.study.segments.active == items.map(\.name))
  }

  @Test func `codes behind the scale of the questions beside are no answers`() throws {
    let items = ["parks", "wild", "rights", "money", "risk"].enumerated().map { place, name in
      DraftColumn(name) { place == 2 && $0 % 40 == 0 ? "9" : "\(1 + pick($0, place, 5))" }
    }
    let found = try draft(items)
    #expect(found.text.contains("rights: { 9:"))
    #expect(found.study.segments.active.count == 5)
  }

  @Test func `not sure is no step of a scale, and a kind among kinds`() throws {
    let found = try draft([
      DraftColumn("trust") { ["Low", "Medium", "High", "Not sure"][pick($0, 1, 4)] },
      DraftColumn("system") { ["Windows", "Linux", "Mac", "Not sure"][pick($0, 2, 4)] },
    ])
    #expect(found.text.contains("trust: [Low, Medium, High]"))
    #expect(found.text.contains("trust: { Not sure: Not sure }"))
    #expect(!found.text.contains("system: {"))
  }

  @Test func `ranges that Excel turned into dates are told`() throws {
    let found = try draft([
      DraftColumn("staff") { ["1-4", "5-9", "Oct-14", "15-49", "50+"][pick($0, 1, 5)] },
      DraftColumn("hours") { ["0", "02-Jan", "05-Mar", "6+"][pick($0, 2, 4)] },
    ])
    #expect(found.text.contains("\"5-9\", \"Oct-14\", \"15-49\""))
    #expect(found.text.contains("Oct-14 is 10-14"))
    #expect(found.text.contains("02-Jan is 1-2, 05-Mar is 3-5"))
  }
}
