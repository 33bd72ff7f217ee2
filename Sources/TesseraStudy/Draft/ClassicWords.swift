/// Words of questions that product research knows by name, in English, German, French and Spanish.
enum ClassicWords {
  /// Van Westendorp's four questions, the extremes first: their words hold those of the others.
  static let prices: [(key: String, words: [String])] = [
    (
      "too_cheap",
      [
        "too cheap", "toocheap", "too low", "so low", "so cheap", "zu billig", "zu gunstig",
        "zu niedrig", "so niedrig", "so billig", "trop bon marche", "trop bas", "si bas",
        "demasiado barato", "tan barato", "tan bajo", "suspiciously cheap",
      ]
    ),
    (
      "too_expensive",
      [
        "too expensive", "tooexpensive", "too high", "so expensive", "so high", "zu teuer",
        "so teuer", "zu hoch", "trop cher", "si cher", "trop eleve", "demasiado caro", "tan caro",
        "too dear", "too costly",
      ]
    ),
    (
      "cheap",
      [
        "cheap", "bargain", "good value", "great buy", "inexpensive", "gunstig", "billig",
        "preiswert", "bon marche", "bonne affaire", "barato", "ganga", "buena compra",
      ]
    ),
    (
      "expensive",
      ["expensive", "high side", "teuer", "cher", "caro", "dear", "costly", "eleve"]
    ),
  ]

  /// The five answers to Kano's questions, in the order in which they are counted.
  ///
  /// What is disliked is looked for first: its words hold those of what is liked.
  static let kano: [[String]] = [
    [
      "like", "enjoy", "delighted", "mag", "gefallt", "freu*", "aime", "plait", "gusta",
      "encanta", "satisfied", "helpful",
    ],
    [
      "must", "expect*", "voraus*", "muss", "selbstverstandlich", "attends", "normal", "espero",
      "debe", "should", "need", "basic", "requirement",
    ],
    [
      "neutral", "indifferent", "egal", "indiferente", "don t care", "no preference", "igual",
      "don t mind", "not concerned",
    ],
    [
      "live with", "tolerate*", "tolerable", "accept", "hinnehmen", "leben", "supporter",
      "supporte", "tolerar", "tolero", "puedo vivir", "cope", "put up",
    ],
    [
      "dislike", "don t like", "do not like", "missfallt", "stort", "mag nicht", "gefallt nicht",
      "n aime pas", "deplait", "no me gusta", "disgusta", "annoyed", "unhappy", "frustrat*",
    ],
  ]
  /// What says that a question of a pair asks about having something.
  static let having: Set<String> = [
    "with", "functional", "fun", "func", "f", "pos", "positive", "mit", "avec", "con", "p",
    "present", "has", "have",
  ]
  /// What says that it asks about doing without.
  static let lacking: Set<String> = [
    "without", "dysfunctional", "dys", "dysf", "dysfunc", "d", "neg", "negative", "ohne", "sans",
    "sin", "n", "absent", "not", "no",
  ]
  /// Words of doing without in a wording.
  static let lackingWords = [
    "without", "not", "no", "don t", "doesn t", "didn t", "nicht", "kein*", "ohne", "sans", "pas",
    "sin", "does not", "did not",
  ]

  static let best = [
    "best", "most", "wichtigste*", "beste*", "am meisten", "plus", "mejor", "mas",
  ]
  static let worst = [
    "worst", "least", "unwichtigste*", "schlechteste*", "am wenigsten", "moins", "peor", "menos",
  ]
  /// What promoters are asked.
  static let recommend = [
    "nps", "recommend", "recommending", "recommendation", "weiterempfehl*", "empfehl*",
    "recommander", "recommanderiez", "recommandiez", "recommandez", "recomendar", "recomendaria",
    "recomendaras", "recomienda", "recomiende", "recomiendes", "recomendaria", "recomendarias",
    "aanbevelen", "aanbevolen", "aanraden", "polecisz", "polecic", "polecil", "polecilby",
    "polecilbys", "poleca", "raccomandare", "raccomanderebbe", "raccomandi", "raccomanderesti",
    "consiglierebbe", "consiglieresti", "consigliare", "rekommendera", "anbefale",
  ]
}
