internal import TesseraSurvey

/// Words of samples, experiments, interviews and weights.
extension DraftWords {
  /// What experiments and samples call their parts; the column holds nothing that people answered.
  static let design: Set<String> = [
    "condition", "cond", "treat", "treatment", "treated", "experiment", "experimental group",
    "experimental condition", "randomization", "randomisation", "randomized", "rand", "random",
    "version", "form", "split", "split form", "splitform", "questionnaire version",
    "survey version",
    "block", "module", "arm", "study arm", "vignette version", "condicion", "grupo experimental",
    "bedingung", "versuchsgruppe", "gruppe experimental", "control group", "treatment group",
    "quota group", "panel cell", "sample cell", "sample type", "sampletype", "sample source",
    "interviewer", "intvw", "collection mode", "survey mode",
    "device", "device type", "devicetype", "src", "source", "data source", "datasource",
    "collector", "quota", "quota cell", "quotacell", "panel", "panel source", "vendor",
    "supplier", "mode rec", "moderec", "survey mode", "recruitment", "recruitment source", "batch",
    "subsample", "utm source", "utm medium", "utm campaign", "referrer", "link id",
    "datacollection", "prob", "selection probability", "comply", "assignment",
    "ran grp", "rand grp", "ran group", "rand group", "randomization group", "allocation",
    "allocated group", "intervention group", "order block", "block order", "question order",
    "item order", "random order", "rand order", "markers", "app version", "population",
    "lang", "inwtm", "inwds", "inwde", "inwshh", "inwehh", "visit status", "interview status",
    "case status", "response status", "survey status", "imonth", "iyear", "iday", "fmonth",
    "intmonth", "intyear", "ivfio", "hhorig", "memorig",
    "completion status",
  ]
  /// Which person of a household, and which household of a dwelling.
  static let places: Set<String> = [
    "sporder", "pernum", "pno", "perno", "personno", "componente", "num ren", "renglon",
    "nro hogar", "hogar num", "viv sel", "line no", "lineno", "line number",
  ]
  /// What panels hand to a platform, and the scores that Qualtrics counts, beside `SC0`.
  static let handed: Set<String> = [
    "gc", "rid", "psid", "tid", "pid", "term", "transactionid", "panelistid", "qpmid", "opp",
    "qterminateflag", "qtotalduration", "qpopulateresponse", "qurl", "svid",
  ]
  /// What is asked about a survey itself, behind "survey" in a name.
  static let ofSurveys: Set<String> = [
    "length", "ease", "difficulty", "experience", "feedback", "rating", "comments", "fun",
  ]
  static let thisSurvey = [
    "length of the survey", "length of this survey", "this survey", "this questionnaire",
    "other people immediately present", "others present during", "anyone else present",
    "beim interview anwesend", "presentes durante la entrevista",
    "diese umfrage", "dieser umfrage", "cette enquete", "ce questionnaire", "esta encuesta",
    "esta pesquisa", "questo questionario", "deze enquete", "deze vragenlijst",
  ]
  /// People who judge products again and again.
  static let judges: Set<String> = [
    "assessor", "judge", "rater", "panelist", "panellist", "taster", "subject", "subj",
  ]
  /// Words of interviews and samples that name nothing else, wherever they stand in a short name.
  static let paradata = [
    "loi", "speeder*", "speeding", "straightline*", "straightliner*", "flatline*", "flatliner*",
    "*quota*", "quote nr", "useragent", "screener out", "screenout", "qcflag", "qc flag", "dupe",
    "dedupe", "fraud", "captcha", "recaptcha", "monadic", "sample source", "supplier", "vendor",
    "termflag", "honeypot", "interviewlength", "paradata", "xcell", "testcell", "test cell",
    "cell id", "payoff", "utm", "gclid", "fbclid", "interview minutes", "survey minutes",
    "completion minutes", "flg", "imputed", "imputation", "saisie",
  ]
  /// What experiments call what they show: a name that says little alone.
  static let shown: Set<String> = [
    "grp", "frame", "framing", "prime", "priming", "tone", "cue", "manipulation", "stimulus",
    "scenario",
    "vignette", "message", "msg", "story", "appeal", "argument", "wording", "rahmung", "cadre",
    "cell",
    "mensaje", "escenario", "szenario",
  ]
  /// What tells people to give a certain answer, to see whether they read.
  static let instructions = [
    "show that you", "paying attention", "read carefully", "reading carefully", "you are reading",
    "please select the answer", "please choose the answer", "zeigen dass sie", "aufmerksam lesen",
    "aufmerksam gelesen", "demostrar que", "montrer que vous", "for quality purposes",
    "for quality control", "leave this question blank", "leave this item blank",
  ]
  /// Words in the wording of a column that is about the sample or the interview.
  static let designWordings = [
    "date of interview", "interview date", "interviewer", "time of interview", "area code",
    "telephone exchange", "time zone", "fips", "questionnaire version", "randomly assigned",
    "random assignment", "random number", "split ballot", "form version",
    "metropolitan statistical",
    "census region code", "sample point", "sampling point", "sample type", "replicate number",
    "interview length", "length of interview", "language of interview", "interview language",
    "present during interview", "respondent cooperation",
    "fecha de la entrevista", "date de l entretien", "datum des interviews", "start time",
    "end time",
    "erhebungsverfahren", "erhebungsform", "erhebungsmodus", "befragungsart", "device type",
    "sample source", "panel provider", "panel source", "mode of data collection",
    "mode of interview", "quota cell", "sample id", "data collection mode",
    "case id", "sample number", "selection probability", "probability of selection",
    "experimental condition", "treatment group", "control group", "survey version",
    "line number", "sample design", "ballot used", "wording experiment", "survey experiment",
    "month time period", "data collection period", "period of data collection",
    "examination status", "interview status", "fieldwork month", "month of fieldwork",
    "field period", "fielding date",
    "versuchsbedingung", "versuchsgruppe", "experimentalgruppe", "experimentalbedingung",
    "dia de realizacion", "mes de realizacion", "fecha de realizacion", "condition experimentale",
    "condicion experimental",
  ]
  /// What interviews are called, and what is told of them: "start of interview, hour".
  static let interviews = [
    "interview", "interviews", "veldwerk", "feldzeit", "trabajo de campo", "entrevista",
    "entretien", "intervista", "enquete", "fieldwork",
    "interviewbeginn", "interviewende", "interviewdauer",
  ]
  static let interviewFacts = [
    "start", "end", "begin", "beginning", "date", "day", "month", "year", "hour", "minute", "time",
    "duration", "length", "language", "mode", "status", "inicio", "termino", "fin", "dia", "mes",
    "hora",
    "fecha", "duracion", "debut", "heure", "jour", "mois", "duree", "beginn", "ende", "dauer",
    "jaar", "maand", "dag", "duur", "uhrzeit", "datum", "tag", "monat", "data", "ora", "giorno",
    "mese", "durata", "started",
    "ended", "interviewbeginn", "interviewende", "interviewdauer",
  ]
  /// Ends of names that say who answered, and in which language: somebody else, an interpreter.
  static let answering = ["*proxy", "*intrp", "*intlang"]
  /// What tells the waves of a survey apart; of the years only numbers of this century or the last.
  static let years: Set<String> = [
    "year", "jahr", "annee", "ano", "anno", "survey year", "interview year", "yr",
    "year of survey", "year of interview", "erhebungsjahr",
  ]
  static let waves: Set<String> = years.union([
    "fala", "fala badania", "meting", "vlna",
    "wave", "welle", "vague", "ola", "oleada", "onda", "ondata", "essround", "survey wave",
    "quarter", "quartal", "erhebungswelle", "measurement wave", "panel wave", "survey round",
  ])
  /// What a platform calls the devices of respondents.
  static let devices: Set<String> = [
    "ios phone tablet", "android phone tablet", "windows desktop laptop", "macos desktop laptop",
    "windows phone tablet", "linux desktop laptop", "other",
  ]
  /// How replicate weights are called, without their number.
  static let replicates: Set<String> = [
    "w fstr", "w fsturwt", "repwt", "repwtp", "repwgt", "wgtp", "pwgtp", "bsw", "brr", "brrwt",
    "jk",
    "wtrep", "rwgt", "repweight", "rep weight", "replicate weight", "w rep", "bootstrap weight",
  ]
  /// How long a program waited for an answer.
  static let reactions = [
    "rt", "reaction time", "response time", "completion time", "time spent", "time taken",
    "time to complete", "latency", "reaktionszeit", "bearbeitungszeit",
  ]
  /// Names of the group of an experiment that gets nothing.
  static let controls: Set<String> = [
    "control", "control group", "placebo", "kontrolle", "kontrollgruppe", "controle", "temoin",
    "grupo control", "treatment group", "treatment", "untreated", "waitlist", "wait list",
    "waiting list", "warteliste", "wartegruppe", "wartekontrollgruppe", "liste d attente",
    "lista de espera", "active control", "aktive kontrolle",
  ]
  /// What a time of measurement is called where people answer more than once.
  static let occasions: Set<String> = [
    "time", "session", "round", "trial", "occasion", "timepoint", "time point", "period", "visit",
    "repeat", "measurement", "zeitpunkt", "messzeitpunkt", "day", "product", "prod", "prod id",
    "prodid", "stimulus", "vignette", "task", "task number", "sequence", "position", "order",
    "picture", "photo", "image", "video", "stimuli", "trial number", "replicate", "rep", "batch",
    "tag", "jour",
  ]
  /// Groups in which people are: a number of one is no measure.
  static let groups: Set<String> = [
    "grp", "group", "groupid", "class", "school", "team", "store", "branch", "district", "village",
    "cluster", "site", "unit", "company", "comp", "firm", "hospital", "ward", "station", "facility",
    "sch", "schoolno", "comm", "community", "commune", "gemeinde", "municipio", "comune",
    "barangay", "municipality", "neighborhood", "neighbourhood",
    "tract", "msa", "fips", "psu", "clinic", "shop", "klasse", "schule", "school id", "class id",
  ]
  /// What programs call the numbers of rows.
  static let rowNumbers: Set<String> = [
    "index", "row number", "rownumber", "unnamed", "rownames", "row names",
  ]
  /// Words that end in "id" without being an identifier.
  static let endingInID: Set<String> = [
    "paid", "said", "bid", "kid", "aid", "did", "grid", "covid", "mid", "void", "avoid", "valid",
    "solid", "rapid", "fluid", "acid", "hybrid", "raid", "rid", "lid", "android", "steroid",
    "plaid",
    "asteroid", "unpaid", "prepaid", "afraid", "maid", "laid", "stupid", "polaroid",
  ]
  /// Words of rating something: they overrule what a column is named after.
  static let judgement = [
    "satisfaction", "satisfied", "satisfy", "importance", "important", "involvement", "happy",
    "happiness", "agree", "opinion", "rating", "rate", "evaluation", "hike", "stress", "balance",
    "zufrieden*", "wichtig*", "satisfaccion", "quality", "conflict", "difficulties", "restrictions",
    "experience", "performance", "training", "support", "trust", "index", "score", "scale",
    "burnout",
    "demands", "prestige", "security", "feel", "problems", "effect", "worried", "enjoy",
  ]
  /// Words of a body's weight and of what is weighed.
  static let bodily = [
    "body", "kg", "lb", "lbs", "pounds", "kilo", "kilos", "kilogram", "kilograms", "kilogramm",
    "height", "loss", "conscious", "consciousness", "overweight", "bmi", "corporal", "korper*",
    "bmx*", "birth weight", "birthweight", "grams", "diet",
  ]
  /// The names by which producers of data call their weights, without signs.
  static let weightNames: Set<String> = [
    "pspwght", "dweight", "anweight", "pweight", "perwt", "hhwt", "finalwgt", "finalwt", "finwgt",
    "sampwt", "sampweight", "commonweight", "fexp", "fex", "factorexpansion", "factorexp",
    "pondera", "pondii", "pondiio", "pondih", "facper", "fachog", "facexp", "expr", "ponde",
    "ponderador", "ponderacion", "wts", "wtsall", "wtssall", "wtssnr", "wtssps",
    "wt", "wgt", "weight", "weights", "gewicht", "gewichtung", "poids", "pond", "wtint", "wtmec",
    "wtintyr", "wtmecyr", "fwgt", "awgt", "pwgtp", "wgtp", "asecwt", "earnwt", "hwtfinl", "wtfinl",
    "repwt", "wtsurvy", "popwt", "hhweight", "indweight", "peso", "calweight", "swght", "w",
    "weegfactor", "wegingsfactor", "weging", "vikt", "vekt", "rimw", "rimwt", "rimweight", "rim",
  ]
  /// What weights are called in files of other languages, and by nothing else.
  static let weightCodes: Set<String> = [
    "wb", "waga", "wagi", "ウェイト", "ウエイト", "ウェイト値", "wb値", "ponderacao", "peso amostral",
    "fator de expansao",
  ]
  /// Names of what programs draw or set beside the questions.
  static let drawn = [
    "hid", "hidden", "rnd", "rand", "random", "cell", "quota", "version", "list", "vlist", "pipe",
    "punch", "lf", "assign*", "shown", "group", "grp", "arm", "split", "condition", "cond", "block",
    "rotation", "order", "seed",
  ]
  /// Names of weights that also name what is put on scales.
  static let anyWeight: Set<String> = [
    "weight", "wt", "gewicht", "poids", "peso", "pond", "w", "vikt", "vekt",
    "gewichtung",
  ]
  /// Whether a name is that of the weight that all steps of weighting went into.
  static func isFinalWeight(_ name: String) -> Bool {
    let name = NameWords.folded(name)
    return ["anweight", "pspwght", "post", "final", "finw", "calib", "rake", "raking", "total"]
      .contains { name.contains($0) }
  }
  /// Words of what is counted, whose numbers end where they end.
  static let counted = [
    "number of", "number", "count", "rooms", "visits", "trips", "orders", "membrs", "anzahl",
    "zimmer", "besuche", "nombre de", "pieces", "visites", "numero de", "cuartos", "visitas",
    "how many", "wie viele", "wie oft", "combien", "cuantos", "cuantas", "quantos", "quantas",
  ]
  /// Words of a judgement of everything, which is no item among others.
  static let overall = [
    "overall", "all in all", "taken together", "all things considered", "insgesamt",
    "alles in allem", "globalement", "dans l'ensemble", "en conjunto", "no geral", "nel complesso",
  ]
}
