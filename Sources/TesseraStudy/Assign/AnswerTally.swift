internal import TesseraSegmentation

/// How often each answer was given, summed over parts of a survey.
public struct AnswerTally: Sendable, Equatable {
  /// One question.
  enum Question: Sendable, Equatable {
    /// Respondents of each category, missing first.
    case codes([Int])
    /// Respondents with a number and without, sum and sum of squares.
    case numbers(given: Int, missing: Int, sum: Double, squares: Double)
  }

  /// Questions in the order of the model.
  private(set) var questions: [Question] = []
  /// Sum of log-likelihoods under the model, and of how many respondents; 0 for other methods.
  ///
  /// Only of those who answered every question: with each answer less the likelihood rises.
  private(set) var logLikelihood = (sum: 0.0, people: 0)

  /// Nothing yet.
  public init() {}

  init(_ items: [Item], logLikelihoods: [Double]) {
    questions = items.map { item in
      switch item.answers {
      case .codes(let codes): Self.count(codes)
      case .wideCodes(let codes): Self.count(codes)
      case .numbers(let numbers): Self.count(numbers)
      }
    }
    for (row, value) in logLikelihoods.enumerated()
    where value.isFinite && !items.contains(where: { $0.isMissing(row) }) {
      logLikelihood.sum += value
      logLikelihood.people += 1
    }
  }

  private static func count(_ codes: [some FixedWidthInteger]) -> Question {
    var counts = [Int](repeating: 0, count: 1 + Int(codes.max() ?? 0))
    for code in codes { counts[Int(code)] += 1 }
    return .codes(counts)
  }

  private static func count(_ numbers: [Double]) -> Question {
    var (given, sum, squares) = (0, 0.0, 0.0)
    for number in numbers where !number.isNaN {
      given += 1
      sum += number
      squares += number * number
    }
    return .numbers(given: given, missing: numbers.count - given, sum: sum, squares: squares)
  }

  /// Adds what other rows of the same survey answered.
  ///
  /// - Parameter other: The counts of those rows.
  public mutating func add(_ other: AnswerTally) {
    logLikelihood.sum += other.logLikelihood.sum
    logLikelihood.people += other.logLikelihood.people
    guard !questions.isEmpty else {
      questions = other.questions
      return
    }
    for (place, question) in other.questions.enumerated() {
      switch (questions[place], question) {
      case (.codes(let own), .codes(let more)):
        questions[place] = .codes(
          (0..<max(own.count, more.count)).map {
            ($0 < own.count ? own[$0] : 0) + ($0 < more.count ? more[$0] : 0)
          })
      case (.numbers(let a, let b, let c, let d), .numbers(let e, let f, let g, let h)):
        questions[place] = .numbers(given: a + e, missing: b + f, sum: c + g, squares: d + h)
      default: preconditionFailure("a question of numbers is no question of categories")
      }
    }
  }

  /// Whether both hold the same counts.
  public static func == (left: AnswerTally, right: AnswerTally) -> Bool {
    left.questions == right.questions && left.logLikelihood == right.logLikelihood
  }
}
