extension AnswerOrder {
  static func table(_ steps: [(Double, [String])]) -> [String: Double] {
    var ranks: [String: Double] = [:]
    for (rank, words) in steps {
      for word in words { ranks[word] = rank }
    }
    return ranks
  }

  static let agreement = table([
    (
      -3,
      [
        "strongly disagree", "completely disagree", "totally disagree", "disagree strongly",
        "disagree completely", "definitely disagree",
        "stimme uberhaupt nicht zu", "stimme gar nicht zu", "trifft uberhaupt nicht zu",
        "trifft gar nicht zu", "lehne voll und ganz ab", "lehne stark ab", "pas du tout d'accord",
        "totalmente en desacuerdo", "muy en desacuerdo", "discordo totalmente",
        "completamente in disaccordo", "per niente d'accordo",
      ]
    ),
    (
      -2,
      [
        "disagree", "mostly disagree", "stimme nicht zu", "trifft nicht zu", "lehne ab",
        "pas d'accord", "en desacuerdo", "discordo", "in disaccordo",
      ]
    ),
    (
      -1,
      [
        "somewhat disagree", "slightly disagree", "disagree somewhat", "disagree slightly",
        "disagree a little", "rather disagree", "tend to disagree", "stimme eher nicht zu",
        "trifft eher nicht zu", "lehne eher ab", "plutot pas d'accord", "algo en desacuerdo",
        "mas bien en desacuerdo", "discordo parcialmente", "piuttosto in disaccordo",
      ]
    ),
    (
      0,
      [
        "neither agree nor disagree", "neither agree or disagree", "neither disagree nor agree",
        "neutral", "undecided", "teils/teils", "teils teils", "teils, teils", "weder noch",
        "unentschieden", "weder zustimmung noch ablehnung", "ni d'accord ni pas d'accord",
        "ni d'accord, ni pas d'accord", "neutre", "ni de acuerdo ni en desacuerdo", "neither",
        "nao concordo nem discordo", "neutro", "ne d'accordo ne in disaccordo", "indiferente",
      ]
    ),
    (
      1,
      [
        "somewhat agree", "slightly agree", "agree somewhat", "agree slightly", "agree a little",
        "rather agree", "tend to agree", "stimme eher zu", "trifft eher zu", "plutot d'accord",
        "algo de acuerdo", "mas bien de acuerdo", "concordo parcialmente", "piuttosto d'accordo",
      ]
    ),
    (
      2,
      [
        "agree", "mostly agree", "stimme zu", "trifft zu", "d'accord", "de acuerdo", "concordo",
        "d'accordo",
      ]
    ),
    (
      3,
      [
        "strongly agree", "completely agree", "totally agree", "agree strongly",
        "agree completely", "definitely agree", "stimme voll zu", "stimme voll und ganz zu",
        "trifft voll zu", "trifft voll und ganz zu", "trifft genau zu", "tout a fait d'accord",
        "totalmente de acuerdo", "muy de acuerdo", "concordo totalmente",
        "completamente d'accordo",
      ]
    ),
  ])

  static let quality = table([
    (-4, ["terrible", "awful", "ungenugend", "pesimo", "pessimo", "tres mauvais"]),
    (-3, ["very poor", "very bad", "sehr schlecht", "muy malo", "muy mala", "molto male", "dull"]),
    (-2, ["poor", "bad", "schlecht", "mangelhaft", "mauvais", "mauvaise", "malo", "mala", "ruim"]),
    (-1, ["below average", "unterdurchschnittlich"]),
    (
      0,
      [
        "fair", "average", "okay", "ok", "so so", "so-so", "mittelmassig", "mittel", "ausreichend",
        "moyen", "moyenne", "passable", "regular", "normal", "acceptable", "adequate", "routine",
        "pretty routine", "neither good nor bad", "neither good nor poor",
      ]
    ),
    (1, ["above average", "befriedigend", "satisfactory", "uberdurchschnittlich"]),
    (2, ["good", "gut", "bon", "bonne", "bien", "bueno", "buena", "bom", "buono", "exciting"]),
    (
      3,
      [
        "very good", "sehr gut", "tres bon", "tres bonne", "tres bien", "muy bueno", "muy buena",
        "muy bien", "muito bom", "molto buono",
      ]
    ),
    (
      4,
      [
        "excellent", "outstanding", "exceptional", "ausgezeichnet", "hervorragend", "excelente",
        "eccellente",
      ]
    ),
  ])

  static let liking = table([
    (-3, ["hate", "hate it", "dislike very much", "dislike extremely", "dislike a lot"]),
    (-2, ["dislike", "dislike it", "mag ich nicht", "n'aime pas", "no me gusta", "oppose"]),
    (-1, ["dislike somewhat", "dislike slightly", "dislike a little", "somewhat oppose"]),
    (
      0,
      [
        "neither like nor dislike", "neither", "neutral", "indifferent", "it is okay", "it's ok",
        "neither support nor oppose", "egal", "indifferent", "indiferente", "no opinion either way",
      ]
    ),
    (1, ["like somewhat", "like slightly", "like a little", "somewhat support"]),
    (2, ["like", "like it", "mag ich", "aime", "me gusta", "support"]),
    (3, ["love", "love it", "like very much", "like extremely", "like a lot", "me encanta"]),
  ])

  static let skill = table([
    (
      0,
      [
        "none", "no experience", "no knowledge", "sin experiencia", "keine erfahrung", "keine",
        "aucune experience", "aucune", "sem experiencia", "never used it", "nessuna esperienza",
      ]
    ),
    (
      1,
      [
        "beginner", "novice", "intro", "introductory", "basic", "elementary", "entry level",
        "anfanger", "einsteiger", "grundkenntnisse", "debutant", "notions", "inicial",
        "principiante", "basico", "iniciante", "junior", "newbie", "low", "gering", "faible",
        "bajo", "baixo", "niedrig",
      ]
    ),
    (1.5, ["advanced beginner", "some experience", "familiar"]),
    (
      2,
      [
        "intermediate", "moderate", "medium", "competent", "mid", "mid level", "fortgeschritten",
        "fortgeschrittene", "mittel", "mittlere", "intermediaire", "moyen", "intermedio",
        "intermedia", "medio", "intermediario", "average",
      ]
    ),
    (
      3,
      [
        "advanced", "proficient", "senior", "high", "weit fortgeschritten", "avance", "avancee",
        "avanzado", "avancado", "hoch", "eleve", "alto", "alta", "professional", "profi",
      ]
    ),
    (
      4,
      ["expert", "experte", "expertin", "experto", "experta", "especialista", "guru", "very high"]
    ),
  ])

  static let magnitude = table([
    (0, ["none", "zero", "seconds", "sekunden", "bytes"]), (0.5, ["under ten", "fewer than ten"]),
    (1, ["tens", "dozens", "minutes", "minuten", "kb", "kbs", "kilobytes", "small", "klein"]),
    (2, ["hundreds", "hours", "stunden", "heures", "horas", "mb", "mbs", "megabytes"]),
    (
      3,
      [
        "thousands", "days", "tage", "jours", "dias", "gb", "gbs", "gigabytes", "midsize",
        "mid-size", "medium sized",
      ]
    ),
    (4, ["tens of thousands", "weeks", "wochen", "semaines", "semanas", "tb", "tbs", "terabytes"]),
    (
      5,
      [
        "hundreds of thousands", "hundreds of thousands or more", "months", "monate", "mois",
        "meses", "pb", "pbs", "petabytes", "large", "gross",
      ]
    ),
    (6, ["millions", "years", "jahre", "annees", "ans", "anos", "millions or more"]),
  ])
}
