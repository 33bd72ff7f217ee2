import TesseraSurvey

/// What a question or an answer is called inside a name: a few plain words, or nothing.
enum ItemWords {
  /// Most words of one part of a name.
  private static let most = 3
  /// Most letters of it.
  private static let longest = 26

  /// Words for a question.
  ///
  /// - Parameters:
  ///   - label: Its label; empty if it has none.
  ///   - name: Its column.
  ///   - shared: What the labels of its battery begin with.
  ///   - asked: Parts of wordings that several questions share, folded: they say no item.
  ///   - isCode: Whether names of columns are codes here.
  ///   - keepsCase: Whether words keep their capitals, as names of brands do.
  /// - Returns: At most three words without digits; `nil` where it cannot be said so shortly.
  static func of(
    label: String, name: String, shared: String = "", asked: Set<String> = [], isCode: Bool,
    keepsCase: Bool = false
  ) -> String? {
    let hasLabel = !label.isEmpty && label != name
    if !hasLabel, isCode { return nil }
    let bare = Self.bare(name)
    var text = hasLabel ? label : bare
    if !shared.isEmpty, text.hasPrefix(shared), text.count > shared.count {
      text = String(text.dropFirst(shared.count).drop { " -–—:.?)]".contains($0) })
    }
    if let split = NameStem.split(text), [.brackets, .choice, .slash, .colon].contains(split.form),
      split.form != .colon || !hasLabel
    {
      text = split.option
    }
    text = text.replacing("_", with: " ")
    if !hasLabel { text = text.replacing(".", with: " ").replacing("-", with: " ") }
    text = text.replacing(/^[A-Za-z]{0,9}[0-9]+[A-Za-z]?(_[0-9]+)?[.:)\-]+\s*/, with: "")
      .replacing(/\([^)]*\)|\[[^\]]*\]/, with: " ")
    // What stands behind a colon or a dash is the item; what stands before, the question.
    let parts = text.split(separator: /\s[-–—]\s|:\s/).map(String.init)
    for candidate in (parts.count > 1 ? [parts[parts.count - 1], text] + parts.dropLast() : [text])
    where !asked.contains(PlainText.line(candidate)) {
      if let short = short(Question.core(candidate), keepsCase: keepsCase) { return short }
    }
    // A long wording, but a column called by a plain word: `Competence_1`.
    let isWord =
      bare.count > 3 && bare.first?.isUppercase == true
      && bare.dropFirst().allSatisfy(\.isLowercase)
    return hasLabel && isWord && bare != name ? short(bare) : nil
  }

  /// The parts of wordings that several questions share, as they are compared: of "How important is:
  /// Price" what more questions say than the rest of it, since another battery may ask for the price too.
  ///
  /// - Parameter wordings: The questions' labels, or names where they have none.
  /// - Returns: The parts, folded.
  static func shared(_ wordings: [String]) -> Set<String> {
    let split = wordings.map { wording in
      Set(
        wording.replacing("_", with: " ").split(separator: /\s[-–—]\s|:\s/)
          .map { PlainText.line(String($0)) })
    }.filter { $0.count > 1 }
    var counts: [String: Int] = [:]
    for part in split.joined() { counts[part, default: 0] += 1 }
    return split.reduce(into: []) { found, parts in
      let least = parts.compactMap { counts[$0] }.min() ?? 0
      found.formUnion(parts.filter { counts[$0] ?? 0 > least })
    }
  }

  /// A name without the number behind its last sign.
  static func bare(_ name: String) -> String {
    let text = name.replacing(/[_.]+[0-9]+$/, with: "")
    return text.isEmpty ? name : text
  }

  /// Whether labels are names of things, such as brands: one has a capital inside.
  static func areNames(_ labels: [String]) -> Bool {
    labels.contains { label in
      let words = label.split { $0 == " " || $0 == "." }
      return (2...3).contains(words.count)
        && words.dropFirst().contains {
          $0.first?.isUppercase == true && $0.dropFirst().contains(where: \.isLowercase)
        }
    }
  }

  /// A quantity that is high or low: "high number of siblings" is many siblings.
  static func amount(of words: String, isHigh: Bool) -> String {
    let counts = ["number of ", "no. of ", "count of "]
    if let start = counts.first(where: words.lowercased().hasPrefix) {
      return "\(isHigh ? "many" : "few") \(words.dropFirst(start.count))"
    }
    return "\(isHigh ? "high" : "low") \(words)"
  }

  /// Words for an answer that is understood without its question.
  static func of(answer: String) -> String? {
    short(answer.replacing("_", with: " ").replacing(/\([^)]*\)|\[[^\]]*\]/, with: " "))
  }

  /// An answer that may be any word, such as "somewhat useful"; `nil` where it is long.
  static func plain(answer: String) -> String? {
    let words = answer.split { $0.isWhitespace }
    guard (1...3).contains(words.count), answer.count <= longest,
      words.allSatisfy({ !NameRubric.isCode($0) }),
      !answer.contains(where: { "\"“”/|<>=".contains($0) })
    else { return nil }
    return answer.lowercased()
  }

  /// A text of at most three words, with a small first letter where it is a common word.
  private static func short(_ text: String, keepsCase: Bool = false) -> String? {
    var words = text.split { $0.isWhitespace }.map(String.init)
    if let last = words.popLast() { words.append(last.trimmingTrailing(".,;:!?-–\"' ")) }
    while let first = words.first, articles.contains(first.lowercased()), words.count > 1 {
      words.removeFirst()
    }
    let joined = words.joined(separator: " ")
    guard (1...most).contains(words.count), joined.count <= longest,
      joined.contains(where: \.isLetter), words.allSatisfy({ !NameRubric.isCode($0) }),
      !joined.contains(where: { "\"“”/|<>=".contains($0) }),
      !words.allSatisfy({ vague.contains($0.lowercased()) }),
      words.last.map({ !links.contains($0.lowercased()) }) ?? false,
      // "They ride" is a clause, and nobody's name.
      words.first.map({ !pronouns.contains($0.lowercased()) }) ?? false
    else { return nil }
    // "Han Solo" and "Breaking Bad" are names: every word of them begins with a capital.
    let isName =
      words.count > 1
      && words.allSatisfy { $0.first?.isUppercase == true || links.contains($0.lowercased()) }
    guard !keepsCase, !isName, let first = words.first,
      first.split(separator: "-").allSatisfy({ !$0.dropFirst().contains(where: \.isUppercase) })
    else { return joined }
    return first.lowercased() + joined.dropFirst(first.count)
  }

  private static let articles: Set<String> = ["the", "a", "an", "my", "your", "our"]
  /// Words with which no name begins.
  private static let pronouns: Set<String> = [
    "i", "you", "he", "she", "it", "we", "they", "ich", "du", "sie", "er", "wir", "je", "tu", "il",
    "elle", "nous", "vous", "yo", "usted", "nosotros",
  ]
  /// Words with which no name ends.
  private static let links: Set<String> = [
    "of", "in", "at", "for", "to", "with", "on", "per", "and", "or", "is", "are", "than", "from",
    "the", "a", "by", "de", "la", "le", "du", "und", "oder", "mit", "von", "y", "o", "et", "ou",
    "i", "you", "me", "not", "no",
  ]
  /// Words that answer many questions and name nobody.
  private static let vague: Set<String> = [
    "yes", "no", "none", "never", "other", "others", "always", "often", "sometimes", "rarely",
    "seldom", "daily", "weekly", "monthly", "one", "two", "three", "more", "less", "low", "medium",
    "high", "very", "not", "at", "all", "every", "few", "once", "good", "poor", "fair", "agree",
    "disagree", "strongly", "neither", "neutral", "satisfied", "dissatisfied", "unsatisfied",
    "important", "unimportant", "don't", "know", "unknown", "missing", "refused", "applicable",
    "answer", "overall", "total", "item", "question", "like", "dislike", "likely", "unlikely",
    "true", "false", "somewhat", "extremely", "slightly", "moderately", "much", "little", "easy",
    "difficult", "hard", "relevant", "critical", "useful", "useless", "better", "worse", "same",
    "excellent", "bad", "average", "or", "and", "nor", "it", "for", "me", "to", "a", "the", "this",
    "ja", "nein", "nie", "oui", "non", "jamais", "si", "sí", "nunca", "siempre", "sim", "não",
    "na", "n/a",
  ]
}

extension String {
  /// Without some signs at the end.
  func trimmingTrailing(_ signs: String) -> String {
    var text = Substring(self)
    while let last = text.last, signs.contains(last) { text.removeLast() }
    return String(text)
  }
}
