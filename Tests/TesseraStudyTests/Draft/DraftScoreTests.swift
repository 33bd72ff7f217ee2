import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Columns that were computed from answers, or that the design of a survey settles (simulated).
@Suite struct DraftScoreTests {
  private static func item(_ row: Int, _ item: Int) -> Int { 1 + pick(row, 100 + item, 5) }

  private static func items() -> [DraftColumn] {
    (1...6).map { item in DraftColumn("esteem_\(item)") { "\(Self.item($0, item))" } }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  private static func sum(_ row: Int) -> Int {
    (1...6).reduce(0) { $0 + ($1 == 2 ? 6 - item(row, $1) : item(row, $1)) }
  }

  @Test func `sums, means and cuts of a battery are no answers`() throws {
    let computed = [
      DraftColumn("total") { "\(Self.sum($0))" },
      DraftColumn("level_mean") { "\(Double(Self.sum($0)) / 6)" },
      DraftColumn("half") { Self.sum($0) > 18 ? "2" : "1" },
      DraftColumn("latent") {
        "\(Double(Self.sum($0)) * 0.21 - 4 + Double(pick($0, 9, 10)) / 200)"
      },
    ]
    let own = [
      DraftColumn("visits") { "\(pick($0, 71, 14))" },
      DraftColumn("newsletter") { "\(1 + pick($0, 72, 2))" },
      // Goes with an item, and says more.
      DraftColumn("effort") { "\(2 * Self.item($0, 1) + pick($0, 73, 4))" },
    ]
    let found = try draft(Self.items() + computed + own, rows: 200)
    #expect(used(found.study).isDisjoint(with: computed.map(\.name)), "\(found.text)")
    #expect(used(found.study).isSuperset(of: own.map(\.name)))
    #expect(found.study.segments.active == Self.items().map(\.name))
    #expect(found.text.contains("computed from \"esteem_1\" to \"esteem_6\": total"))
  }

  @Test func `means of the groups that rows share are about the groups`() throws {
    let means = [
      DraftColumn("COMPID") { "\(1 + $0 % 30)" },
      DraftColumn("climate") { "\(2.5 + Double(($0 % 30) * 7 % 11) / 7)" },
    ]
    // Rows of one group are of one age by chance only where there is one row.
    let age = DraftColumn("age") { "\(20 + pick($0, 81, 45))" }
    let found = try draft(Self.items() + means + [age], rows: 300)
    #expect(used(found.study).isDisjoint(with: ["COMPID", "climate"]))
    #expect(used(found.study).contains("age"))
  }

  @Test func `what an arm or a wave settles nobody was asked`() throws {
    let arm = { (row: Int) in pick(row, 91, 9) % 4 }
    let wave = { (row: Int) in 1 + pick(row, 92, 5) % 3 }
    let settled = [
      DraftColumn("cond") { "\(1 + arm($0))" },
      DraftColumn("valence") { arm($0) < 2 ? "1" : "0" },
      DraftColumn("group_shown") { ["a", "a", "b", "b"][arm($0)] },
      DraftColumn("field") { "2022-0\(3 * wave($0))" },
    ]
    let free = [
      DraftColumn("wave") { "\(wave($0))" },
      DraftColumn("shift") { "\(1 + pick($0, 93, 2))" },
    ]
    let found = try draft(Self.items() + settled + free, rows: 240)
    #expect(used(found.study).isDisjoint(with: settled.map(\.name)), "\(found.text)")
    #expect(used(found.study).contains("shift"))
    #expect(found.study.segments.passive.contains("wave"))
    #expect(found.text.contains("\"cond\" settles it: nobody was asked"))
  }

  @Test func `a set of columns that are named by their wording has the wording as its label`()
    throws
  {
    let shops = ["North", "South", "Market", "Corner"].map { shop in
      DraftColumn("Which shops do you visit? (several answers) - \(shop)") {
        pick($0, shop.count * 7 + shop.utf8.count, 3) == 0 ? "yes" : "no"
      }
    }
    let found = try draft(Self.items() + shops)
    #expect(
      found.text.contains(": \"Which shops do you visit? (several answers)\""), "\(found.text)")
  }

  @Test
  func `numbers of subjects identify, in words of Spanish and of ballots it is the interview`()
    throws
  {
    let columns = [
      DraftColumn("subj") { "\(1 + $0)" },
      DraftColumn("enumerador") { "e\(1 + pick($0, 95, 4))" },
      DraftColumn("educacion") {
        ["ninguna", "primaria", "secundaria", "superior"][pick($0, 96, 4)]
      },
    ]
    let found = try draft(columns + Self.items())
    #expect(found.study.survey.id == "subj")
    #expect(!used(found.study).contains("enumerador"))
    #expect(found.text.contains("educacion: [ninguna, primaria, secundaria, superior]"))
  }

  @Test func `scores of answers in words, and of an item called like something else, are found`()
    throws
  {
    let words = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    func place(_ row: Int, _ item: Int) -> Int { pick(row, 300 + item, 4) }
    let items = (1...6).map { item in
      DraftColumn("mood_\(item)") { words[place($0, item)] }
    }
    let total = DraftColumn("Mood total") { row in
      "\((1...6).reduce(0) { $0 + place(row, $1) })"
    }
    let found = try draft(items + [total], rows: 200)
    #expect(!used(found.study).contains("Mood total"), "\(found.text)")
    #expect(found.study.segments.active == items.map(\.name))

    // Six items are a battery; the two behind it belong to it, though one is called like a gender.
    let names = ["danger", "illness", "money", "travel", "study", "hope", "sex", "wish"]
    let reasons = names.enumerated().map { place, name in
      DraftColumn(name) { "\(pick($0, 320 + place, 3))" }
    }
    let sum = DraftColumn("addup") { row in
      "\(names.indices.reduce(0) { $0 + pick(row, 320 + $1, 3) })"
    }
    let other = try draft(reasons + [sum], rows: 200)
    #expect(!used(other.study).contains("addup"), "\(other.text)")
  }

  @Test func `what a browser or an interviewer wrote is no trait`() throws {
    let out = [
      DraftColumn("locale") { ["en-US", "fr-FR", "de-DE"][pick($0, 330, 3)] },
      DraftColumn("completion") { "\([100, 100, 82, 47][pick($0, 331, 4)])" },
      DraftColumn("attitude") {
        ["Very cooperative", "Cooperative", "Not cooperative"][pick($0, 332, 3)]
      },
      DraftColumn("arm_name") { ["Training", "Waiting list", "Active control"][pick($0, 333, 3)] },
    ]
    let own = DraftColumn("language") { ["English", "French"][pick($0, 334, 2)] }
    let found = try draft(Self.items() + out + [own])
    #expect(used(found.study).isDisjoint(with: out.map(\.name)), "\(found.text)")
    #expect(used(found.study).contains("language"))
  }

  @Test func `codes behind those that have labels are none`() {
    func codes(_ labels: [Double: String], _ values: [Double]) -> [String] {
      let categories = Set(values).union(labels.keys).sorted().map {
        Category(code: .number($0), label: labels[$0] ?? AnswerCode.number($0).text)
      }
      let places = values.map { value in
        (categories.firstIndex { $0.code.number == value } ?? -1) + 1
      }
      let variable = Variable(
        name: "q", label: "", level: .ordinal, categories: categories,
        answers: .codes8(places.map { UInt8($0) }))
      return MissingGuess.codes(ColumnFacts(variable)).map(\.code)
    }
    let five: [Double] = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 1, 2]
    let words: [Double: String] = [0: "never", 1: "rarely", 2: "at times", 3: "often", 4: "always"]
    #expect(codes(words, five + [9]) == ["9"])
    #expect(codes(words, five + [5]) == [])
    #expect(codes([1: "one", 2: "two"], [1, 2, 1, 2, 3, 4, 9]) == [])
    let ten = (0...10).map(Double.init)
    let ends: [Double: String] = [0: "left", 10: "right", 97: "neither"]
    #expect(codes(ends, ten + ten + [97]) == ["97"])
    #expect(codes([0: "cold", 100: "hot"], [0, 20, 40, 60, 80, 97, 100]) == [])
  }
}
