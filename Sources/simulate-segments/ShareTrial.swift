import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// Whether the intervals of segment shares that `run` tells hold the truth, the number of segments
/// given.
struct ShareTrial: Sendable {
  /// What is planted: yes/no questions, classes that overlap more or less.
  enum Kind: String, CaseIterable, Sendable {
    /// Two classes, four questions, 216 people.
    case weak
    /// Three classes, six questions, 800 people.
    case medium
    /// The same far apart.
    case clear
    /// Four classes that overlap, eight questions, 500 people.
    case overlapping

    var respondents: Int { [.weak: 216, .medium: 800, .clear: 800, .overlapping: 500][self] ?? 0 }

    var sizes: [Double] {
      switch self {
      case .weak: [0.72, 0.28]
      case .medium, .clear: [0.5, 0.3, 0.2]
      case .overlapping: [0.35, 0.3, 0.2, 0.15]
      }
    }

    /// Chances of yes: classes × questions.
    var chances: [[Double]] {
      switch self {
      case .weak: [[0.71, 0.33, 0.35, 0.13], [0.99, 0.94, 0.93, 0.77]]
      case .medium:
        [
          [0.8, 0.8, 0.8, 0.75, 0.75, 0.75], [0.25, 0.25, 0.25, 0.75, 0.75, 0.75],
          [0.25, 0.2, 0.25, 0.25, 0.2, 0.25],
        ]
      case .clear:
        [
          [0.95, 0.95, 0.95, 0.9, 0.9, 0.9], [0.05, 0.05, 0.05, 0.9, 0.9, 0.9],
          [0.05, 0.05, 0.05, 0.1, 0.1, 0.1],
        ]
      case .overlapping:
        [
          [0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0.2], [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8],
          [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8], [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
        ]
      }
    }
  }

  /// How the intervals were found.
  let method: SegmentErrors.Method
  /// For each class whether the interval holds its share; empty where intervals are withheld.
  let holds: [Bool]
  /// Shares of replicates without a match, and of those in which fresh starts won.
  let doubts: (unaligned: Double, won: Double)
  /// The same for linearised intervals, which `segment` tells.
  let linearised: [Bool]

  /// Draws a survey and segments it as `run` does.
  init(_ kind: Kind, prior: Bool, seed: UInt64) throws {
    var random = RandomStream(seed: seed)
    let (sizes, chances) = (kind.sizes, kind.chances)
    var answers = [[Int]](repeating: [], count: chances[0].count)
    for _ in 0..<kind.respondents {
      let latent = random.categorical(sizes)
      for place in answers.indices {
        answers[place].append(random.uniform() < chances[latent][place] ? 2 : 1)
      }
    }
    let survey = Survey(
      variables: answers.enumerated().map { place, codes in
        Variable(
          name: "q\(place + 1)", level: .nominal,
          categories: ["no", "yes"].map { Category(code: .text($0)) },
          answers: AnswerColumn(positions: codes, categoryCount: 2))
      })
    let data = StudyData(
      survey: survey, design: .unweighted(kind.respondents),
      weightSum: Double(kind.respondents), sourceRows: Array(0..<kind.respondents))
    var declaration = SegmentsDeclaration()
    declaration.active = answers.indices.map { "q\($0 + 1)" }
    declaration.count = .exactly(sizes.count)
    declaration.stability = 0
    if !prior { declaration.prior = .none }
    var settings = RunSettings()
    settings.seed = seed
    settings.minimumCell = 1
    settings.stability = 0
    settings.askedPrivacy = Privacy.none
    var found = try StudySegmentation.run(data, declaration, settings)
    let order = Self.order(found.result, chances)
    func holds(_ errors: SegmentErrors?) -> [Bool] {
      guard let errors, errors.method != .withheld else { return [] }
      return order.enumerated().map { planted, own in
        guard let interval = errors.shares[own] else { return false }
        return interval.low <= sizes[planted] && sizes[planted] <= interval.high
      }
    }
    linearised = holds(found.result.errors)
    found.replicate(settings, isFitAsked: false)
    method = found.result.errors?.method ?? .withheld
    self.holds = holds(found.result.errors)
    let errors = found.result.errors
    doubts = (errors?.unaligned ?? 0, errors?.freshStartsWon ?? 0)
  }

  /// For each planted class the segment whose chances of yes are nearest.
  private static func order(_ result: SegmentationResult, _ chances: [[Double]]) -> [Int] {
    let count = chances.count
    var gaps = Matrix(rows: count, columns: count)
    for (place, indicator) in result.indicators.enumerated() {
      let yes = indicator.codes.firstIndex(of: "yes") ?? 1
      for planted in 0..<count {
        for own in 0..<count {
          let gap = indicator.bySegment[own][yes] - chances[planted][place]
          gaps[planted, own] += gap * gap
        }
      }
    }
    return Assignment(gaps, goal: .minimise).columnOfRow.enumerated().map { $1 ?? $0 }
  }

  /// Coverage over a number of surveys, a table in Markdown.
  static func report(_ surveys: Int, from first: Int, _ kinds: [Kind]) throws -> String {
    var lines = [
      "\(surveys) surveys of each kind, seeds from \(first).", "",
      "| kind | prior | told | intervals hold | Monte Carlo error | percentiles | linearised hold | "
        + "no match | fresh starts won |",
      "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in kinds {
      for prior in [true, false] {
        let trials = try Workers(2).map(surveys) { place in
          Result { try ShareTrial(kind, prior: prior, seed: UInt64(first + place)) }
        }.map { try $0.get() }
        let told = trials.filter { !$0.holds.isEmpty }
        let held = told.flatMap(\.holds)
        let straight = trials.flatMap(\.linearised)
        func mean(_ shares: [Double]) -> String {
          String(format: "%.1f", 100 * shares.reduce(0, +) / Double(shares.count))
        }
        func percent(_ part: Int, _ all: Int) -> String {
          all > 0 ? String(format: "%.1f", 100 * Double(part) / Double(all)) : "-"
        }
        // Shares of one survey hang together: the error is taken over surveys.
        let error = 100 * (0.95 * 0.05 / Double(max(1, told.count))).squareRoot()
        lines.append(
          "| \(kind.rawValue) | \(prior ? "default" : "none") | \(percent(told.count, surveys)) | "
            + "\(percent(held.count { $0 }, held.count)) | \(String(format: "%.1f", error)) | "
            + "\(percent(trials.count { $0.method == .bootstrap }, surveys)) | "
            + "\(percent(straight.count { $0 }, straight.count)) | "
            + "\(mean(trials.map(\.doubts.unaligned))) | \(mean(trials.map(\.doubts.won))) |")
      }
    }
    return lines.joined(separator: "\n")
  }
}
