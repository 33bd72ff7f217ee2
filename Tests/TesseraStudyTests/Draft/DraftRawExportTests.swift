import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Raw exports of platforms and agencies: columns before the first question, codes on both sides of a
/// scale, names of people, brackets in items and rows that stand twice (simulated).
@Suite struct DraftRawExportTests {
  private static var items: [DraftColumn] {
    (1...8).map { item in DraftColumn("Q1_\(item)") { "\(1 + pick($0, item, 5))" } }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test
  func `codes before the first numbered question are kept, and a weight is known by its values`()
    throws
  {
    // 1 on average, whatever is drawn: each number and its mirror.
    let found = try draft(
      [
        DraftColumn("PLEC") { "\(1 + $0 % 2)" }, DraftColumn("FALA") { "\(1 + $0 / 2 % 3)" },
        DraftColumn("LOI_SEK") { "\(300 + pick($0, 40, 900) * (1 + pick($0, 41, 4)))" },
      ] + Self.items
        + [
          DraftColumn("WAGA") {
            let part = Double(1 + pick($0 / 2, 42, 4000)) / 10_000
            return "\($0 % 2 == 0 ? 1 + part : 1 - part)"
          }
        ], rows: 480)
    #expect(found.text.contains("\n  weight: WAGA"), "\(found.text)")
    #expect(!found.text.contains("PLEC: no numbered question"))
    #expect(used(found.study).contains("PLEC"), "\(found.text)")
    #expect(!used(found.study).contains("LOI_SEK"))
  }

  @Test func `codes below and far above a scale are judged apart`() throws {
    let found = try draft(
      (1...6).map { item in
        DraftColumn("v_\(item)") {
          switch pick($0, item, 20) {
          case 0: "-77"
          case 1: "99"
          default: "\(1 + pick($0, item + 50, 5))"
          }
        }
      }, rows: 300)
    for item in 1...6 {
      let codes = MissingGuess.codes(
        ColumnFacts(try #require(try raw("v_\(item)", rows: 300, item))))
      #expect(Set(codes.map(\.code)) == ["-77", "99"])
    }
    #expect(!found.text.contains("to 99"), "\(found.text)")
  }

  private func raw(_ name: String, rows: Int, _ item: Int) throws -> Variable? {
    Variable(
      name: name, level: .numeric,
      answers: .numbers(
        (0..<rows).map { row in
          switch pick(row, item, 20) {
          case 0: -77
          case 1: 99
          default: Double(1 + pick(row, item + 50, 5))
          }
        }))
  }

  @Test(arguments: [
    "grp_fin/nombre", "Qual é o seu nome?", "First things first, what's your first name?", "Imię",
  ])
  func `names of people are used nowhere, however often they repeat`(_ heading: String) throws {
    let names = ["Ana", "Luis", "Carmen Ruiz", "Jo", "Marta", "Pau"]
    let found = try draft(Self.items + [DraftColumn(heading) { names[pick($0, 60, 6)] }])
    #expect(!used(found.study).contains(heading), "\(found.text)")
    #expect(!found.text.contains("Carmen"))
  }

  @Test func `a number with its unit is no list of answers`() throws {
    let found = try draft(
      Self.items
        + [
          DraftColumn("idade") {
            let age = 20 + pick($0, 61, 30)
            return $0 % 12 == 0 ? "\(age) anos" : "\(age)"
          }
        ], rows: 300)
    #expect(found.data.survey.sets.isEmpty, "\(found.text)")
    #expect(!found.text.contains("separator"))
  }

  @Test func `an item is what the last balanced bracket holds`() {
    #expect(NameStem.split("Q2 [TV (ARD/ZDF)]")?.option == "TV (ARD/ZDF)")
    #expect(NameStem.split("Q2 [a [b] c]")?.option == "a [b] c")
    #expect(NameStem.split("Q2 [a [b] c]")?.stem == "Q2")
    #expect(NameStem.split("Mediathek (ARD/ZDF)") == nil)
    #expect(NameStem.split("channels/web")?.option == "web")
    #expect(NameStem.split("Which channels?/Web site")?.option == "Web site")
  }

  @Test func `options keep the blank behind their comma, and rankings are no choice`() throws {
    let options = ["Friends, family and colleagues", "Radio", "Posters"]
    let texts = (0..<200).map { row in
      let chosen = options.indices.filter { pick(row, 70 + $0, 2) == 0 }.map { options[$0] }
      return (chosen.isEmpty ? ["Radio"] : chosen).joined(separator: ",")
    }
    let joined = try #require(JoinedAnswers.recognise(Self.variable("Where?", texts)))
    #expect(joined.options.contains("Friends, family and colleagues"), "\(joined.options)")
    let orders = ["Pay;Team;Place;", "Team;Pay;Place;", "Place;Team;Pay;", "Pay;Place;Team;"]
    let ranked = (0..<200).map { orders[pick($0, 75, 4)] }
    #expect(JoinedAnswers.recognise(Self.variable("Rank these", ranked)) == nil)
  }

  private static func variable(_ name: String, _ texts: [String]) -> Variable {
    let known = Set(texts).sorted()
    return Variable(
      name: name, level: .nominal,
      categories: known.map { Category(code: .text($0), label: $0) },
      answers: .codes16(texts.map { UInt16((known.firstIndex(of: $0) ?? 0) + 1) }))
  }

  @Test func `interviews that broke off are told by words of other languages`() throws {
    let found = try draft(
      Self.items + [DraftColumn("PROGRESSION") { $0 % 6 == 0 ? "En cours" : "Terminé" }])
    #expect(!used(found.study).contains("PROGRESSION"))
    #expect(
      found.text.contains("PROGRESSION = \"Terminé\"") || found.text.contains("PROGRESSION ="))
  }

  @Test func `REDCap's first event is offered, and the filter leaves rows out`() throws {
    let found = try draft(
      [
        DraftColumn("record_id") { "\(1 + $0 / 2)" },
        DraftColumn("redcap_event_name") { $0 % 2 == 0 ? "baseline_arm_1" : "later_arm_1" },
        DraftColumn("redcap_repeat_instrument") { _ in "" },
      ] + Self.items, rows: 200)
    #expect(found.text.contains("redcap_event_name = "), "\(found.text)")
    #expect(!found.text.contains("redcap_repeat_instrument is missing"))
  }

  @Test func `rows that stand twice are told`() throws {
    let found = try draft(
      [DraftColumn("when") { "2025-03-09 10:\(10 + $0 % 196 / 60):\(10 + $0 % 196 % 60 % 50)" }]
        + [DraftColumn("mail") { "p\($0 % 196)@example.org" }]
        + (1...10).map { item in
          DraftColumn("att_\(item)") { agreementScale[pick($0 % 196, item, 5)] }
        }, rows: 200)
    #expect(found.warnings.contains { $0.contains("4 rows repeat another") }, "\(found.warnings)")
  }

  @Test func `what platforms write, told answers and crossed quotas are not used`() throws {
    let ages = ["18-29", "30-49", "50+"]
    let found = try draft(
      Self.items + [
        DraftColumn("sex") { ["m", "f"][pick($0, 80, 2)] },
        DraftColumn("age_group") { ages[pick($0, 81, 3)] },
        DraftColumn("KW") { "\(["m", "f"][pick($0, 80, 2)])_\(ages[pick($0, 81, 3)])" },
        DraftColumn("URL Variable: src") { ["mail", "web"][pick($0, 82, 2)] },
        DraftColumn("Red Herring: Please select \"Blue\"") {
          ["Green", "Red", "Blue"][min(2, pick($0, 83, 30))]
        },
      ], rows: 300)
    let gone = ["KW", "URL Variable: src", "Red Herring: Please select \"Blue\""]
    #expect(used(found.study).isDisjoint(with: gone), "\(found.text)")
    #expect(used(found.study).isSuperset(of: ["sex", "age_group"]))
  }

  @Test(arguments: ["Any last words?", "opmerking", "Q6.ご意見をお書きください。", "Por que deu essa nota?"])
  func `own words are known by their wording, however few differ`(_ heading: String) throws {
    let words = ["bom preço", "mau serviço", "nada de novo", "muito caro"]
    let found = try draft(
      Self.items + [DraftColumn(heading) { $0 % 3 == 0 ? "" : words[pick($0, 90, 4)] }])
    #expect(!used(found.study).contains(heading), "\(found.text)")
  }

  @Test func `agreement in Japanese is a battery, and who people are is known in more languages`()
    throws
  {
    let answers = ["全くあてはまらない", "あまりあてはまらない", "どちらともいえない", "ややあてはまる", "とてもあてはまる"]
    let found = try draft(
      (1...6).map { item in DraftColumn("Q1S\(item)") { answers[pick($0, item, 5)] } }
        + [DraftColumn("性別") { ["男性", "女性"][pick($0, 95, 2)] }], rows: 200)
    #expect(found.study.segments.active.contains("Q1S1"), "\(found.text)")
    #expect(!found.study.segments.active.contains("性別"))
    for heading in ["leeftijd", "płeć", "renda", "opleiding", "年齢", "sesso"] {
      #expect(Question.topic([heading]) != nil, "\(heading)")
    }
  }
}
