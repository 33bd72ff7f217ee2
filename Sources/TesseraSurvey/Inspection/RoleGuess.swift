/// What a variable is probably for, and why that is thought.
public struct RoleGuess: Sendable, Equatable {
  /// What a study uses a variable for.
  public enum Role: String, Sendable, CaseIterable {
    /// Tells respondents apart.
    case id
    /// How many people a respondent stands for.
    case weight
    /// The group a respondent was drawn from by design.
    case strata
    /// What respondents were drawn together with.
    case cluster
    /// Who the respondent is.
    case demographic
    /// What the respondent does.
    case activity
    /// How much a need matters.
    case importance
    /// How well a need is met.
    case satisfaction
    /// What keeps the respondent from buying.
    case barrier
    /// Where the respondent can be reached.
    case media
    /// How far the respondent got towards buying.
    case funnel
    /// What the respondent holds true or dear.
    case attitude
    /// How long the interview took.
    case duration
    /// About the interview, not the person.
    case process
    /// When something happened.
    case date
    /// The respondent's own words.
    case openEnd = "open_end"
    /// Anything else.
    case other
  }

  /// What the variable is for.
  public let role: Role
  /// Why that is thought, in a few words.
  public let reason: String

  /// Guesses from name, wording, level and answers.
  ///
  /// Words are looked for in English, German, French and Spanish.
  ///
  /// - Parameters:
  ///   - variable: Any variable.
  ///   - isWeight: Whether the file itself declares it to be the weight.
  public init(_ variable: Variable, isWeight: Bool = false) {
    if isWeight {
      self.init(.weight, "the file declares it the weight")
      return
    }
    let name = Self.words(variable.name)
    let label = Self.words(variable.label)
    if variable.level == .date {
      self.init(.date, "its answers are dates")
      return
    }
    if OtherOption.isWritten(variable) {
      self.init(.openEnd, "what respondents wrote beside 'other'")
      return
    }
    for (role, vocabulary) in Self.vocabularies {
      let isPossible: Bool =
        switch role {
        case .id: variable.level == .text || Self.isKey(variable)
        case .weight, .duration: variable.isNumeric
        case .strata, .cluster: variable.level != .date
        case .importance, .satisfaction: variable.isNumeric || variable.categories.count <= 12
        default: variable.level != .text
        }
      guard isPossible else { continue }
      if variable.level == .text, OpenEndWording.asksForWords(variable), role != .id { continue }
      let starts = role == .importance || role == .satisfaction
      if let word = Self.firstMatch(name, vocabulary, prefixes: starts) {
        self.init(role, "its name has '\(word)'")
        return
      }
      if role != .id, role != .weight,
        let word = Self.firstMatch(label, vocabulary, prefixes: false)
      {
        self.init(role, "its wording has '\(word)'")
        return
      }
    }
    if variable.level == .text {
      let unique = variable.answers.isCoded && variable.categories.count == variable.answers.count
      self.init(
        unique ? .id : .openEnd,
        unique ? "every respondent has another answer" : "its answers are free text")
      return
    }
    self.init(.other, "nothing in its name or wording says more")
  }

  /// States a role that is known.
  public init(_ role: Role, _ reason: String) {
    self.role = role
    self.reason = reason
  }

  private static func isKey(_ variable: Variable) -> Bool {
    guard variable.answers.isCoded else { return variable.level != .numeric }
    return variable.categories.count * 2 > variable.answers.count
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func firstMatch(
    _ words: [String], _ vocabulary: Set<String>, prefixes: Bool
  ) -> String? {
    if let word = words.first(where: vocabulary.contains) { return word }
    guard prefixes, let first = words.first, first.count >= 3 else { return nil }
    return vocabulary.contains { $0.count >= 8 && $0.hasPrefix(first) } ? first : nil
  }

  private static let vocabularies: [(Role, Set<String>)] = [
    (
      .weight,
      [
        "weight", "weights", "wt", "wgt", "weighting", "gewicht", "gewichtung", "poids",
        "ponderation", "pondération", "peso", "ponderacion", "ponderación", "w", "pweight",
      ]
    ),
    (
      .id,
      [
        "id", "respid", "respondent", "respondentid", "responseid", "caseid", "uuid", "recordid",
        "token", "serial", "lfdnr", "identifiant", "identificador",
      ]
    ),
    (
      .strata,
      ["strata", "stratum", "vstrat", "schicht", "strate", "estrato", "estratos"]
    ),
    (
      .cluster,
      ["cluster", "psu", "vpsu", "klumpen", "grappe", "conglomerado"]
    ),
    (
      .duration,
      [
        "duration", "interviewtime", "seconds", "elapsed", "dauer", "duree", "durée", "duracion",
        "duración",
        "loi",
      ]
    ),
    (
      .importance,
      [
        "imp", "importance", "important", "importancia", "importante", "wichtigkeit", "wichtig",
        "matters",
      ]
    ),
    (
      .satisfaction,
      [
        "sat", "satisfaction", "satisfied", "zufriedenheit", "zufrieden", "satisfaccion",
        "satisfacción", "satisfecho", "satisfait",
      ]
    ),
    (
      .barrier,
      [
        "barrier", "barriers", "obstacle", "stops", "prevents", "concern", "hindernis", "barriere",
        "hindert", "frein", "freins", "barrera", "barreras", "obstaculo",
      ]
    ),
    (
      .funnel,
      [
        "aware", "awareness", "considered", "consider", "consideration", "interested", "bought",
        "purchased", "trial", "tried", "bekannt", "bekanntheit", "gekauft", "notoriété", "achat",
        "acheté", "conoce", "compró", "comprado",
      ]
    ),
    (
      .media,
      [
        "media", "medien", "medios", "channel", "channels", "tv", "television", "radio",
        "newspaper", "newspapers", "magazine", "magazines", "podcast", "facebook", "instagram",
        "youtube", "tiktok", "zeitung", "fernsehen", "presse", "journal", "prensa", "periodico",
        "streaming", "newsletter",
      ]
    ),
    (
      .activity,
      [
        "activity", "activities", "act", "hobby", "hobbies", "leisure", "aktivität", "aktivitäten",
        "freizeit", "activité", "activités", "loisirs", "actividad", "actividades", "sport",
        "sports",
      ]
    ),
    (
      .demographic,
      [
        "age", "gender", "sex", "income", "education", "occupation", "marital", "household",
        "children", "kids", "region", "state", "country", "city", "urban", "ethnicity", "race",
        "employment", "job", "alter", "geschlecht", "einkommen", "bildung", "beruf",
        "familienstand", "haushalt", "haushaltsgröße", "kinder", "bundesland", "land", "âge",
        "sexe", "genre", "revenu", "éducation", "diplôme", "profession", "ménage", "enfants",
        "région", "pays", "edad", "sexo", "género", "genero", "ingresos", "educación", "educacion",
        "ocupación", "hogar", "hijos", "región", "pais", "país",
      ]
    ),
    (
      .attitude,
      [
        "agree", "attitude", "opinion", "value", "values", "einstellung", "zustimmung", "stimme",
        "accord", "acuerdo", "actitud", "valores", "valeurs", "werte",
      ]
    ),
  ]
}
