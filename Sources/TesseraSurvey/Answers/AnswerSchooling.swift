/// Places levels of schooling in order.
enum AnswerSchooling {
  /// Stems, highest first: the first that occurs tells.
  private static let levels: [(Double, [String])] = [
    (9, ["doctor", "phd", "ph d", "doktor", "promotion", "dottorat", "doutorado"]),
    (
      8,
      [
        "master", "postgraduate", "post graduate", "graduate degree", "graduate school", "magister",
        "diplom ", "maestria", "maitrise", "mestrado", "laurea magistrale", "professional degree",
      ]
    ),
    (
      7,
      [
        "bachelor", "undergraduate degree", "university degree", "college degree", "ba bs",
        "licenciatura", "licence", "graduacao", "laurea", "hochschulabschluss",
        "universitatsabschluss", "4 year", "four year", "college graduate", "universitaria",
        "completed college", "completed undergraduate",
      ]
    ),
    (6, ["associate", "junior college", "2 year", "two year", "tecnico", "bac 2"]),
    (
      5,
      [
        "some college", "some university", "some additional", "additional training", "vocational",
        "trade school", "technical", "lehre", "ausbildung", "berufsausbildung",
        "but did not finish",
        "attended college",
      ]
    ),
    (
      4,
      [
        "high school", "highschool", "abitur", "matura", "baccalaureat", "bachillerato",
        "upper secondary", "a level", "ensino medio", "secondary completed", "fachhochschulreife",
        "preparatoria", "completed secondary", "attended school",
      ]
    ),
    (
      3,
      [
        "lower secondary", "some secondary", "secondary", "realschul", "mittlere reife", "college ",
        "secundaria", "middle school", "gcse",
      ]
    ),
    (2, ["primary", "elementary", "hauptschul", "grundschul", "primaire", "primaria"]),
    (
      1,
      [
        "none", "no formal", "never attended", "no schooling", "ohne abschluss", "kein abschluss",
        "sin estudios", "aucun", "no education", "no qualification",
      ]
    ),
  ]

  static func rank(_ text: String) -> Double? {
    let line = PlainText.line(text)
    if line == " graduate " { return 8 }
    guard
      let level = levels.first(where: { _, stems in stems.contains { line.contains(" \($0)") } })
    else { return nil }
    let starts = ["lt", "less than", "did not", "didn t", "didnt", "some high", "no high", "below"]
    let isBelow = starts.contains { line.contains(" \($0) ") } && level.0 != 5
    return isBelow ? level.0 - 0.5 : level.0
  }
}
