import Foundation
import TesseraFiles
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct AssignerTests {
  private static func run(gaps: Double = 0.1, method: SegmentationMethod = .latentClass) throws
    -> StudySegmentation
  {
    let made = Made.planted(80, gaps: gaps)
    var declaration = Made.declaration()
    declaration.starts = 2
    declaration.method = method
    var settings = RunSettings()
    settings.minimumCell = 1
    return try StudySegmentation.run(
      Made.data(made.variables, sets: [Made.pastimes]), declaration, settings)
  }

  @Test(arguments: [SegmentationMethod.latentClass, .kmeans])
  func `the study's own respondents come out as they went in`(_ method: SegmentationMethod) throws {
    let run = try Self.run(method: method)
    let model = try SegmentModel.read(Data(run.model.json.text.utf8))
    let batch = try Assigner(model).assign(run.data.survey)
    let pairs = zip(batch.posterior.values, run.segmented.posterior.values)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-7 })
    #expect(batch.sizes.map { Double($0) } == run.result.segments.map(\.respondents))
    #expect(batch.reasons.allSatisfy { $0 == nil })
  }

  @Test func `parts give what the whole gives`() throws {
    let run = try Self.run()
    let assigner = Assigner(run.model)
    let whole = try assigner.assign(run.data.survey)
    let parts = try [0..<30, 30..<31, 31..<80].map {
      try assigner.assign(run.data.survey, rows: $0)
    }
    let values = parts.flatMap(\.posterior.values)
    #expect(zip(values, whole.posterior.values).allSatisfy { abs($0 - $1) < 1e-9 })
    var writer = AssignmentWriter(segments: run.model.segments)
    var start = 0
    for part in parts {
      let end = start + part.posterior.rows
      writer.append(part, ids: run.data.ids.map { Array($0[start..<end]) })
      start = end
    }
    let lines = String(decoding: writer.assignments.bytes, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 81)
    #expect(lines[0] == "id,segment,name,probability,p_S1,p_S2")
    #expect(lines[1].hasPrefix("r0,S"))
    #expect(writer.rejectCount == 0)
  }

  @Test func `labels or codes, numbers or texts: answers are recognised`() throws {
    let run = try Self.run(gaps: 0)
    let survey = run.data.survey
    let words = try #require(survey["marital"])
    let texts = Variable(
      name: "marital", level: .nominal,
      categories: words.categories.map { Category(code: .text($0.label)) },
      answers: words.answers)
    var other = survey
    other.put(texts)
    let assigner = Assigner(run.model)
    #expect(try assigner.assign(other).posterior == assigner.assign(survey).posterior)
  }

  @Test func `an answer the model does not know counts as missing and is told`() throws {
    let run = try Self.run(gaps: 0)
    var survey = run.data.survey
    let marital = Made.nominal(
      "marital", (0..<80).map { $0 < 5 ? 3 : 1 }, labels: ["married", "single", "widowed"])
    survey.put(marital)
    let batch = try Assigner(run.model).assign(survey)
    #expect(batch.warnings.contains { $0.contains("marital: 5 answers") })
    var blank = marital
    blank.answers = AnswerColumn(positions: (0..<80).map { $0 < 5 ? 0 : 1 }, categoryCount: 3)
    survey.put(blank)
    #expect(try Assigner(run.model).assign(survey).posterior == batch.posterior)
  }

  @Test func `a missing column is refused with the nearest name, or told if tolerated`() throws {
    let run = try Self.run(gaps: 0)
    let variables = run.data.survey.variables.map { variable -> Variable in
      guard variable.name == "marital" else { return variable }
      return Variable(
        name: "martial", level: variable.level, categories: variable.categories,
        answers: variable.answers)
    }
    let survey = Survey(variables: variables, sets: run.data.survey.sets)
    do {
      _ = try Assigner(run.model).assign(survey)
      Issue.record("a survey without a column was assigned")
    } catch {
      #expect(error.report.code == "E0510")
      #expect(error.report.hint?.contains("martial") == true)
    }
    let batch = try Assigner(run.model, missingColumns: .unanswered).assign(survey)
    #expect(batch.warnings.contains { $0.contains("lacks marital") })
    #expect(batch.sizes.reduce(0, +) == 80)
  }

  /// Three questions that 40 people answer alike in the main, and what is asked of the codes.
  private static func coded(_ labels: [String], turned: Bool = false) -> [Variable] {
    ["car", "dog", "garden"].enumerated().map { place, name in
      let codes = (0..<40).map { row -> Int in
        let code = row == 30 + place ? 2 - row % 2 : row % 2 + 1
        return turned ? 3 - code : code
      }
      return Made.nominal(name, codes, labels: turned ? labels.reversed() : labels)
    }
  }

  private static func codedModel() throws -> StudySegmentation {
    var declaration = Made.declaration(["car", "dog", "garden"])
    declaration.count = .exactly(2)
    declaration.stability = 0
    return try StudySegmentation.run(
      Made.data(coded(["No", "Yes"])), declaration, RunSettings())
  }

  @Test func `answers are matched by their labels, whatever their codes`() throws {
    let run = try Self.codedModel()
    let own = try Assigner(run.model).assign(Survey(variables: Self.coded(["No", "Yes"])))
    #expect(own.posterior == run.segmented.posterior)
    let turned = Survey(variables: Self.coded(["no ", " YES"], turned: true))
    #expect(try Assigner(run.model).assign(turned).posterior == own.posterior)
    let read = try SegmentModel.read(Data(run.model.json.text.utf8))
    #expect(try Assigner(read).assign(turned).posterior == own.posterior)
  }

  @Test func `codes without labels are taken on trust, and that is said`() throws {
    let run = try Self.codedModel()
    let bare = Survey(variables: Self.coded(["", ""]))
    let batch = try Assigner(run.model).assign(bare)
    #expect(batch.posterior == run.segmented.posterior)
    #expect(batch.warnings.contains { $0.contains("the codes of car, dog, garden were taken") })
    let labelled = Survey(variables: Self.coded(["No", "Yes"]))
    #expect(try Assigner(run.model).assign(labelled).warnings.isEmpty)
  }

  @Test func `a question with other labels is refused by its name`() throws {
    let run = try Self.codedModel()
    do {
      _ = try Assigner(run.model).assign(
        Survey(variables: Self.coded(["Never", "Every day"])), rows: 0..<1)
      Issue.record("other labels were taken for the model's")
    } catch {
      #expect(error.report.code == "E0516")
      #expect(error.report.column == "car")
    }
  }

  @Test func `codes that are turned are refused where a label was changed too`() throws {
    let run = try Self.codedModel()
    // The codes changed places, and the one that was No is now worded anew.
    var variables = Self.coded(["No", "Yes"], turned: true)
    variables[0].categories = [
      Category(code: .number(1), label: "Yes"), Category(code: .number(2), label: "Not at all"),
    ]
    do {
      _ = try Assigner(run.model).assign(Survey(variables: variables))
      Issue.record("a new label beside turned codes was taken as missing")
    } catch {
      #expect(error.report.code == "E0516")
      #expect(error.report.column == "car")
    }
  }

  @Test func `a new label is missing, and does not take an old one's place`() throws {
    let run = try Self.codedModel()
    var variables = Self.coded(["No", "Yes"])
    variables[0].categories = [
      Category(code: .number(1), label: "Perhaps"), Category(code: .number(2), label: "Yes"),
      Category(code: .number(3), label: "No"),
    ]
    let batch = try Assigner(run.model).assign(Survey(variables: variables))
    #expect(batch.warnings.contains { $0.hasPrefix("car: 19 answers are not known") })
  }

  @Test func `codes that are shifted are refused where no label tells them`() throws {
    let run = try Self.codedModel()
    let zeros = Self.coded(["0", "1"]).map { variable -> Variable in
      var bare = variable
      bare.categories = [Category(code: .number(0)), Category(code: .number(1))]
      return bare
    }
    #expect(throws: StudyError.self) {
      try Assigner(run.model).assign(Survey(variables: zeros))
    }
  }

  @Test(arguments: SegmentationMethod.allCases)
  func `people without any active answer are in no segment`(_ method: SegmentationMethod) throws {
    let answers = (0..<60).map { $0 < 20 ? 0 : $0 % 2 + 1 }
    let names = ["car", "dog", "garden"]
    var declaration = Made.declaration(names)
    declaration.method = method
    declaration.count = .exactly(2)
    declaration.stability = 0
    let run = try StudySegmentation.run(
      Made.data(
        names.enumerated().map { place, name in
          // The columns must differ a little.
          Made.nominal(
            name, answers.enumerated().map { $0 == 30 + place ? 3 - $1 : $1 },
            labels: ["no", "yes"])
        }), declaration, RunSettings())
    #expect(run.unplaced.map(\.sourceRow) == Array(0..<20))
    #expect(run.result.respondents == 40)
    #expect(run.result.segments.reduce(0) { $0 + $1.respondents } == 40)
    let everybody = Made.data(names.map { Made.nominal($0, answers, labels: ["no", "yes"]) })
    let batch = try Assigner(run.model).assign(everybody.survey)
    #expect(batch.labels.prefix(20).allSatisfy { $0 == nil })
    #expect(batch.sizes.reduce(0, +) == 40)
    #expect(batch.reasons[0]?.contains("none of the questions") == true)
  }

  @Test func `a respondent without a given segment gets a reason`() throws {
    let given = Made.nominal("type", [1, 2, 1, 1], labels: ["a", "b"])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    let run = try StudySegmentation.run(Made.data([given]), declaration, RunSettings())
    let other = Made.nominal("type", [1, 0, 3], labels: ["a", "b", "c"])
    let batch = try Assigner(run.model).assign(Survey(variables: [other]))
    #expect(batch.labels == [0, nil, nil])
    #expect(batch.reasons[1] == "no value in type")
    var writer = AssignmentWriter(segments: run.model.segments)
    writer.append(batch, ids: ["=1+1", "b", "c"])
    let text = String(decoding: writer.assignments.bytes, as: UTF8.self)
    #expect(text.contains("=1+1,1,a,1,1,0"))
    #expect(writer.rejectCount == 2)
  }
}
