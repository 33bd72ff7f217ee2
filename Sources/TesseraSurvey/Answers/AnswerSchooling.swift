/// Places levels of schooling in order.
enum AnswerSchooling {
  /// Stems, highest first: the first that occurs tells.
  private static let levels: [(Double, [String])] = [
    (
      9,
      [
        "doctor", "phd", "ph d", "dphil", "doktor", "md ", "promotion", "dottorat", "doutorado",
        "doctorado", "doutoramento",
      ]
    ),
    (
      8,
      [
        "master", "msc ", "m sc", "mba", "ma ", "ms ", "postgrad", "post grad", "gradwk", "grad ",
        "graduate work", "graduate degree", "graduate school", "graduate studies", "magister",
        "diplom ", "maestria", "maitrise", "mestrado", "laurea magistrale", "laurea specialistica",
        "pos graduacao", "posgraduacao", "especializacion", "especializacao", "bac 5", "bac 6",
        "bac 8", "doppelstudium", "professional degree",
        "graduate or professional", "advanced degree", "second stage", "posgrado",
      ]
    ),
    (
      7,
      [
        "bachelor", "bach ", "bsc ", "ba ", "univ", "licenciatura", "licence",
        "graduacao", "laurea", "hogskol", "hochschul", "fachhochschule ", "4 year", "four year",
        "college graduate", "college degree", "higher education", "enseignement superieur",
        "grado ",
        "ensino superior", "tertiary", "bac 3", "bac 4", "superior", "superieur", "grad school",
        "undergraduate",
      ]
    ),
    (6.5, ["college "]),
    (6, ["associate", "junior college", "community college", "2 year", "two year", "bac 2"]),
    (
      5,
      [
        "somcol", "someps", "some ps", "some post", "post secondary", "postsecondary",
        "vocational", "trade", "technical", "apprentice", "lehre", "ausbildung", "berufs",
        "tecnico", "tecnica", "formacion profesional", "additional training", "hnc", "btec",
        "sixth form", "further education", "onc ", "fp ", "tecnologic", "certificate",
      ]
    ),
    (
      4,
      [
        "high school", "h s ", "gymnasie", "gymnasium", "highschool", "highsc", "hs ", "ged ",
        "abitur", "matura",
        "baccalaureat",
        "bachillerato", "upper secondary", "a level", "ensino medio", "fachhochschulreife",
        "preparatoria", "uppersec", "fachabitur", "bac ", "diploma di scuola", "scuola superiore",
        "maturita", "licenza superiore", "media superior", "secundario superior", "12th",
        "grade 12", "vmbo", "havo", "vwo",
      ]
    ),
    (
      3,
      [
        "lower secondary", "secondary", "realschul", "mittlere reife", "secundaria", "secondaire",
        "middle school", "junior high", "lowersec", "licenza media", "scuola media", "cap ", "bep ",
        "media basica", "ensino basico", "gcse", "o level", "brevet", "college unique",
      ]
    ),
    (
      2,
      [
        "primary", "elementary", "grade school", "hauptschul", "grundschul", "volksschul",
        "primaire", "primaria", "basica", "basico", "licenza elementare", "scuola elementare",
        "basisonderwijs", "grundskol", "folkskol", "ensino fundamental", "8th grade",
      ]
    ),
    (
      1,
      [
        "none", "no formal", "never attended", "never completed any", "no schooling",
        "ohne abschluss", "kein abschluss",
        "ohne schulabschluss", "sin estudios", "aucun", "no education", "no qualification",
        "no school", "analfabet", "nessun titolo", "sem instrucao", "sem escolaridade",
        "ninguno", "ninguna", "sin instruccion", "kindergarten", "preschool", "illiterate",
      ]
    ),
    (7, ["degree "]),
  ]
  /// What the words above would misplace: a junior high school is no high school.
  private static let exceptions: [(words: String, rank: Double)] = [
    ("habilitation", 10), ("laurea 3", 7), ("laurea triennale", 7), ("laurea 5", 8),
    ("hs grad", 4), ("h s grad", 4), ("high school grad", 4), ("high sch grad", 4),
    ("college grad", 7), ("coll grad", 7), ("other than university", 5), ("post secondary", 5),
    ("informal schooling", 1.2),
    ("basisonderwijs", 2), ("lagere school", 2), ("vmbo", 3),
    ("mavo", 3), ("havo vwo", 4), ("havo", 4), ("vwo", 4.2), ("mbo", 5), ("hbo", 7), ("wo", 7.6),
    ("junior high", 3), ("scuola superiore", 4), ("secondaria superiore", 4),
    ("media superior", 4), ("secundario superior", 4), ("ensino secundario", 4),
    ("lower secondary", 3), ("short cycle", 6), ("non tertiary", 5),
    ("nontertiary", 5), ("sub degree", 6), ("fachabitur", 3.9), ("bac 2", 6),
    ("foundation degree", 6), ("lower tertiary", 7), ("higher tertiary", 8),
    ("upper tier upper secondary", 4.2), ("college of education", 6.5),
  ]
  private static let begun = [
    "some", "attended", "without earning", "but did not finish", "not finished", "no degree",
    "without degree",
    "unfinished", "not completed", "incomplete", "incompleta", "incompleto", "inacabado",
    "en cours", "in corso", "no terminado", "additional",
    "not graduated", "did not graduate", "no diploma",
  ]
  private static let below = [
    "lt", "less than", "less", "did not", "didn t", "didnt", "no high", "below", "under",
    "drop out", "dropout", "not complete", "up to",
  ]

  /// "ISCED 3A", "<ISCED level 2>": the international classification by its number.
  private static func isced(_ text: String) -> Double? {
    let line = PlainText.line(text)
    guard let mark = line.firstRange(of: " isced ") else { return nil }
    let behind = line[mark.upperBound...].split(separator: " ").prefix(3)
    guard let level = behind.lazy.compactMap({ $0.first?.wholeNumberValue }).first, level <= 8
    else {
      return nil
    }
    let isBelow = ["did not", "not complete", "less than", "below"].contains {
      line.holds(" \($0) ")
    }
    return Double(level) + (isBelow ? 0.4 : 1)
  }

  static func rank(_ text: String) -> Double? {
    if let rank = AnswerOrder.schooling[text] { return rank }
    // "<HS" and "lessHS" leave out words and blanks.
    let spaced =
      text.hasPrefix("<")
      ? "below " + text.dropFirst()
      : text.replacing("lesshs", with: "less hs").replacing("'s", with: "")
    let line = PlainText.line(spaced)
    if let rank = isced(text) { return rank }
    if line == " graduate " || line == " higher " { return 8 }
    if line == " diploma " { return 4.4 }
    if [" no diploma ", " nessun diploma ", " sans diplome "].contains(line) { return 1 }
    func says(_ words: [String]) -> Bool { words.contains { PlainText.line(line, says: $0) } }
    if let exception = exceptions.first(where: { says([$0.words]) }), !says(begun) {
      return says(below) && exception.rank > 1 ? exception.rank - 0.6 : exception.rank
    }
    guard
      let level = levels.first(where: { _, stems in
        stems.contains { PlainText.line(line, says: $0, isWhole: false) }
      })
    else { return nil }
    if says(["past high school", "beyond high school"]) { return 4 }
    if says([
      "no formal", "never attended", "no schooling", "no qualification", "never completed any",
    ]) {
      return 1
    }
    if says(begun) {
      // "Some college" and "university, not finished" are less than a degree, and more than school.
      switch level.0 {
      case 8...: return 7.5
      case 6...7: return 5.2
      case 5: return 4.8
      default: return level.0 - 0.5
      }
    }
    if says(below), level.0 > 1 { return level.0 - 0.6 }
    if level.0 == 3, says(["completed", "completa", "complete"]), !says(["lower secondary"]) {
      return 4
    }
    return level.0
  }
}
