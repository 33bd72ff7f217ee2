/// Words by which columns are recognised, in English, German, French and Spanish, without accents.
enum DraftWords {
  static let identifier = [
    "id", "cle", "サンプル番号", "回答者番号", "respondent", "respondentn*", "respondenti*", "svarsnummer",
    "respid", "uniqid",
    "rec num", "recnum", "d interview", "respondentid",
    "responseid", "caseid", "uuid", "guid",
    "teilnehmer", "befragter", "lfdnr", "fragebogennummer", "repondant", "identifiant",
    "encuestado", "cuestionario", "folio", "lfd nr", "laufende nummer", "numero de folio", "serial",
    "record number", "response number", "case number", "idno", "uid", "caseno", "respno",
    "recordno",
    "record no", "case no", "subject", "participant", "sbjnum", "serialno", "subjectid", "workerid",
    "case", "participantid", "interview number", "questionnaire number", "userid", "panelid",
    "panelistid",
    "idnum", "idnumber", "protocolo", "ticket", "respond", "objectid", "globalid", "lfdn", "seqn",
    "seqno", "sub", "subno", "subnum",
    "subjectno", "subjno", "subj", "qid", "sid", "obs",
    "questid", "quest", "nquest", "respnum", "persnr", "persid", "casenr", "fallnummer",
    "numero", "token", "record", "nquest", "encuesta", "deelnemer", "respondentnr", "respnr",
  ]
  /// Longer wordings of an identifier.
  static let identifierWordings = [
    "numero de la entrevista", "numero de entrevista", "numero de cuestionario",
    "numero de encuesta", "numero de caso", "numero du questionnaire", "numero d identification",
    "interview number", "questionnaire number", "case number", "respondent number",
    "serial number", "identification number", "laufende nummer", "unique id", "unique identifier",
    "identifier", "identificador", "identifiant", "identifikator", "personennummer",
    "person number", "household number", "encrypted", "verschlusselt", "pseudonym",
  ]
  /// Words that mean a weight of respondents and nothing else.
  static let plainWeight = [
    "weighting", "wgt", "wtss*", "pweight", "gewichtung*", "ponderation", "ponderacion",
    "factor de expansion", "facteur de ponderation", "design weight", "sampling weight",
    "survey weight",
  ]
  static let weight =
    plainWeight + [
      "weight", "weights", "wt", "gewicht", "poids", "pond", "peso", "weegfactor", "wegingsfactor",
      "weging", "vikt", "vekt", "vaegt",
    ]
  static let frequency = [
    "freq", "frequency", "haufigkeit", "anzahl falle", "effectif", "frecuencia",
  ]
  static let strata = [
    "strata", "stratum", "vstrat", "strat", "stratid", "sdmvstra", "vestr", "schicht", "strate",
    "estrato", "ststr", "estrato primario", "est dis", "estdis",
  ]
  static let cluster = [
    "cluster", "psu", "vpsu", "psuid", "sdmvpsu", "secu", "primary sampling unit", "klumpen",
    "grappe", "conglomerado", "upm", "upms", "upm dis", "unidad primaria de muestreo",
  ]
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
    "datumabgeschickt", "letzteseite", "startsprache", "zufallsstartwert", "datumgestartet",
    "datumletzteaktivitat", "ipadresse", "verweisurl", "gesamtzeit", "datesubmitted",
    "datestarted", "datelastaction", "referrerurl", "datedesoumission", "dernierepage",
    "languededepart", "langueinitiale", "datedelancement", "datededebut",
    "datedeladerniereaction", "datedederniereaction", "adresseip", "urlreferente",
    "fechadeenvio", "ultimapagina", "idiomainicial", "lenguajeinicial", "fechadeinicio",
    "fechadelaultimaaccion", "fechadefinalizacion", "direccionip", "urldereferencia",
    "tiempototal", "tempstotal", "datadeenvio", "datadiinvio", "ultimapaginavista",
    "responseset", "externaldatareference", "pagehistory", "flashversion",
    "participantbrowser", "participantbrowserversion", "participantoperatingsystem",
    "participantip", "screensize", "dateoflastaccess", "dateoffirstmail", "hflip", "outputmode",
    "creator", "editor", "creationdate", "editdate", "objectid", "globalid", "starteddatetime",
    "endeddatetime", "surveyid", "pageexit",
    "tetedeserie", "timetakentocompleteseconds", "responsestatus", "seqnumber", "totaltime",
    "gpsaltitude", "gpsprecision", "submissiondate", "submissionip", "hitid", "hittypeid",
    "interviewkey", "interviewid", "sssysirnd", "haserrors", "interviewstatus",
    "assignmentid", "workerid", "assignmentstatus", "accepttime", "submittime",
    "worktimeinseconds", "lifetimeapprovalrate", "reward", "approve", "reject", "approvaltime",
    "autoapprovaltime", "autoapprovedelay", "rejectiontime", "requesterfeedback", "maxassignments",
  ]
  /// Words of platforms that are also plain wordings of a question.
  static let plainWords: Set<String> = [
    "status", "language", "tags", "index", "version", "start", "end", "today", "username", "notes",
    "progress", "seed", "started", "quality", "duration", "browser", "smartphone", "quota",
    "tester", "enumerator", "phonenumber", "emailaddress",
  ]
  /// What Unipark calls its columns beside `lfdn`, and SoSci Survey beside `QUESTNNR`; elsewhere these
  /// are words like others.
  static let unipark: Set<String> = [
    "tester", "externallfdn", "quality", "duration", "smartphone", "quota", "browser", "javascript",
    "deviceid", "c",
  ]
  static let sosci: Set<String> = ["mode", "missing", "missrel", "ref", "qviewer", "timersi"]
  static let importance = [
    "imp", "importance", "important", "wichtig", "wichtigkeit", "importancia", "importante",
    "importe", "wichtige", "importantes", "importants", "belangrijk", "belang", "importanza",
  ]
  static let valued =
    importance + [
      "value", "values", "valued", "need", "needs", "priority", "priorities", "matter", "matters",
      "principle", "principles", "wert", "werte", "bedurfnis*", "valeur", "valeurs", "besoin",
      "besoins", "valor", "valores", "necesidad", "necesidades", "agree", "trifft zu", "zustimmung",
      "stimmen", "stimme", "accord", "acuerdo", "concorda", "concordo",
    ]
  static let satisfaction = [
    "sat", "satisfaction", "satisfied", "zufrieden", "zufriedenheit", "satisfait", "satisfaits",
    "tevreden", "tevredenheid", "satisfacao", "satisfeito", "satisfeita", "soddisfazione",
    "soddisfatto",
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
    "race*", "*reth", "black", "white", "ethnic*", "ethnie", "origin", "origen", "origine",
    "herkunft", "etnia", "etnico",
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
}
