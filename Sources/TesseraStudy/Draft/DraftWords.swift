/// Words by which columns are recognised, in English, German, French and Spanish, without accents.
enum DraftWords {
  /// What a column says about who people are.
  ///
  /// In the order in which they are looked for: "how many children under the age of 18" asks for
  /// children.
  enum Topic: String, CaseIterable {
    case children
    case age
    case gender
    case income
    case occupation
    case education
    case maritalStatus = "marital status"
    case household
    case region

    /// Whether the topic helps to make segments, or only describes them.
    var makesSegments: Bool {
      switch self {
      case .gender, .region: false
      default: true
      }
    }

    var words: [String] {
      switch self {
      case .age:
        [
          "age", "ages", "alter", "altersgruppe", "altersklasse", "geburtsjahr", "edad",
          "year of birth", "birth year", "agea", "agegrp", "agecat", "yrbrn", "yob",
          "annee de naissance", "ano de nacimiento", "how old",
          "wie alt", "cuantos anos", "agegroup", "age group", "altersgruppen", "jahrgang",
          "tranche d age",
          "grupo de edad",
        ]
      case .gender:
        [
          "gender", "sex", "female", "male", "gndr", "geschlecht", "sexe", "genre", "sexo",
          "genero", "civilite",
        ]
      case .income:
        [
          "income", "incomes", "rincom*", "*rinc", "salary", "wage", "wages", "earnings",
          "*einkommen*",
          "gehalt", "verdienst", "revenu", "revenus", "salaire", "ingreso", "ingresos", "salario",
          "sueldo", "earn", "earned", "earnings", "hhinc*", "renta",
        ]
      case .occupation:
        [
          "occupation", "occup*", "occ", "occp", "occ*code", "profession", "job", "employment",
          "employment status", "jobcat", "workstatus", "emplstat", "empstat", "wrkst", "wrkstat",
          "work status", "beruf*", "employed", "working status", "working situation", "erwerb*",
          "taetigkeit", "tatigkeit", "metier", "emploi",
          "situation professionnelle", "statut professionnel", "csp", "ocupacion", "profesion",
          "empleo", "situacion laboral",
        ]
      case .education:
        [
          "educ*", "edu", "edulvl*", "eduyrs", "eisced", "degree", "schooling", "level of school",
          "highest level",
          "qualification",
          "qualifications", "escolaridad", "grado de estudios", "formation", "*bildung",
          "*bildungs*", "*abschluss",
          "diplome", "etudes", "niveau d etudes", "educacion", "estudios", "nivel de estudios",
        ]
      case .maritalStatus:
        [
          "marital*", "married", "maritl*", "marstat", "relationship status", "rel status",
          "civil status", "relationship status", "relationship",
          "familienstand", "zivilstand", "etat civil",
          "situation matrimoniale", "situation familiale", "estado civil",
        ]
      case .children:
        ["children", "childs", "kids", "kinder*", "enfant", "enfants", "hijos", "ninos", "nchild*"]
      case .household:
        [
          "household", "hhsize", "hh", "family size", "haushalt*", "menage", "foyer", "hogar",
          "miembros del hogar",
        ]
      case .region:
        [
          "region", "reg", "cregion", "locality", "location", "state", "county", "country",
          "province", "postcode", "zip", "zipcode", "city",
          "place size", "urban", "bundesland", "land", "plz", "postleitzahl", "wohnort", "ort",
          "departement", "code postal", "ville", "pays", "provincia", "comunidad",
          "codigo postal", "ciudad", "pais",
        ]
      }
    }
  }

  static let identifier = [
    "id", "respondent", "respid", "respondentid", "responseid", "caseid", "uuid", "guid",
    "teilnehmer", "befragter", "lfdnr", "fragebogennummer", "repondant", "identifiant",
    "encuestado", "cuestionario", "folio", "lfd nr", "laufende nummer", "numero de folio", "serial",
    "record number", "response number", "case number", "idno", "uid", "caseno", "respno",
    "recordno",
    "record no", "case no", "subject", "participant", "sbjnum", "serialno", "subjectid", "workerid",
    "case", "participantid", "interview number", "questionnaire number", "userid", "panelid",
    "panelistid",
    "numero", "token", "record", "nquest", "encuesta", "deelnemer", "respondentnr", "respnr",
  ]
  /// Words that mean a weight of respondents and nothing else.
  static let plainWeight = [
    "weighting", "wgt", "wtss*", "pweight", "gewichtung*", "ponderation", "ponderacion",
    "factor de expansion", "facteur de ponderation", "design weight", "sampling weight",
    "survey weight",
  ]
  static let weight =
    plainWeight + [
      "weight", "weights", "wt", "gewicht", "poids", "pond", "peso",
    ]
  static let frequency = [
    "freq", "frequency", "haufigkeit", "anzahl falle", "effectif", "frecuencia",
  ]
  static let strata = ["strata", "stratum", "vstrat", "schicht", "strate", "estrato"]
  static let cluster = ["cluster", "psu", "vpsu", "klumpen", "grappe", "conglomerado"]
  static let process = [
    "duration", "timestamp", "start", "end", "started", "finished", "progress", "status", "browser",
    "device", "useragent", "referer", "version", "submitdate", "startdate", "enddate", "recorded",
    "startzeit", "endzeit", "dauer", "zeitstempel", "duree", "horodatage", "duracion",
    "marca temporal", "userlanguage", "distribution", "channel id", "lastpage", "seed",
    "interviewtime", "elapsed", "collector", "refurl", "datestamp", "sessionid", "user agent",
    "group time", "question time", "deviceid", "consent", "consentement", "consentimiento",
    "einwilligung",
  ]
  /// Columns that platforms write about the interview, as they call them, without blanks and signs.
  static let platform: Set<String> = [
    "startdate", "enddate", "status", "ipaddress", "progress", "durationinseconds", "finished",
    "recordeddate", "recipientlastname", "recipientfirstname", "recipientemail",
    "externalreference", "locationlatitude", "locationlongitude", "distributionchannel",
    "userlanguage", "collectorid", "emailaddress", "customdata1", "submitdate", "lastpage",
    "startlanguage", "seed", "ipaddr", "refurl", "datestamp", "interviewtime", "timestarted",
    "datesubmitted", "contactid", "legacycomments", "language", "referer", "sessionid",
    "useragent", "tags", "networkid", "startdateutc", "submitdateutc", "submissiontime",
    "validationstatus", "submittedby", "uuid", "index", "submissionid", "redcapeventname",
    "redcapsurveyidentifier", "redcaprepeatinstrument", "redcaprepeatinstance", "eventname",
    "devicetype", "responsetype", "instanceid", "formversion", "reviewstate", "start", "end",
    "today", "username", "deviceid", "subscriberid", "simid", "simserial", "phonenumber", "version",
    "notes", "instancename", "enumerator", "questnnr", "started", "mailsent", "lastdata",
    "qviewer", "maxpage", "missrel", "timersi", "timesum", "extendedreferer",
    "stagedateutc", "starttime", "endtime", "completiontime", "recaptchascore", "dispcode",
    "vlist", "vbrowser", "vos", "vmobiledevice", "dcua", "qtime", "horadeinicio", "startzeit",
    "horadefinalizacion", "fertigstellungszeit", "heurededebut", "heuredefin", "lastmodifiedtime",
    "totaltime", "gpsaltitude", "gpsprecision",
  ]
  /// What SoSci Survey calls its columns beside `QUESTNNR`; elsewhere these are words like others.
  static let sosci: Set<String> = ["mode", "missing", "missrel", "ref", "qviewer", "timersi"]
  static let personal = [
    "mobile", "mobile number", "mobile no", "cell phone", "phone number", "first name", "last name",
    "full name", "fullname", "your name", "handynummer", "telefonnummer", "handy", "celular",
    "nombre completo",
    "nom complet", "ip address", "e mail", "email address", "emailaddress", "correo electronico",
    "email", "mail", "phone", "telephone", "telefon", "firstname", "lastname", "surname",
    "vorname", "nachname", "address", "adresse", "strasse", "ipaddress", "ip", "latitude",
    "longitude", "nom", "prenom", "correo", "telefono", "apellido", "direccion", "lat", "lon",
    "postal", "postalcode", "zip", "zipcode", "zip code", "postcode", "plz", "postleitzahl",
    "code postal", "codigo postal", "imei", "deviceid",
    "lng", "gps", "breitengrad", "langengrad", "latitud", "longitud",
  ]
  static let importance = [
    "imp", "importance", "important", "wichtig", "wichtigkeit", "importancia", "importante",
    "importe", "wichtige", "importantes", "importants",
  ]
  static let satisfaction = [
    "sat", "satisfaction", "satisfied", "zufrieden", "zufriedenheit", "satisfait", "satisfaits",
    "satisfaccion", "satisfecho", "satisfecha", "satisfaite", "happy", "pleased",
  ]
  static let activities = [
    "act", "activity", "activities", "hobby", "hobbies", "leisure", "sport", "sports", "aktiv*",
    "freizeit*", "loisir", "loisirs", "activite", "activites", "actividad", "actividades", "ocio",
    "aficiones", "free time", "spare time", "pastime", "pastimes", "temps libre", "tiempo libre",
  ]
  /// Things people do, by which a question without words of its own is known.
  static let pastime = [
    "travel*", "sport", "sports", "cooking", "gaming", "games", "reading", "music", "gardening",
    "cinema", "museum*", "reisen", "kochen", "lesen", "musik", "voyages", "cuisine", "lecture",
    "musique", "viajes", "deporte", "cocina", "lectura", "musica", "hiking", "jeux",
    "videojuegos", "computerspiele", "running", "yoga",
  ]
  static let media = [
    "media", "channel", "channels", "medien", "medium", "kanal", "kanale", "medias", "medio",
    "medios", "canal", "canales", "hear about", "heard about", "find out about",
    "look for information", "sources of information", "informationsquellen", "informieren",
    "informez vous", "informarse", "se informa",
  ]
  /// Names of media themselves.
  static let medium = [
    "tv", "television", "radio", "newspaper", "newspapers", "magazine", "magazines", "social",
    "search", "web", "internet", "podcast", "podcasts", "streaming", "fernsehen", "zeitung",
    "zeitungen", "zeitschrift", "zeitschriften", "journal", "journaux", "presse", "tele", "prensa",
    "periodico", "periodicos", "revista", "revistas", "redes",
  ]
  static let barriers = [
    "barrier", "barriers", "stop", "stops", "prevent", "prevents", "obstacle", "hinder",
    "hindernis",
    "hindernisse", "hindert", "abhalt*", "frein", "freins", "empeche", "obstaculo", "obstaculos",
    "impide", "barrera", "barreras", "freno", "frenos", "keep you from", "keeps you from",
    "holds you back", "hold you back", "put you off", "puts you off", "reasons not to",
    "reason not to", "deter", "deters", "vom kauf ab", "halt sie davon ab", "spricht dagegen",
    "empecherait", "retient", "impediria", "no comprar",
  ]
  /// What an answer begins with that says what is wrong with a product.
  static let objection = [
    "too", "no", "not", "lack", "lacks", "lacking", "missing", "zu", "kein*", "nicht", "fehlt",
    "fehlende*", "trop", "pas", "sans", "manque", "demasiado", "demasiada", "sin", "falta", "poco",
  ]
  /// Steps from knowing a product to having it, first step first.
  static let funnel: [[String]] = [
    [
      "aware", "awareness", "know", "known", "heard", "bekannt", "gekannt", "kennt", "connu",
      "connait", "conoce", "conocido", "familiar",
    ],
    [
      "consider", "considered", "consideration", "erwogen", "erwagung", "erwagt", "envisage",
      "considere",
      "considera", "considerado",
    ],
    [
      "tried", "trial", "test", "tested", "drove", "visited", "probiert", "getestet", "essaye",
      "teste", "probado", "prueba",
    ],
    [
      "bought", "buy", "purchase", "purchased", "owned", "owns", "besitzt", "besitz", "gekauft",
      "kauf", "achete",
      "achat", "comprado", "compra",
    ],
  ]
  /// Words of shares of a whole.
  static let shares = [
    "percent", "percentage", "share of", "prozent", "anteil", "pourcentage", "porcentaje",
    "proportion", "minutes", "minuten", "hours", "stunden", "heures", "horas", "spend", "spent",
  ]
  /// Where people come from, and what they are.
  static let origin = [
    "race", "ethnic*", "ethnie", "origin", "origen", "origine", "herkunft", "etnia", "etnico",
    "raza", "nationality", "nationalitat", "religion", "gender", "sex",
    "hispanic", "latino",
  ]
  /// Words of using and having.
  static let usage = [
    "use", "uses", "used", "using", "usas", "usa", "utilizas", "utiliza", "nutzen", "nutzt",
    "nutzung", "utilisez", "utilisation", "eaten", "eat", "bought", "buy", "purchased", "ever",
    "own", "owned", "owns", "have", "visit", "visited", "watch", "drink", "played", "play", "read",
    "adopted", "do you do", "work with", "gekauft", "besitzen", "compra", "achetez",
  ]
  /// Words of one purchase or visit rather than of the person.
  static let occasion = [
    "most recent", "last time", "last visit", "last order", "last purchase", "letzter einkauf",
    "letzten einkauf", "dernier achat", "ultima compra", "ultima vez",
  ]
  /// Questions that test whether people read, and what shows that they are no robots.
  static let attention = [
    "attention check", "attention", "attentioncheck", "captcha", "recaptcha", "robot", "roboter",
    "bot check", "trap question", "instructional manipulation", "manipulation check",
    "aufmerksamkeit*", "kontrollfrage", "screener check", "consent", "consentimiento",
    "einwilligung", "consentement", "i agree to participate",
  ]
  /// What experiments and samples call their parts; the column holds nothing that people answered.
  static let design: Set<String> = [
    "condition", "cond", "treat", "treatment", "treated", "experiment", "experimental group",
    "experimental condition", "randomization", "randomisation", "randomized", "rand", "random",
    "version", "form", "split", "split form", "splitform", "questionnaire version",
    "survey version",
    "block", "module", "arm", "study arm", "vignette version", "condicion", "grupo experimental",
    "bedingung", "versuchsgruppe", "gruppe experimental", "control group", "treatment group",
    "quota group", "sample type", "sampletype", "sample source",
    "interviewer", "intvw", "collection mode", "survey mode",
    "datacollection", "prob", "selection probability", "comply", "assignment",
  ]
  /// Words in the wording of a column that is about the sample or the interview.
  static let designWordings = [
    "date of interview", "interview date", "interviewer", "time of interview", "area code",
    "telephone exchange", "time zone", "fips", "questionnaire version", "randomly assigned",
    "random assignment", "random number", "split ballot", "form version",
    "metropolitan statistical",
    "census region code", "sample point", "sampling point", "sample type", "replicate number",
    "interview length", "length of interview", "language of interview", "interview language",
    "fecha de la entrevista", "date de l entretien", "datum des interviews", "start time",
    "end time",
    "case id", "sample number", "selection probability", "probability of selection",
    "experimental condition", "treatment group", "control group", "survey version",
  ]
  /// What a time of measurement is called where people answer more than once.
  static let occasions: Set<String> = [
    "time", "session", "round", "trial", "occasion", "timepoint", "time point", "period", "visit",
    "repeat", "measurement", "zeitpunkt", "messzeitpunkt",
  ]
  /// Groups in which people are: a number of one is no measure.
  static let groups: Set<String> = [
    "grp", "group", "groupid", "class", "school", "team", "store", "branch", "district", "village",
    "cluster", "site", "unit", "company", "comp", "firm", "hospital", "ward", "station", "facility",
    "tract", "msa", "fips", "psu", "clinic", "shop", "klasse", "schule", "school id", "class id",
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
    "pondera", "ponde", "ponderador", "ponderacion", "wts", "wtsall", "wtssall", "wtssnr", "wtssps",
    "wt", "wgt", "weight", "weights", "gewicht", "gewichtung", "poids", "pond", "wtint", "wtmec",
    "wtintyr", "wtmecyr", "fwgt", "awgt", "pwgtp", "wgtp", "asecwt", "earnwt", "hwtfinl", "wtfinl",
    "repwt", "wtsurvy", "popwt", "hhweight", "indweight", "peso", "calweight", "swght", "w",
  ]
  /// Whether a name is that of the weight that all steps of weighting went into.
  static func isFinalWeight(_ name: String) -> Bool {
    let name = DraftText.folded(name)
    return ["anweight", "pspwght", "post", "final", "finw", "calib", "rake", "raking", "total"]
      .contains { name.contains($0) }
  }
  /// Words of what is counted, whose numbers end where they end.
  static let counted = [
    "number of", "number", "count", "rooms", "visits", "trips", "orders", "membrs", "anzahl",
    "zimmer", "besuche", "nombre de", "pieces", "visites", "numero de", "cuartos", "visitas",
    "how many", "wie viele", "wie oft", "combien", "cuantos", "cuantas", "quantos", "quantas",
  ]
}
