/// Places answers on how often something happens in order: about how many times a year.
enum AnswerFrequency {
  private static let adverbs = AnswerOrder.table([
    (
      0,
      [
        "never", "not at all", "nie", "niemals", "gar nicht", "jamais", "nunca", "mai", "none",
        "at no time", "none of the time", "not yet", "nooit",
      ]
    ),
    (
      0.4,
      [
        "almost never", "hardly at all", "hardly ever", "very rarely", "very seldom",
        "nearly never", "fast nie",
        "sehr selten", "tres rarement",
        "casi nunca", "quase nunca", "presque jamais",
      ]
    ),
    (0.2, ["first visit", "first time", "this is my first visit", "my first time"]),
    (
      0.6,
      [
        "less often", "less frequently", "less than that", "seltener", "weniger oft",
        "moins souvent", "moins frequemment", "menos a menudo", "con menos frecuencia",
        "con menor frecuencia", "com menos frequencia", "meno spesso", "minder vaak",
      ]
    ),
    (
      1.2,
      [
        "rarely", "seldom", "infrequently", "selten", "zelden", "rarement", "rara vez", "raramente",
        "pocas veces", "once",
      ]
    ),
    (
      3,
      [
        "occasionally", "occasional", "once in a while", "only now and then", "now and then",
        "from time to time",
        "gelegentlich", "ab und zu", "de temps en temps", "occasionnellement", "de vez en cuando",
        "ocasionalmente", "as vezes", "once or twice",
      ]
    ),
    (
      6,
      [
        "sometimes", "some of the time", "a little of the time", "some", "occas", "manchmal",
        "parfois", "quelquefois",
        "a veces",
        "algunas veces", "qualche volta", "several times",
        "mehrmals",
      ]
    ),
    (
      40,
      [
        "about half the time", "half the time", "about half of the time", "regularly", "regul",
        "regular", "regelmassig", "regulierement",
      ]
    ),
    (30, ["several days", "less than half the time", "less than half of the time"]),
    (50, ["more than half the time", "more than half of the time", "a good bit of the time"]),
    (200, ["more than half the days", "more than half of the days"]),
    (11, ["monthly or less", "once a month or less"]),
    (
      60,
      [
        "often", "freq", "frequently", "frequent", "a lot of the time", "oft", "haufig", "souvent",
        "a menudo", "frecuentemente",
        "con frecuencia", "frequentemente", "spesso", "most of the time", "most of time",
        "many times", "much of the time", "vaak",
      ]
    ),
    (
      100,
      [
        "very often", "sehr oft", "very frequently", "sehr haufig", "tres souvent", "muy a menudo",
        "muito frequentemente",
      ]
    ),
    (
      150,
      [
        "usually", "mostly", "meistens", "la plupart du temps", "generalmente", "normalmente",
        "habituellement", "di solito", "casi siempre",
      ]
    ),
    (400, ["heavy", "heavily"]),
    (
      300,
      [
        "almost always", "nearly always", "fast immer", "presque toujours", "quase sempre",
        "almost constantly",
      ]
    ),
    (
      9000,
      [
        "always", "all the time", "all of the time", "constantly", "immer", "standig", "toujours",
        "siempre", "sempre",
      ]
    ),
  ])

  /// What a word means as times a year.
  private static let plain = AnswerOrder.table([
    (1, ["yearly", "annually", "jahrlich", "annuel", "annuellement", "anual", "anualmente"]),
    (4, ["quarterly", "vierteljahrlich", "trimestriel", "trimestralmente", "trimestral"]),
    (
      12, ["monthly", "monatlich", "mensuel", "mensuellement", "mensual", "mensualmente", "mensal"]
    ),
    (26, ["fortnightly", "biweekly", "zweiwochentlich", "quincenal", "quincenalmente"]),
    (
      52,
      [
        "weekly", "wochentlich", "hebdomadaire", "semanal", "semanalmente", "settimanale",
        "wekelijks",
      ]
    ),
    (
      330,
      [
        "nearly every day", "almost every day", "almost daily", "every or nearly every day",
        "fast taglich", "presque tous les jours", "casi todos los dias", "most days",
      ]
    ),
    (
      365,
      [
        "daily", "every day", "taglich", "jeden tag", "quotidien", "quotidiennement",
        "tous les jours", "chaque jour", "diariamente", "diario", "todos los dias", "a diario",
        "ogni giorno", "tutti i giorni", "todos os dias", "elke dag", "dagelijks", "varje dag",
        "hver dag",
      ]
    ),
    (
      2000,
      [
        "hourly", "stundlich", "continuously", "several times a day", "many times a day",
        "multiple times a day", "multiple times per day", "mehrmals taglich", "mehrmals am tag",
        "plusieurs fois par jour", "varias veces al dia", "more than once a day",
        "more than once per day",
      ]
    ),
  ])

  private static let spans: [(stems: [String], times: Double)] = [
    (["day", "tag", "jour", "dia", "giorno", "dag"], 365),
    (["week", "woche", "semaine", "semana", "settimana"], 52),
    (["month", "monat", "mois", "mes", "mese", "maand", "manad", "maned"], 12),
    (["quarter", "quartal", "trimest"], 4),
    (["year", "jahr", "an ", "annee", "ano", "anno"], 1),
  ]
  private static let times: [(words: String, count: Double)] = [
    ("nearly every", 0.9), ("almost every", 0.9), ("every few", 1.0 / 3), ("alle paar", 1.0 / 3),
    ("every other", 0.5), ("every couple", 0.5),
    ("every second", 0.5), ("once or twice", 1.5), ("one or two", 1.5), ("ein bis zwei", 1.5),
    ("several", 4),
    ("a few", 3), ("few times", 3), ("a couple", 2), ("couple of", 2), ("multiple", 4),
    ("qualche volta", 3), ("piu volte", 4), ("mehrmals", 4), ("mehrere", 4), ("plusieurs", 4),
    ("varias", 4), ("algunas", 3),
    ("quelques", 3), ("many", 6), ("once", 1), ("einmal", 1), ("une fois", 1), ("una vez", 1),
    ("uma vez", 1), ("una volta", 1), ("twice", 2), ("een keer", 1), ("paar keer", 3),
    ("enkele", 3), ("meerdere", 4), ("zweimal", 2), ("deux fois", 2),
    ("dos veces", 2), ("three times", 3), ("dreimal", 3), ("trois fois", 3), ("one", 1),
    ("every", 1), ("each", 1), ("todas las", 1), ("todos los", 1), ("todas as", 1), ("todos os", 1),
    ("toutes les", 1), ("tous les", 1), ("jede", 1), ("jeden", 1), ("ogni", 1), ("elke", 1),
  ]
  private static let below = [
    "less", "fewer", "weniger", "seltener", "moins", "menos", "under", "meno",
  ]
  private static let above = [
    "more", "over", "mehr", "ofter", "plus", "mas", "at least", "mindestens", "mais",
  ]

  /// Times a year; `nil` if an answer does not say how often.
  static func rank(_ text: String) -> Double? {
    if let rank = adverbs[text] ?? plain[text] { return rank }
    // ">1/week", "1-4/month"
    let line = written(
      withoutCross(text).replacing("/", with: " per ").replacing("<", with: "less than ")
        .replacing(">", with: "more than "))
    guard line.count < 70 else { return nil }
    // "Never, and not open to it" is less than "never, but open to it".
    if line.hasPrefix(" never but ") { return 0.3 }
    if line.hasPrefix(" never and ") { return 0 }
    if isUnused(line) { return -1 }
    if line.contains(" all the time ") { return 9000 }
    if let rate = rate(line) { return rate }
    // "more than once", "more_once"
    for start in ["more than ", "more "] where text.hasPrefix(start) {
      let rest = String(text.dropFirst(start.count))
      if let rate = adverbs[rest], rest != "often" { return rate * 2 }
    }
    // "less often than monthly"
    for (word, rate) in plain where line.hasSuffix(" \(word) ") {
      if below.contains(where: { line.hasPrefix(" \($0) ") }) { return rate * 0.9 }
      if above.contains(where: { line.hasPrefix(" \($0) ") }) { return rate * 1.1 }
    }
    return nil
  }

  private static let short = [
    "lt": "less than", "gt": "more than", "thn": "than", "nrly": "nearly", "sevrl": "several",
    "wk": "week", "wks": "weeks", "yr": "year", "yrs": "years", "mth": "month", "mnth": "month",
    "tms": "times", "evry": "every",
  ]

  /// A line of words with the abbreviations of old files written out: "lt once a yr".
  private static func written(_ text: String) -> String {
    let line = PlainText.line(text)
    let words = line.split(separator: " ")
    guard words.contains(where: { short[String($0)] != nil }) else { return line }
    return " " + words.map { short[String($0)] ?? String($0) }.joined(separator: " ") + " "
  }

  /// "2-3x" as "2-3 times".
  private static func withoutCross(_ text: String) -> String {
    var result = ""
    for character in text {
      if character == "x" || character == "×", result.last?.isNumber == true {
        result += " times "
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// Whether an answer says that somebody does not use what is asked about.
  static func isUnused(_ line: String) -> Bool {
    let starts = [
      " no ", " i do not ", " i don t ", " ich nutze ", " je n ", " nao ", " did not ", " didn t ",
      " do not ", " i did not ", " i didn t ",
    ]
    if starts.contains(where: line.hasPrefix), line.split(separator: " ").count >= 3 { return true }
    return [
      " i ve never ", " i have never ", " never used", " i do not use", " i don t use",
      " not using ", " not been using ", " no uso ", " don t use", " do not use",
      " nutze ich nicht ", " nicht genutzt ", " je n utilise pas",
      " nao uso ", " nunca he ",
    ].contains(where: line.contains)
  }

  private static func rate(_ line: String) -> Double? {
    // What stands last is the span: "two to three times a week", "once every 3 months".
    let words = line.split(separator: " ").map(String.init)
    guard
      let place = words.indices.last(where: { place in
        spans.contains { $0.stems.contains { (words[place] + " ").hasPrefix($0) } }
      }),
      let span = spans.first(where: { $0.stems.contains { (words[place] + " ").hasPrefix($0) } })
    else { return nil }
    let numbers = words[..<place].compactMap { Double($0) }
    let joined = " " + words[..<place].joined(separator: " ") + " "
    var count: Double
    if ["every", "alle", "each", "tous", "cada"].contains(where: { joined.contains(" \($0) ") }),
      let number = numbers.last
    {
      count = 1 / max(number, 1)
    } else if let first = numbers.first {
      // "5 years" is a span, "5 days a week" a rate.
      let isRate = [
        " a ", " per ", " pro ", " im ", " par ", " por ", " al ", " in ", " each ", " times ",
      ]
      .contains(where: joined.contains)
      guard isRate else { return nil }
      count = numbers.count > 1 ? (first + numbers[1]) / 2 : first
    } else if let found = times.first(where: { joined.contains(" \($0.words) ") }) {
      count = found.count
    } else {
      return nil
    }
    if below.contains(where: { joined.contains(" \($0) ") }) {
      count *= 0.9
    } else if above.contains(where: { joined.contains(" \($0) ") }) {
      count *= 1.1
    }
    return count * span.times
  }
}
