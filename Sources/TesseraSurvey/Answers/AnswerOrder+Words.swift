/// Words that have a place on one line of their own.
extension AnswerOrder {
  static func table(_ steps: [(Double, [String])]) -> [String: Double] {
    var ranks: [String: Double] = [:]
    for (rank, words) in steps {
      for word in words { ranks[word] = rank }
    }
    return ranks
  }

  static let quality = table([
    (
      -4,
      [
        "terrible", "awful", "worst", "ungenugend", "pesimo", "pessimo", "pesima", "pessima",
        "tres mauvais", "horrible",
      ]
    ),
    (
      -3,
      ["very poor", "very bad", "sehr schlecht", "muy malo", "muy mala", "molto male", "dreadful"]
    ),
    (
      -2,
      [
        "poor", "bad", "schlecht", "mangelhaft", "mauvais", "mauvaise", "malo", "mala", "ruim",
        "slecht",
      ]
    ),
    (
      -1,
      [
        "not good", "not so good", "not very good", "nicht gut", "pas bon", "below average",
        "unterdurchschnittlich", "needs improvement", "unsatisfactory",
        "disappointing", "mediocre", "insufficient",
      ]
    ),
    (
      0,
      [
        "fair", "average", "okay", "ok", "so so", "so-so", "mittelmassig", "mittel", "ausreichend",
        "moyen", "moyenne", "passable", "regular", "normal", "acceptable", "adequate", "sufficient",
        "neither good nor bad", "neither good nor poor", "matig", "mixed", "neutral", "media",
        "medio",
      ]
    ),
    (1, ["above average", "befriedigend", "satisfactory", "uberdurchschnittlich", "pretty good"]),
    (
      2,
      ["good", "gut", "bon", "bonne", "bien", "bueno", "buena", "bom", "boa", "buono", "goed"]
    ),
    (2.5, ["better"]),
    (
      3,
      [
        "very good", "sehr gut", "tres bon", "tres bonne", "tres bien", "muy bueno", "muy buena",
        "muy bien", "muito bom", "muito boa", "molto buono", "zeer goed", "great",
      ]
    ),
    (
      4,
      [
        "excellent", "exceptional", "ausgezeichnet", "hervorragend", "excelente", "eccellente",
        "uitstekend", "superb", "best", "wonderful",
      ]
    ),
    (4.5, ["outstanding", "perfect"]),
  ])

  static let liking = table([
    (-3, ["hate", "love to hate", "dislike very much", "dislike extremely", "dislike a lot"]),
    (-2, ["dislike", "mag ich nicht", "n'aime pas", "no me gusta", "ungern"]),
    (-1, ["dislike somewhat", "dislike slightly", "dislike a little", "dislike moderately"]),
    (
      0,
      [
        "neither", "neutral", "indifferent", "okay", "is okay", "ok", "egal", "indiferente",
        "no feelings either way", "no opinion either way",
      ]
    ),
    (1, ["like somewhat", "like slightly", "like a little", "like moderately"]),
    (2, ["like", "mag ich", "aime", "me gusta", "gern"]),
    (
      3,
      [
        "love", "adore", "like very much", "like extremely", "like a lot", "me encanta",
        "sehr gern",
      ]
    ),
  ])

  static let skill = table([
    (0, ["none", "keine", "aucune", "aucun", "ninguna", "ninguno", "nessuna", "nenhuma"]),
    (
      1,
      [
        "beginner", "novice", "intro", "introductory", "basic", "elementary", "entry level",
        "anfanger", "einsteiger", "grundkenntnisse", "debutant", "notions", "inicial",
        "principiante", "basico", "iniciante", "junior", "newbie", "trainee", "learner",
        "beginners",
      ]
    ),
    (1.5, ["advanced beginner", "some experience", "familiar", "lower intermediate"]),
    (
      2,
      [
        "intermediate", "moderate", "medium", "competent", "mid", "mid level", "fortgeschritten",
        "fortgeschrittene", "mittel", "mittlere", "intermediaire", "moyen", "intermedio",
        "intermedia", "medio", "intermediario", "average",
      ]
    ),
    (2.5, ["upper intermediate"]),
    (
      3,
      [
        "advanced", "proficient", "senior", "weit fortgeschritten", "avance", "avancee", "avanzado",
        "avancado", "avanzato", "profi", "fluent", "skilled", "lead",
      ]
    ),
    (
      4,
      ["expert", "experte", "expertin", "experto", "experta", "especialista", "guru", "master"]
    ),
    (5, ["native", "native speaker", "muttersprache", "lengua materna", "langue maternelle"]),
  ])

  /// Low, medium, high; small, large; with "very" and the like in front.
  static func level(_ text: String) -> Double? {
    if let rank = levels[text] { return rank }
    guard let gap = text.firstIndex(of: " ") else { return nil }
    let rest = String(text[text.index(after: gap)...])
    guard let rank = levels[rest], let strength = AnswerDegree.strengths[String(text[..<gap])],
      abs(rank) == 2
    else { return nil }
    return rank < 0 ? -strength : strength
  }

  private static let levels = table([
    (-5, ["lowest", "smallest", "least", "poorest"]), (-4, ["tiny", "xs", "minimal"]),
    (-2.5, ["poorer"]), (2.5, ["richer", "rich"]),
    (
      -2,
      [
        "low", "small", "short", "light", "gering", "niedrig", "klein", "faible", "petit", "petite",
        "bas", "basse", "bajo", "baja", "pequeno", "pequena", "baixo", "baixa", "basso", "bassa",
        "piccolo", "laag", "weak", "s", "minor", "lower", "lower class", "cold", "young",
        "minimum", "economy", "budget", "basic",
      ]
    ),
    (
      -1,
      [
        "lower middle", "lower middle class", "media baja", "clase media baja", "medio bajo",
        "media baixa", "medio baixo", "untere mittelschicht", "below average", "smallish",
      ]
    ),
    (-3, ["poor", "poor class", "very poor", "unterschicht", "pobre"]),
    (-1.5, ["working", "working class", "arbeiterschicht", "clase trabajadora"]),
    (-1.7, ["lower working", "lower working class"]),
    (-1.3, ["skilled working", "skilled working class", "upper working", "upper working class"]),
    (
      0,
      [
        "medium", "moderate", "middle", "mid", "midsize", "mid-size", "medium sized", "mittel",
        "mittlere", "moyen", "moyenne", "medio", "media", "intermediate", "normal", "average",
        "gemiddeld", "m", "middle class", "mittelschicht", "neutral", "regular", "standard",
      ]
    ),
    (
      1,
      [
        "upper middle", "upper middle class", "obere mittelschicht", "above average", "media alta",
        "clase media alta", "medio alto",
      ]
    ),
    (
      2,
      [
        "high", "large", "long", "heavy", "big", "hoch", "gross", "eleve", "elevee", "grand",
        "grande", "fort", "alto", "alta", "hoog", "strong", "l", "major", "upper", "upper class",
        "oberschicht", "severe", "intense", "hot", "warm", "premium", "deluxe",
      ]
    ),
    (4, ["huge", "xl", "enormous", "maximal", "top", "luxury"]),
    (5, ["highest", "largest", "most", "xxl", "richest"]),
  ])

  /// Too little, about right, too much.
  static func amount(_ text: String) -> Double? {
    let few = [
      "too little", "too few", "not enough", "too low", "too small", "zu wenig", "trop peu",
      "muy poco", "demasiado poco", "too short", "too slow", "zu klein", "insuficiente", "too easy",
    ]
    let right = [
      "about right", "about the right", "the right", "right amount", "just right", "just enough",
      "enough", "genau richtig", "gerade richtig", "juste ce qu'il faut", "adecuado", "lo justo",
      "just about right", "right",
    ]
    let much = [
      "too much", "too many", "too high", "too large", "zu viel", "trop", "demasiado", "too long",
      "too fast", "zu gross", "excesivo", "too difficult", "too hard",
    ]
    let size = text.hasPrefix("far ") || text.hasPrefix("much ") || text.hasPrefix("way ") ? 2.0 : 1
    let rest = size == 2 ? String(text.drop { $0 != " " }.dropFirst()) : text
    func says(_ words: [String]) -> Bool {
      words.contains { rest == $0 || rest.hasPrefix($0 + " ") }
    }
    if says(few) { return -size }
    if says(much) { return size }
    return says(right) ? 0 : nil
  }

  /// Liberal to conservative, left to right.
  static func politics(_ text: String) -> Double? {
    if [
      "moderate", "middle of the road", "center", "centre", "centrist",
      "moderate, middle of the road",
      "mitte", "centro", "moderado", "in the middle", "neither",
    ].contains(text) {
      return 0
    }
    if text == "center left" || text == "centre left" || text == "left of center" { return -0.5 }
    if text == "center right" || text == "centre right" || text == "right of center" { return 0.5 }
    for (words, sign) in [
      (
        [
          "liberal", "left", "left wing", "progressive", "links", "gauche", "izquierda", "esquerda",
        ], -1.0
      ),
      (["conservative", "right", "right wing", "rechts", "droite", "derecha", "direita"], 1.0),
    ] {
      for word in words {
        if text == word { return 2 * sign }
        if text.hasSuffix(" " + word),
          let strength = AnswerDegree.strengths[String(text.dropLast(word.count + 1))], strength > 0
        {
          return strength * sign
        }
        if text == "far \(word)" || text == "hard \(word)" { return 5 * sign }
      }
    }
    return nil
  }

  /// No, yes, and what lies between.
  static let consent = table([
    (
      0, ["no", "nein", "non", "nao", "nee", "nej", "nie"]
    ),
    (
      1,
      [
        "maybe", "perhaps", "possibly", "sometimes", "partly", "partially", "in part", "somewhat",
        "to some extent", "to a certain extent", "some of them", "it depends", "yes and no",
        "vielleicht", "teilweise", "teils teils", "teils/teils", "manchmal", "zum teil",
        "kommt darauf an", "peut-etre", "peut etre", "parfois", "en partie", "partiellement",
        "ca depend", "tal vez", "quizas", "quiza", "a veces", "en parte", "parcialmente", "depende",
        "talvez", "as vezes", "em parte", "forse", "a volte", "in parte", "misschien", "soms",
        "deels", "kanske", "ibland", "delvis", "maske", "moze", "czasami",
      ]
    ),
    (2, ["yes", "ja", "oui", "si", "sim", "tak"]),
  ])

  /// "Far below average", "average", "above average".
  static func againstAverage(_ words: [String]) -> Double? {
    let averages: Set<String> = ["average", "durchschnitt", "moyenne", "promedio", "gemiddelde"]
    guard words.contains(where: averages.contains) else { return nil }
    let rest = words.filter {
      !averages.contains($0) && !["the", "at", "dem", "la", "el"].contains($0)
    }
    if rest.isEmpty || rest == ["about"] { return 0 }
    let below: Set<String> = ["below", "under", "unter", "dessous", "debajo", "onder"]
    let above: Set<String> = ["above", "over", "uber", "dessus", "encima", "boven"]
    let isBelow = rest.contains(where: below.contains)
    guard isBelow != rest.contains(where: above.contains) else { return nil }
    let far: Set<String> = ["far", "much", "well", "way", "weit", "bien", "muy", "ver"]
    let near: Set<String> = ["slightly", "somewhat", "little", "bit", "etwas", "peu", "poco"]
    let size =
      rest.contains(where: far.contains) ? 2.0 : rest.contains(where: near.contains) ? 0.5 : 1
    return isBelow ? -size : size
  }

  /// The social grades of British market research, known by C1 and C2.
  static let grades = table([
    (1, ["e"]), (1.5, ["de"]), (2, ["d"]), (3, ["c2"]), (3.5, ["c1c2"]), (4, ["c1"]), (5, ["b"]),
    (5.5, ["ab"]), (6, ["a"]),
  ])

  /// Generations by their names, and what programs make of recommendations.
  static let named = table([
    (1, ["gen z", "generation z", "detractor", "detractors"]),
    (2, ["millennial", "millennials", "gen y", "generation y", "passive", "passives"]),
    (3, ["gen x", "generation x", "promoter", "promoters"]),
    (4, ["baby boomer", "baby boomers", "boomer", "boomers"]),
    (5, ["silent generation", "silent", "traditionalist"]),
  ])
}
