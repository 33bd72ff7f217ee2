import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Kinds of columns of official surveys, whose codes have no labels (simulated).
@Suite struct DraftMicrodataTests {
  private static func items(_ start: String) -> [DraftColumn] {
    (1...5).map { item in DraftColumn("\(start)att\(item)") { "\(1 + pick($0, item, 5))" } }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test func `the letter of a wave before every name tells nothing`() throws {
    let found = try draft(
      [
        DraftColumn("pidp") { "\(68_001 + 17 * $0)" },
        DraftColumn("k_pno") { "\(1 + pick($0, 11, 3))" },
        DraftColumn("k_sex") { "\(1 + pick($0, 12, 2))" },
        DraftColumn("k_dvage") { "\(18 + pick($0, 13, 60))" },
        DraftColumn("k_mastat") { "\(1 + pick($0, 14, 6))" },
        DraftColumn("k_strata") { "\(2001 + pick($0, 15, 30))" },
        DraftColumn("k_indin_xw") { "\(0.5 + Double(pick($0, 16, 1000)) / 1000)" },
      ] + Self.items("k_"))
    #expect(found.study.survey.id == "pidp")
    #expect(found.study.survey.weight == .sampling("k_indin_xw"))
    #expect(used(found.study).isDisjoint(with: ["k_pno", "k_strata"]))
    #expect(used(found.study).isSuperset(of: ["k_sex", "k_mastat", "k_att1"]))
    #expect(found.text.contains("k_mastat: nominal"))
  }

  @Test
  func `whole numbers under the name of a weight are one, and beside a body's they are kilograms`()
    throws
  {
    let columns = [DraftColumn("PWGTP") { "\(20 + pick($0, 21, 150))" }] + Self.items("")
    #expect(try draft(columns).study.survey.weight == .sampling("PWGTP"))
    let body = [DraftColumn("weight") { "\(45 + pick($0, 22, 60))" }] + Self.items("")
    #expect(try draft(body).study.survey.weight == nil)
  }

  @Test func `marks of what a bureau filled in are named after the columns they mark`() throws {
    let found = try draft(
      [
        DraftColumn("AGEP") { "\(18 + pick($0, 31, 60))" },
        DraftColumn("SCHL") { "\(1 + pick($0, 32, 24))" },
        DraftColumn("FAGEP") { pick($0, 33, 8) == 0 ? "1" : "0" },
        DraftColumn("FSCHLP") { pick($0, 34, 8) == 0 ? "1" : "0" },
        DraftColumn("FRIEND") { pick($0, 35, 8) == 0 ? "1" : "0" },
      ] + Self.items(""))
    #expect(used(found.study).isDisjoint(with: ["FAGEP", "FSCHLP"]))
    #expect(used(found.study).isSuperset(of: ["AGEP", "SCHL", "FRIEND"]))
  }

  @Test func `design, dates and places in a household are no questions`() throws {
    let out = [
      DraftColumn("IDunit") { "\(500 + pick($0, 41, 40))" },
      DraftColumn("FMONTH") { "\(1 + pick($0, 42, 12))" },
      DraftColumn("IDATE") { "\(1_012_023 + 10_000 * pick($0, 43, 28))" },
      DraftColumn("_STSTR") { "\(411_011 + pick($0, 44, 40))" },
      DraftColumn("UPM") { "\(1 + pick($0, 45, 60))" },
      DraftColumn("COMPONENTE") { "\(1 + pick($0, 46, 4))" },
      DraftColumn("cell") { "\(1 + $0 % 3)" },
    ]
    let found = try draft(out + [DraftColumn("IDEAS") { "\(pick($0, 47, 40))" }] + Self.items(""))
    #expect(used(found.study).isDisjoint(with: out.map(\.name)))
    #expect(used(found.study).contains("IDEAS"))
  }

  @Test func `two letters are marital status in the company of who people are`() throws {
    let people = [
      DraftColumn("GENDER") { "\(1 + pick($0, 51, 2))" },
      DraftColumn("AGE") { "\(18 + pick($0, 52, 50))" },
    ]
    let ms = DraftColumn("MS") { "\(1 + pick($0, 53, 4))" }
    #expect(try draft(people + [ms] + Self.items("")).text.contains("MS: nominal"))
    #expect(try !draft(Self.items("") + Self.items("b") + [ms]).text.contains("MS: nominal"))
  }

  @Test func `without a battery, ratings whose names belong together make the segments`() throws {
    let change = ["Decreased", "Stayed the same", "Increased"]
    let other = ["Become sooner", "No change", "Become later"]
    let found = try draft(
      (1...4).flatMap { item in
        [
          DraftColumn("pan_\(["inc", "exp", "sav", "ret"][item - 1])_chg") {
            (item == 4 ? other : change)[pick($0, 60 + item, 3)]
          },
          DraftColumn("city\(["a", "b", "c", "d"][item - 1])") {
            ["North", "South", "West"][pick($0, 70 + item, 3)]
          },
        ]
      } + [DraftColumn("age") { "\(18 + pick($0, 79, 50))" }])
    let expected = ["pan_inc_chg", "pan_exp_chg", "pan_sav_chg", "pan_ret_chg"]
    #expect(Set(found.study.segments.active).isSuperset(of: expected))
    #expect(!found.study.segments.active.contains("age"))
  }

  @Test func `a wording that asks which has kinds, and the interviewer's sex is not the person's`()
  {
    func coded(_ name: String, _ label: String, _ count: Int, _ seed: Int) -> Variable {
      Variable(
        name: name, label: label, level: .ordinal,
        categories: (1...count).map { Category(code: .number(Double($0))) },
        answers: .codes8((0..<200).map { UInt8(1 + pick($0, seed, count)) }))
    }
    let plan = RoleGuess.plan(
      Survey(
        variables: [
          coded("Q9", "Which shop do you buy most of your food at?", 6, 81),
          coded("sexi", "Sexo del encuestador", 2, 82),
          coded("q105", "Were there any other people immediately present?", 3, 83),
        ]
          + (1...4).map { coded("Q7_\($0)", "How much do you agree? - Item \($0)", 5, 83 + $0) }))
    #expect(plan.kinds.contains { $0.name == "Q9" })
    #expect(plan.leftOut.contains { $0.name == "sexi" })
    #expect(plan.leftOut.contains { $0.name == "q105" })
  }

  @Test(arguments: [
    ["No diploma", "Diploma", "Laurea 3 anni", "Laurea 5 anni", "Dottorato"],
    ["High school", "Bachelor", "Master", "PhD", "Habilitation"],
    ["Less than a year", "1 - 2 years", "3 - 5 years", "More than 5 years"],
    ["Never", "Once", "A few times (2-5)", "Many times (6+)"],
    ["Once", "2-3 times", "4-5 times", "More than 5 times"],
    ["Not familiar with it", "Familiar with it, but do not use it", "I use it"],
    ["Never heard of it", "Heard of it", "Used it"], ["nein", "gelegentlich", "regelmäßig"],
    ["überhaupt nicht", "weniger stark", "mittelmäßig", "stark", "sehr stark"],
    ["Péssima", "Ruim", "Regular", "Boa", "Excelente"],
    ["Zupełnie nieważne", "Raczej nieważne", "Raczej ważne", "Bardzo ważne"],
    ["Nigdy", "Rzadziej niż raz w miesiącu", "Raz w miesiącu", "Raz w tygodniu lub częściej"],
  ]) func `whole answers have their order`(_ answers: [String]) throws {
    let asked = DraftColumn("q") { answers[pick($0, 91, answers.count)] }
    let found = try draft([asked] + Self.items("")).study.survey.levels
    #expect(found.first { $0.column == "q" }?.order == answers)
  }
}
