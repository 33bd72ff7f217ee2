/// Places degrees in order: "not at all important", "somewhat likely", "agree strongly".
///
/// An answer is a word with a direction, such as "satisfied" or "dissatisfied", and how much of it:
/// in front, behind, or around it ("stimme eher zu").
enum AnswerDegree {
  /// How much of something words say; 2 is what the word says alone.
  static let strengths = AnswerOrder.table([
    (
      -3,
      [
        "not at all", "not in the least", "not remotely", "uberhaupt nicht", "gar nicht",
        "pas du tout", "aucunement", "per niente", "nada", "para nada", "en absoluto",
        "nem um pouco",
        "no", "zero", "kein", "keine", "aucun", "aucune", "ningun", "ninguna", "nenhum", "nenhuma",
        "helemaal niet", "of no", "without any", "absolut nicht", "absolument pas", "not any",
        "sin",
        "ohne", "sans", "sem", "senza", "nessuna", "nessun", "totalmente no", "notatall",
      ]
    ),
    (
      -2,
      ["do not", "does not", "don't", "not", "nicht", "pas", "nao", "non", "niet", "never", "un"]
    ),
    (
      -1.2,
      [
        "not really", "pas vraiment", "hardly", "hardly any", "barely", "scarcely", "kaum",
        "a peine",
        "apenas", "of little", "very little", "sehr wenig", "tres peu", "muy poco", "muito pouco",
        "molto poco", "eher nicht", "plutot pas", "rather not", "not much", "nicht wirklich",
        "mas bien no", "piuttosto non", "somewhat not", "eher kein", "almost no", "almost not",
      ]
    ),
    (
      -1,
      [
        "not very", "not too", "not so", "not that", "not particularly", "not especially",
        "nicht sehr", "nicht so", "nicht besonders", "weniger", "wenig", "less", "little",
        "pas tres",
        "peu", "poco", "pouco", "no muy", "nao muito", "non molto", "weinig", "niet erg", "moins",
        "menos", "poca", "pouca", "poca de", "peu de", "pouco de", "tend not to", "tends not to",
        "notvery", "nottoo", "rather little", "wenig", "not completely", "not entirely",
        "not fully", "not terribly", "not overly",
      ]
    ),
    (
      0.8,
      [
        "only", "only a little", "a little bit", "a little", "a bit", "a tad", "slightly", "etwas",
        "ein wenig", "ein bisschen", "un peu", "um pouco", "un poco", "ligeramente", "legerement",
        "leicht", "een beetje", "limited", "minor", "only somewhat", "lightly",
      ]
    ),
    (
      1,
      [
        "somewhat", "rather", "eher", "plutot", "algo", "mas bien", "piuttosto", "to some extent",
        "partly", "partially", "in part", "teilweise", "partiellement", "en partie", "parcialmente",
        "en parte", "em parte", "parzialmente", "tend to", "lean", "leaning", "mildly", "enigszins",
        "some", "of some", "einige", "einigermassen", "weak", "weakly", "only some", "kind of",
        "sort of", "tendenziell", "algo de", "alguna", "algun", "alguma", "algum", "un po di",
        "basic",
      ]
    ),
    (
      1.5,
      [
        "moderately", "moderate", "medium", "mittelmassig", "moyennement", "medianamente",
        "moderadamente", "mediamente", "gematigd", "of moderate", "modestly",
      ]
    ),
    (
      1.7,
      [
        "fairly", "reasonably", "pretty", "quite", "ziemlich", "recht", "assez", "bastante",
        "abbastanza", "relatively", "redelijk", "tamelijk", "a fair amount of", "a good deal of",
      ]
    ),
    (1.8, ["generally", "probably", "wahrscheinlich", "probablement", "probablemente"]),
    (
      1.9,
      [
        "mostly", "largely", "mainly", "uberwiegend", "weitgehend", "grossteils", "largement",
        "en grande partie", "mayormente", "in gran parte", "grotendeels",
      ]
    ),
    (2.2, ["quite a bit", "considerably", "quite a lot of", "of considerable"]),
    (
      3,
      [
        "highly", "severely", "seriously", "very", "strongly", "strong", "greatly", "a lot",
        "a lot of", "lots of",
        "very much",
        "of great", "great", "much", "a great deal of", "sehr", "stark", "sehr stark", "voll",
        "tres",
        "fortement", "tres fortement", "muy", "mucho", "mucha", "muito", "muita", "molto", "molta",
        "gran", "grosses", "grande",
        "beaucoup",
        "beaucoup de", "zeer", "erg", "sterk", "definitely", "sicher", "bestimmt", "certainement",
        "definitivamente", "fully", "really", "deeply", "extensive", "hoch", "viel", "high", "fort",
        "fuertemente", "heavily", "closely", "certainly",
      ]
    ),
    (
      4,
      [
        "extremely", "completely", "totally", "absolutely", "entirely", "wholly", "exceptionally",
        "incredibly", "perfectly", "complete", "total", "full", "absolut", "ausserst", "vollig",
        "vollkommen", "ganz", "voll und ganz", "genau", "extremement", "tout a fait", "entierement",
        "totalement", "completement", "totalmente", "completamente", "extremadamente",
        "extremamente",
        "estremamente", "plenamente", "absolutamente", "del tutto", "helemaal", "volledig",
        "moltissimo", "muchisimo", "muitissimo", "enormement", "of utmost", "of the utmost",
        "of very great", "very strongly", "a very great deal of",
        "vehemently", "plena", "absolute", "overwhelmingly",
      ]
    ),
  ])
  /// Words with a direction, by which opinions are told.
  private static let opinions: (positive: [String], negative: [String]) = (
    [
      "agree", "favor", "favour", "in favor", "in favour", "support", "approve", "accept",
      "endorse",
      "stimme zu", "trifft zu", "stimmt", "dafur", "einverstanden", "d'accord", "favorable",
      "de acuerdo", "a favor", "concordo", "d'accordo", "favorevole", "eens", "mee eens",
      "true", "accurate", "true of me", "applies", "like me", "describes me", "zutreffend", "vrai",
    ],
    [
      "disagree", "oppose", "against", "reject", "disapprove", "object", "lehne ab", "dagegen",
      "nicht einverstanden", "en desaccord", "pas d'accord", "defavorable", "en desacuerdo",
      "en contra", "discordo", "in disaccordo", "contrario", "oneens", "mee oneens", "untrue",
      "false", "inaccurate", "unlike me", "faux", "falso",
    ]
  )
  private static let others: (positive: [String], negative: [String]) = (
    [
      "important", "satisfied", "happy", "pleased", "likely", "interested", "familiar", "useful",
      "good", "easy", "confident", "concerned", "effective", "helpful", "relevant", "valuable",
      "willing", "positive", "comfortable", "safe", "favorable", "favourable", "certain", "sure",
      "favorably", "favourably", "worried", "motivated", "engaged", "involved", "informed", "aware",
      "attractive", "appealing",
      "essential", "necessary", "acceptable", "appropriate", "fair", "clear", "trustworthy",
      "optimistic", "probable", "possible", "well", "healthy", "religious", "proud", "serious",
      "closely", "importance", "interest", "confidence", "trust", "influence", "impact", "value",
      "knowledge", "experience", "wichtig", "zufrieden", "wahrscheinlich", "interessiert", "gut",
      "einfach", "leicht", "hilfreich", "nutzlich", "sicher", "vertraut", "besorgt", "relevant",
      "importante", "important", "satisfait", "satisfaite", "probable", "interesse", "facile",
      "utile", "facil", "util", "satisfecho", "satisfecha", "interesado", "interesada", "contento",
      "bueno", "satisfeito", "satisfeita", "provavel", "soddisfatto", "soddisfatta", "preocupado",
      "belangrijk", "tevreden", "waarschijnlijk", "would", "will",
    ],
    [
      "unfavorably", "unfavourably", "unimportant", "dissatisfied", "unhappy", "unsatisfied",
      "unlikely", "bad", "poor",
      "difficult", "hard", "negative", "uncomfortable", "unsafe", "unfavorable", "unfavourable",
      "useless", "irrelevant", "unfamiliar", "ineffective", "unhelpful", "displeased", "unwilling",
      "pessimistic", "unclear", "unfair", "unacceptable", "improbable", "unwichtig", "unzufrieden",
      "unwahrscheinlich", "schlecht", "schwierig", "schwer", "insatisfait", "insatisfaite",
      "mecontent", "mecontente", "difficile", "dificil", "insatisfecho", "insatisfecha",
      "descontento", "malo", "insatisfeito", "insatisfeita", "insoddisfatto", "insoddisfatta",
      "onbelangrijk", "ontevreden", "onwaarschijnlijk", "would not", "will not", "wouldn't",
      "won't",
    ]
  )
  private static let opinionWords = directed(opinions)
  private static let otherWords = directed(others)

  /// Longer words first: "mee eens" before "eens".
  private static func directed(
    _ words: (positive: [String], negative: [String])
  ) -> [(word: String, sign: Double)] {
    (words.positive.map { ($0, 1.0) } + words.negative.map { ($0, -1.0) })
      .sorted { ($1.0.count, $0.0) < ($0.0.count, $1.0) }
  }

  /// Answers that say the end of a scale, or its middle, in a word of their own.
  private static let ends = AnswerOrder.table([
    (
      -3.5,
      [
        "definitely not", "certainly not", "certainement pas", "sicuramente no", "seguro que no",
        "absolutely not", "auf keinen fall", "bestimmt nicht",
      ]
    ),
    (-3.2, ["no chance", "impossible", "nothing", "nothing at all", "none", "none at all"]),
    (
      -2,
      [
        "probably not", "wahrscheinlich nicht", "probablement pas", "probablemente no",
        "probabilmente no", "provavelmente nao",
      ]
    ),
    (
      0,
      [
        "might or might not", "maybe", "vielleicht", "peut-etre", "quizas", "tal vez", "possibly",
        "forse", "talvez",
      ]
    ),
    (0.9, ["nice to have", "optional"]),
    (1.5, ["depends", "it depends", "mixed", "mittel"]),
    (
      2,
      [
        "probably", "probablement", "probablemente", "probabilmente", "provavelmente",
        "wahrscheinlich",
      ]
    ),
    (3, ["a great deal", "a lot", "very much", "definitely", "certainly", "to a great extent"]),
    (3.5, ["critical", "crucial", "must have", "vital", "unverzichtbar", "auf jeden fall"]),
    (4.5, ["absolutely essential", "indispensable", "delighted", "absolutely crucial"]),
    (-1.5, ["to a small extent", "to a little extent", "to a limited extent"]),
    (1.2, ["to a moderate extent", "to a certain extent"]),
    (4, ["to a very great extent", "an enormous amount"]),
  ])
  /// Behind a degree: for whom it holds.
  private static let tails = [
    " to me", " for me", " to us", " for us", " of me", " fur mich", " auf mich", " pour moi",
    " para mi", " per me", " para mim", " voor mij", " at all", " it", " with it", " in my life",
  ]
  private static let starts = [
    "i am ", "i'm ", "i ", "ich bin ", "ich ", "je suis ", "je ", "estoy ", "soy ", "sono ",
    "estou ",
    "it is ", "it's ", "we ", "have ", "has ",
  ]

  /// The degree of an opinion: agreement, support, what applies.
  static func opinion(_ text: String) -> Double? {
    let text = bare(text)
    if isMiddle(text) { return 0 }
    return degree(text, opinionWords)
  }

  /// The degree of anything else.
  static func rank(_ text: String) -> Double? {
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

  private static let middles: Set<String> = [
    "neutral", "undecided", "neither", "teils/teils", "teils teils", "teils, teils", "weder noch",
    "unentschieden", "neutre", "neutro", "neutrale", "neutraal", "indifferent", "indiferente",
    "no difference", "mittelmassig", "in between", "middle", "in the middle", "mitte",
  ]

  /// Degrees of one word that all answers share, whatever it is.
  ///
  /// At least two answers must bear a word of degree: "North" and "very North" are rare, but
  /// "hard hat" and "soft hat" are not.
  static func sameAdjective(_ forms: [[String]]) -> [Double]? {
    var ranks: [Double] = []
    var adjective: String?
    var degrees = 0
    let all = Set(forms.map { $0[0] })
    for form in forms {
      // "independent" beside "slightly dependent".
      if let opposite = opposite(form[0]), all.contains(where: { $0.hasSuffix(" " + opposite) }) {
        guard adjective ?? opposite == opposite else { return nil }
        adjective = opposite
        degrees += 1
        ranks.append(-3)
        continue
      }
      if form.contains(where: isMiddle) {
        ranks.append(0)
        continue
      }
      let candidates = form.flatMap(splits)
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

  /// The word of which another is the contrary: "dependent" for "independent".
  private static func opposite(_ text: String) -> String? {
    guard !text.contains(" "), text.count > 6 else { return nil }
    return ["in", "un", "im"].first(where: text.hasPrefix).map { String(text.dropFirst($0.count)) }
  }

  /// The ways in which a text is a degree of some other words.
  private static func splits(_ text: String) -> [(strength: Double, rest: String)] {
    var found: [(strength: Double, rest: String)] = []
    if text.hasPrefix("not "), text.hasSuffix(" at all") {
      found.append((-3, String(text.dropFirst(4).dropLast(7))))
    }
    for start in ["do not ", "don't ", "does not "]
    where text.hasPrefix(start) && text.hasSuffix(" at all") {
      found.append((-3, String(text.dropFirst(start.count).dropLast(7))))
    }
    let words = text.split(separator: " ")
    for count in stride(from: min(4, words.count - 1), through: 1, by: -1) {
      if let strength = strengths[words.prefix(count).joined(separator: " ")] {
        found.append((strength, words.dropFirst(count).joined(separator: " ")))
      }
      if let strength = strengths[words.suffix(count).joined(separator: " ")] {
        found.append((strength, words.dropLast(count).joined(separator: " ")))
      }
    }
    return found + [(2, text)]
  }
}
