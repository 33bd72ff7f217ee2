import Foundation
import TesseraFiles
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraTyping

@Suite("Short lists of questions", .timeLimit(.minutes(30)))
struct TypingTests {
  @Test func `a model of some questions is the whole model with the others unanswered`() throws {
    let planted = try PlantedStudy(people: 400, questions: 8, segments: 3, seed: 3)
    let names = ["q2", "q5", "q6"]
    let part = try planted.model.restricted(to: names)
    #expect(part.indicators.map(\.name) == names)
    let own = try Assigner(part).assign(planted.survey)
    let blank = Survey(variables: planted.survey.variables.filter { names.contains($0.name) })
    let whole = try Assigner(planted.model, missingColumns: .unanswered).assign(blank)
    #expect(zip(own.posterior.values, whole.posterior.values).allSatisfy { abs($0 - $1) < 1e-12 })
    // Read back from its file it says the same.
    let read = try SegmentModel.read(Data(part.json.text.utf8))
    let again = try Assigner(read).assign(planted.survey)
    #expect(again.posterior == own.posterior)
  }

  @Test func `of tied questions one that is left has its marginal distribution`() throws {
    let joint = [[0.4, 0.1, 0.2, 0.3], [0.1, 0.2, 0.3, 0.4]]
    let yes = { (rows: [[Double]]) in ItemModel.Distribution.categories(rows) }
    let model = LatentClassModel(
      prevalence: [0.6, 0.4],
      items: [
        ItemModel(
          name: "a", measurement: .nominal(categories: 2),
          distribution: yes([[0.5, 0.5], [0.3, 0.7]])),
        ItemModel(
          name: "b", measurement: .nominal(categories: 2),
          distribution: yes([[0.6, 0.4], [0.4, 0.6]])),
      ], directEffects: [DirectEffect(first: 0, second: 1, probabilities: joint)])
    let second = model.restricted(to: [1])
    #expect(second.directEffects.isEmpty)
    let rows = try #require(second.items[0].probabilities)
    #expect(zip(rows.flatMap { $0 }, [0.6, 0.4, 0.4, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
    // Together they say what the pair says; a search must not add them up.
    let table = try ItemTable(
      respondentCount: 1,
      items: ["a", "b"].map {
        Item(name: $0, measurement: .nominal(categories: 2), answers: .codes([1]))
      })
    let logs = try AnswerLogs(model, table)
    let chances = logs.chances(logs.sums([0, 1]), 0)
    #expect(abs(chances[0] - 0.6 * 0.4 / (0.6 * 0.4 + 0.4 * 0.1)) < 1e-12)
    #expect(!logs.areIndependent)
  }

  @Test func `the search finds the best of all sets, and swaps mend what greed got wrong`() throws {
    let planted = try PlantedStudy(people: 300, questions: 7, segments: 3, seed: 5)
    let classes = try #require(planted.classes)
    let logs = try AnswerLogs(classes, planted.table)
    let all = Array(0..<7)
    let target = logs.labels(logs.sums(all))
    let weights = [Double](repeating: 1, count: 300)
    func agreement(_ set: [Int]) -> Int {
      zip(logs.labels(logs.sums(set)), target).count { $0 == $1 }
    }
    let search = QuestionSearch(
      logs: logs, weights: weights, target: target, must: [], free: all)
    let sets = search.best(upTo: 7)
    #expect(sets.map(\.count) == Array(1...7))
    for set in sets where set.count == 3 {
      var best = 0
      for a in 0..<7 {
        for b in a + 1..<7 { for c in b + 1..<7 { best = max(best, agreement([a, b, c])) } }
      }
      #expect(agreement(set) == best)
    }
    #expect(agreement(sets[6]) == 300)
    let forced = QuestionSearch(
      logs: logs, weights: weights, target: target, must: [6], free: [0, 1, 2])
    let held = forced.best(upTo: 4)
    #expect(held.allSatisfy { $0.contains(6) && !$0.contains(5) } && held.last == [0, 1, 2, 6])
  }

  @Test func `an order of one's own saves a fifth of the questions, and truth is as expected`()
    throws
  {
    // 30 questions, 5 segments: each question sets one segment apart.
    let planted = try PlantedStudy(people: 2_000, questions: 30, segments: 5, seed: 11)
    var settings = TypingSettings()
    settings.isAdaptive = true
    settings.folds = 5
    settings.workers = Workers(2)
    let result = try TypingResult.make(
      planted.model, people: TypingPeople(survey: planted.survey, design: planted.design),
      settings: settings)
    #expect(result.chosen.agreement >= 0.9 && result.chosen.questions.count < 20)
    let adaptive = try #require(result.adaptive)
    #expect(adaptive.agreement >= result.chosen.agreement)
    #expect(adaptive.saved >= 0.2, "\(adaptive.questions) of \(result.chosen.questions.count)")
    // What is said of truth holds on people whose segment is known.
    let fresh = try PlantedStudy(
      people: 20_000, questions: 30, segments: 5, seed: 12, like: planted)
    let short = try planted.model.restricted(to: result.chosen.questions)
    let batch = try Assigner(short).assign(fresh.survey)
    let right = zip(batch.labels, fresh.truth).count { $0 == $1 }
    let truth = try #require(result.chosen.truth)
    #expect(abs(Double(right) / 20_000 - truth) < 0.02, "\(right) of 20,000, \(truth) expected")
    // Nobody asked for them: told shares and agreement among them.
    #expect((result.chosen.toldAgreement ?? 0) >= result.chosen.agreement)
    #expect(result.evidence == .refitted)
  }

  @Test func `cannot tell leaves the segment open and keeps the probabilities`() throws {
    let planted = try PlantedStudy(people: 500, questions: 6, segments: 3, seed: 7)
    let evidence = JSONValue.object([
      ("typing", .object([("cannot_tell_below", .number(0.9))]))
    ])
    let part = try planted.model.restricted(to: ["q0", "q1"], evidence: evidence)
    let read = try SegmentModel.read(Data(part.json.text.utf8))
    let batch = try Assigner(read).assign(planted.survey)
    let open = batch.labels.indices.filter { batch.labels[$0] == nil }
    #expect(!open.isEmpty && open.count < 500)
    #expect(open.allSatisfy { (batch.posterior.row($0).max() ?? 1) < 0.9 && batch.isDoubtful($0) })
    var writer = AssignmentWriter(segments: read.segments)
    writer.append(batch, ids: nil)
    let lines = String(decoding: writer.assignments.bytes, as: UTF8.self).split(separator: "\r\n")
    let cells = lines[open[0] + 1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(cells[1].isEmpty && cells[2].isEmpty)
    #expect(Double(cells[3]) != nil && Double(cells[4]) != nil)
    #expect(String(decoding: writer.rejects.bytes, as: UTF8.self).contains("cannot tell"))
  }

  @Test func `what must be asked is asked, and what cannot be asked is not`() throws {
    let planted = try PlantedStudy(people: 400, questions: 8, segments: 3, seed: 9)
    var settings = TypingSettings()
    settings.must = ["q7"]
    settings.never = ["q0", "q1"]
    settings.count = 3
    settings.folds = 4
    let people = TypingPeople(survey: planted.survey, design: planted.design)
    let result = try TypingResult.make(planted.model, people: people, settings: settings)
    #expect(result.chosen.questions.count == 3 && result.chosen.questions.contains("q7"))
    #expect(result.sizes.allSatisfy { !$0.questions.contains("q0") && $0.questions.contains("q7") })
    settings.never = ["q7"]
    #expect(throws: StudyError.self) {
      try TypingResult.make(planted.model, people: people, settings: settings)
    }
    settings.never = ["nothing"]
    #expect(throws: StudyError.self) {
      try TypingResult.make(planted.model, people: people, settings: settings)
    }
  }

  @Test func `points are typed by the distance over the questions asked`() throws {
    let planted = try PlantedStudy(
      people: 400, questions: 6, segments: 3, seed: 13, method: .kmeans)
    var settings = TypingSettings()
    settings.folds = 4
    let people = TypingPeople(survey: planted.survey, design: planted.design)
    let result = try TypingResult.make(planted.model, people: people, settings: settings)
    #expect(result.sizes.last?.questions.count == 6 && result.sizes.last?.agreement == 1)
    #expect(result.chosen.truth == nil && result.threshold == nil && result.evidence == .chosen)
    settings.isAdaptive = true
    #expect(throws: StudyError.self) {
      try TypingResult.make(planted.model, people: people, settings: settings)
    }
  }

  @Test func `models of real people are refused`() throws {
    let planted = try PlantedStudy(people: 300, questions: 6, segments: 3, seed: 13, method: .pam)
    #expect(throws: StudyError.self) { try planted.model.restricted(to: ["q0"]) }
  }
}
