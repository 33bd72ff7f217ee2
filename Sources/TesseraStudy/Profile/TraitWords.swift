/// Says of people what an answer makes them: "75% are married", "52% are aged 30 to 44".
///
/// Only what a question is known to ask of people themselves gets a verb of its own; any other answer
/// is quoted with its question, since a label may hold any words in any language.
enum TraitWords {
  /// The trait with the segment's figure and everybody's.
  static func sentence(_ trait: Trait) -> String {
    switch trait.measure {
    case .share(let share, let total):
      // "Nearly all (100%)" would contradict itself.
      guard let word = amount(trait.interval), percent(share) != "100%", share > 0 else {
        return "\(percent(share)) \(statement(trait)) (all: \(percent(total)))"
      }
      return "\(word) \(statement(trait)) (\(percent(share)), all: \(percent(total)))"
    case .mean(let mean, let total):
      return "\(measured(trait, mean: total)) \(number(mean)) (all: \(number(total)))"
    }
  }

  /// What the segment does, in the plural.
  static func statement(_ trait: Trait) -> String {
    if let wording = trait.wording { return wording }
    guard trait.set == nil, !trait.answer.isEmpty, isOfPeople(trait) else {
      return trait.statement
    }
    let plain = trait.answer.lowercased()
    return ofPeople(plain, trait)
      ?? (repeatsQuestion(trait) ? "chose \(AnswerWords.quoted(trait.answer))" : trait.statement)
  }

  /// What an answer makes people, where the question is known to ask for that.
  private static func ofPeople(_ answer: String, _ trait: Trait) -> String? {
    // What stands in brackets, such as a source, is no part of the question.
    let question = trait.question.replacing(/\([^)]*\)/, with: "")
    switch Question.topic([trait.variable, question]) {
    case .gender where answer == "f": return "are female"
    case .gender where answer == "m": return "are male"
    case .maritalStatus where answer == "never married": return "have never been married"
    case .maritalStatus, .gender, .occupation:
      if answer.hasPrefix("full") || answer.hasPrefix("part") { return "work \(answer)" }
      return states.contains(answer) ? "are \(answer)" : nil
    case .age:
      let bare = answer.hasPrefix("age ") || answer.hasPrefix("aged ") ? after(answer) : answer
      let isRange =
        answer.first.map { $0.isNumber || "[(".contains($0) } ?? false || bare != answer
        || bare.hasPrefix("under ") || bare.hasPrefix("over ")
      return isRange && bare.contains(where: \.isNumber) ? "are aged \(bare)" : nil
    case .household:
      if answer.hasPrefix("lives ") { return "live \(after(answer))" }
      return answer.hasPrefix("household of") ? "live in a \(answer)" : nil
    case .children:
      return answer.hasSuffix("child") || answer.hasSuffix("children") ? "have \(answer)" : nil
    case .income: return answer.hasPrefix("income ") ? "have an \(answer)" : nil
    default: return nil
    }
  }

  /// Whether an answer says its question again, as "Not.always" does to "always".
  private static func repeatsQuestion(_ trait: Trait) -> Bool {
    func tidy(_ text: String) -> String { text.lowercased().filter(\.isLetter) }
    let answer = tidy(trait.answer)
    return [trait.variable, trait.question].contains {
      !answer.isEmpty && (answer == tidy($0) || answer == "not" + tidy($0))
    }
  }

  /// Answers that follow "are" as they stand.
  private static let states: Set<String> = [
    "married", "single", "divorced", "widowed", "separated", "never married", "unmarried",
    "cohabiting", "living together", "male", "female", "men", "women", "retired", "unemployed",
    "employed", "self-employed", "students", "student", "homemakers", "in education",
  ]

  private static func isOfPeople(_ trait: Trait) -> Bool {
    trait.role == .active || trait.role == .passive
  }

  private static func after(_ text: String) -> String {
    String(text.drop { $0 != " " }.dropFirst())
  }

  /// A number is told by what it counts; ratings of needs by the need.
  private static func measured(_ trait: Trait, mean: Double) -> String {
    guard isOfPeople(trait) else {
      return trait.role == .need
        ? "average \(trait.words)" : "average of \(AnswerWords.quoted(trait.words))"
    }
    let topic = Question.topic([trait.variable, trait.question]).flatMap {
      Question.isPlausible($0, mean: mean) ? $0.rawValue : nil
    }
    let asked = Question.core(Question.spoken(trait.question))
    return "average \(topic ?? "of \(AnswerWords.quoted(asked))")"
  }

  /// A word for a share that holds for its whole interval; `nil` where only the figure does.
  static func amount(_ interval: SegmentErrors.Interval?) -> String? {
    guard let interval else { return nil }
    if interval.low >= 0.9 { return "nearly all" }
    if interval.high <= 0.05 { return "hardly any" }
    if interval.high <= 0.2 { return "few" }
    if interval.low >= 0.6, interval.high <= 0.9 { return "most" }
    return interval.low >= 0.45 && interval.high <= 0.55 ? "about half" : nil
  }

  /// A share as a whole percentage.
  static func percent(_ share: Double) -> String {
    share > 0 && share < 0.005 ? "under 1%" : "\(Int((100 * share).rounded()))%"
  }

  /// A number with about three digits.
  static func number(_ value: Double) -> String { SegmentDescription.number(value) }
}
