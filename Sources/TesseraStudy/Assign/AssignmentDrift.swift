import Foundation
import TesseraMath

/// How far new respondents differ from those of whom a model was made.
///
/// For each question the population stability index Σ (a − e) ln(a / e) between its answers and those
/// that the model expects; for numbers the same divergence between normal distributions, for counts
/// between Poisson distributions. If nothing has changed it is distributed as (1/n + 1/N) χ², with one
/// degree of freedom less than categories.
///
/// - Reference: Yurdakul and Naranjo (2020), *Journal of Risk Model Validation* 14(4), 89–100.
public struct AssignmentDrift: Sendable {
  /// One question.
  public struct Question: Sendable {
    /// The column.
    public let name: String
    /// What a reader sees.
    public let label: String
    /// The index, 0 or more; `nil` if nobody answered.
    public let index: Double?
    /// Its mean if nothing has changed.
    public let expected: Double
    /// What it exceeds in one of a hundred surveys if nothing has changed.
    public let critical: Double
    /// Share of respondents without an answer.
    public let missing: Double
  }

  /// The model's questions, in its order.
  public let questions: [Question]
  /// For each segment its share of the new respondents and the model's.
  public let shares: [(id: String, share: Double, expected: Double)]
  /// Share of those assigned whose segment has a probability under 0.7.
  public let doubtful: Double?
  /// Mean log-likelihood under the model of a person who answered every question, in nats, and of
  /// those it was made of; `nil` where nobody did.
  public let logLikelihood: (new: Double, own: Double)?
  /// Those who answered every question.
  public let complete: Int
  /// Respondents with a segment.
  public let respondents: Int

  /// A probability below this is doubtful.
  public static let sure = 0.7

  /// Compares new respondents with a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - tally: The new respondents' answers.
  ///   - sizes: New respondents in each segment.
  ///   - doubtful: How many of them are in it with a probability under ``sure``.
  public init(_ model: SegmentModel, _ tally: AnswerTally, sizes: [Int], doubtful: Int) {
    let placed = sizes.reduce(0, +)
    respondents = placed
    let own = model.result.respondents
    questions = zip(model.result.indicators, tally.questions).map { indicator, question in
      Self.question(indicator, question, shares: model.segments.map(\.share), own: own)
    }
    shares = zip(model.segments, sizes).map { segment, size in
      (segment.id, placed > 0 ? Double(size) / Double(placed) : .nan, segment.share)
    }
    self.doubtful = placed > 0 ? Double(doubtful) / Double(placed) : nil
    let (sum, people) = tally.logLikelihood
    complete = people
    logLikelihood = model.result.logLikelihood.flatMap { all in
      people > 0 && model.result.weightedRespondents > 0
        ? (sum / Double(people), all / model.result.weightedRespondents) : nil
    }
  }

  /// The question that differs most beyond chance; `nil` if none does.
  public var largest: Question? { moved.first }

  /// Questions that differ beyond chance, the most first.
  public var moved: [Question] {
    questions.filter { ($0.index ?? 0) > $0.critical }
      .sorted { ($0.index ?? 0) > ($1.index ?? 0) }
  }

  /// Questions of which nothing can be said, since too few answered them.
  public var silent: [Question] { questions.filter { $0.index == nil } }

  private static func question(
    _ indicator: IndicatorResult, _ question: AnswerTally.Question, shares: [Double], own: Double
  ) -> Question {
    let width = indicator.bySegment.first?.count ?? 0
    let mixed = (0..<width).map { place in
      zip(shares, indicator.bySegment).reduce(0) { $0 + $1.0 * $1.1[place] }
    }
    var (given, missing, index, freedom) = (0.0, 0.0, Double?.none, 1.0)
    switch question {
    case .codes(let counts):
      missing = Double(counts.first ?? 0)
      given = Double(counts.dropFirst().reduce(0, +))
      freedom = Double(max(1, width - 1))
      if given > 0, width > 0 {
        let total = mixed.reduce(0, +)
        index = mixed.enumerated().reduce(0) { sum, cell in
          let seen = cell.offset + 1 < counts.count ? Double(counts[cell.offset + 1]) : 0
          // Half a person where there is none keeps the index finite.
          let new = max(seen, 0.5) / given
          let old = max(cell.element / total, 0.5 / max(own, 1))
          return sum + (new - old) * log(new / old)
        }
      }
    case .numbers(let count, let none, let sum, let squares):
      (given, missing) = (Double(count), Double(none))
      guard count > 1 else { break }
      let mean = sum / given
      if width >= 2 {
        freedom = 2
        let variance = max(squares / given - mean * mean, 1e-12)
        let spread = zip(shares, indicator.bySegment).reduce(0) { all, one in
          let gap = one.1[0] - mixed[0]
          return all + one.0 * (one.1[1] + gap * gap)
        }
        let old = max(spread, 1e-12)
        let gap = mean - mixed[0]
        index =
          0.5 * (variance / old + old / variance - 2)
          + 0.5 * gap * gap * (1 / old + 1 / variance)
      } else if width == 1 {
        let (new, old) = (max(mean, 1e-9), max(mixed[0], 1e-9))
        index = (new - old) * log(new / old)
      }
    }
    let scale = given > 0 ? 1 / given + 1 / max(own, 1) : 0
    return Question(
      name: indicator.name, label: indicator.label, index: index, expected: freedom * scale,
      critical: ChiSquareDistribution(degreesOfFreedom: freedom).quantile(0.99) * scale,
      missing: given + missing > 0 ? missing / (given + missing) : 0)
  }
}

extension AssignmentDrift {
  /// As `--drift` writes it.
  public var json: JSONValue {
    [
      "schema": "tessera.drift/1", "respondents": respondents,
      "questions": JSONValue.list(questions) {
        [
          "name": $0.name, "label": $0.label, "stability_index": $0.index,
          "expected_by_chance": $0.expected, "exceeded_in_1_of_100": $0.critical,
          "beyond_chance": $0.index.map { [limit = $0.critical] in $0 > limit },
          "missing": $0.missing,
        ]
      },
      "segments": JSONValue.list(shares) {
        ["id": $0.id, "share": $0.share, "share_in_model": $0.expected]
      }, "doubtful_share": doubtful, "log_likelihood_per_person": logLikelihood?.new,
      "log_likelihood_per_person_in_model": logLikelihood?.own,
    ]
  }
}
