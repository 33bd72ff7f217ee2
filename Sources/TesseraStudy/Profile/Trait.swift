import TesseraSurvey

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
  /// What a reader sees of the question.
  var question = ""
  /// Whether it is the "yes" of a yes-or-no question.
  var isTick = false
  /// What a reader sees of the set whose member it is.
  var set: String?
  /// Whether another set offers an answer of the same name, so that it says little without its question.
  var isOfferedTwice = false
  /// The answer as it is written; empty for a mean.
  var answer = ""
  /// The answer's code, or the member of a set; empty for a mean.
  var code = ""
  /// Ends of the 95% interval of the segment's share, where the model has one.
  var interval: SegmentErrors.Interval?
  /// How the study wants it to be said, in the plural; `nil` without.
  var wording: String?

  /// The answer and its question, both as they are written: No to "Tasty", or "Radio" of a set.
  var answered: String {
    if set != nil { return AnswerWords.quoted(question) }
    guard !answer.isEmpty else { return words }
    let asked = AnswerWords.quoted(
      Question.first(of: Question.spoken(question.isEmpty ? variable : question)))
    return "\(AnswerWords.told(answer)) to \(asked)"
  }

  /// The same in the past: answered No to "Tasty", or chose "Radio".
  var statement: String {
    guard let asked = self.set else { return "answered \(answered)" }
    let question = AnswerWords.quoted(Question.first(of: Question.spoken(asked)))
    return isOfferedTwice ? "answered \(answered) to \(question)" : "chose \(answered)"
  }

  /// The answer alone where it is understood alone, else with its question.
  var shortly: String { words == answer || answer.isEmpty ? words : answered }

  /// The same with its interval and with the study's own words.
  ///
  /// - Parameters:
  ///   - cells: The answers as profiles show them.
  ///   - say: How the study wants answers to be said.
  /// - Returns: The trait with both.
  func completed(by cells: [CategoryProfile], say: StudyWordings) -> Trait {
    var trait = self
    trait.interval = cells.first { $0.code == code }?.interval
    trait.wording =
      say.phrase(variable, answer: answer)
      ?? (code.isEmpty ? nil : say.phrase(variable, answer: code))
    return trait
  }

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
  /// An answer as a reader sees it: 0 and 1 of a question without labels are No and Yes.
  static func shown(_ answer: String, to descriptor: Descriptor) -> String {
    guard descriptor.isFlag else { return String(answer.prefix(longest)) }
    return answer == "0" ? "No" : "Yes"
  }

  /// A label in quotation marks; marks of its own become single ones.
  static func quoted(_ label: String) -> String {
    "\"\(label.replacing("_", with: " ").replacing("\"", with: "'"))\""
  }

  /// An answer within a sentence: without its own full stop, and in quotation marks if it is longer
  /// than two words.
  static func told(_ answer: String) -> String {
    var text = answer
    while let last = text.last, ". ".contains(last), text.count > 1 { text.removeLast() }
    return text.split(separator: " ").count > 2 ? quoted(text) : text
  }

  private static let affirmations: Set<String> = ["yes", "true", "chosen", "selected", "y"]
  private static let denials: Set<String> = [
    "no", "false", "not chosen", "unselected", "not selected", "n",
  ]
  /// Labels longer than this are wordings of questions rather than names.
  private static let longest = 60

  /// Words for the answer to a question.
  ///
  /// - Parameters:
  ///   - answer: The answer's label.
  ///   - descriptor: The question.
  /// - Returns: The answer, with its question where it would not be understood alone.
  static func of(answer: String, to descriptor: Descriptor) -> String {
    let question = question(descriptor)
    let plain = answer.lowercased()
    if affirmations.contains(plain) || (plain == "1" && descriptor.isFlag) { return question }
    if denials.contains(plain) || (plain == "0" && descriptor.isFlag) { return denied(question) }
    if let told = repeated(answer, of: descriptor) { return told }
    let words = short(answer, else: String(answer.prefix(longest)))
    let standsAlone = answer.count > 2 && Double(answer) == nil && !saysLittleAlone(plain)
    return standsAlone ? words : "\(Question.topic(descriptor) ?? Question.core(question)) \(words)"
  }

  /// Words for an answer that repeats its question, as exports of R write them: "always" and
  /// "Not.always" to a question `always`.
  private static func repeated(_ answer: String, of descriptor: Descriptor) -> String? {
    func tidy(_ text: String) -> String {
      text.replacing(".", with: " ").replacing("_", with: " ").replacing("-", with: " ")
        .split(separator: " ").joined(separator: " ")
    }
    var others = [descriptor.name, descriptor.label]
    if case .categories(let categories, _) = descriptor.content {
      others += categories.map(\.label)
    }
    let words = tidy(answer)
    guard words.count <= longest else { return nil }
    if others.prefix(2).contains(where: { tidy($0).lowercased() == words.lowercased() }) {
      return words
    }
    for opening in ["not ", "no ", "non "] where words.lowercased().hasPrefix(opening) {
      let rest = words.dropFirst(opening.count)
      if others.contains(where: { tidy($0).lowercased() == rest.lowercased() }) {
        return opening + rest
      }
    }
    return nil
  }

  /// The "no" to a question: "no car", but a whole sentence is quoted.
  static func denied(_ question: String) -> String {
    let words = question.split(separator: " ")
    if words.count > 3 { return "not “\(question)”" }
    // "Not married", but "no car", "no bed", "no need".
    let last = words.last?.lowercased() ?? ""
    let isParticiple = last.count > 4 && last.hasSuffix("ed") && !last.hasSuffix("eed")
    return isParticiple ? "not \(question)" : "no \(question)"
  }

  /// The label of a member of a set, in quotation marks where its own "no" would be misread.
  static func option(_ label: String, else name: String) -> String {
    let words = short(label, else: name)
    let first = words.split(separator: " ").first?.lowercased() ?? ""
    let isNegative =
      ["no", "not", "kein", "keine", "nicht", "pas", "aucun", "sans", "sin"].contains(first)
    return isNegative && words.contains(" ") ? "“\(words)”" : words
  }

  /// Whether words are the "no" to a question.
  static func isDenial(_ words: String) -> Bool {
    words.hasPrefix("no ") || words.hasPrefix("not ")
  }

  /// Words for a question.
  ///
  /// - Parameter descriptor: The question.
  /// - Returns: Its label, or its name where the label is a whole wording.
  static func question(_ descriptor: Descriptor) -> String {
    descriptor.role == .need ? descriptor.label : short(descriptor.label, else: descriptor.name)
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

extension AnswerWords {
  /// The position of the "yes" of a yes-or-no question, also of one whose answers repeat it, as
  /// exports of R write them ("always", "Not.always").
  ///
  /// - Parameters:
  ///   - labels: The answers.
  ///   - descriptor: The question.
  /// - Returns: `nil` for any other question.
  static func yes(of labels: [String], to descriptor: Descriptor) -> Int? {
    guard labels.count == 2 else { return nil }
    if let yes = labels.firstIndex(where: { isYes($0, to: descriptor) }) { return yes }
    func tidy(_ text: String) -> String { text.lowercased().filter(\.isLetter) }
    for yes in 0...1 {
      let own = tidy(labels[yes])
      guard !own.isEmpty else { continue }
      let other = labels[1 - yes].lowercased()
      if ["not", "no", "non"].contains(where: { tidy(labels[1 - yes]) == $0 + own }) { return yes }
      if denials.contains(other),
        [descriptor.name, descriptor.label].contains(where: { tidy($0) == own })
      {
        return yes
      }
    }
    return nil
  }

  /// Whether an answer is the "yes" of a yes-or-no question.
  static func isYes(_ answer: String, to descriptor: Descriptor) -> Bool {
    guard case .categories(let categories, _) = descriptor.content, categories.count == 2 else {
      return false
    }
    let plain = answer.lowercased()
    return affirmations.contains(plain) || (plain == "1" && descriptor.isFlag)
  }
}

extension Descriptor {
  /// Whether the answers are 0 and 1 without other labels.
  var isFlag: Bool {
    guard case .categories(let categories, _) = content else { return false }
    return categories.allSatisfy { $0.label == "0" || $0.label == "1" }
  }
}
