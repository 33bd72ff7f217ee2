/// One thing that sets a segment apart, in a form that can be told.
///
/// Made from shown cells only.
struct Trait: Equatable {
  /// The question.
  let variable: String
  /// The answer in a few words, such as "married" or "no children".
  let words: String
  /// What it is for.
  let role: VariableProfile.Role
  /// Signed effect size: above 0 where the segment has more of it than others.
  let effect: Double
  /// The numbers behind it.
  let measure: Measure
  /// Whether it is built on few people.
  let smallBase: Bool

  enum Measure: Equatable {
    /// Share of the segment and of everybody.
    case share(Double, total: Double)
    /// Mean of the segment and of everybody.
    case mean(Double, total: Double)
  }

  /// How much it says: an answer that many of the segment give says more of it.
  var weight: Double {
    switch measure {
    case .share(let share, _): effect > 0 ? effect * (0.25 + share) : 0.6 * -effect
    // d of a number runs higher than h of a share for the same separation.
    case .mean: 0.6 * abs(effect)
    }
  }
}

/// Puts an answer into a few words.
enum AnswerWords {
  private static let affirmations: Set<String> = ["yes", "true", "1", "chosen", "selected", "y"]
  private static let denials: Set<String> = ["no", "false", "0", "not chosen", "unselected", "n"]
  /// Labels longer than this are wordings of questions rather than names.
  private static let longest = 60

  /// Words for the answer to a question.
  ///
  /// - Parameters:
  ///   - answer: The answer's label.
  ///   - label: The question's label.
  ///   - name: The question's name, used where the label is long.
  static func of(answer: String, label: String, name: String) -> String {
    let question = short(label, else: name)
    let plain = answer.lowercased()
    if affirmations.contains(plain) { return question }
    if denials.contains(plain) { return "no \(question)" }
    if answer.count < 3 || Double(answer) != nil || saysLittleAlone(plain) {
      return "\(question) \(answer)"
    }
    return short(answer, else: String(answer.prefix(longest)))
  }

  /// Whether an answer, without its question, could be the answer to anything.
  private static func saysLittleAlone(_ answer: String) -> Bool {
    let words = answer.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.allSatisfy { vague.contains($0) || Double($0) != nil }
      || words.first.map { openings.contains($0) } ?? true
  }

  /// Words that answer many questions.
  private static let vague: Set<String> = [
    "none", "never", "other", "always", "often", "sometimes", "rarely", "seldom", "daily", "weekly",
    "monthly", "one", "two", "three", "four", "five", "or", "more", "less", "than", "to", "and",
    "over", "under", "low", "medium", "high", "very", "not", "at", "all", "every", "day", "week",
    "month", "year", "few", "times", "a", "once", "good", "poor", "fair", "agree", "disagree",
    "strongly", "neither", "nor", "satisfied", "unsatisfied", "important", "know", "don", "t",
  ]

  /// Words that begin an amount.
  private static let openings: Set<String> = ["under", "over", "less", "more", "up", "at"]

  /// A label, or a name where the label is a whole wording.
  static func short(_ label: String, else name: String) -> String {
    let text = label.isEmpty || label.count > longest ? name : label
    return text.replacing("_", with: " ")
  }
}
