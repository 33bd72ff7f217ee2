import TesseraStudy
import TesseraSurvey
import Testing

/// Kinds of columns that files of strangers bring: what is not answered, and what has no battery.
@Suite struct DraftStrangerTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test func `platform columns are known in other languages`() throws {
    let found = try draft(
      [
        DraftColumn("Antwort ID") { "\(1 + $0)" },
        DraftColumn("Datum Abgeschickt") { $0 % 5 == 0 ? "" : "2023-03-0\(1 + $0 % 9) 10:00:00" },
        DraftColumn("Letzte Seite") { "\($0 % 5 == 0 ? 2 : 7)" },
        DraftColumn("Zufallsstartwert") { "\(pick($0, 3, 900_000_000))" },
        DraftColumn("Gruppenzeit: Einstellungen") { "\(pick($0, 4, 900)).5" },
      ] + Self.items)
    #expect(found.study.survey.id == "Antwort ID")
    #expect(used(found.study) == Set(Self.items.map(\.name)))
    #expect(found.text.contains("32 of 160 interviews are not complete"))
    #expect(found.text.contains("is not missing"))
  }

  @Test func `how interviews ended is told of codes too`() throws {
    let found = try draft(
      [
        DraftColumn("lfdn") { "\(1 + $0)" }, DraftColumn("dispcode") { $0 % 4 == 0 ? "22" : "31" },
        DraftColumn("rts8891") { "\(pick($0, 8, 80))" },
        DraftColumn("rts8892") { "\(pick($0, 9, 80))" }, DraftColumn("tester") { _ in "0" },
      ] + Self.items)
    #expect(found.text.contains("40 of 160 interviews are not complete"))
    #expect(found.text.contains("dispcode = 31 or dispcode = 32"))
    #expect(!used(found.study).contains("rts8891"))
  }

  @Test func `the group of an experiment is known by its answers`() throws {
    let found = try draft(
      [DraftColumn("grp2") { $0 % 2 == 0 ? "control" : "intervention" }] + Self.items)
    #expect(!used(found.study).contains("grp2"))
  }

  @Test func `a number that all of a region share is about the place`() throws {
    let places = ["North", "South", "East", "West", "Centre"]
    let found = try draft(
      [
        DraftColumn("region") { places[$0 % 5] },
        DraftColumn("inhabitants") { "\([5200, 810, 990, 12_300, 640][$0 % 5])" },
        DraftColumn("trips") { "\(pick($0, 7, 9))" },
      ] + Self.items)
    #expect(!used(found.study).contains("inhabitants"))
    #expect(used(found.study).contains("trips") && used(found.study).contains("region"))
  }

  @Test func `waves are told, and make no segments`() throws {
    let often = ["Never", "Rarely", "Sometimes", "Often"]
    let found = try draft(
      [DraftColumn("year") { "\(2018 + $0 % 3)" }]
        + (1...4).map { item in
          DraftColumn(["walks", "reads", "cooks", "sings"][item - 1]) {
            often[(pick($0, item, 4) + item) % 4]
          }
        })
    #expect(found.text.contains("# wave: year"))
    #expect(found.text.contains("3 waves or years (year)"))
    #expect(!found.study.segments.active.contains("year"))
  }

  @Test func `without a battery what people do makes the segments, not who they are`() throws {
    let found = try draft([
      DraftColumn("age") { "\(18 + pick($0, 1, 60))" },
      DraftColumn("income") { "\(1000 + pick($0, 2, 5000))" },
      DraftColumn("smokes") { ["yes", "no"][pick($0, 3, 2)] },
      DraftColumn("cycles") { ["daily", "weekly", "monthly"][pick($0, 4, 3)] },
      DraftColumn("diet") { ["vegan", "mixed", "keto"][pick($0, 5, 3)] },
      DraftColumn("gym") { ["yes", "no"][pick($0, 6, 2)] },
      DraftColumn("race2") { ["a", "b"][pick($0, 7, 2)] },
    ])
    #expect(found.study.segments.active == ["smokes", "cycles", "diet", "gym"], "\(found.text)")
    #expect(Set(["age", "income", "race2"]).isSubset(of: found.study.segments.passive))
  }

  @Test func `answers of one kind without words of order are a battery too`() throws {
    let answers = ["Blue team", "Green team", "Red team"]
    let found = try draft(
      ["Kitchen", "Garden", "Office", "Street"].enumerated().map { place, option in
        DraftColumn("Who should look after it? [\(option)]") { answers[pick($0, place, 3)] }
      } + [DraftColumn("age") { "\(18 + pick($0, 9, 60))" }])
    #expect(found.study.segments.active.count == 4)
    #expect(found.study.segments.passive == ["age"])
  }

  @Test func `a gap before 9 and 99 is no scale, and a contrast of -1 and 1 has no codes`() throws {
    let found = try draft(
      [
        DraftColumn("religious") { ["1", "2", "9"][pick($0, 1, 3)] },
        DraftColumn("months") { pick($0, 2, 12) == 0 ? "99" : "\(15 + pick($0, 3, 14))" },
        DraftColumn("prefers") { pick($0, 4, 2) == 0 ? "-1" : "1" },
        DraftColumn("amount") { pick($0, 5, 9) == 0 ? "-7" : "\(300 + $0 * 13)" },
      ], rows: 400)
    #expect(
      Set(found.study.survey.missingByColumn.map(\.column)) == ["religious", "months", "amount"])
  }

  @Test func `weights that name persons and add up to a population, and replicate weights`() throws
  {
    let found = try draft(
      [DraftColumn("perweight") { "\(700 + pick($0, 1, 3000))" }]
        + (1...4).map { item in
          DraftColumn("repwt\(item)") { "\(600 + pick($0, item + 20, 3000))" }
        } + Self.items)
    #expect(found.study.survey.weight?.column == "perweight")
    #expect(used(found.study) == Set(Self.items.map(\.name)))
  }

  @Test func `yes, no and don't know side by side are one question`() throws {
    let found = try draft(
      (1...5).map { item in
        DraftColumn("food/item_\(item)") {
          ["yes", "no", "yes", "no", "dont_know"][pick($0, item, 5)]
        }
      })
    let set = try #require(found.data.survey.sets.first)
    #expect(set.members.count == 5, "\(found.text)")
  }

  @Test func `options that are their text or not selected are one question`() throws {
    let options = ["Taste", "Price", "Brand"]
    let found = try draft(
      options.enumerated().map { place, option in
        DraftColumn("q4_000\(place + 1)") { pick($0, place, 3) == 0 ? option : "Not selected" }
      } + Self.items)
    let set = try #require(found.data.survey.sets.first { $0.members.count == 3 })
    let first = try #require(found.data.survey[set.members[0]])
    #expect(first.categories.count == 2)
    let chosen = (0..<160).count { pick($0, 0, 3) == 0 }
    #expect((0..<160).count { first.answers.position($0) == 2 } == chosen)
  }

  @Test func `columns of 0 and 1 that repeat a column of one answer are left out`() throws {
    let found = try draft(
      [DraftColumn("grade") { "\(1 + $0 % 3)" }]
        + (1...3).map { item in DraftColumn("grade\(item)") { $0 % 3 == item - 1 ? "1" : "0" } }
        + Self.items)
    #expect((1...3).allSatisfy { !used(found.study).contains("grade\($0)") })
  }

  @Test func `names of persons are left out, however often they repeat`() throws {
    let names = ["Ann", "Bob", "Cy"]
    let found = try draft([DraftColumn("First Name") { names[$0 % 3] }] + Self.items)
    #expect(!used(found.study).contains("First Name") && !found.text.contains("Cy"))
  }

  @Test func `a question that says please state asks for no state, and ranks are no ratings`()
    throws
  {
    let question = "Please state whether you view the following people favorably or unfavorably"
    let answers = ["Very unfavorably", "Somewhat unfavorably", "Somewhat favorably"]
    let found = try draft(
      ["Anna", "Bert", "Cleo"].enumerated().map { place, option in
        DraftColumn("Please rank these [\(option)]") { "\((($0 % 3) + place) % 3 + 1)" }
      }
        + ["Dora", "Emil", "Fay"].enumerated().map { place, option in
          DraftColumn("\(question) [\(option)]") { answers[pick($0, place, 3)] }
        })
    #expect(found.study.segments.active.allSatisfy { $0.hasPrefix("Please state") })
    #expect(found.study.segments.active.count == 3)
    #expect(found.text.contains("ranks, each given once"))
  }
}
