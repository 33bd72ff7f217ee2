internal import Foundation
internal import TesseraSurvey

/// The words of a name or a wording, made comparable across languages.
struct DraftText {
  /// Lower-case words without accents; digits are words of their own.
  let words: [String]
  /// The words with one blank between them and at both ends.
  let line: String

  /// Splits a text at everything that is no letter, at digits, and before capitals.
  init(_ text: String) {
    var words: [String] = []
    var word = ""
    var last: Character = " "
    for character in text {
      let isPart = character.isLetter || character.isNumber
      let isTurn =
        character.isNumber != last.isNumber || (character.isUppercase && last.isLowercase)
      if !isPart || isTurn, !word.isEmpty {
        words.append(word)
        word = ""
      }
      if isPart { word.append(character) }
      last = character
    }
    if !word.isEmpty { words.append(word) }
    self.words = words.map(Self.folded)
    line = " " + self.words.joined(separator: " ") + " "
  }

  /// Whether there are no words at all.
  var isEmpty: Bool { words.isEmpty }

  /// Lower case without accents; ß is ss.
  static func folded(_ text: String) -> String {
    text.lowercased().replacingOccurrences(of: "ß", with: "ss")
      .folding(options: .diacriticInsensitive, locale: nil)
  }

  /// The first of some words that occurs; a word with `*` may be part of a longer one, and several
  /// words must follow each other.
  func first(of candidates: [String]) -> String? {
    candidates.first { candidate in
      if candidate.contains(" ") { return line.contains(" \(candidate) ") }
      if candidate.contains("*") { return words.contains { NamePattern.matches(candidate, $0) } }
      return words.contains(candidate)
    }
  }
}

/// Words by which columns are recognised, in English, German, French and Spanish, without accents.
enum DraftWords {
  /// What a column says about who people are.
  enum Topic: String, CaseIterable {
    case age
    case gender
    case income
    case occupation
    case education
    case maritalStatus = "marital status"
    case children
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
          "year of birth", "birth year", "annee de naissance", "ano de nacimiento", "how old",
          "wie alt", "cuantos anos",
        ]
      case .gender: ["gender", "sex", "geschlecht", "sexe", "genre", "sexo", "genero"]
      case .income:
        [
          "income", "incomes", "rincom*", "*rinc", "salary", "wage", "wages", "earnings",
          "*einkommen*",
          "gehalt", "verdienst", "revenu", "revenus", "salaire", "ingreso", "ingresos", "salario",
          "sueldo",
        ]
      case .occupation:
        [
          "occupation", "occ", "occ*code", "profession", "job", "employment", "wrkstat",
          "work status", "beruf",
          "berufs*", "erwerb*", "taetigkeit", "tatigkeit", "metier", "emploi",
          "situation professionnelle", "ocupacion", "profesion", "empleo", "situacion laboral",
        ]
      case .education:
        [
          "educ*", "degree", "schooling", "*bildung", "*bildungs*", "*abschluss",
          "diplome", "etudes", "niveau d etudes", "educacion", "estudios", "nivel de estudios",
        ]
      case .maritalStatus:
        [
          "marital*", "married", "civil status", "familienstand", "zivilstand", "etat civil",
          "situation matrimoniale", "situation familiale", "estado civil",
        ]
      case .children:
        ["children", "childs", "kids", "kinder*", "enfant", "enfants", "hijos", "ninos"]
      case .household:
        [
          "household", "hhsize", "hh", "family size", "haushalt*", "menage", "foyer", "hogar",
          "miembros del hogar",
        ]
      case .region:
        [
          "region", "state", "county", "country", "province", "postcode", "zip", "zipcode", "city",
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
    "encuestado", "cuestionario",
  ]
  static let weight = [
    "weight", "weights", "wt", "wgt", "wtss*", "gewicht", "gewichtung", "gewichtungsfaktor",
    "poids",
    "ponderation", "pond", "ponderacion", "peso", "factor de expansion",
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
    "interviewtime", "elapsed", "collector",
  ]
  static let personal = [
    "email", "mail", "phone", "telephone", "telefon", "firstname", "lastname", "surname",
    "vorname", "nachname", "address", "adresse", "strasse", "ipaddress", "ip", "latitude",
    "longitude", "nom", "prenom", "correo", "telefono", "apellido", "direccion",
  ]
  static let importance = [
    "imp", "importance", "important", "wichtig", "wichtigkeit", "importancia", "importante",
    "importe",
  ]
  static let satisfaction = [
    "sat", "satisfaction", "satisfied", "zufrieden", "zufriedenheit", "satisfait", "satisfaits",
    "satisfaccion", "satisfecho",
  ]
  static let activities = [
    "act", "activity", "activities", "hobby", "hobbies", "leisure", "sport", "sports", "aktiv*",
    "freizeit*", "loisir", "loisirs", "activite", "activites", "actividad", "actividades", "ocio",
    "aficiones",
  ]
  static let media = [
    "media", "channel", "channels", "medien", "medium", "kanal", "kanale", "medias", "medio",
    "medios", "canal", "canales",
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
    "impide", "barrera", "barreras", "freno", "frenos",
  ]
  /// Steps from knowing a product to having it, first step first.
  static let funnel: [[String]] = [
    [
      "aware", "awareness", "know", "known", "heard", "bekannt", "gekannt", "kennt", "connu",
      "connait", "conoce", "conocido",
    ],
    [
      "consider", "considered", "consideration", "erwogen", "erwagung", "envisage", "considere",
      "considera", "considerado",
    ],
    [
      "tried", "trial", "test", "tested", "drove", "visited", "probiert", "getestet", "essaye",
      "teste", "probado", "prueba",
    ],
    [
      "bought", "buy", "purchase", "purchased", "owned", "owns", "gekauft", "kauf", "achete",
      "achat", "comprado", "compra",
    ],
  ]
  /// Answers that are no answers.
  static let noAnswer = [
    "don t know", "dont know", "do not know", "dk", "refused", "refusal", "prefer not to say",
    "prefer not to answer", "rather not say", "no answer", "not answered", "keine angabe", "k a",
    "weiss nicht", "verweigert", "keine antwort", "ne sait pas", "nsp", "refus", "sans reponse",
    "ne souhaite pas repondre", "no sabe", "no contesta", "ns nc", "nsnc", "prefiero no decirlo",
    "prefiero no contestar", "no sabe no contesta",
  ]
}
