/// Words of how often, in the languages that the reader knows.
extension AnswerFrequency {
  static let adverbs = AnswerOrder.table([
    (
      0,
      [
        "never", "no", "nein", "not at all", "nie", "niemals", "gar nicht", "jamais", "nunca",
        "mai", "none",
        "at no time", "none of the time", "not yet", "nooit", "aldrig", "aldri", "nigdy",
      ]
    ),
    (
      0.4,
      [
        "almost never", "hardly at all", "hardly ever", "very rarely", "very seldom",
        "nearly never", "fast nie",
        "sehr selten", "tres rarement",
        "casi nunca", "quase nunca", "presque jamais", "bijna nooit", "quasi mai",
      ]
    ),
    (0.2, ["first visit", "first time", "this is my first visit", "my first time"]),
    (
      0.6,
      [
        "less often", "less frequently", "plus rarement", "rarer", "mas raramente",
        "piu raramente", "mais raramente", "less than that", "seltener", "weniger oft",
        "moins souvent", "moins frequemment", "menos a menudo", "con menos frecuencia",
        "con menor frecuencia", "com menos frequencia", "meno spesso", "minder vaak",
      ]
    ),
    (
      1.2,
      [
        "rarely", "sallan", "sjelden", "sjaeldent", "seldom", "infrequently", "selten", "zelden",
        "rarement", "rara vez", "raramente",
        "pocas veces", "once",
      ]
    ),
    (
      3,
      [
        "occasionally", "occasional", "once in a while", "only now and then", "now and then",
        "from time to time",
        "gelegentlich", "ab und zu", "af en toe", "de temps en temps", "occasionnellement",
        "de vez en cuando",
        "ocasionalmente", "as vezes", "once or twice", "a few times", "a couple of times",
      ]
    ),
    (
      6,
      [
        "sometimes", "soms", "ibland", "av og til", "some of the time", "a little of the time",
        "some", "occas",
        "manchmal",
        "parfois", "quelquefois",
        "a veces",
        "algunas veces", "qualche volta", "a volte", "talvolta", "several times",
        "mehrmals",
      ]
    ),
    (
      40,
      [
        "about half the time", "half the time", "about half of the time", "regularly", "regul",
        "regular", "regelmassig", "regulierement", "regelmatig", "regolarmente", "regularmente",
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
        "many times", "much of the time", "vaak", "ofta", "ofte", "dikwijls",
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
        "habituellement", "di solito", "casi siempre", "meestal", "doorgaans",
      ]
    ),
    (400, ["heavy", "heavily"]),
    (
      300,
      [
        "almost always", "nearly always", "fast immer", "presque toujours", "quase sempre",
        "bijna altijd", "quasi sempre",
        "almost constantly",
      ]
    ),
    (
      9000,
      [
        "always", "all the time", "all of the time", "constantly", "immer", "standig", "toujours",
        "siempre", "sempre", "altijd", "alltid", "altid",
      ]
    ),
  ])

  /// What a word means as times a year.
  static let plain = AnswerOrder.table([
    (
      1,
      [
        "yearly", "annually", "jahrlich", "annuel", "annuellement", "anual", "anualmente",
        "jaarlijks",
      ]
    ),
    (4, ["quarterly", "vierteljahrlich", "trimestriel", "trimestralmente", "trimestral"]),
    (
      12,
      [
        "monthly", "monatlich", "mensuel", "mensuellement", "mensual", "mensualmente", "mensal",
        "maandelijks", "mensilmente",
      ]
    ),
    (26, ["fortnightly", "biweekly", "zweiwochentlich", "quincenal", "quincenalmente"]),
    (
      52,
      [
        "weekly", "wochentlich", "hebdomadaire", "semanal", "semanalmente", "settimanale",
        "wekelijks", "settimanalmente",
      ]
    ),
    (
      330,
      [
        "nearly every day", "almost every day", "almost everyday", "everyday/almost everyday",
        "almost daily", "every or nearly every day",
        "fast taglich", "presque tous les jours", "casi todos los dias", "most days",
      ]
    ),
    (
      365,
      [
        "daily", "every day", "everyday", "taglich", "jeden tag", "quotidien", "quotidiennement",
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

  static let spans: [(stems: [String], times: Double)] = [
    (["day", "tag", "jour", "dia", "giorno", "dag"], 365),
    (["week", "woche", "veck", "uke", "uge", "semaine", "semana", "settimana"], 52),
    (["month", "monat", "mois", "mes", "mese", "maand", "manad", "maned"], 12),
    (["quarter", "quartal", "trimest"], 4),
    (["year", "jahr", "an ", "annee", "ano", "anno", "jaar"], 1),
  ]
  static let times: [(words: String, count: Double)] = [
    // Two numbers in words before one of them: "dos o tres veces al mes".
    ("two or three", 2.5), ("two to three", 2.5), ("three or four", 3.5), ("three to four", 3.5),
    ("one to two", 1.5), ("one to three", 2), ("ein bis drei", 2), ("zwei bis drei", 2.5),
    ("zwei oder drei", 2.5), ("drei bis vier", 3.5), ("une ou deux", 1.5), ("une a deux", 1.5),
    ("une a trois", 2), ("deux ou trois", 2.5), ("deux a trois", 2.5), ("trois ou quatre", 3.5),
    ("trois a quatre", 3.5), ("una o dos", 1.5), ("una a dos", 1.5), ("una a tres", 2),
    ("dos o tres", 2.5), ("dos a tres", 2.5), ("tres o cuatro", 3.5), ("tres a cuatro", 3.5),
    ("uma ou duas", 1.5), ("uma a duas", 1.5), ("duas ou tres", 2.5), ("duas a tres", 2.5),
    ("tres ou quatro", 3.5), ("una o due", 1.5), ("due o tre", 2.5), ("tre o quattro", 3.5),
    ("een of twee", 1.5), ("twee of drie", 2.5), ("drie of vier", 3.5),
    ("nearly every", 0.9), ("almost every", 0.9), ("every few", 1.0 / 3), ("alle paar", 1.0 / 3),
    ("every other", 0.5), ("every couple", 0.5),
    ("every second", 0.5), ("once or twice", 1.5), ("one or two", 1.5), ("ein bis zwei", 1.5),
    ("several", 4),
    ("a few", 3), ("few times", 3), ("a couple", 2), ("couple of", 2), ("multiple", 4),
    ("qualche volta", 3), ("piu volte", 4), ("mehrmals", 4), ("mehrere", 4), ("plusieurs", 4),
    ("varias", 4), ("algunas", 3),
    ("quelques", 3), ("many", 6), ("once", 1), ("einmal", 1), ("une fois", 1), ("una vez", 1),
    ("uma vez", 1), ("una volta", 1), ("twice", 2), ("een keer", 1), ("paar keer", 3),
    ("nagon gang", 1.5), ("flera ganger", 4), ("en gang", 1), ("enkele", 3), ("meerdere", 4),
    ("zweimal", 2), ("deux fois", 2),
    ("dos veces", 2), ("duas vezes", 2), ("due volte", 2), ("tres veces", 3), ("tres vezes", 3),
    ("three times", 3), ("dreimal", 3), ("trois fois", 3), ("one", 1),
    ("every", 1), ("each", 1), ("todas las", 1), ("todos los", 1), ("todas as", 1), ("todos os", 1),
    ("toutes les", 1), ("tous les", 1), ("jede", 1), ("jeden", 1), ("jedes", 1), ("ogni", 1),
    ("elke", 1), ("cada", 1), ("chaque", 1),
  ]
}
