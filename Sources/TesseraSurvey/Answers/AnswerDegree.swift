/// Places degrees in order: "not at all important", "somewhat likely", "very difficult".
enum AnswerDegree {
  /// Words before the adjective and what they make of it; longer ones first.
  private static let degrees: [(words: String, strength: Double)] = [
    ("not at all", -3), ("not in the least", -3), ("uberhaupt nicht", -3), ("gar nicht", -3),
    ("pas du tout", -3), ("per niente", -3), ("nada", -3), ("not very", -1), ("not too", -1),
    ("not so", -1), ("not that", -1), ("nicht sehr", -1), ("nicht so", -1), ("weniger", -1),
    ("eher nicht", -1), ("pas tres", -1), ("plutot pas", -1), ("rather not", -1),
    ("somewhat not", -1), ("kaum", -1), ("less", -1), ("peu", -1), ("poco", -1), ("pouco", -1),
    ("muy poco", -1.5), ("only", 0.7), ("not", -2), ("nicht", -2), ("pas", -2), ("no", -2),
    ("a little bit", 0.8), ("a little", 0.8), ("a bit", 0.8), ("slightly", 0.8), ("etwas", 0.8),
    ("ein wenig", 0.8), ("un peu", 0.8), ("um pouco", 0.8), ("un poco", 0.8), ("somewhat", 1),
    ("rather", 1), ("eher", 1), ("plutot", 1), ("algo", 1), ("mas bien", 1), ("piuttosto", 1),
    ("moderately", 1.5), ("mildly", 1), ("mittelmassig", 1), ("moyennement", 1),
    ("medianamente", 1), ("moderadamente", 1.5), ("fairly", 1.6), ("reasonably", 1.6),
    ("pretty", 1.6), ("quite", 1.6), ("ziemlich", 1.6), ("assez", 1.6), ("bastante", 1.6),
    ("abbastanza", 1.6), ("mostly", 2.2), ("highly", 3), ("very", 3), ("sehr", 3), ("tres", 3),
    ("muy", 3), ("muito", 3), ("molto", 3), ("extremely", 4), ("completely", 4), ("totally", 4),
    ("absolutely", 4), ("absolut", 4), ("ausserst", 4), ("vollig", 4), ("extremement", 4),
    ("tout a fait", 4), ("totalmente", 4), ("extremadamente", 4), ("extremamente", 4),
    ("estremamente", 4),
  ]
  private static let positive: Set<String> = [
    "important", "satisfied", "happy", "pleased", "likely", "interested", "familiar", "useful",
    "good", "easy", "confident", "concerned", "effective", "helpful", "relevant", "true",
    "true for me", "like me", "willing", "positive", "comfortable", "safe", "favorable",
    "favourable", "to me", "wichtig", "zufrieden", "wahrscheinlich", "interessiert", "gut",
    "einfach", "leicht", "importante", "satisfait", "satisfaite", "probable", "interesse",
    "facile", "facil", "satisfecho", "satisfecha", "interesado", "bueno", "satisfeito",
    "provavel", "soddisfatto", "soddisfatta", "utile", "util", "nutzlich", "difficult to beat",
  ]
  private static let negative: Set<String> = [
    "unimportant", "dissatisfied", "unhappy", "unsatisfied", "unlikely", "bad", "poor",
    "difficult", "hard", "negative", "uncomfortable", "unsafe", "unfavorable", "unfavourable",
    "useless", "irrelevant", "unwichtig", "unzufrieden", "unwahrscheinlich", "schlecht",
    "schwierig", "schwer", "insatisfait", "insatisfaite", "mecontent", "improbable", "difficile",
    "dificil", "insatisfecho", "insatisfecha", "malo", "insatisfeito", "insoddisfatto",
  ]
  /// Answers that say the end of a scale in a word of their own.
  private static let ends = AnswerOrder.table([
    (-2.5, ["not relevant", "not relevant for me", "irrelevant to me", "of no importance"]),
    (3.5, ["essential", "critical", "critical to me", "crucial", "must have", "unverzichtbar"]),
    (4.5, ["absolutely essential", "indispensable", "delighted"]),
    (0.9, ["nice to have"]),
    (-3, ["nothing", "uberhaupt nicht", "gar nicht", "pas du tout", "nada"]),
    (
      1.5,
      ["depends", "it depends", "indifferent", "mittel", "teils teils", "teils/teils", "mixed"]
    ),
    (3, ["very much", "a great deal", "a lot", "sehr stark", "beaucoup", "mucho", "definitely"]),
    (2, ["probably", "wahrscheinlich"]), (-2, ["probably not", "wahrscheinlich nicht"]),
    (-3.5, ["definitely not", "auf keinen fall"]),
    (0, ["might or might not", "maybe", "vielleicht"]),
    (-3.2, ["no chance"]), (4, ["auf jeden fall"]),
  ])

  static func rank(_ text: String) -> Double? {
    if let end = ends[text] { return end }
    if AnswerOrder.agreement[text] == 0 || isMiddle(text) { return 0 }
    if [
      "not at all", "somewhat", "slightly", "moderately", "a little", "extremely", "quite a bit",
      "very",
    ]
    .contains(text) {
      return text == "quite a bit" ? 2.2 : degrees.first { $0.words == text }?.strength
    }
    let (strength, rest) = split(text)
    if positive.contains(rest) { return strength }
    if negative.contains(rest) { return -strength }
    return nil
  }

  private static func isMiddle(_ text: String) -> Bool {
    ["neither ", "ni ", "weder ", "nem ", "ne "].contains { text.hasPrefix($0) }
  }

  private static func split(_ text: String) -> (strength: Double, rest: String) {
    guard let found = degrees.first(where: { text.hasPrefix($0.words + " ") }) else {
      return (2, text)
    }
    return (found.strength, String(text.dropFirst(found.words.count + 1)))
  }

  /// Degrees of one adjective that all answers share, whatever it is.
  ///
  /// At least two answers must bear a word of degree: "North" and "very North" are rare, but
  /// "hard hat" and "soft hat" are not.
  static func sameAdjective(_ forms: [[String]]) -> [Double]? {
    var ranks: [Double] = []
    var adjective: String?
    var degrees = 0
    for form in forms {
      let middle = form.first(where: isMiddle)
      if middle != nil {
        ranks.append(0)
        continue
      }
      let candidates = form.map(split)
      guard
        let chosen = candidates.first(where: { $0.strength != 2 && adjective ?? $0.rest == $0.rest }
        )
          ?? candidates.first(where: { adjective == nil || $0.rest == adjective })
      else { return nil }
      adjective = adjective ?? chosen.rest
      if chosen.strength != 2 { degrees += 1 }
      ranks.append(chosen.strength)
    }
    return degrees >= 2 && adjective?.isEmpty == false ? ranks : nil
  }
}
