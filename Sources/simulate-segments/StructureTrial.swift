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

    /// The verdicts that are no mistake: without groups never natural, with groups well apart always.
    ///
    /// Groups that overlap are there, so natural is true of them; whether a sample this small shows
    /// them again is another question, so reproducible and constructive are no mistakes either.
    public var rightVerdicts: Set<StructureVerdict> {
      switch self {
      case .independent: [.constructive]
      case .factor: [.constructive, .reproducible]
      case .groups: [.natural]
      case .overlapping: [.natural, .reproducible, .constructive]
      }
    }
  }

  /// What the survey was made of.
  public let kind: Kind
  /// The verdict with what it rests on.
  public let evidence: StructureEvidence

  /// The verdict.
  public var verdict: StructureVerdict { evidence.verdict }

  /// The trial's numbers in a line.
  public var line: String {
    let failed = (evidence.reproducibleConditions + evidence.naturalConditions)
      .filter { !$0.holds }
      .map { $0.name + String(format: " %.3f < %.3f", $0.value, $0.bound) }
    return "\(kind.rawValue)\t\(verdict.rawValue)\t"
      + String(
        format: "stability %.3f, overlap %.3f, certainty %.3f, gain %.1f",
        evidence.observed.stability, evidence.smallestJaccard, evidence.entropyR2 ?? .nan,
        evidence.observed.gain) + "\t\(failed.joined(separator: "; "))"
  }

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
    var settings = RunSettings()
    settings.seed = seed
    settings.workers = workers
    let plain = try StudySegmentation.run(data, declaration, settings).result
    let unjudged = StructureEvidence(
      observed: StructureMeasure(stability: plain.stability?.median ?? 0, gain: 0),
      smallestJaccard: plain.stability?.jaccard.min() ?? 0, entropyR2: plain.entropyR2,
      permuted: [], correlated: [])
    // Where the data's own stability rules a verdict out, sets without structure cannot alter that.
    guard !unjudged.isSettledByData else {
      evidence = unjudged
      return
    }
    declaration.evidence.structureSets = sets
    guard let found = try StudySegmentation.run(data, declaration, settings).evidence.structure
    else { preconditionFailure("three segments are always judged") }
    evidence = found.evidence
  }
}

extension StructureEvidence {
  /// Whether stability and overlap fall short by themselves, so that the verdict is constructive.
  fileprivate var isSettledByData: Bool {
    observed.stability < thresholds.reproducibleStability
      || smallestJaccard < thresholds.reproducibleJaccard
  }
}
