/// Words for more or less of a number: "older", "more children", "higher income".
enum MeanWords {
  /// How a segment compares, for a sentence that goes on with the numbers.
  ///
  /// - Parameter trait: A mean that sets a segment apart.
  /// - Returns: Such as "older" or "lower points for speed".
  static func comparison(_ trait: Trait) -> String {
    let isMore = trait.effect > 0
    switch topic(trait) {
    case .age: return isMore ? "older" : "younger"
    case .children: return isMore ? "more children" : "fewer children"
    case .household: return isMore ? "larger households" : "smaller households"
    case .income: return isMore ? "higher income" : "lower income"
    default: return "\(isMore ? "higher" : "lower") \(Question.core(trait.words))"
    }
  }

  /// The same as a part of a name.
  ///
  /// - Parameter trait: A mean that sets a segment apart.
  /// - Returns: Such as "older" or "few children".
  static func name(_ trait: Trait) -> String {
    let isMore = trait.effect > 0
    switch topic(trait) {
    case .age: return isMore ? "older" : "younger"
    case .children: return isMore ? "more children" : "few children"
    case .household: return isMore ? "large households" : "small households"
    case .income: return isMore ? "high income" : "low income"
    default: return "\(isMore ? "high" : "low") \(NameWords.short(Question.core(trait.words)))"
    }
  }

  /// What a number tells of people, where its question or its column says so.
  ///
  /// Ratings of needs, values and media are about these things, not the things themselves, and so are
  /// questions that mention them among much else.
  private static func topic(_ trait: Trait) -> DraftWords.Topic? {
    guard trait.role == .active || trait.role == .passive else { return nil }
    return Question.topic([trait.variable, trait.question])
  }
}

/// What remains of a question when the words are gone by which it asks.
enum Question {
  /// Longest first where one begins another.
  private static let openings = [
    "which of the following best describes your", "which of these best describes your",
    "which of the following", "which of these", "please tell us", "please indicate",
    "how satisfied are you with", "how important is", "how often do you", "how often", "how many",
    "how much do you", "how much", "how old are", "what is your", "what was your", "what are your",
    "what is the", "what is", "do you", "are you", "your",
    "wie zufrieden sind sie mit", "wie wichtig ist", "wie oft", "wie viele", "wie viel",
    "wie hoch ist ihr", "wie hoch war ihr", "was ist ihr", "wie lautet ihr", "welches ist ihr",
    "welche", "ihr", "ihre",
    "quelle est votre", "quel est votre", "quel était votre", "combien de", "combien d'",
    "à quelle fréquence", "votre",
    "con qué frecuencia", "cuál es su", "cuál fue su", "cuántos", "cuántas", "cuánto", "su",
  ]
  /// Words by which a question asks for what its topic names.
  private static let straight = [
    "how many", "how much", "how old", "number of", "what was", "what is", "which of these best",
    "which of the following best", "wie viele", "wie alt", "wie hoch", "anzahl", "was ist ihr",
    "welchen", "welches", "welcher", "combien", "quel est", "quelle est", "quel etait", "quel age",
    "nombre", "cuantos", "cuantas", "cual es", "cual fue", "numero de", "que edad",
  ]

  /// A question without its opening words and its mark; the text itself where nothing would be left.
  static func core(_ text: String) -> String {
    var rest = Substring(text)
    while let first = rest.first, "¿ ".contains(first) { rest.removeFirst() }
    while let last = rest.last, "?:. ".contains(last) { rest.removeLast() }
    let lower = rest.lowercased()
    for opening in openings where lower.hasPrefix(opening) && lower.count == rest.count {
      let after = rest.dropFirst(opening.count)
      guard opening.last == "'" || after.first == " " else { continue }
      let core = after.drop { $0 == " " }
      if !core.isEmpty { return String(core) }
    }
    return rest.isEmpty ? text : String(rest)
  }

  /// What one of some texts asks of people: their age, income, and so on.
  ///
  /// - Parameter texts: A column's name and its wording.
  /// - Returns: The topic of the first that names one, unless it mentions it among much else.
  static func topic(_ texts: [String]) -> DraftWords.Topic? {
    for text in texts.map(DraftText.init) {
      for topic in DraftWords.Topic.allCases where text.first(of: topic.words) != nil {
        return text.words.count <= 3 || text.first(of: straight) != nil ? topic : nil
      }
    }
    return nil
  }

  /// The topic of a question with a long wording, in a word or two; `nil` if a name serves as well.
  static func topic(_ descriptor: Descriptor) -> String? {
    guard descriptor.role == .active || descriptor.role == .passive,
      AnswerWords.question(descriptor).split(separator: " ").count > 3
    else { return nil }
    return topic([descriptor.name, descriptor.label])?.rawValue
  }
}
