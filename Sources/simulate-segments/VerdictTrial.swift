import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// The verdict of a plain run on surveys whose structure is known.
public struct VerdictTrial: Sendable {
  /// What a survey is made of.
  public enum Kind: String, Sendable, CaseIterable {
    /// One factor behind eight ratings of four steps, and no groups.
    case factor
    /// Six correlated normal numbers, and no groups.
    case gaussian
    /// Three groups well apart.
    case groups
    /// Two groups of whom 90% answer each of six yes/no questions alike, others than the other group.
    case few
    /// One factor behind six yes/no questions that correlate as those of ``few``, and no groups.
    case fewFactor
  }

  /// What the survey was made of.
  public let kind: Kind
  /// The number of segments found.
  public let segments: Int
  /// The verdict.
  public let verdict: SegmentVerdict

  /// Draws a survey and runs the product on it, the number of segments left open.
  ///
  /// - Parameters:
  ///   - kind: What it is made of.
  ///   - seed: Starts the draws.
  ///   - given: How many respondents; 150 with yes/no questions and else 300 if left out.
  /// - Throws: ``StudyError`` never in practice.
  public init(_ kind: Kind, seed: UInt64, respondents given: Int? = nil) throws {
    let respondents = given ?? (kind == .few || kind == .fewFactor ? 150 : 300)
    var random = RandomStream(seed: seed)
    let variables =
      switch kind {
      case .gaussian: Self.numbers(respondents, &random)
      case .factor, .groups: Self.ratings(respondents, hasGroups: kind == .groups, &random)
      case .few, .fewFactor: Self.ticks(respondents, hasGroups: kind == .few, &random)
      }
    let data = StudyData(
      survey: Survey(variables: variables, sets: []), design: .unweighted(respondents),
      weightSum: Double(respondents), sourceRows: Array(0..<respondents))
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = .between(1, 5)
    var settings = RunSettings()
    settings.seed = seed
    let result = try StudySegmentation.run(data, declaration, settings).result
    guard let verdict = result.verdict else { preconditionFailure("every run has a verdict") }
    self.kind = kind
    self.verdict = verdict
    segments = result.segments.count
  }

  /// The trial in a line.
  public var line: String { "\(kind.rawValue)\t\(segments)\t\(verdict.kind.rawValue)" }

  /// Whether a continuum was told as groups, or groups as something else.
  public var isWrong: Bool {
    let isGroups = [.groups, .moreThanContinuum].contains(verdict.kind)
    return kind == .groups || kind == .few ? !isGroups : isGroups
  }

  private static func ratings(
    _ respondents: Int, hasGroups: Bool, _ random: inout RandomStream
  ) -> [Variable] {
    var columns = [[Int]](repeating: [], count: 8)
    for _ in 0..<respondents {
      let group = random.categorical([0.4, 0.35, 0.25])
      let factor = random.normal()
      for place in columns.indices {
        let score =
          hasGroups
          ? (place % 3 == group ? 1.6 : -0.8) + 0.7 * random.normal()
          : 0.75 * factor + 0.66 * random.normal()
        columns[place].append(1 + [-0.8, 0, 0.8].count { score > $0 })
      }
    }
    return columns.enumerated().map { place, codes in
      Variable(
        name: "q\(place + 1)", label: "Question \(place + 1)", level: .ordinal,
        categories: (1...4).map { Category(code: .number(Double($0)), label: "answer \($0)") },
        answers: AnswerColumn(positions: codes, categoryCount: 4))
    }
  }

  private static func ticks(
    _ respondents: Int, hasGroups: Bool, _ random: inout RandomStream
  ) -> [Variable] {
    var columns = [[Int]](repeating: [], count: 6)
    for _ in 0..<respondents {
      let group = random.below(2)
      let factor = random.normal()
      for place in columns.indices {
        let isYes: Bool
        if hasGroups {
          isYes = (place % 2 == group) == (random.uniform() < 0.9)
        } else {
          // Correlations of .84 behind the answers give .64 between them, as two such groups do.
          let sign = place % 2 == 0 ? 1.0 : -1
          isYes = sign * 0.84.squareRoot() * factor + 0.16.squareRoot() * random.normal() > 0
        }
        columns[place].append(isYes ? 2 : 1)
      }
    }
    return columns.enumerated().map { place, codes in
      Variable(
        name: "q\(place + 1)", label: "Question \(place + 1)", level: .nominal,
        categories: [
          Category(code: .number(1), label: "No"), Category(code: .number(2), label: "Yes"),
        ], answers: AnswerColumn(positions: codes, categoryCount: 2))
    }
  }

  private static func numbers(_ respondents: Int, _ random: inout RandomStream) -> [Variable] {
    var columns = [[Double]](repeating: [], count: 6)
    for _ in 0..<respondents {
      let factors = [random.normal(), random.normal()]
      for place in columns.indices {
        columns[place].append(0.6 * factors[place % 2] + 0.8 * random.normal())
      }
    }
    return columns.enumerated().map { place, numbers in
      Variable(
        name: "x\(place + 1)", label: "Number \(place + 1)", level: .numeric, categories: [],
        answers: .numbers(numbers))
    }
  }
}

/// The verdicts over many surveys.
public struct VerdictReport: Sendable {
  private var trials: [VerdictTrial] = []

  /// Starts without trials.
  public init() {}

  /// Takes up a trial.
  public mutating func add(_ trial: VerdictTrial) {
    trials.append(trial)
  }

  /// How often each kind got each verdict, a line a kind, and the rate of error.
  public var text: String {
    VerdictTrial.Kind.allCases.compactMap { kind in
      let own = trials.filter { $0.kind == kind }
      guard !own.isEmpty else { return nil }
      let verdicts = SegmentVerdict.Kind.allCases.compactMap { verdict -> String? in
        let count = own.count { $0.verdict.kind == verdict }
        return count > 0 ? "\(verdict.rawValue) \(count)" : nil
      }
      let wrong = own.count(where: \.isWrong)
      let rate = Double(wrong) / Double(own.count)
      return "verdict, \(kind.rawValue): \(verdicts.joined(separator: ", ")) of \(own.count); "
        + "wrong \(wrong) (\((1000 * rate).rounded() / 10)%)"
    }.joined(separator: "\n")
  }
}
