/// The words of degrees, in the languages that the reader knows.
extension AnswerDegree {
  /// How much of something words say; 2 is what the word says alone.
  static let strengths = AnswerOrder.table([
    (
      -3,
      [
        "not at all", "not in the least", "not remotely", "uberhaupt nicht", "gar nicht",
        "pas du tout", "aucunement", "per niente", "nada", "para nada", "en absoluto",
        "nem um pouco",
        "no", "zero", "kein", "keine", "aucun", "aucune", "ningun", "ninguna", "nenhum", "nenhuma",
        "helemaal niet", "zeker niet", "inte alls", "slet ikke", "of no", "without any",
        "absolut nicht", "absolument pas",
        "not any",
        "sin",
        "ohne", "sans", "sem", "senza", "nessuna", "nessun", "totalmente no", "notatall",
      ]
    ),
    (
      -2.5,
      [
        "little or no", "little to no", "wenig oder kein", "wenig oder keine", "peu ou pas de",
        "peu ou pas", "poco o ningun", "poca o ninguna", "pouco ou nenhum", "pouca ou nenhuma",
        "poco o nessun", "weinig of geen",
      ]
    ),
    (
      -2,
      [
        "do not", "does not", "don't", "not", "nicht", "pas", "nao", "non", "niet", "never", "un",
        "inte", "ikke",
      ]
    ),
    (
      -1.2,
      [
        "not really", "pas vraiment", "hardly", "hardly any", "barely", "scarcely", "kaum",
        "a peine",
        "apenas", "of little", "very little", "sehr wenig", "tres peu", "muy poco", "muito pouco",
        "molto poco", "eher nicht", "plutot pas", "rather not", "not much", "nicht wirklich",
        "mas bien no", "piuttosto non", "somewhat not", "eher kein", "almost no", "almost not",
        "niet echt", "eerder niet", "liever niet", "nauwelijks", "non proprio",
      ]
    ),
    (
      -1,
      [
        "i lag grad", "i liten grad", "not very", "not very much", "not a lot", "not a great deal",
        "not too", "not so", "not that",
        "not particularly", "not especially",
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
        "leicht", "een beetje", "beetje", "un tantino", "a touch", "limited", "minor",
        "only somewhat", "lightly",
      ]
    ),
    // Between "peu" and "plutôt": the middle of five steps.
    (0.9, ["moyennement", "mittelmassig"]),
    (
      1,
      [
        "somewhat", "rather", "eher", "plutot", "algo", "mas bien", "piuttosto", "to some extent",
        "delvis", "delvist", "till viss del", "i viss man",
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
        "moderately", "moderate", "medium", "medianamente", "moderadamente", "mediamente",
        "gematigd", "of moderate", "modestly",
      ]
    ),
    (
      1.7,
      [
        "fairly", "reasonably", "pretty", "quite", "ziemlich", "recht", "assez", "bastante",
        "abbastanza", "relatively", "redelijk", "tamelijk", "nogal", "best", "vrij",
        "a fair amount of", "a fair amount", "a good deal of",
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
    (
      2.2,
      [
        "quite a bit", "quite a lot", "a good deal", "considerably", "quite a lot of",
        "of considerable",
      ]
    ),
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
        "beaucoup de", "zeer", "i hog grad", "i hoj grad", "till stor del", "mycket", "meget",
        "erg", "heel", "hartstikke", "zeker", "sterk", "definitely",
        "sicher", "bestimmt", "certainement",
        "definitivamente", "fully", "really", "deeply", "extensive", "hoch", "viel", "high", "fort",
        "fuertemente", "heavily", "closely", "certainly",
      ]
    ),
    (
      4,
      [
        "extremely", "completely", "totally", "absolutely", "helt", "helt och hallet", "fullt ut",
        "exactly", "precisely", "exakt",
        "exactement", "exactamente", "esattamente", "precies", "entirely", "wholly",
        "exceptionally",
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
  static let opinions: (positive: [String], negative: [String]) = (
    [
      "agree", "favor", "favour", "in favor", "in favour", "support", "approve", "accept",
      "endorse",
      "stimme zu", "trifft zu", "stimmt", "dafur", "einverstanden", "d'accord", "favorable",
      "de acuerdo", "a favor", "concordo", "d'accordo", "favorevole", "eens", "mee eens",
      "true", "accurate", "true of me", "instammer", "haller med", "enig", "applies", "like me",
      "describes me", "zutreffend", "vrai",
    ],
    [
      "disagree", "oppose", "against", "reject", "disapprove", "object", "lehne ab", "dagegen",
      "nicht einverstanden", "en desaccord", "pas d'accord", "defavorable", "en desacuerdo",
      "en contra", "discordo", "in disaccordo", "contrario", "oneens", "mee oneens", "untrue",
      "false", "inaccurate", "unlike me", "faux", "falso",
    ]
  )
  static let others: (positive: [String], negative: [String]) = (
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
      "distrust", "mistrust",
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

  /// Answers that say the end of a scale, or its middle, in a word of their own.
  static let ends = AnswerOrder.table([
    (
      -3.5,
      [
        "definitely not", "certainly not", "certainement pas", "sicuramente no", "seguro que no",
        "absolutely not", "auf keinen fall", "bestimmt nicht", "zeker niet",
        "op geen enkele manier",
      ]
    ),
    (-3.2, ["no chance", "impossible", "nothing", "nothing at all", "none", "none at all"]),
    (
      -2,
      [
        "probably not", "wahrscheinlich nicht", "probablement pas", "probablemente no",
        "probabilmente no", "provavelmente nao", "waarschijnlijk niet", "eher nein",
      ]
    ),
    (
      0,
      [
        "might or might not", "might", "may or may not", "maybe", "misschien", "vielleicht",
        "peut-etre", "quizas", "tal vez", "possibly",
        "forse", "talvez",
      ]
    ),
    (0.9, ["nice to have", "optional"]),
    // Above "a little" and below "rather": in the middle of little to much, and of bad to good.
    (0.9, ["depends", "it depends", "mixed", "mittel", "moyen", "moyenne", "medio"]),
    (
      2,
      [
        "probably", "waarschijnlijk wel", "eher ja", "probablement", "probablemente",
        "probabilmente", "provavelmente",
        "wahrscheinlich",
      ]
    ),
    (
      3,
      [
        "a great deal", "a lot", "very much", "definitely", "certainly", "zeker wel",
        "to a great extent",
      ]
    ),
    (3.5, ["critical", "crucial", "must have", "vital", "unverzichtbar", "auf jeden fall"]),
    (4.5, ["absolutely essential", "indispensable", "delighted", "absolutely crucial"]),
    (-1.5, ["to a small extent", "to a little extent", "to a limited extent"]),
    (1.2, ["to a moderate extent", "to a certain extent"]),
    (4, ["to a very great extent", "an enormous amount"]),
  ])
  /// Behind a degree: for whom it holds.
  static let tails = [
    " to me", " for me", " to us", " for us", " of me", " fur mich", " auf mich", " pour moi",
    " para mi", " per me", " para mim", " voor mij", " at all", " it", " with it", " in my life",
  ]
  static let starts = [
    "i am ", "i'm ", "i ", "ich bin ", "ich ", "je suis ", "je ", "estoy ", "soy ", "sono ",
    "estou ",
    "it is ", "it's ", "we ", "have ", "has ",
  ]

  static let middles: Set<String> = [
    "neutral", "undecided", "neither", "teils/teils", "teils teils", "teils, teils", "weder noch",
    "unentschieden", "neutre", "neutro", "neutrale", "neutraal", "indifferent", "indiferente",
    "no difference", "mittelmassig", "in between", "middle", "in the middle", "mitte",
  ]
}
