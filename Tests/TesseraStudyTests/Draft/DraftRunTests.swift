import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Runs of like answers (simulated): one question or battery, whatever a name in it speaks of.
@Suite struct DraftRunTests {
  private static let brands = [
    "Red.Bull", "White.Label", "Orchard", "Tonic", "Black.Horse", "Lemonade", "Ginger", "Cola",
    "Mate", "Country.Spring",
  ]

  private func ticks(_ names: [String], from seed: Int = 0) -> [DraftColumn] {
    names.enumerated().map { place, name in
      // About a third choose each, and nobody's choice hangs on another.
      DraftColumn(name) { pick($0, seed + place, 3) == 0 ? "1" : "0" }
    }
  }

  private func options(_ study: StudyFile) -> [[String]] {
    study.survey.sets.compactMap { set in
      if case .columns(let names, _) = set.source { names } else { nil }
    }
  }

  @Test func `columns of 0 and 1 side by side are one question, colours and countries included`()
    throws
  {
    let found = try draft(
      ticks(Self.brands) + [DraftColumn("age") { "\(18 + pick($0, 70, 50))" }], rows: 300)
    #expect(options(found.study) == [Self.brands])
    #expect(found.study.segments.active == ["choices"])
    #expect(found.study.sensitive.isEmpty)
  }

  @Test func `pastimes do not cut a run of 0 and 1`() throws {
    let names = [
      "Reading", "Listening music", "Cinema", "Show", "Computer", "Walking", "Travelling",
      "Playing music", "Mechanic", "Cooking",
    ]
    let found = try draft(ticks(names), rows: 300)
    #expect(options(found.study) == [names])
  }

  @Test func `facts about people as 0 and 1 are no question of several answers`() throws {
    let found = try draft(
      ticks(["south", "female", "smsa", "married", "union", "black", "clerical", "services"]),
      rows: 300)
    #expect(options(found.study).isEmpty)
  }

  @Test func `names that begin alike stay questions of their own`() throws {
    let found = try draft(
      ticks(["own_car", "own_bike", "own_boat"])
        + ticks(["use_bus", "use_tram", "use_taxi"], from: 9),
      rows: 300)
    #expect(
      found.data.survey.sets.map(\.members) == [
        ["own_car", "own_bike", "own_boat"], ["use_bus", "use_tram", "use_taxi"],
      ])
    #expect(!found.text.contains("choices"))
  }

  @Test func `an answer and its denial say whether something was chosen`() throws {
    let names = ["breakfast", "tea.time", "evening", "lunch", "dinner", "always"]
    let places = ["home", "at.work", "tearoom", "friends", "pub"]
    let found = try draft(
      (names + places).enumerated().map { place, name in
        let text = name.replacing(".", with: " ")
        return DraftColumn(name) { pick($0, place, 3) == 0 ? text : "Not.\(text)" }
      }, rows: 300)
    // "Always" closes a question.
    #expect(options(found.study) == [names, places])
    let tea = try #require(found.data.survey["tea.time"])
    #expect(tea.categories.map(\.label) == ["no", "yes"])
    #expect(tea.label == "tea time")
    let chosen = (0..<300).count { pick($0, 1, 3) == 0 }
    #expect((0..<300).count { tea.answers.position($0) == 2 } == chosen)
  }

  @Test func `an item of a battery is an item, whatever its name says`() throws {
    let names = [
      "Pop", "Rock", "Country", "Jazz", "Children", "Opera", "Form", "Progress", "Techno",
      "Folk", "Swing", "Metal",
    ]
    let found = try draft(
      names.enumerated().map { place, name in
        DraftColumn(name) { "\(1 + pick($0, place, 5))" }
      } + [DraftColumn("Age") { "\(18 + pick($0, 70, 50))" }], rows: 300)
    #expect(found.study.segments.active == names)
    #expect(found.study.sensitive.isEmpty)
  }

  @Test func `a column at the end of a battery that is called after people is none of it`() throws {
    let found = try draft(
      ["calm", "tense", "upset", "content", "jittery", "relaxed"].enumerated().map { place, name in
        DraftColumn(name) { "\(1 + pick($0, place, 5))" }
      } + [DraftColumn("region") { "\(1 + pick($0, 71, 5))" }], rows: 300)
    #expect(!found.study.segments.active.contains("region"))
    #expect(found.study.segments.active.count == 6)
  }

  @Test func `moods are active and no values, statements that do not make the segments are values`()
    throws
  {
    let moods = (1...8).map { item in
      DraftColumn(["calm", "tense", "sad", "happy", "alert", "bored", "proud", "shy"][item - 1]) {
        "\(pick($0, item, 4))"
      }
    }
    let alone = try draft(moods, rows: 300)
    #expect(alone.study.segments.active.count == 8)
    #expect(alone.study.values.isEmpty)
    func statements(_ name: String, _ count: Int, from seed: Int) -> [DraftColumn] {
      (1...count).map { item in
        DraftColumn("\(name)_\(item)") { agreementScale[pick($0, seed + item, 5)] }
      }
    }
    let both = try draft(
      statements("view", 3, from: 20) + moods + statements("use", 9, from: 40), rows: 300)
    #expect(both.study.values == ["view_1", "view_2", "view_3"])
    // Ratings that do not make the segments describe them.
    #expect(both.study.segments.passive.contains("calm"))
  }

  @Test func `one answer about health among many does not make a question sensitive`() throws {
    let sectors = ["Health", "Finance", "Media", "Retail", "Energy", "Travel", "Farming", "Law"]
    let asked = try draft(
      sectors.map { name in
        DraftColumn("sector [\(name)]") { pick($0, name.count * 7 + 3, 3) == 0 ? "1" : "0" }
      }, rows: 300)
    #expect(asked.study.sensitive.isEmpty, "\(asked.text)")
    let ill = ["asthma", "diabetes", "gout", "migraine", "eczema", "ulcer"]
    let told = try draft(
      ill.map { name in
        DraftColumn("had [\(name)]") { pick($0, name.count * 5 + 1, 3) == 0 ? "1" : "0" }
      }, rows: 300)
    #expect(told.study.sensitive.count == 1, "\(told.text)")
  }

  @Test func `grades beside other have an order`() throws {
    let found = try draft(
      Self.brands.enumerated().map { place, name in
        DraftColumn(name) { "\(1 + pick($0, place, 5))" }
      } + [DraftColumn("grade") { $0 % 60 == 0 ? "other" : "\(9 + pick($0, 70, 4))" }], rows: 300)
    #expect(found.text.contains("grade: [\"9\", \"10\", \"11\", \"12\"]"), "\(found.text)")
  }
}
