import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey
import Testing

/// What makes the segments, and what only describes them; all answers are simulated.
@Suite struct DraftBasisTests {
  private static func flags(_ start: Int, _ count: Int) -> [DraftColumn] {
    (0..<count).map { item in
      DraftColumn(["likes_tea", "rides", "sings", "cooks", "knits", "swims"][item]) {
        "\(pick($0, start + item, 2))"
      }
    }
  }

  @Test func `columns of which each row has one are one question and no basis`() throws {
    let ways = ["drive", "bike", "walk"]
    let commute = ways.enumerated().map { place, way in
      DraftColumn(way) { pick($0, 1, 3) == place ? "1" : "0" }
    }
    let found = try draft(Self.flags(10, 5) + commute)
    #expect(Set(found.study.segments.active).isDisjoint(with: ways))
    #expect(found.study.segments.passive.contains("drive_or_bike_or_walk"))
    #expect(found.text.contains("{ one_of: [drive, bike, walk] }"))
    let variable = try #require(found.data.survey["drive_or_bike_or_walk"])
    #expect(variable.categories.map(\.label) == ways)
    #expect(variable.missingCount == 0)
  }

  @Test func `an answer without a column of its own is the rest`() throws {
    let years = ["freshman", "sophomore", "junior"].enumerated().map { place, year in
      DraftColumn(year) { pick($0, 2, 4) == place ? "1" : "0" }
    }
    let found = try draft(Self.flags(20, 5) + years, rows: 400)
    #expect(found.text.contains("else: none of these }"))
    #expect(found.study.segments.passive.contains("freshman_or_sophomore_or_junior"))
  }

  @Test func `several answers of people who chose several stay a question of several answers`()
    throws
  {
    let chosen = (0..<4).map { item in
      DraftColumn("media_\(["tv", "radio", "press", "web"][item])") {
        "\(pick($0, 30 + item, 3) == 0 ? 1 : 0)"
      }
    }
    let found = try draft(Self.flags(40, 5) + chosen, rows: 300)
    #expect(!found.text.contains("one_of"))
  }

  @Test func `a code that the same people have in three columns is not asked`() throws {
    let items = ["asthma", "bronchitis", "cough", "fever"].enumerated().map { place, name in
      DraftColumn(name) { pick($0, 3, 4) == 0 ? "2" : "\(pick($0, 50 + place, 2))" }
    }
    let found = try draft(items + Self.flags(60, 4), rows: 300)
    #expect(found.text.contains("the same people have it in 4 columns: not asked"))
    let asthma = try #require(found.data.survey["asthma"])
    #expect(asthma.missingCount == (0..<300).count { pick($0, 3, 4) == 0 })
  }

  @Test func `the highest answer of people who were asked stays an answer`() throws {
    let items = ["a_one", "b_two", "c_three", "d_four"].enumerated().map { place, name in
      DraftColumn(name) { "\(pick($0, 70 + place, 3))" }
    }
    let found = try draft(items, rows: 300)
    #expect(!found.text.contains("not asked"))
  }

  @Test func `attitudes and scores come before who people are, also where they are few`() throws {
    let found = try draft(
      [
        DraftColumn("age") { "\(18 + pick($0, 80, 50))" },
        DraftColumn("education") { "\(8 + pick($0, 81, 10))" },
        DraftColumn("income") { "\(1000 * (5 + pick($0, 82, 90)))" },
        DraftColumn("optimism") { String(Double(pick($0, 83, 400)) / 100 - 2) },
        DraftColumn("rating") { "\(1 + pick($0, 84, 5))" },
      ], rows: 300)
    #expect(found.study.segments.active == ["optimism", "rating"])
    #expect(Set(found.study.segments.passive) == ["age", "education", "income"])
  }

  @Test func `where only demographics are left the draft says strata`() throws {
    let found = try draft(
      [
        DraftColumn("age") { "\(18 + pick($0, 85, 50))" },
        DraftColumn("education") { "\(8 + pick($0, 86, 10))" },
        DraftColumn("income") { "\(1000 * (5 + pick($0, 87, 90)))" },
      ], rows: 300)
    #expect(found.text.contains("only demographics: these are strata, not segments"))
  }

  @Test func `numbers of people that add up to the household are its parts`() throws {
    func part(_ row: Int, _ which: Int) -> Int { pick(row, 90 + which, 3) }
    let found = try draft(
      [
        DraftColumn("hhsize") { row in "\((0..<3).reduce(0) { $0 + part(row, $1) })" },
        DraftColumn("numlt5") { "\(part($0, 0))" }, DraftColumn("num5_17") { "\(part($0, 1))" },
        DraftColumn("num18_64") { "\(part($0, 2))" },
      ] + Self.flags(95, 4), rows: 300)
    #expect(!found.study.segments.active.contains { $0.hasPrefix("num") })
    #expect(!found.text.contains("values:"))
  }

  @Test func `what is asked of a father is no answer about the person`() throws {
    let names = ["race", "age", "ed"]
    let both = (names + names.map { "d" + $0 }).enumerated().map { place, name in
      DraftColumn(name) { row in
        name.hasSuffix("age")
          ? "\(18 + pick(row, 100 + place, 30))" : "\(pick(row, 100 + place, 5))"
      }
    }
    let found = try draft(both + Self.flags(110, 4), rows: 300)
    #expect(!found.study.segments.active.contains { ["drace", "dage", "ded", "ed"].contains($0) })
    #expect(found.study.sensitive.contains("drace"))
  }

  @Test func `an identifier that repeats is offered, and tells people beside rows`() throws {
    let found = try draft(
      [DraftColumn("client_id") { "\(1000 + $0 / 3)" }] + Self.flags(120, 5), rows: 150)
    #expect(found.study.survey.id == nil)
    #expect(found.text.contains("# id: client_id"))
    #expect(found.text.contains("150 rows of 50 people"))
    #expect(found.text.contains("# cluster: client_id"))
  }

  @Test func `the age of a dog is not the person's`() throws {
    let found = try draft(
      [
        DraftColumn("How old is your dog?") { "\(1 + pick($0, 130, 12))" },
        DraftColumn("What race is your dog?") { ["Poodle", "Setter", "Mixed"][pick($0, 131, 3)] },
      ] + Self.flags(132, 5), rows: 200)
    #expect(found.study.sensitive.isEmpty)
    #expect(!found.text.contains(": age"))
  }

  @Test func `squares under any name are left out, and of recodes the finest stays`() throws {
    let levels = ["Low", "Middle", "High", "Top"]
    let found = try draft(
      [
        DraftColumn("age") { "\(18 + pick($0, 140, 50))" },
        DraftColumn("x2") { row in "\((18 + pick(row, 140, 50)) * (18 + pick(row, 140, 50)))" },
        DraftColumn("educ4") { levels[pick($0, 141, 4)] },
        DraftColumn("educ3") { levels[min(2, pick($0, 141, 4))] },
      ] + Self.flags(142, 5), rows: 300)
    #expect(found.text.contains("an exact function of \"age\": x2"))
    #expect(found.text.contains("the answers to \"educ4\" in fewer groups: educ3"))
  }

  @Test func `of many descriptions those of who people are stay`() throws {
    let items = (1...6).map { item in DraftColumn("item\(item)") { "\(1 + pick($0, item, 5))" } }
    let words = ["Oak", "Elm", "Fir"]
    let many = (1...45).map { place in
      DraftColumn("\(["favourite", "nearest", "oldest"][place % 3]) tree of place \(place)x") {
        words[pick($0, 200 + place, 3)]
      }
    }
    let last = DraftColumn("d9") { ["Married", "Single", "Divorced", "Widowed"][pick($0, 260, 4)] }
    let found = try draft(items + many + [last], rows: 200)
    #expect(found.study.segments.passive.contains("d9"))
  }
}
