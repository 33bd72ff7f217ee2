internal import TesseraSurvey

/// What a question is about, without the words by which it asks.
package enum Question {
  /// Longer ones before those that begin them.
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

  /// A wording up to the end of its first sentence, where that is a question or long enough to be one.
  static func first(of text: String) -> String {
    for end in text.indices where "?.".contains(text[end]) {
      let after = text.index(after: end)
      guard after < text.endIndex, text[after] == " " else { continue }
      let sentence = String(text[...end])
      if text[end] == "?" { return sentence }
      // "No. 3" is no sentence.
      if sentence.split(separator: " ").count > 5 { return String(sentence.dropLast()) }
    }
    return text
  }

  /// A wording as a sentence can hold it: without its code, and of an item of a grid the item alone.
  ///
  /// Platforms write a code in front ("A1. Where do you work?"), an item in brackets behind its question
  /// ("How far do you agree? [The tools are fine]"), before it ("Price:How satisfied are you?"), or behind
  /// the path of its group ("group_a/price").
  package static func spoken(_ text: String) -> String {
    if let split = NameStem.split(text), split.option.contains(where: \.isLetter) {
      if split.form == .brackets, let open = NameStem.lastBracket(text),
        text[..<open].contains(" "), split.option.contains(where: \.isLowercase)
      {
        return split.option
      }
      if split.form == .colon, let mark = text.firstIndex(of: ":"), split.stem.contains(" "),
        text[text.index(after: mark)...].first != " "
      {
        return split.option
      }
      if split.form == .slash, !text.contains(" "), text.contains("_") || text.count > 20 {
        return split.option
      }
    }
    // Two heading rows are joined by a colon behind the mark that ends the question.
    if let split = text.firstRange(of: /[?!…)\]]: (?=\S)/) {
      let (head, tail) = (text[..<split.lowerBound], String(text[split.upperBound...]))
      if head.split(separator: " ").count > 2, tail.contains(where: \.isLetter) { return tail }
    }
    // "How far do you agree? - The tools are fine"; Displayr puts the item first.
    for mark in [" - ", " – "] {
      guard let place = text.firstRange(of: mark) else { continue }
      let (head, tail) = (String(text[..<place.lowerBound]), String(text[place.upperBound...]))
      let isAsked = head.last.map { "?:.…".contains($0) } ?? false
      if tail == "Selected Choice" { return spoken(head) }
      if isAsked, tail.contains(where: \.isLetter) { return item(tail) }
      if tail.hasSuffix("?"), tail.split(separator: " ").count > 3, !head.contains("?") {
        return item(head)
      }
    }
    return uncoded(text)
  }

  /// A wording without the code in front of it, such as Q3b or A1 with a point.
  private static func uncoded(_ text: String) -> String {
    var rest = text[...]
    func skip(_ isPart: (Character) -> Bool) -> Int {
      let run = rest.prefix(while: isPart)
      rest = rest[run.endIndex...]
      return run.count
    }
    let isLetter = { (letter: Character) in letter.isASCII && letter.isLetter }
    let isDigit = { (letter: Character) in letter.isASCII && letter.isNumber }
    guard 1...8 ~= skip(isLetter), 1...3 ~= skip(isDigit), skip(isLetter) < 2 else { return text }
    if rest.first == "[" {
      rest.removeFirst()
      guard skip({ isLetter($0) || isDigit($0) || $0 == "_" }) > 0, rest.first == "]" else {
        return text
      }
      rest.removeFirst()
    }
    guard rest.first == "." else { return text }
    rest.removeFirst()
    return skip(\.isWhitespace) > 0 && !rest.isEmpty ? String(rest) : text
  }

  /// An item behind what platforms say of it.
  private static func item(_ text: String) -> String {
    let start = "Selected Choice - "
    return text.hasPrefix(start) ? String(text.dropFirst(start.count)) : text
  }

  /// Whether a wording asks how often people do something, in a clause rather than a noun.
  static func asksOfDoing(_ text: String) -> Bool {
    PlainText.line(text).contains(" do you ")
  }

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
  /// A text has to say that and nothing else: "how many cars are in your household" is not about the
  /// household, "age at first job" not about age, and a later year of birth makes nobody older.
  ///
  /// - Parameter texts: A column's name and its wording.
  /// - Returns: The topic of the first that has one.
  static func topic(_ texts: [String]) -> DraftWords.Topic? {
    let read = texts.map(NameWords.init)
    let isOfOthers = read.contains { $0.first(of: others) != nil }
    for (place, text) in read.enumerated() where text.first(of: births) == nil {
      let topics = DraftWords.Topic.allCases.filter { text.first(of: $0.words) != nil }
      guard let topic = topics.first(where: { saysOnly($0, text) }) else { continue }
      // The schooling of a father is none of the respondent's.
      if isOfOthers, [.education, .occupation, .age].contains(topic) { continue }
      // A code that ends in a topic, as `CONEDUC`, tells it only where its wording says nothing else.
      if place == 0, let wording = read.dropFirst().first, !wording.isEmpty,
        wording.line != text.line, !saysOnly(topic, wording),
        text.first(of: topic.words.filter { !$0.hasPrefix("*") }) == nil
      {
        continue
      }
      // The name of one item of several says little where a longer wording speaks of something else.
      let wording = place == 0 && texts[0].last?.isNumber == true ? read.dropFirst().first : nil
      if let wording, wording.line.split(separator: " ").count > 3,
        wording.first(of: topic.words) == nil
      {
        continue
      }
      return topic
    }
    return nil
  }

  /// Whether a mean can be one of a topic: nobody has 68 years of schooling.
  static func isPlausible(_ topic: DraftWords.Topic?, mean: Double) -> Bool {
    switch topic {
    case .education: mean <= 30
    case .age: mean <= 110
    case .children, .household: mean <= 15
    default: true
    }
  }

  private static let others = [
    "father", "fathers", "mother", "mothers", "spouse", "spouses", "husband", "husbands", "wife",
    "wifes", "partner", "partners", "parents", "father s", "mother s", "spouse s", "partner s",
    "vater",
    "vaters", "mutter", "partnerin", "ehepartner", "pere", "mere", "conjoint", "padre", "madre",
    "conyuge", "pareja", "boss", "supervisor",
  ]

  /// The topic of a question with a long wording, in a word or two; `nil` if a name serves as well.
  static func topic(_ descriptor: Descriptor) -> String? {
    guard descriptor.role == .active || descriptor.role == .passive,
      AnswerWords.question(descriptor).split(separator: " ").count > 3
    else { return nil }
    return topic([descriptor.name, descriptor.label])?.rawValue
  }

  /// Whether every word of a text names the topic or only asks for it.
  private static func saysOnly(_ topic: DraftWords.Topic, _ text: NameWords) -> Bool {
    var line = text.line
    for phrase in topic.words where phrase.contains(" ") {
      line = line.replacing(" \(phrase) ", with: " ")
    }
    let more: Set<String> =
      switch topic {
      case .age: ageWords
      case .children, .household: countWords
      case .income: incomeWords
      default: []
      }
    return line.split(separator: " ").map(String.init).allSatisfy { word in
      askingWords.contains(word) || more.contains(word) || word.allSatisfy(\.isNumber)
        || topic.words.contains { NamePattern.matches($0, word) }
    }
  }

  private static let births = [
    "birth", "born", "birthyear", "yob", "geburtsjahr", "geburtsdatum", "geboren", "jahrgang",
    "naissance", "ne", "nacimiento", "nacio",
  ]
  /// Words that ask, without accents.
  private static let askingWords: Set<String> = [
    "what", "was", "is", "are", "your", "you", "the", "of", "in", "to", "do", "does", "have", "has",
    "how", "please", "which", "these", "this", "best", "describes", "following", "current",
    "currently", "last", "year", "own", "r", "respondent", "respondents", "total", "q", "status",
    "level", "highest", "completed", "group", "groups", "category",
    "ist", "sind", "sie", "ihr", "ihre", "ihrem", "ihren", "wie", "welche", "welchen", "welches",
    "welcher", "haben", "der", "die", "das", "des", "im", "derzeit", "derzeitige", "aktuell",
    "aktuelle", "hochsten", "hochster", "hochste", "insgesamt", "gesamt",
    "quel", "quelle", "est", "etait", "votre", "vos", "le", "la", "les", "de", "du", "d", "avez",
    "vous", "plus", "eleve", "actuelle", "niveau", "dans",
    "cual", "es", "fue", "su", "sus", "el", "los", "las", "del", "tiene", "usted", "que", "nivel",
    "actual", "en", "mas", "alto",
  ]
  private static let ageWords: Set<String> = [
    "old", "years", "alt", "jahre", "jahren", "ans", "anos", "cumplidos", "at", "interview",
  ]
  private static let countWords: Set<String> = [
    "many", "number", "live", "living", "people", "persons", "members", "size", "under", "below",
    "age", "ages", "years", "old", "home", "household", "hh", "family",
    "viele", "leben", "haushalt", "unter", "jahren", "jahre", "personen", "anzahl", "grosse",
    "combien", "vivent", "foyer", "menage", "moins", "ans", "personnes", "nombre", "taille",
    "cuantos", "cuantas", "viven", "hogar", "menores", "anos", "personas", "numero", "tamano",
  ]
  private static let incomeWords: Set<String> = [
    "household", "hh", "family", "personal", "individual", "monthly", "yearly", "annual", "net",
    "gross", "before", "after", "tax", "taxes", "hoch", "monatliche", "monatliches", "foyer",
    "menage", "mensuel", "annuel", "brut", "hogar", "mensual", "anual", "neto",
  ]
}
