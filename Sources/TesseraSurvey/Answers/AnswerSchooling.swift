/// Places levels of schooling in order.
enum AnswerSchooling {
  /// Stems, highest first: the first that occurs tells.
  private static let levels: [(Double, [String])] = [
    (
      9,
      ["doctor", "phd", "ph d", "dphil", "doktor", "md ", "promotion", "dottorat", "doutorado"]
    ),
    (
      8,
      [
        "master", "msc ", "m sc", "mba", "ma ", "ms ", "postgrad", "post grad", "gradwk", "grad ",
        "graduate work", "graduate degree", "graduate school", "graduate studies", "magister",
        "diplom ", "maestria", "maitrise", "mestrado", "laurea magistrale", "professional degree",
        "graduate or professional", "advanced degree", "second stage", "posgrado",
      ]
    ),
    (
      7,
      [
        "bachelor", "bach ", "bsc ", "ba ", "univ", "licenciatura", "licence",
        "graduacao", "laurea", "hochschul", "fachhochschule ", "4 year", "four year",
        "college graduate", "college degree", "higher education", "enseignement superieur",
        "grado ",
        "ensino superior", "tertiary",
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
        "sixth form", "further education",
      ]
    ),
    (
      4,
      [
        "high school", "highschool", "highsc", "hs ", "ged ", "abitur", "matura", "baccalaureat",
        "bachillerato", "upper secondary", "a level", "ensino medio", "fachhochschulreife",
        "preparatoria", "12th", "grade 12", "vmbo", "havo", "vwo",
      ]
    ),
    (
      3,
      [
        "lower secondary", "secondary", "realschul", "mittlere reife", "secundaria", "secondaire",
        "middle school", "junior high", "gcse", "o level", "brevet", "college unique",
      ]
    ),
    (
      2,
      [
        "primary", "elementary", "grade school", "hauptschul", "grundschul", "volksschul",
        "primaire", "primaria", "basisonderwijs", "ensino fundamental", "8th grade",
      ]
    ),
    (
      1,
      [
        "none", "no formal", "never attended", "no schooling", "ohne abschluss", "kein abschluss",
        "ohne schulabschluss", "sin estudios", "aucun", "no education", "no qualification",
        "no school", "kindergarten", "preschool", "illiterate",
      ]
    ),
    (7, ["degree "]),
  ]
  private static let begun = [
    "some", "attended", "but did not finish", "not finished", "no degree", "without degree",
    "unfinished", "not completed", "incomplete", "incompleta", "no terminado", "additional",
    "not graduated", "did not graduate", "no diploma",
  ]
  private static let below = [
    "lt", "less than", "less", "did not", "didn t", "didnt", "no high", "below", "under",
    "drop out", "dropout", "not complete", "up to",
  ]

  static func rank(_ text: String) -> Double? {
    // "<HS" and "lessHS" leave out words and blanks.
    let spaced =
      text.hasPrefix("<")
      ? "below " + text.dropFirst()
      : text.replacing("lesshs", with: "less hs").replacing("'s", with: "")
    let line = PlainText.line(spaced)
    if line == " graduate " || line == " higher " { return 8 }
    guard
      let level = levels.first(where: { _, stems in stems.contains { line.contains(" \($0)") } })
    else { return nil }
    func says(_ words: [String]) -> Bool { words.contains { line.contains(" \($0) ") } }
    if says(["no formal", "never attended", "no schooling", "no qualification"]) { return 1 }
    if says(begun) {
      // "Some college" and "university, not finished" are less than a degree, and more than school.
      switch level.0 {
      case 8...: return 7.5
      case 6...7: return 5.2
      case 5: return 5
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
