import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Kinds that exports of vendors and panels showed.
@Suite struct DraftVendorKindsTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test func `what panels and programs write is not used`() throws {
    let found = try draft(
      [
        DraftColumn("loi_min") { "\(4 + pick($0, 21, 200)).\(pick($0, 22, 10))" },
        DraftColumn("S99_speeder") { $0 % 25 == 0 ? "1" : "0" },
        DraftColumn("xcell") { ["Monadic A", "Monadic B"][$0 % 2] },
        DraftColumn("hQuota") { "\(1 + pick($0, 23, 9))" },
        DraftColumn("smoker") { "\(pick($0, 24, 2))" },
      ] + Self.items)
    #expect(used(found.study).isDisjoint(with: ["loi_min", "S99_speeder", "xcell", "hQuota"]))
    #expect(used(found.study).contains("smoker"))
  }

  @Test func `weights of a dozen people need a name that nothing else has`() throws {
    func weight(_ row: Int) -> String { "\(8 + pick(row, 31, 9)).\(pick(row, 32, 90) + 10)" }
    let named = try draft([DraftColumn("W_FSTUWT", weight)] + Self.items)
    #expect(named.study.survey.weight?.column == "W_FSTUWT")
    let plain = try draft([DraftColumn("weight", weight)] + Self.items)
    #expect(plain.study.survey.weight == nil)
    let birth = try draft([DraftColumn("birthwt", weight)] + Self.items)
    #expect(birth.study.survey.weight == nil)
  }

  @Test func `items put in order are ranks, whatever the question calls them`() throws {
    let brands = ["Price", "Range", "Seats"]
    let orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]]
    let satisfied = ["Not at all satisfied", "Slightly satisfied", "Satisfied", "Very satisfied"]
    let found = try draft(
      brands.enumerated().map { place, brand in
        DraftColumn("\(brand):Put in order of importance") {
          "\(orders[pick($0, 41, 6)][place])"
        }
      }
        + ["Price", "Range", "Seats", "Service"].enumerated().map { place, brand in
          DraftColumn("\(brand):How satisfied are you with it?") {
            satisfied[pick($0, 42 + place, 4)]
          }
        })
    #expect(found.study.segments.active.count == 4)
    #expect(found.study.segments.active.allSatisfy { $0.contains("How satisfied") })
    #expect(!found.text.contains("importance: \"Price:Put in order"))
  }

  @Test func `two questions that begin with one word are no question of several answers`() throws {
    let found = try draft(
      [
        DraftColumn("SmokeLife") { ["Yes", "No"][pick($0, 51, 2)] },
        DraftColumn("SmokeDaily") { ["Yes", "No"][pick($0, 52, 3) == 0 ? 0 : 1] },
      ] + Self.items)
    #expect(used(found.study).isSuperset(of: ["SmokeLife", "SmokeDaily"]))
    #expect(found.study.survey.sets.isEmpty)
  }

  @Test func `0 and 1 from an answer on are left out beside it`() throws {
    let found = try draft(
      [
        DraftColumn("Sleep") { "\(4 + pick($0, 61, 7)) hours" },
        DraftColumn("Sleep7") { pick($0, 61, 7) >= 3 ? "1" : "0" },
        DraftColumn("Sleepy") { pick($0, 62, 7) >= 3 ? "1" : "0" },
      ] + Self.items)
    #expect(!used(found.study).contains("Sleep7"))
    #expect(used(found.study).isSuperset(of: ["Sleep", "Sleepy"]))
  }

  @Test func `postcodes are not used, whatever asks for them`() throws {
    let found = try draft(
      [
        DraftColumn("In what ZIP code do you live?") { "\(10_000 + pick($0, 71, 80_000))" },
        DraftColumn("Quel est votre code postal ?") { "\(10_000 + pick($0, 72, 80_000))" },
        DraftColumn("In what kind of place do you live?") { ["Town", "Country"][pick($0, 73, 2)] },
      ] + Self.items)
    #expect(
      used(found.study)
        == Set(Self.items.map(\.name)).union(["In what kind of place do you live?"]))
  }

  @Test func `a second row of wordings is no answer`() throws {
    let questions = [
      "How old are you, in years?", "Which languages do you use? - Selected Choice - Python",
      "Which languages do you use? - Selected Choice - SQL",
      "Which languages do you use? - Selected Choice - R",
      "For how many years have you been writing code?",
    ]
    let years = ["< 1 years", "1-2 years", "3-5 years", "5-10 years"]
    func worded(_ name: String, _ place: Int, _ answer: @escaping (Int) -> String) -> DraftColumn {
      DraftColumn(name) { $0 == 0 ? questions[place] : answer($0) }
    }
    let found = try draft(
      [
        worded("Q1", 0) { "\(18 + pick($0, 81, 50))" },
        worded("Q7_Part_1", 1) { pick($0, 82, 2) == 0 ? "Python" : "" },
        worded("Q7_Part_2", 2) { pick($0, 83, 2) == 0 ? "SQL" : "" },
        worded("Q7_Part_3", 3) { pick($0, 84, 2) == 0 ? "R" : "" },
        worded("Q8", 4) { years[pick($0, 85, 4)] },
      ], rows: 201)
    #expect(found.data.survey.respondentCount == 200)
    #expect(found.data.survey["Q1"]?.label == questions[0])
    #expect(found.text.contains("Q8: [\"< 1 years\""))
    #expect(found.data.survey.sets.contains { $0.members.count == 3 })
  }

  @Test func `columns that are no numbered question are left to the program that wrote them`()
    throws
  {
    let items = (1...9).map { item in
      DraftColumn("Q5_\(item)") { agreementScale[pick($0, item, 5)] }
    }
    let found = try draft(
      [
        DraftColumn("hid_brand") { "\(1 + $0 % 3)" },
        DraftColumn("milliseconds") { "\(900 + pick($0, 91, 9000))" },
        DraftColumn("S2_income") { "\(900 + pick($0, 92, 9000))" },
        DraftColumn("owns_car") { ["Yes", "No"][pick($0, 93, 3) == 0 ? 0 : 1] },
      ] + items)
    #expect(used(found.study).isDisjoint(with: ["hid_brand", "milliseconds"]))
    #expect(used(found.study).isSuperset(of: ["S2_income", "owns_car"]))
  }

  @Test func `names are read without the wave that most of them end with`() throws {
    let found = try draft(
      [
        DraftColumn("FORM_W84") { "\(1 + pick($0, 101, 2))" },
        DraftColumn("AGE_W84") { "\(18 + pick($0, 102, 60))" },
      ]
        + (1...6).map { item in
          DraftColumn("ITEM\("abcdef".map(String.init)[item - 1])_W84") {
            agreementScale[pick($0, item, 5)]
          }
        })
    #expect(!used(found.study).contains("FORM_W84"))
    #expect(used(found.study).contains("AGE_W84"))
    #expect(SharedAffix.without(["Q5_1", "Q5_2", "Q5_3"]) == ["Q5_1", "Q5_2", "Q5_3"])
  }

  @Test func `oTree's record of the participant is not used`() throws {
    let record = [
      "participant.code", "participant._is_bot", "participant.payoff", "session.code",
      "session.is_demo", "survey.1.player.id_in_group", "survey.1.player.payoff",
      "survey.1.player.treatment",
    ].map { name in
      DraftColumn(name) { row in
        name.hasSuffix("code") ? "c\(name.count)x\(row)" : "\(pick(row, name.count, 2))"
      }
    }
    let items = (1...7).map { item in
      DraftColumn("survey.1.player.trust_\(item)") { "\(1 + pick($0, item, 7))" }
    }
    let found = try draft(record + items)
    #expect(found.study.survey.id == "participant.code")
    #expect(Set(found.study.segments.active) == Set(items.map(\.name)))
    #expect(used(found.study).isDisjoint(with: record.map(\.name)))
  }

  @Test func `neighbours' shared numbers are households, rising ones identify`() throws {
    let found = try draft(
      [
        DraftColumn("xhh") { "\(5000 + $0 / 2 * 17)" },
        DraftColumn("xpp") { "\(100 * ($0 / 2) + $0 % 2)" },
      ] + Self.items)
    #expect(found.study.survey.id == "xpp")
    #expect(!used(found.study).contains("xhh"))
  }

  @Test func `screened and quota-full interviews are told`() throws {
    let found = try draft(
      [
        DraftColumn("status") {
          $0 % 10 == 0 ? "screened" : $0 % 10 == 1 ? "quotafull" : "complete"
        }
      ] + Self.items)
    #expect(found.text.contains("32 of 160 interviews are not complete"))
    #expect(!used(found.study).contains("status"))
  }

  @Test func `labels below 0 alone are reasons for no answer`() {
    let values = [-14.0, -13, 900, 1500, 2300, 3100, 900, 1500]
    let codes = Set(values).sorted()
    let labels = [-14.0: "weet niet", -13: "onbekend"]
    let variable = Variable(
      name: "netto", level: .numeric,
      categories: codes.map { Category(code: .number($0), label: labels[$0]) },
      answers: AnswerColumn(
        positions: values.map { (codes.firstIndex(of: $0) ?? -1) + 1 }, categoryCount: codes.count))
    #expect(Set(MissingGuess.codes(ColumnFacts(variable)).map(\.code)) == ["-14", "-13"])
  }
}
