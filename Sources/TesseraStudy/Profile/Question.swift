internal import TesseraSurvey

/// What a question is about, without the words by which it asks.
enum Question {
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
