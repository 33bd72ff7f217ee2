import Foundation
public import TesseraMath
public import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// What the verdict on structure says of surveys whose structure is known.
public struct StructureTrial: Sendable {
  /// What a survey is made of.
  public enum Kind: String, Sendable, CaseIterable {
    /// Every question by itself.
    case independent
    /// One factor behind all questions, and no groups.
    case factor
    /// Three groups well apart.
    case groups
    /// Three groups that overlap.
    case overlapping
  }

  /// What the survey was made of.
  public let kind: Kind
  /// The verdict.
  public let verdict: StructureVerdict

  /// Draws a survey and has the product judge it.
  ///
  /// - Parameters:
  ///   - kind: What it is made of.
  ///   - seed: Starts the draws.
  ///   - sets: Sets without structure of each kind.
  ///   - respondents: How many.
  ///   - workers: How many threads may be used.
  /// - Throws: ``StudyError`` never in practice.
  public init(
    _ kind: Kind, seed: UInt64, sets: Int = 20, respondents: Int = 300, workers: Workers = .single
  ) throws {
    var random = RandomStream(seed: seed)
    var columns = [[Int]](repeating: [], count: 8)
    for _ in 0..<respondents {
      let group = random.categorical([0.4, 0.35, 0.25])
      let factor = random.normal()
      for place in columns.indices {
        // Which of the three groups answers a question high.
        let isHigh = place % 3 == group
        let score: Double =
          switch kind {
          case .independent: random.normal()
          case .factor: 0.75 * factor + 0.66 * random.normal()
          case .groups: (isHigh ? 1.6 : -0.8) + 0.7 * random.normal()
          case .overlapping: (isHigh ? 0.9 : -0.45) + 0.9 * random.normal()
          }
        let cuts = [-0.8, 0, 0.8].count { score > $0 }
        columns[place].append(1 + cuts)
      }
    }
    self.kind = kind
    let variables = columns.enumerated().map { place, codes in
      Variable(
        name: "q\(place + 1)", label: "Question \(place + 1)", level: .ordinal,
        categories: (1...4).map { Category(code: .number(Double($0)), label: "answer \($0)") },
        answers: AnswerColumn(positions: codes, categoryCount: 4))
    }
    let survey = Survey(variables: variables, sets: [])
    let data = StudyData(
      survey: survey, design: .unweighted(respondents), weightSum: Double(respondents),
      sourceRows: Array(0..<respondents))
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = .exactly(3)
    declaration.starts = 20
    declaration.stability = 20
    declaration.evidence.structureSets = sets
    var settings = RunSettings()
    settings.seed = seed
    settings.workers = workers
    let run = try StudySegmentation.run(data, declaration, settings)
    verdict = run.evidence.structure?.evidence.verdict ?? .constructive
  }
}
