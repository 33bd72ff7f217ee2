internal import TesseraSurvey

/// Words for a first `say:`: how the yes and the no to a question are told behind a figure.
///
/// Only wordings are taken from which a plain English sentence follows by rule: "Do you own a car?",
/// "I like to cook", and names of what a product is like (`tasty`). Where none does, the answer stays
/// quoted with its question, which is always right.
enum DraftSay {
  /// What is said of the people who say yes and of those who say no, in the plural.
  struct Words: Equatable {
    let yes: String
    /// `nil` where the contrary cannot be made by rule.
    let no: String?
  }

  /// The words for the yes-or-no columns among some.
  ///
  /// - Parameter columns: What makes the segments, in their order.
  /// - Returns: Columns with the words for their answers, by the answers as a study names them.
  static func entries(
    _ columns: [ColumnFacts]
  ) -> [(column: String, answers: [(answer: String, words: String)])] {
    let flags = columns.compactMap { column in answers(column).map { (column, $0) } }
    let described = flags.filter { ProductWords.adjectives.contains(plainName($0.0) ?? "") }
    return flags.compactMap { column, answers in
      var words = Self.words(column.variable.label)
      if words == nil, described.count >= 4, let name = plainName(column),
        ProductWords.adjectives.contains(name)
      {
        words = Words(yes: "find it \(name)", no: "find it not \(name)")
      }
      guard let words else { return nil }
      var said = [(answers.yes, words.yes)]
      if let no = words.no { said.append((answers.no, no)) }
      return (column.columnName, said)
    }
  }

  /// The yes and the no of a column; `nil` for columns of other answers.
  private static func answers(_ column: ColumnFacts) -> (yes: String, no: String)? {
    guard column.distinct == 2 else { return nil }
    let variable = column.variable
    let labelled = variable.categories.filter { $0.label != $0.code.text }
    if labelled.isEmpty, variable.isNumeric || !variable.answers.isCoded {
      return column.low == 0 && column.high == 1 ? ("yes", "no") : nil
    }
    let labels = column.categories.map(\.label)
    func one(_ text: String) -> String? { labels.first { NameWords.folded($0) == text } }
    guard let yes = one("yes"), let no = one("no") else { return nil }
    return (yes, no)
  }

  /// A name that is one plain word, of a column without another wording.
  private static func plainName(_ column: ColumnFacts) -> String? {
    guard column.name.words.count == 1, let word = column.name.words.first,
      column.label.isEmpty || column.label.words == [word]
    else { return nil }
    return word
  }

  /// The words for a wording; `nil` where no rule makes a sentence of it.
  static func words(_ label: String) -> Words? {
    var text = label.trimmingTrailing(".?! ")
    if let item = text.split(separator: " - ").last { text = String(item) }
    guard !text.contains(where: { "?\"“”()[]/;:&0123456789".contains($0) || !$0.isASCII }) else {
      return nil
    }
    let words = text.split(separator: " ").map(String.init)
    guard (3...12).contains(words.count) else { return nil }
    return words[0] == "I" || words[0] == "I'm" ? statement(words) : question(words)
  }

  /// "I like to cook": "like to cook" and "do not like to cook".
  private static func statement(_ words: [String]) -> Words? {
    guard var rest = plural(words) else { return nil }
    rest.removeFirst()
    guard let verb = rest.first, rest.count >= 2 else { return nil }
    let tail = rest.dropFirst().joined(separator: " ")
    let yes = rest.joined(separator: " ")
    switch verb {
    case "are": return Words(yes: yes, no: "are not \(tail)")
    case "can": return Words(yes: yes, no: "cannot \(tail)")
    case "would", "will": return Words(yes: yes, no: "\(verb) not \(tail)")
    default:
      let isPlain =
        ProductWords.verbs.contains(verb) && !rest.contains("not") && !rest.contains("and")
      return Words(yes: yes, no: isPlain ? "do not \(yes)" : nil)
    }
  }

  /// "Do you own a car": "own a car" and "do not own a car".
  private static func question(_ words: [String]) -> Words? {
    guard words[1] == "you", var rest = plural(Array(words.dropFirst(2))), !rest.contains("they")
    else { return nil }
    let isEver = rest.first == "ever"
    if isEver { rest.removeFirst() }
    guard rest.count >= 1 else { return nil }
    let tail = rest.joined(separator: " ")
    switch words[0] {
    case "Do": return Words(yes: tail, no: isEver ? "never \(tail)" : "do not \(tail)")
    case "Have": return Words(yes: "have \(tail)", no: "have \(isEver ? "never" : "not") \(tail)")
    case "Are": return Words(yes: "are \(tail)", no: "are not \(tail)")
    case "Can": return Words(yes: "can \(tail)", no: "cannot \(tail)")
    case "Would": return Words(yes: "would \(tail)", no: "would not \(tail)")
    default: return nil
    }
  }

  /// The first and second person as the third of many; `nil` where "you" may be either.
  private static func plural(_ words: [String]) -> [String]? {
    let known = [
      "I": "they", "my": "their", "your": "their", "me": "them", "mine": "theirs", "am": "are",
      "yours": "theirs", "myself": "themselves", "yourself": "themselves", "don't": "do not",
      "can't": "cannot", "won't": "will not",
    ]
    var result: [String] = []
    for word in words {
      if word == "you" || word.contains("'"), known[word] == nil, word != "I'm", word != "I've" {
        return nil
      }
      switch word {
      case "I'm": result += ["they", "are"]
      case "I've": result += ["they", "have"]
      default: result += (known[word] ?? word).split(separator: " ").map(String.init)
      }
    }
    return result
  }
}

/// Plain English words from which drafts make sentences.
enum ProductWords {
  /// What products, and hardly people, are like.
  static let adjectives: Set<String> = [
    "tasty", "yummy", "delicious", "spicy", "greasy", "fattening", "cheap", "expensive",
    "convenient",
    "healthy", "disgusting", "fresh", "fast", "modern", "stylish", "reliable", "affordable",
    "durable",
    "practical", "comfortable", "useful", "safe", "innovative", "sustainable", "trustworthy",
    "sweet",
    "salty", "bitter", "crunchy", "creamy", "light", "filling", "refreshing", "overpriced",
    "outdated",
    "complicated", "spacious", "economical", "sporty", "luxurious", "elegant", "noisy", "heavy",
  ]
  /// Verbs whose plain form is that of the present: "do not" stands before them.
  static let verbs: Set<String> = [
    "like", "love", "want", "need", "enjoy", "prefer", "buy", "use", "own", "eat", "drink", "feel",
    "think", "believe", "try", "look", "live", "work", "play", "watch", "know", "trust", "worry",
    "plan", "cook", "drive", "travel", "make", "get", "find", "go", "take", "avoid", "follow",
    "care",
    "compare", "check", "choose", "visit", "order", "pay", "save", "shop", "listen", "walk", "ride",
  ]
}
