import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Kinds that files showed which nobody had looked at before.
@Suite struct DraftFreshKindsTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test func `the Spanish word for nearly is no mode of interview`() throws {
    let often = ["Nunca", "Casi nunca", "A veces", "Casi siempre", "Siempre"]
    let found = try draft(
      (1...5).map { item in
        DraftColumn(
          "¿Con qué frecuencia? [\(["Leer", "Andar", "Nadar", "Cantar", "Pintar"][item - 1])]"
        ) { often[pick($0, item, 5)] }
      })
    #expect(found.study.segments.active.count == 5)
    let mode = try draft(
      [DraftColumn("how") { ["CAPI", "CATI", "CASI"][pick($0, 9, 3)] }] + Self.items)
    #expect(!used(mode.study).contains("how"))
  }

  @Test func `Sawtooth and REDCap tell how interviews ended`() throws {
    let sawtooth = try draft(
      [
        DraftColumn("sys_RespNum") { "\(1 + $0)" },
        DraftColumn("sys_RespStatus") { $0 % 8 == 0 ? "2" : "5" },
        DraftColumn("sys_pagetime_1") { "\(pick($0, 8, 90))" },
        DraftColumn("sys_BlockSet_1") { "\(1 + pick($0, 9, 2))" },
      ] + Self.items)
    #expect(sawtooth.study.survey.id == "sys_RespNum")
    #expect(sawtooth.text.contains("20 of 160 interviews are not complete"))
    #expect(sawtooth.text.contains("sys_RespStatus = 5"))
    #expect(used(sawtooth.study) == Set(Self.items.map(\.name)))
    let redcap = try draft(
      Self.items + [DraftColumn("wellbeing_complete") { $0 % 5 == 0 ? "0" : "2" }])
    #expect(redcap.text.contains("32 of 160 interviews are not complete"))
    #expect(redcap.text.contains("wellbeing_complete = 2"))
  }

  @Test func `groups drawn by chance are told by their name and equal size`() throws {
    let found = try draft(
      [
        DraftColumn("framing") { ["gain", "loss"][$0 % 2] },
        DraftColumn("story") { ["short", "long"][$0 % 5 == 0 ? 0 : 1] },
      ] + Self.items)
    #expect(!used(found.study).contains("framing"))
    // Far from equal: what people chose.
    #expect(used(found.study).contains("story"))
  }

  @Test func `0 and 1 for single answers of another column are left out`() throws {
    let often = ["never", "sometimes", "always"]
    let found = try draft(
      [
        DraftColumn("mood") { ["low", "medium", "high"][pick($0, 3, 3)] },
        DraftColumn("highmood") { pick($0, 3, 3) == 2 ? "1" : "0" },
        DraftColumn("smokes") { "\(pick($0, 4, 2))" },
        DraftColumn("reads") { often[pick($0, 5, 3)] },
      ] + Self.items)
    #expect(!used(found.study).contains("highmood"))
    #expect(used(found.study).isSuperset(of: ["mood", "smokes", "reads"]))
    #expect(found.text.contains("0 and 1 for one answer of"))
  }

  @Test func `ratings on one scale that stand apart are a battery`() throws {
    let steps = ["Low", "Medium", "High", "Very_High"]
    let found = try draft(
      ["pay", "team", "tasks", "boss"].enumerated().flatMap { place, name in
        [
          DraftColumn("\(name)_satisfaction") { steps[pick($0, place, 4)] },
          DraftColumn("\(name)_years") { "\(pick($0, place + 9, 30))" },
        ]
      })
    #expect(
      found.study.segments.active
        == ["pay", "team", "tasks", "boss"].map { "\($0)_satisfaction" })
  }

  @Test func `bands that a program cut, social grades and old abbreviations have an order`() throws
  {
    let columns: [(String, [String])] = [
      ("band", ["[15,25]", "(25,35]", "(35,45]", "(45,60]"]),
      ("grade", ["E", "D", "C2", "C1", "B", "A"]),
      ("attend", ["never", "lt once a yr", "once a month", "nrly every wk", "more thn once wk"]),
      ("travel", ["Non-Travel", "Travel_Rarely", "Travel_Frequently"]),
    ]
    let found = try draft(
      columns.enumerated().map { place, column in
        DraftColumn(column.0) { column.1[pick($0, place + 3, column.1.count)] }
      } + Self.items)
    for (name, answers) in columns {
      let order = found.study.survey.levels.first { $0.column == name }?.order
      #expect(order == answers || name == "grade" && order == answers, "\(name)")
    }
    // Letters alone may be anything.
    #expect(AnswerOrder.find(["A", "B", "C", "D", "E"]) == nil)
  }

  @Test func `codes behind a gap are missing, and alike ones are summed up`() throws {
    let found = try draft(
      (1...4).map { item in
        DraftColumn("q\(item)_a") { ($0 + item) % 17 == 0 ? "99" : "\(1 + pick($0, item, 5))" }
      } + [DraftColumn("kind") { $0 % 40 == 0 ? "77" : "\(1 + pick($0, 8, 6))" }])
    let missing = found.study.survey.missingByColumn
    #expect(missing.first { $0.column == "kind" }?.codes.map(\.code) == ["77"])
    #expect(missing.count == 5)
    #expect(found.text.contains("4 columns, "))
  }

  @Test func `yes and no get words where a rule makes a sentence`() throws {
    func words(_ label: String) -> [String?] {
      let words = DraftSay.words(label)
      return [words?.yes, words?.no]
    }
    #expect(words("Do you own a car?") == ["own a car", "do not own a car"])
    #expect(
      words("Have you ever bought online?") == ["have bought online", "have never bought online"])
    #expect(
      words("I like to try my luck.") == [
        "like to try their luck", "do not like to try their luck",
      ])
    #expect(
      words("Q5 - I am happy with my job") == [
        "are happy with their job", "are not happy with their job",
      ])
    #expect(words("I bought a new car") == ["bought a new car", nil])
    for label in ["Do you think that you save?", "Owns a car", "Did you vote?", "I", "Autos"] {
      #expect(DraftSay.words(label) == nil)
    }
    let found = try draft(
      ["tasty", "cheap", "spicy", "fast", "relic"].enumerated().map { place, name in
        DraftColumn(name) { ["no", "yes"][pick($0, place + 2, 2)] }
      })
    #expect(
      found.study.say.phrases["tasty"] == ["yes": "find it tasty", "no": "find it not tasty"])
    #expect(found.study.say.phrases["relic"] == nil)
  }
}
