import TesseraFiles
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Rules of quality on answers as programs write them, and answers that are none in derived variables.
struct QualityRulesTests {
  private func load(_ survey: String, _ prepare: String) throws -> Study {
    try StudyFolder([
      "study.yaml": """
      survey:
        file: s.csv
        id: id
      \(prepare.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      segments: { given: kind }

      """, "s.csv": survey,
    ]).load()
  }

  private func fault(_ survey: String, _ prepare: String) -> StudyError? {
    do {
      _ = try load(survey, prepare)
      return nil
    } catch {
      return error as? StudyError
    }
  }

  /// Forty people who took five minutes and some, three of them one minute; two who answered nothing.
  private static let people: String = {
    var text = "id,kind,dur,long,plain,q1,q2,q3\n"
    for row in 0..<40 {
      let (minutes, seconds) = row % 13 == 5 ? (0, 50) : (5, 10 + row)
      let two = seconds < 10 ? "0\(seconds)" : "\(seconds)"
      let answers = row < 3 ? ",," : "\(row % 5),\(row % 4),\(row % 3)"
      text +=
        "r\(row),\(row % 2),\(minutes):\(two),0:0\(minutes):\(two),\(minutes * 60 + seconds),\(answers)\n"
    }
    return text
  }()

  @Test(arguments: ["dur", "long", "plain"])
  func `speeders are found by minutes and seconds as by seconds`(_ column: String) throws {
    let study = try load(
      Self.people, "quality: { speeders: { seconds: \(column) }, remove: [speeders] }")
    #expect(study.data.survey.respondentCount == 37)
    #expect(study.data.preparation.map(\.removed) == [3])
  }

  @Test func `a column without durations finds no speeders and says so`() throws {
    let survey = Self.people.replacing(",0,", with: ",a,").replacing(",1,", with: ",b,")
    let error = fault(survey, "quality: { speeders: { seconds: kind } }")
    #expect(error?.report.code == "E0421")
    #expect(error?.report.message.contains("holds no durations") == true)
  }

  @Test func `people who answered nothing copied nobody`() throws {
    let study = try load(
      Self.people, "quality: { duplicates: [q1, q2, q3], remove: [duplicates] }")
    // No two of the other 37 are alike.
    #expect(study.data.survey.respondentCount == 40)
  }

  @Test func `a wrong answer to an attention check is told by the question`() {
    let error = fault(Self.people, "quality: { checks: { kind: agree } }")
    #expect(error?.report.message.contains("'agree' is no answer to 'kind'") == true)
    #expect(error?.report.message.contains("column.") == false)
  }

  @Test func `dates compare in filters`() throws {
    var text = "id,kind,day,moment\n"
    for row in 1...20 {
      let day = row < 10 ? "0\(row)" : "\(row)"
      text += "r\(row),\(row % 2),2026-02-\(day),2026-02-\(day) 10:30:00\n"
    }
    for (condition, people) in [
      ("day >= 2026-02-11", 10), ("day < 2026-02-11", 10), ("moment <= 2026-02-05", 5),
      ("moment = 2026-02-05", 1), ("moment > '2026-02-05 10:30:00'", 15),
    ] {
      let study = try load(text, "filter: \"\(condition)\"")
      #expect(study.data.survey.respondentCount == people, "\(condition)")
    }
    #expect(fault(text, "filter: \"day >= yesterday\"")?.report.code == "E0420")
  }

  @Test func `an answer that is none is not averaged, turned round or counted`() throws {
    func data(_ middle: Bool) throws -> (StudyData, DeclarationOrigin) {
      let study = try load(Self.people, "levels: { q1: numeric }")
      var survey = study.data.survey
      let codes: [Double] = middle ? [1, 2, 3] : [1, 2, 99]
      let labels = middle ? ["Disagree", "Don't know", "Agree"] : ["Bad", "Good", "Don't know"]
      survey.put(
        Variable(
          name: "dk", level: .ordinal,
          categories: zip(codes, labels).map { Category(code: .number($0), label: $1) },
          answers: AnswerColumn(positions: (0..<40).map { $0 % 3 + 1 }, categoryCount: 3)))
      let made = StudyData(
        survey: survey, design: study.data.design, weightSum: 40,
        sourceRows: study.data.sourceRows)
      return (made, DeclarationOrigin(study: study.file, path: study.path))
    }
    let rules: [DerivedVariable.Rule] = [
      .mean(of: ["q1", "dk"], reversed: [], atLeast: 1), .reverse(of: "dk"),
      .top(of: "dk", boxes: 1),
    ]
    for rule in rules {
      let (out, origin) = try data(false)
      let declared = DerivedVariable(name: "made", rule: rule)
      let error = #expect(throws: StudyError.self) {
        try Derivation(data: out, origin: origin).make(declared)
      }
      #expect(error?.report.code == "E0674")
      #expect(error?.report.hint?.contains("dk: [99]") == true)
      let (within, other) = try data(true)
      #expect(throws: Never.self) {
        try Derivation(data: within, origin: other).make(declared)
      }
    }
  }
}
