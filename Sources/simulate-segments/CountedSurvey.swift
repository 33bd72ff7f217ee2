import Foundation
import TesseraMath
import TesseraSegmentation

/// A survey with a known number of segments, from faint to perfect.
struct CountedSurvey: Sendable {
  /// How many answered.
  let respondents: Int
  /// The segments planted, 1 to 6.
  let planted: Int
  /// What was asked.
  let kind: Kind
  /// Standard deviation of what segments differ by, on the scale of the answers.
  let separation: Double
  /// Share of answers left out at random.
  let missing: Double
  /// Standard deviation of how much higher or lower than others a person rates everything, where the
  /// answers of a question have 1 within a segment.
  let style: Double
  /// Adjusted Rand index that assignment by the true parameters reaches; 1 for a single segment.
  let reachable: Double
  /// The answers.
  let table: ItemTable

  /// The first seed of surveys with a style of rating.
  static let firstStyled: UInt64 = 1_000_000

  /// Kinds of questions.
  enum Kind: String, CaseIterable, Sendable {
    /// Two to four answers without an order.
    case nominal
    /// Five answers in order: a normal number cut at four fixed places.
    case ordinal
    /// Normal numbers of variance 1.
    case numeric
    /// Each question one of these.
    case mixed
  }

  /// Draws a survey of six to ten questions without weights.
  ///
  /// Of 120 seeds in a row each combination of size, number of segments and kind comes up once;
  /// separation and gaps are drawn. From ``firstStyled`` on people have a style of rating too, which no
  /// model of segments knows of.
  ///
  /// - Parameter seed: Decides everything.
  /// - Throws: ``SegmentationError`` never in practice.
  init(seed: UInt64) throws(SegmentationError) {
    var random = RandomStream(seed: seed).split(0xC0)
    let place = Int(seed)
    let respondents = [150, 300, 500, 1000, 2000][place % 5]
    self.respondents = respondents
    let planted = 1 + place / 5 % 6
    self.planted = planted
    kind = Kind.allCases[place / 30 % 4]
    separation = [0.4, 0.7, 1, 1.5, 3][random.below(5)]
    missing = [0, 0.1, 0.2][random.below(3)]
    style = seed < Self.firstStyled ? 0 : [0.15, 0.3, 0.6][random.below(3)]
    let style = style
    let shifts =
      style > 0
      ? (0..<respondents).map { _ in style * random.normal() }
      : [Double](repeating: 0, count: respondents)
    let shares = random.dirichlet([Double](repeating: 8, count: planted))
    let truth = (0..<respondents).map { _ in random.categorical(shares) }
    var logs = Matrix(rows: respondents, columns: planted)
    for row in 0..<respondents {
      for segment in 0..<planted { logs[row, segment] = log(shares[segment]) }
    }
    var items: [Item] = []
    for number in 1...(6 + random.below(5)) {
      let form = kind == .mixed ? Kind.allCases[random.below(3)] : kind
      let question = Question(form, segments: planted, separation: separation, &random)
      var answers = [Double](repeating: .nan, count: respondents)
      for row in 0..<respondents {
        let isMissing = random.uniform() < missing
        let answer =
          style > 0
          ? question.answer(truth[row], shifted: shifts[row], &random)
          : question.answer(truth[row], &random)
        guard !isMissing else { continue }
        answers[row] = answer
        for segment in 0..<planted {
          logs[row, segment] += question.logDensity(answer, segment)
        }
      }
      items.append(question.item("q\(number)", answers))
    }
    let guesses = (0..<respondents).map { row in
      (0..<planted).max { logs[row, $0] < logs[row, $1] } ?? 0
    }
    reachable = planted == 1 ? 1 : CrossTable(guesses, truth).adjustedRand
    table = try ItemTable(respondentCount: respondents, items: items, weights: .none)
  }

  /// How much of what segments differ by is how high people rate: of the questions with five answers in
  /// order, where they are three and half of all; `nil` otherwise.
  var level: LevelShare? {
    let ratings = table.items.compactMap { item -> [Double]? in
      guard case .ordinal = item.measurement, case .codes(let codes) = item.answers else {
        return nil
      }
      return codes.map { $0 > 0 ? Double($0) : .nan }
    }
    guard ratings.count >= 3, 2 * ratings.count >= table.items.count else { return nil }
    return LevelShare(
      batteries: [ratings], weights: [Double](repeating: 1, count: respondents))
  }

  /// A question and how each segment answers it.
  private struct Question {
    let form: Kind
    /// Means of numbers.
    let centres: [Double]
    /// Chances of answers, one row per segment; empty for numbers.
    let chances: [[Double]]

    private static let cuts = [-1.2, -0.4, 0.4, 1.2]

    init(_ form: Kind, segments: Int, separation: Double, _ random: inout RandomStream) {
      self.form = form
      centres = (0..<segments).map { _ in separation * random.normal() }
      switch form {
      case .nominal:
        let categories = 2 + random.below(3)
        chances = (0..<segments).map { _ in
          let raw = (0..<categories).map { _ in exp(separation * random.normal()) }
          let sum = raw.reduce(0, +)
          return raw.map { $0 / sum }
        }
      case .ordinal:
        chances = centres.map { centre in
          let below =
            [0] + Question.cuts.map { NormalDistribution.standard.cumulative($0 - centre) } + [1]
          return zip(below.dropFirst(), below).map { max(1e-12, $0 - $1) }
        }
      case .numeric, .mixed: chances = []
      }
    }

    func answer(_ segment: Int, _ random: inout RandomStream) -> Double {
      chances.isEmpty
        ? centres[segment] + random.normal()
        : Double(random.categorical(chances[segment]) + 1)
    }

    func answer(_ segment: Int, shifted shift: Double, _ random: inout RandomStream) -> Double {
      guard form != .nominal else { return answer(segment, &random) }
      let value = centres[segment] + shift + random.normal()
      return chances.isEmpty ? value : Double(1 + Question.cuts.count { $0 < value })
    }

    /// The log-density, but for what is the same in all segments.
    func logDensity(_ answer: Double, _ segment: Int) -> Double {
      let distance = answer - centres[segment]
      return chances.isEmpty
        ? -0.5 * distance * distance : log(chances[segment][Int(answer) - 1])
    }

    func item(_ name: String, _ answers: [Double]) -> Item {
      let measurement: Item.Measurement =
        switch form {
        case .nominal: .nominal(categories: chances[0].count)
        case .ordinal: .ordinal(categories: 5, as: .adjacentCategory(scores: []))
        case .numeric, .mixed: .gaussian(variance: .perClass)
        }
      return Item(
        name: name, measurement: measurement,
        answers: chances.isEmpty
          ? .numbers(answers) : .codes(answers.map { $0.isNaN ? 0 : UInt8($0) }))
    }
  }
}
