import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Columns about the interview, numbers of people that start again, codes of kinds and wild values
/// (simulated).
@Suite struct DraftInterviewTests {
  private static var moods: [DraftColumn] {
    ["calm", "tense", "sad", "alert", "bored", "proud"].enumerated().map { place, name in
      DraftColumn(name) { "\(1 + pick($0, place, 9))" }
    }
  }

  private func used(_ study: StudyFile) -> Set<String> {
    Set(study.segments.active + study.segments.passive)
  }

  @Test func `clock times, rounds, versions and lengths of interviews are not used`() throws {
    let found = try draft(
      Self.moods + [
        DraftColumn("MQ_Time") { "\(8 + pick($0, 30, 12)).\([0, 25, 5][pick($0, 31, 3)])" },
        DraftColumn("MQ_Round") { "\(1 + pick($0, 32, 6))" },
        DraftColumn("tod") { "\([9, 9.5, 11, 15, 19.5][pick($0, 33, 5)])" },
        DraftColumn("scale") { ["r", "mq"][pick($0, 34, 3) / 2] },
        DraftColumn("exper") { ["FLAT", "MAPS", "Rim.1", "city"][pick($0, 35, 4)] },
        DraftColumn("length") {
          "\(20 + pick($0, 36, 30) + ($0 % 40 == 0 ? 120 : 0)).\(pick($0, 37, 9))"
        },
        DraftColumn("hours") { "\(pick($0, 38, 14))" },
      ], rows: 400)
    #expect(
      used(found.study).intersection(["MQ_Time", "MQ_Round", "tod", "scale", "exper", "length"])
        .isEmpty, "\(found.text)")
    #expect(used(found.study).contains("hours"))
  }

  @Test func `years of experience and times people tell are answers`() throws {
    let found = try draft(
      Self.moods + [
        DraftColumn("exper") { "\(pick($0, 40, 40))" },
        DraftColumn("sleep_time") { "\(5 + pick($0, 41, 6))" },
        DraftColumn("time") { "\(pick($0, 42, 6))" },
        DraftColumn("length") { "\(150 + pick($0, 43, 50))" },
      ], rows: 300)
    #expect(used(found.study).isSuperset(of: ["exper", "sleep_time", "time", "length"]))
  }

  @Test func `how an interview went is no answer, going by its wording`() {
    func coded(_ name: String, _ label: String, _ seed: Int) -> Variable {
      Variable(
        name: name, label: label, level: .numeric,
        answers: .numbers((0..<200).map { Double(1 + pick($0, seed, 2)) }))
    }
    let plan = RoleGuess.plan(
      Survey(variables: [
        coded("RSTAT", "Interview/Examination status", 1),
        coded("RMON", "Six month time period", 2), coded("MIL", "Served in the army", 3),
      ]))
    #expect(plan.leftOut.map(\.name).sorted() == ["RMON", "RSTAT"])
  }

  @Test func `factors that were drawn are no answers`() throws {
    let arms = [
      DraftColumn("Looks") { ["Beautiful", "Plain", "Neither"][$0 % 3] },
      DraftColumn("Deed") { ["Burglary", "Swindle"][$0 / 3 % 2] },
    ]
    let drawn = try draft(arms + Self.moods, rows: 180)
    #expect(used(drawn.study).isDisjoint(with: ["Looks", "Deed"]))
    let asked = try draft(
      [
        DraftColumn("Drink") { ["Tea", "Coffee", "Milk"][min(2, pick($0, 50, 5))] },
        DraftColumn("Pet") { ["Dog", "Cat"][pick($0, 51, 3) / 2] },
      ] + Self.moods, rows: 180)
    #expect(used(asked.study).isSuperset(of: ["Drink", "Pet"]))
  }

  @Test func `a number that starts again in each study is no person's`() throws {
    let found = try draft(
      [
        DraftColumn("study") { ["AGES", "FLAT", "MAPS"][$0 / 100] },
        DraftColumn("id") { "\($0 % 100 + 1)" },
      ] + Self.moods, rows: 300)
    #expect(found.warnings.contains { $0.contains("id starts again in each study") })
    #expect(!found.text.contains("of 100 people"))
    #expect(!used(found.study).contains("id"))
  }

  @Test func `a number shared by men and women is no person's`() throws {
    let found = try draft(
      [
        DraftColumn("id") { "\($0 / 8 + 1)" },
        DraftColumn("gender") { ["Male", "Female"][pick($0, 60, 2)] },
      ] + Self.moods, rows: 320)
    #expect(found.warnings.contains { $0.contains("different sex or age") })
    #expect(!found.text.contains("of 40 people"))
    let same = try draft(
      [
        DraftColumn("id") { "\($0 / 8 + 1)" },
        DraftColumn("gender") { ["Male", "Female"][pick($0 / 8, 60, 2)] },
      ] + Self.moods, rows: 320)
    #expect(same.text.contains("of 40 people"))
  }

  @Test
  func `codes of sex, marital status and birthplace are kinds, of schooling and income steps`() {
    func coded(_ name: String, _ label: String, _ seed: Int, _ codes: [Double]) -> Variable {
      Variable(
        name: name, label: label, level: .numeric,
        answers: .numbers((0..<300).map { codes[pick($0, seed, codes.count)] }))
    }
    let plan = RoleGuess.plan(
      Survey(
        variables: [
          coded("RIAG", "Gender", 1, [1, 2]),
          coded("DMDM", "Marital status", 2, [1, 2, 3, 4, 5, 6]),
          coded("DMDB", "Country of birth", 3, [1, 2]),
          coded("DMDE", "Education level - adults", 4, [1, 2, 3, 4, 5]),
          coded("INDH", "Annual household income", 5, (1...15).map(Double.init)),
          coded("SCH", "Years of education", 6, (0...9).map(Double.init)),
        ]
          + (1...4).map {
            coded("Q7_\($0)", "How do you like item \($0)", 10 + $0, [1, 2, 3, 4, 5])
          }
      ))
    #expect(Set(plan.kinds.map(\.name)) == ["RIAG", "DMDM", "DMDB"])
    #expect(Set(plan.graded.map(\.name)) == ["DMDE", "INDH"])
  }

  @Test func `an age that nobody has is a code, or told as impossible`() throws {
    let found = try draft(
      Self.moods + [
        DraftColumn("age") { $0 == 7 ? "5555" : $0 == 9 ? "213" : "\(18 + pick($0, 70, 50))" }
      ], rows: 300)
    #expect(found.text.contains("age: { 5555: code 5555 } # no age"))
    #expect(found.warnings.contains { $0.contains("age has 1 impossible answer (213)") })
    #expect(found.study.segments.passive == ["age"])
    #expect(found.text.contains("\": age"))
  }
}
