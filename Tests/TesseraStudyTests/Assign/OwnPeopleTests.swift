import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct OwnPeopleTests {
  /// Mixed answers on coarse scales, so that many people lie between two segments, with gaps.
  private static func variables(_ seed: UInt64, isMixed: Bool) -> [Variable] {
    var random = RandomStream(seed: seed)
    var words = [[Int]](repeating: [], count: 4)
    var grades = [[Int]](repeating: [], count: 2)
    var numbers = [[Double]](repeating: [], count: 2)
    for _ in 0..<160 {
      let kind = random.below(3)
      func gap() -> Bool { random.uniform() < 0.15 }
      for place in words.indices {
        let own = (place + kind) % 3 + 1
        words[place].append(gap() ? 0 : random.uniform() < 0.6 ? own : 1 + random.below(3))
      }
      for place in grades.indices {
        grades[place].append(gap() ? 0 : max(1, min(4, kind + 1 + random.below(2))))
      }
      for place in numbers.indices {
        numbers[place].append(gap() ? .nan : Double(2 * kind + random.below(3)))
      }
    }
    return words.enumerated().map { Made.nominal("w\($0)", $1, labels: ["a", "b", "c"]) }
      + grades.enumerated().map {
        Made.nominal("g\($0)", $1, labels: ["1", "2", "3", "4"], level: .ordinal)
      }
      + (isMixed ? numbers.enumerated().map { Made.numeric("n\($0)", $1) } : [])
  }

  /// The methods that place respondents by themselves.
  private static let placing: [SegmentationMethod] = [
    .kmeans, .kmedians, .kmodes, .kprototypes, .pam, .clara, .latentClass,
  ]

  /// The segment of each of the study's own people.
  private static func own(_ run: StudySegmentation) -> [Int?] {
    let posterior = run.segmented.posterior
    return (0..<posterior.rows).map { row in
      (0..<posterior.columns).max { posterior[row, $0] < posterior[row, $1] }
    }
  }

  private static func run(
    _ method: SegmentationMethod, seed: UInt64
  ) throws -> (run: StudySegmentation, batch: AssignmentBatch) {
    let variables = variables(seed, isMixed: method != .kmodes)
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = .exactly(3)
    declaration.method = method
    declaration.starts = 6
    declaration.stability = 0
    let run = try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
    // As written and read: what is rounded on the way must not move anybody.
    let model = try SegmentModel.read(Data(run.model.json.text.utf8))
    return (run, try Assigner(model).assign(run.data.survey))
  }

  @Test(arguments: placing)
  func `the study's own people are placed as the method placed them`(
    _ method: SegmentationMethod
  ) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let (run, batch) = try Self.run(method, seed: seed)
      #expect(batch.labels == Self.own(run), "\(method) \(seed)")
      #expect(run.result.warnings.allSatisfy { !$0.contains("typical of each segment") })
      let sizes = run.result.segments.map(\.respondents)
      #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test(arguments: [SegmentationMethod.ward, .famd, .bagged, .ensemble])
  func `where the method says nothing of new people, how many agree is told and is right`(
    _ method: SegmentationMethod
  ) throws {
    let (run, batch) = try Self.run(method, seed: 2)
    let own = Self.own(run)
    let agreed = zip(batch.labels, own).count { $0 == $1 }
    let share = String(format: "%.1f%%", 100 * Double(agreed) / Double(own.count))
    #expect(run.result.warnings.contains { $0.contains("this places \(share)") }, "\(share)")
  }

  @Test func `models of medoids say that they hold rows, and no ids`() throws {
    let (run, _) = try Self.run(.pam, seed: 1)
    let centroids = run.model.json["model"]?["centroids"]
    #expect(centroids?["respondent_rows"]?.number == 3)
    #expect(!run.model.json.text.contains("r12"))
  }

  @Test func `numbers among words of a new file still count`() throws {
    let rows = 60
    var random = RandomStream(seed: 5)
    let kinds = (0..<rows).map { _ in random.below(2) }
    let numbers = kinds.map { Double(30 + 25 * $0) + (4 * random.normal()).rounded() }
    let words = kinds.map { random.uniform() < 0.8 ? $0 + 1 : 2 - $0 }
    let variables = [
      Made.numeric("spend", numbers), Made.nominal("fan", words, labels: ["n", "y"]),
    ]
    var declaration = SegmentsDeclaration()
    declaration.active = ["spend", "fan"]
    declaration.count = .exactly(2)
    declaration.stability = 0
    let run = try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
    // The column as text, with one word in it.
    var codes: [String] = []
    let positions = numbers.enumerated().map { row, number -> Int in
      let text = row == 5 ? "about 50" : "\(Int(number))"
      if let known = codes.firstIndex(of: text) { return known + 1 }
      codes.append(text)
      return codes.count
    }
    var survey = run.data.survey
    survey.put(
      Variable(
        name: "spend", level: .nominal, categories: codes.map { Category(code: .text($0)) },
        answers: AnswerColumn(positions: positions, categoryCount: codes.count)))
    let batch = try Assigner(run.model).assign(survey)
    let clean = try Assigner(run.model).assign(run.data.survey)
    #expect(batch.warnings.contains { $0.contains("spend") && $0.contains("no number") })
    for row in 0..<rows where row != 5 {
      #expect(abs(batch.posterior[row, 0] - clean.posterior[row, 0]) < 1e-12)
    }
  }
}
