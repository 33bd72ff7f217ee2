/// Places degrees in order: "not at all important", "somewhat likely", "agree strongly".
///
/// An answer is a word with a direction, such as "satisfied" or "dissatisfied", and how much of it:
/// in front, behind, or around it ("stimme eher zu").
enum AnswerDegree {
  private static let opinionWords = directed(opinions)
  private static let otherWords = directed(others)

  /// Longer words first: "mee eens" before "eens".
  private static func directed(
    _ words: (positive: [String], negative: [String])
  ) -> [(word: String, sign: Double)] {
    (words.positive.map { ($0, 1.0) } + words.negative.map { ($0, -1.0) })
      .sorted { ($1.0.count, $0.0) < ($0.0.count, $1.0) }
  }

  /// The degree of an opinion: agreement, support, what applies.
  static func opinion(_ text: String) -> Double? {
    if let rank = AnswerOrder.agreement[text] { return rank }
    let text = bare(text)
    if isMiddle(text) { return 0 }
    return degree(text, opinionWords)
  }

  /// The degree of anything else.
  static func rank(_ text: String) -> Double? {
    if let rank = AnswerOrder.contentment[text] { return rank }
    for form in text == bare(text) ? [text] : [text, bare(text)] {
      if let end = ends[form] { return end }
      if isMiddle(form) { return 0 }
      if let strength = strengths[form], strength != -2 || form == "not", !form.hasPrefix("of "),
        form != "no"
      {
        return strength
      }
      if let found = degree(form, otherWords) ?? degree(form, opinionWords) { return found }
    }
    return nil
  }

  /// Without who says so, and for whom it holds.
  private static func bare(_ text: String) -> String {
    var text = text
    for tail in tails where text.hasSuffix(tail) {
      if tail != " at all" || !text.contains("not at all") { text.removeLast(tail.count) }
    }
    if let start = starts.first(where: text.hasPrefix) { text.removeFirst(start.count) }
    return text
  }

  private static func degree(
    _ text: String, _ words: [(word: String, sign: Double)]
  ) -> Double? {
    let text = joined(text)
    for (word, sign) in words {
      if text == word { return 2 * sign }
      var rest: Substring?
      if text.hasSuffix(" " + word) {
        rest = text.dropLast(word.count + 1)
      } else if text.hasPrefix(word + " ") {
        rest = text.dropFirst(word.count + 1)
      }
      guard let rest else { continue }
      if let strength = strengths[String(rest)] {
        // "not at all dissatisfied" is next to nobody's answer, "not satisfied" is.
        return sign < 0 && strength < 0 ? -strength * 0.6 : sign * strength
      }
    }
    // "not anxious at all" says around the word what "not at all anxious" says before it.
    if text.hasSuffix(" at all"), text.hasPrefix("not ") {
      let inner = String(text.dropFirst(4).dropLast(7))
      if let found = words.first(where: { $0.word == inner }) { return -3 * found.sign }
    }
    return nil
  }

  /// Brings "stimme eher zu", "trifft nicht zu" and "lehne stark ab" into one piece.
  private static func joined(_ text: String) -> String {
    for (verb, end) in [("stimme", "zu"), ("stimmt", "zu"), ("trifft", "zu"), ("lehne", "ab")] {
      guard text.hasPrefix(verb + " "), text.hasSuffix(" " + end),
        text.count > verb.count + end.count + 1
      else { continue }
      let middle = text.dropFirst(verb.count + 1).dropLast(end.count + 1)
      return "\(middle) \(verb) \(end)"
    }
    // "je ne suis pas du tout d'accord", "no estoy de acuerdo"
    if text.hasPrefix("ne suis ") { return String(text.dropFirst(8)) }
    if text.hasPrefix("no estoy ") { return "no " + text.dropFirst(9) }
    return text
  }

  static func isMiddle(_ text: String) -> Bool {
    middles.contains(text)
      || ["neither ", "ni ", "weder ", "nem ", "ne ", "noch ", "equally ", "neutral "].contains {
        text.hasPrefix($0) && text.count > $0.count + 8
      } || ["neither good nor bad", "neither nor", "weder noch"].contains(text)
      || text.hasPrefix("nao ") && text.contains(" nem ")
  }
}
