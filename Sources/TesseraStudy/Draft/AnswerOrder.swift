internal import Foundation

/// Recognises answers that have an order: agreement, degrees, how often, and ranges of numbers.
enum AnswerOrder {
  /// Answers in order, and what they were recognised as.
  struct Finding {
    /// Positions of the answers, lowest first.
    let order: [Int]
    /// What they are, such as "degrees of agreement".
    let kind: String
    /// Whether they are ranges of numbers: an order, but no rating.
    let isRange: Bool
  }

  /// The order of some answers.
  ///
  /// - Parameter answers: Two answers or more, as they stand in the file.
  /// - Returns: The order; `nil` unless every answer is recognised and no two rank alike.
  static func find(_ answers: [String]) -> Finding? {
    guard answers.count >= 3 else { return nil }
    let folded = answers.map { text in
      DraftText.folded(text).replacingOccurrences(of: "’", with: "'")
        .trimmingCharacters(in: .whitespaces)
    }
    let families: [(kind: String, rank: (String) -> Double?)] = [
      ("degrees of agreement", { agreement[$0] }), ("how often", { often[$0] }),
      ("degrees", degree), ("ranges of numbers", range),
    ]
    for family in families {
      let ranks = folded.compactMap(family.rank)
      guard ranks.count == answers.count, Set(ranks).count == ranks.count else { continue }
      // "Brand 1" to "Brand 3" hold numbers too, but no range.
      guard family.kind != "ranges of numbers" || folded.contains(where: isRange) else { continue }
      return Finding(
        order: ranks.indices.sorted { ranks[$0] < ranks[$1] }, kind: family.kind,
        isRange: family.kind == "ranges of numbers")
    }
    return nil
  }

  // MARK: - Agreement

  private static let agreement: [String: Double] = {
    let steps: [(Double, [String])] = [
      (
        -3,
        [
          "strongly disagree", "completely disagree", "stimme uberhaupt nicht zu",
          "stimme gar nicht zu", "trifft uberhaupt nicht zu", "pas du tout d'accord",
          "totalmente en desacuerdo", "muy en desacuerdo",
        ]
      ),
      (
        -2,
        ["disagree", "stimme nicht zu", "trifft nicht zu", "pas d'accord", "en desacuerdo"]
      ),
      (
        -1,
        [
          "somewhat disagree", "slightly disagree", "stimme eher nicht zu", "trifft eher nicht zu",
          "plutot pas d'accord", "algo en desacuerdo",
        ]
      ),
      (
        0,
        [
          "neither agree nor disagree", "neutral", "undecided", "teils/teils", "teils teils",
          "teils, teils", "weder noch", "unentschieden", "ni d'accord ni pas d'accord", "neutre",
          "ni de acuerdo ni en desacuerdo", "neither",
        ]
      ),
      (
        1,
        [
          "somewhat agree", "slightly agree", "stimme eher zu", "trifft eher zu", "plutot d'accord",
          "algo de acuerdo",
        ]
      ),
      (2, ["agree", "stimme zu", "trifft zu", "d'accord", "de acuerdo"]),
      (
        3,
        [
          "strongly agree", "completely agree", "stimme voll zu", "stimme voll und ganz zu",
          "trifft voll zu", "trifft voll und ganz zu", "tout a fait d'accord",
          "totalmente de acuerdo", "muy de acuerdo",
        ]
      ),
    ]
    return table(steps)
  }()

  // MARK: - Frequency

  private static let often: [String: Double] = table([
    (0, ["never", "nie", "niemals", "jamais", "nunca"]),
    (0.1, ["less than once a year"]), (0.2, ["once a year", "einmal im jahr"]),
    (0.3, ["a few times a year", "several times a year", "mehrmals im jahr"]),
    (0.4, ["less than once a month"]),
    (0.5, ["once a month", "monthly", "einmal im monat", "une fois par mois", "una vez al mes"]),
    (0.6, ["a few times a month", "several times a month", "mehrmals im monat"]),
    (0.7, ["less than once a week"]),
    (
      0.8,
      ["once a week", "weekly", "einmal pro woche", "une fois par semaine", "una vez por semana"]
    ),
    (0.9, ["a few times a week", "several times a week", "mehrmals pro woche"]),
    (1, ["every day", "daily", "taglich", "tous les jours", "todos los dias"]),
    (2, ["rarely", "seldom", "hardly ever", "selten", "rarement", "rara vez", "raramente"]),
    (3, ["occasionally", "gelegentlich", "de temps en temps", "de vez en cuando"]),
    (4, ["sometimes", "manchmal", "parfois", "a veces", "algunas veces"]),
    (5, ["often", "frequently", "oft", "haufig", "souvent", "a menudo", "frecuentemente"]),
    (6, ["usually", "very often", "sehr oft", "meistens", "tres souvent", "casi siempre"]),
    (7, ["always", "immer", "toujours", "siempre"]),
  ])

  private static func table(_ steps: [(Double, [String])]) -> [String: Double] {
    var ranks: [String: Double] = [:]
    for (rank, words) in steps {
      for word in words { ranks[word] = rank }
    }
    return ranks
  }

  // MARK: - Degrees

  /// Words before the adjective and what they make of it; longer ones first.
  private static let degrees: [(words: String, strength: Double)] = [
    ("not at all", -3), ("uberhaupt nicht", -3), ("gar nicht", -3), ("pas du tout", -3),
    ("nada", -3), ("not very", -1), ("not so", -1), ("not that", -1), ("nicht sehr", -1),
    ("weniger", -1), ("eher nicht", -1), ("pas tres", -1), ("plutot pas", -1), ("rather not", -1),
    ("somewhat not", -1), ("kaum", -1), ("peu", -1), ("poco", -1),
    ("not", -2), ("nicht", -2), ("pas", -2), ("no", -2), ("a little", 0.8), ("slightly", 0.8),
    ("etwas", 0.8), ("un peu", 0.8), ("somewhat", 1), ("rather", 1), ("eher", 1), ("plutot", 1),
    ("algo", 1), ("moderately", 1.5), ("moyennement", 1), ("medianamente", 1), ("fairly", 1.6),
    ("quite", 1.6), ("ziemlich", 1.6),
    ("assez", 1.6), ("bastante", 1.6), ("very", 3), ("sehr", 3), ("tres", 3), ("muy", 3),
    ("extremely", 4), ("completely", 4), ("ausserst", 4), ("vollig", 4), ("extremement", 4),
    ("tout a fait", 4), ("totalmente", 4), ("extremadamente", 4),
  ]
  private static let positive: Set<String> = [
    "important", "satisfied", "happy", "pleased", "likely", "interested", "familiar", "useful",
    "good", "wichtig",
    "zufrieden", "wahrscheinlich", "interessiert", "gut", "importante", "satisfait", "satisfaite",
    "probable", "interesse", "satisfecho", "satisfecha", "interesado", "bueno",
  ]
  private static let negative: Set<String> = [
    "unimportant", "dissatisfied", "unhappy", "unsatisfied", "unlikely", "bad", "poor", "unwichtig",
    "unzufrieden", "unwahrscheinlich", "schlecht", "insatisfait", "insatisfaite", "improbable",
    "insatisfecho", "insatisfecha", "malo",
  ]

  private static func degree(_ text: String) -> Double? {
    if agreement[text] == 0 || text.hasPrefix("neither ") || text.hasPrefix("ni ") { return 0 }
    var rest = text
    var strength = 2.0
    if let found = degrees.first(where: { text.hasPrefix($0.words + " ") }) {
      strength = found.strength
      rest = String(text.dropFirst(found.words.count + 1))
    }
    if positive.contains(rest) { return strength }
    if negative.contains(rest) { return -strength }
    return nil
  }

  // MARK: - Ranges

  private static let numerals = [
    "none": 0.0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "keine": 0, "keines": 0, "eins": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5,
    "aucun": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "ninguno": 0, "uno": 1,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
  ]
  private static let below = [
    "under", "less", "below", "up to", "<", "unter", "weniger", "bis", "moins", "menos", "hasta",
    "jusqu",
  ]
  private static let above = [
    "over", "more", "above", "+", ">", "older", "uber", "mehr", "plus", "mas", "oder alter", "ab ",
  ]

  private static func isRange(_ text: String) -> Bool {
    let start = text.drop { !$0.isLetter && !$0.isNumber }
    let beginsWithNumber = start.first?.isNumber == true
    let joins = ["-", "–", " to ", " bis ", " a ", " und ", " et "]
    return below.contains { text.hasPrefix($0) }
      || above.contains { text.hasPrefix($0) || text.hasSuffix($0) }
      || (beginsWithNumber && joins.contains { text.contains($0) })
  }

  /// The lower end of a range such as "18 to 29", "under 20k", "75 and over" or "three or more".
  private static func range(_ text: String) -> Double? {
    let first: Double
    if let number = firstNumber(text) {
      first = number
    } else if let word = text.split(separator: " ").first, let number = numerals[String(word)] {
      first = number
    } else {
      return nil
    }
    if below.contains(where: text.hasPrefix) { return first - 0.5 }
    if above.contains(where: text.contains) { return first + 0.5 }
    return first
  }

  private static func firstNumber(_ text: String) -> Double? {
    guard let start = text.firstIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
    var digits = ""
    var rest = text[start...]
    while let sign = rest.first {
      let isMark = sign == "," || sign == "." || sign == "'" || sign == " "
      let behind = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }.count
      if sign.isASCII, sign.isNumber {
        digits.append(sign)
      } else if isMark, behind == 3 {
        // A mark before three digits stands between thousands.
      } else if sign == ".", behind > 0 {
        digits.append(".")
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard let number = Double(digits) else { return nil }
    if rest.hasPrefix("k") { return number * 1000 }
    if rest.hasPrefix("m") && !rest.hasPrefix("mo") { return number * 1_000_000 }
    return number
  }
}
