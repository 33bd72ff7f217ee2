import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Kinds of which a draft that passes every check was still not one to sign.
@Suite struct DraftSecondLookTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test func `a scale has no end that nobody gave`() throws {
    let found = try draft(
      (1...6).map { item in DraftColumn("N\(item)") { "\(1 + pick($0, item, 6))" } })
    #expect(found.text.contains("rating, from 1 to 6"))
    #expect(!found.text.contains("from 1 to 7"))
  }

  @Test func `numbers of people by age are no ratings`() throws {
    let found = try draft(
      ["numlt5", "num5_17", "num18_64", "numgt64"].enumerated().map { place, name in
        DraftColumn(name) { "\(pick($0, place, [3, 4, 5, 3][place]))" }
      } + [DraftColumn("educ") { "\(8 + pick($0, 7, 12))" }])
    #expect(found.study.values.isEmpty)
    #expect(!found.text.contains("rating, from"))
  }

  @Test func `items that few could judge do not end a battery`() throws {
    let names = ["England", "Cuba", "France", "Peru", "Germany", "Chad", "Italy", "Japan"]
    let found = try draft(
      names.enumerated().map { place, name in
        DraftColumn("Please rate how much you like the cuisine of \(name).") {
          // Nine of ten know nothing of three of them.
          place % 2 == 1 && place < 6 && $0 % 10 > 0 ? "" : "\(1 + pick($0, place, 5))"
        }
      })
    #expect(found.study.segments.active.count == 5)
  }

  @Test func `two orders of the same words are one step, and a wording names no person`() throws {
    let rude = [
      ["No, not rude at all", "Yes, somewhat rude", "Yes, very rude"],
      ["No, not at all rude", "Yes, somewhat rude", "Yes, very rude"],
    ]
    let asked = [
      "move to an unsold seat", "talk to a stranger", "ask for another seat", "wake somebody up",
      "bring unruly children",
    ]
    let found = try draft(
      asked.enumerated().map { place, what in
        DraftColumn("Is it rude to \(what)?") { rude[place % 2][pick($0, place, 3)] }
      } + [
        DraftColumn("How tall are you?") { "\(150 + pick($0, 8, 50))" },
        DraftColumn("Is it rude to recline a seat?") { rude[0][pick($0, 9, 3)] },
        DraftColumn("Overall, is flying rude?") { rude[0][pick($0, 10, 3)] },
      ])
    #expect(found.study.segments.active.count == 6)
    #expect(found.study.segments.active.contains("Is it rude to bring unruly children?"))
    #expect(!found.study.segments.active.contains("Overall, is flying rude?"))
  }

  @Test func `amounts named alike are what makes segments where there is no battery`() throws {
    let found = try draft(
      ["MntWines", "MntFruits", "MntMeat", "MntFish"].enumerated().map { place, name in
        DraftColumn(name) { "\(pick($0, place, 400))" }
      } + [
        DraftColumn("Marital_Status") { ["Single", "Married", "Widow"][pick($0, 5, 3)] },
        DraftColumn("Dt_Customer") { row in
          let (day, month) = (10 + pick(row, 6, 18), pick(row, 7, 9) + 1)
          return "\(day)-0\(month)-2013"
        },
      ])
    #expect(found.study.segments.active == ["MntWines", "MntFruits", "MntMeat", "MntFish"])
    #expect(!found.text.contains("personal data"))
    #expect(!used(found.study).contains("Dt_Customer"))
  }

  @Test func `a question asked twice counts once, the one in words`() throws {
    let found = try draft(
      [
        DraftColumn("linkstatus") { "\(pick($0, 3, 2))" },
        DraftColumn("link") { ["no", "yes"][pick($0, 3, 2)] },
      ] + Self.items)
    #expect(!used(found.study).contains("linkstatus"))
    #expect(used(found.study).contains("link"))
    #expect(found.text.contains("says the same as \"link\""))
  }

  @Test func `a question with the name of its options keeps it, and the draft runs`() throws {
    let found = try draft(
      [DraftColumn("TOOL") { pick($0, 3, 2) == 0 ? "N" : "S" }]
        + ["A", "B", "C", "D"].enumerated().map { place, option in
          DraftColumn("TOOL.\(option)") { row in
            pick(row, 3, 2) == 1 && pick(row, 20 + place, 2) == 1 ? "1" : ""
          }
        } + Self.items)
    #expect(found.data.survey.sets.contains { $0.members.count == 4 && $0.name != "TOOL" })
    let named = found.study.segments.active + found.study.segments.passive
    #expect(Set(named).count == named.count)
  }

  @Test func `one answer in columns of 0 and 1 does not make the segments`() throws {
    let found = try draft(
      ["way_drive", "way_bike", "way_walk", "way_bus"].enumerated().map { place, name in
        DraftColumn(name) { pick($0, 3, 4) == place ? "1" : "0" }
      } + [
        DraftColumn("gender") { ["female", "male"][pick($0, 4, 2)] },
        DraftColumn("age") { "\(18 + pick($0, 5, 50))" },
      ]
        + ["books", "films", "sport", "music"].enumerated().map { place, what in
          DraftColumn("likes_\(what)") { "\(pick($0, 10 + place, 2))" }
        })
    #expect(found.study.segments.active == ["likes"])
  }

  @Test func `numbers of a region are not held against themselves`() throws {
    let found = try draft(
      [DraftColumn("hospital region") { "\(pick($0, 3, 9))" }] + Self.items)
    #expect(!found.text.contains("about the place"))
  }

  @Test func `NA beside "Not selected" is no answer, and nobody chose what nobody chose`() throws {
    let options = ["hair", "height", "skills", "money"]
    let found = try draft(
      options.enumerated().map { place, option in
        DraftColumn("q8_\(place + 1)") { row in
          if row % 2 == 0 { return "NA" }
          return place < 3 && pick(row, place, 2) == 0 ? "Your \(option)" : "Not selected"
        }
      } + Self.items)
    let set = try #require(found.data.survey.sets.first { $0.name == "q8" })
    #expect(set.members.count == 4)
    for name in set.members {
      let variable = try #require(found.data.survey[name])
      #expect(variable.missingCount == 80, "\(name)")
      let chosen = (0..<160).count { variable.number($0) == 1 }
      #expect(name == "q8_4" ? chosen == 0 : chosen > 20, "\(name): \(chosen)")
    }
  }

  @Test func `hands are no politics, hours no study, and eight digits a day`() throws {
    let found = try draft(
      [
        DraftColumn("clap") { ["Left", "Neither", "Right"][pick($0, 3, 3)] },
        DraftColumn("study") { "\(pick($0, 4, 40))" },
        DraftColumn("made") { row in "2012\(11 + pick(row, 5, 2))\(10 + pick(row, 6, 19))" },
      ] + Self.items)
    #expect(!found.text.contains("political views"))
    #expect(used(found.study).contains("study"))
    #expect(!used(found.study).contains("made"))
  }

  @Test func `a rating beside demographics makes segments too`() throws {
    let found = try draft([
      DraftColumn("gender") { ["female", "male"][pick($0, 3, 2)] },
      DraftColumn("age") { "\(18 + pick($0, 4, 50))" },
      DraftColumn("education") { ["school", "college", "university"][pick($0, 5, 3)] },
      DraftColumn("happiness") { "\(1 + pick($0, 6, 5))" },
    ])
    #expect(found.study.segments.active.contains("happiness"))
  }
}
