import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Kinds of columns that programs, bureaus and platforms make of answers, or write beside them.
@Suite struct DraftComputedTests {
  private static var items: [DraftColumn] {
    (1...5).map { item in
      DraftColumn("att_\(item)") { agreementScale[pick($0, item, 5)] }
    }
  }

  private func used(_ columns: [DraftColumn], rows: Int = 160) throws -> Set<String> {
    let found = try draft(columns + Self.items, rows: rows)
    return Set(found.study.segments.active + found.study.segments.passive)
      .subtracting(Self.items.map(\.name))
  }

  @Test func `what was computed from other columns is not used`() throws {
    func wage(_ row: Int) -> Double { Double(8 + pick(row, 1, 60)) }
    func lead(_ row: Int) -> Double { Double(10 + pick(row, 2, 40)) / 10 }
    let groups = [2.25, 3.125, 2.875, 3.5]
    let used = try used([
      DraftColumn("wage") { "\(wage($0))" },
      DraftColumn("logwage") { "\(log(wage($0)))" },
      DraftColumn("wagesq") { "\(wage($0) * wage($0))" },
      DraftColumn("wagehope") { "\(wage($0) + Double(pick($0, 3, 9)))" },
      DraftColumn("LEAD") { "\(lead($0))" },
      DraftColumn("LEADMEAN") { "\(groups[pick($0, 4, 4)] + Double(pick($0, 8, 9)) / 100)" },
      DraftColumn("DEV") {
        "\(lead($0) - (groups[pick($0, 4, 4)] + Double(pick($0, 8, 9)) / 100))"
      },
    ])
    #expect(used == ["wage", "wagehope", "LEAD", "LEADMEAN"])
  }

  @Test func `marks of answers that were filled in are not used`() throws {
    let used = try used([
      DraftColumn("EEDUC") { "\(1 + pick($0, 1, 7))" },
      DraftColumn("AEDUC") { $0 % 25 == 0 ? "1" : "2" },
      DraftColumn("TNUMBER") { "\(1 + pick($0, 2, 7))" },
      DraftColumn("ANUMBER") { $0 % 30 == 0 ? "1" : "2" },
    ])
    #expect(used == ["EEDUC", "TNUMBER"])
  }

  @Test func `groups that are counted through the file are not used`() throws {
    let used = try used(
      [
        DraftColumn("unit_x") { "\($0 / 10 + 1)" }, DraftColumn("sch") { "\(1 + pick($0, 2, 60))" },
        DraftColumn("score") { "\(pick($0, 3, 60))" },
      ], rows: 400)
    #expect(used == ["score"])
  }

  @Test func `rows of a few judges are told as such, with what was repeated`() throws {
    let found = try draft([
      DraftColumn("Assessor") { "\($0 % 8 + 1)" }, DraftColumn("Repeat") { "\($0 / 8 % 2)" },
      DraftColumn("noise") { "\(pick($0, 3, 9))" },
    ])
    #expect(found.text.contains("# 160 rows of 8 people (Assessor repeats)"))
    #expect(found.study.segments.active + found.study.segments.passive == ["noise"])
    #expect(found.text.contains("# 3. Who counts? Assessor repeats: 160 rows of 8 people"))
    #expect(!found.text.contains("160 respondents"))
  }

  @Test func `what is said of the interviewer and of the survey itself is not used`() throws {
    let used = try used([
      DraftColumn("gender") { ["male", "female"][pick($0, 1, 2)] },
      DraftColumn("gender.int") { ["male", "female"][pick($0, 2, 2)] },
      DraftColumn("SurveyLength") { ["Too short", "Appropriate", "Too long"][pick($0, 3, 3)] },
      DraftColumn("How did you like this survey?") { ["Bad", "Fair", "Good"][pick($0, 4, 3)] },
      DraftColumn("population") { ["panel", "off site"][$0 % 7 == 0 ? 1 : 0] },
    ])
    #expect(used == ["gender"])
  }

  @Test func `an answer of few has no place in an order, and codes of kinds have none`() throws {
    let school = [
      "Primary/elementary school", "Secondary school", "Some college, no degree",
      "Bachelor’s degree (B.A., B.S., etc.)", "Master’s degree (M.A., M.S., etc.)",
    ]
    let found = try draft(
      [
        DraftColumn("EdLevel") { $0 % 40 == 0 ? "Something else" : school[pick($0, 1, 5)] },
        DraftColumn("RRACE") { "\(1 + pick($0, 2, 5))" },
        DraftColumn("MARITAL") { "\(1 + pick($0, 3, 6))" },
        DraftColumn("embrace") { "\(1 + pick($0, 4, 5))" },
      ] + Self.items)
    #expect(found.study.survey.levels.first { $0.column == "EdLevel" }?.order == school)
    #expect(found.text.contains("    RRACE: nominal # codes of kinds"))
    #expect(found.data.survey["RRACE"]?.level == .nominal)
    #expect(found.data.survey["embrace"]?.level != .nominal)
  }

  @Test func `-99 below 0 to 3 is no answer, -1 below 1 may be one`() throws {
    let found = try draft(
      [
        DraftColumn("phq_1") { $0 % 20 == 0 ? "-99" : "\(pick($0, 1, 4))" },
        DraftColumn("mood") { "\(pick($0, 2, 5) - 1)" },
      ] + Self.items)
    let missing = found.study.survey.missingByColumn
    #expect("\(missing)".contains("-99"))
    #expect(!"\(missing)".contains("mood"))
  }

  @Test func `yes and no under one verb are several questions`() throws {
    let found = try draft(
      ["HasChildren", "HasDebt", "HasCar"].enumerated().map { place, name in
        DraftColumn(name) { ["0", "1"][pick($0, place + 60, 2)] }
      } + Self.items)
    #expect(found.study.survey.sets.isEmpty)
    #expect(found.data.survey.sets.isEmpty)
  }

  @Test func `whole cells that say nothing are missing, and no option`() throws {
    let things = ["radio", "table", "bike", "mobile_phone"]
    let found = try draft(
      [
        DraftColumn("items_owned") { row in
          row % 10 == 0
            ? "NULL"
            : things.enumerated().filter { pick(row, 70 + $0.offset, 2) > 0 }.map(\.element)
              .joined(separator: ";")
        }
      ] + Self.items)
    let set = try #require(found.data.set("items_owned"))
    let labels = set.members.compactMap { found.data.survey[$0]?.label }
    #expect(labels.sorted() == things.sorted())
    #expect("\(found.study.survey.missingByColumn)".contains("NULL"))
  }

  @Test func `an answer that repeats its question is an answer, a header row among them is not`()
    throws
  {
    let found = try draft(
      [
        DraftColumn("effect.on.health") {
          ["effect on health", "No.effect on health"][pick($0, 1, 3) / 2]
        },
        DraftColumn("What do you drink") { row in
          row == 80 ? "What do you drink" : ["tea", "coffee"][pick(row, 2, 2)]
        },
      ] + Self.items)
    let missing = "\(found.study.survey.missingByColumn)"
    #expect(!missing.contains("effect on health"))
    #expect(missing.contains("What do you drink"))
  }

  @Test func `inspections, drafts and runs find the same personal data`() throws {
    let names = ["Ann", "Bob", "Cem", "Dee", "Eva", "Fay", "Gus", "Hal", "Ida", "Jon"]
    let found = try draft(
      [
        DraftColumn("first_name") { names[pick($0, 1, 10)] },
        DraftColumn("zip code") { "\(10_000 + pick($0, 2, 900))" },
        DraftColumn("How did you contact us?") { ["Phone", "Email", "Shop"][pick($0, 3, 3)] },
        DraftColumn("phone_os") { ["Android", "iOS", "Other"][pick($0, 4, 3)] },
      ] + Self.items)
    let inspected = Inspection(found.data.survey).problems.filter {
      $0.message.contains("may hold")
    }
    #expect(inspected.compactMap(\.column) == ["first_name", "zip code"])
    #expect(StudyNameCheck.looksPersonal(try #require(found.data.survey["first_name"])))
    let used = Set(found.study.segments.active + found.study.segments.passive)
    #expect(used.isDisjoint(with: ["first_name", "zip code"]))
    #expect(used.isSuperset(of: ["How did you contact us?", "phone_os"]))
  }

  @Test func `where nothing but measures is left, all of them make the segments`() throws {
    let found = try draft(
      (1...5).map { place in
        DraftColumn("taste\(place)x") { "\(Double(pick($0, place, 140)) / 10)" }
      }
        + [DraftColumn("set") { ["A", "B", "C"][pick($0, 9, 3)] }])
    #expect(found.study.segments.active == (1...5).map { "taste\($0)x" })
  }

  @Test func `a second weight under a code is not used`() throws {
    let used = try used([
      DraftColumn("W_WEIGHT") { "\(0.4 + Double(pick($0, 1, 12_000)) / 10_007)" },
      DraftColumn("S018") { "\(0.5 + Double(pick($0, 2, 10_000)) / 10_007)" },
      DraftColumn("ratio") { "\(3 + Double(pick($0, 3, 10_000)) / 10_007)" },
    ])
    #expect(used == ["ratio"])
  }

  @Test func `codes of no answer are known among the scales of their file`() throws {
    let found = try draft(
      [
        DraftColumn("trust1") { $0 % 20 == 0 ? "88" : "\(pick($0, 1, 11))" },
        DraftColumn("trust2") { $0 % 25 == 0 ? "77" : "\(pick($0, 2, 11))" },
        DraftColumn("health") { $0 % 30 == 0 ? "7" : $0 % 31 == 0 ? "8" : "\(1 + pick($0, 3, 5))" },
        DraftColumn("agea") { $0 % 40 == 0 ? "999" : "\(18 + pick($0, 4, 72))" },
        DraftColumn("income") {
          $0 % 20 == 0 ? "-1" : "\(0.3 + Double(pick($0, 5, 6000)) / 1001)"
        },
      ] + Self.items)
    let missing = found.study.survey.missingByColumn
    #expect(Set(missing.map(\.column)) == ["trust1", "trust2", "health", "agea", "income"])
  }

  @Test func `scores and what a panel hands over are no questions`() throws {
    let name = { (text: String) in DraftColumn(text) { "\(pick($0, text.count, 4))" } }
    let found = try draft(
      [
        DraftColumn("RecordedDate") { "2024-02-0\(1 + $0 % 9) 10:00:00" },
        DraftColumn("DistributionChannel") { _ in "anonymous" },
        DraftColumn("ResponseId") { "R_\($0)x" }, DraftColumn("Progress") { _ in "100" },
        name("gc"), name("SC0"), name("Q4"),
      ] + Self.items)
    let used = Set(found.study.segments.active + found.study.segments.passive)
    #expect(used.isDisjoint(with: ["gc", "SC0"]))
    #expect(used.contains("Q4"))
  }
}
