internal import TesseraSurvey

/// Decides the level of numbers in an SPSS, Stata or SAS file.
///
/// The file's own measure is often no more than the default of the program that wrote it, so labels
/// and answers overrule it: ranges and ratings have an order whatever the file says, and marital
/// status has none.
struct StatLevel {
  /// The variable as read.
  let variable: Variable
  /// 1 nominal, 2 ordinal, 3 scale, 0 unknown.
  let measure: Int
  /// How many variables of the file have these labels.
  let sharing: Int

  /// The level.
  var level: MeasurementLevel {
    guard variable.answers.isCoded else { return .numeric }
    let offered = variable.categories.filter { !NoAnswer.says($0.label) }
    let labelled = offered.filter(Self.hasWords)
    if labelled.isEmpty { return unlabelled }
    if isEnded(offered, labelled) {
      // 18 to 88 and "89 or older" are numbers.
      return measure == 3 || offered.count > 15 ? .numeric : .ordinal
    }
    if offered.count <= 2 { return measure == 2 ? .ordinal : .nominal }
    if AnswerOrder.inOrder(offered.map(\.label)) != nil {
      return measure == 3 ? .numeric : .ordinal
    }
    if NameHints.isCategory(variable) { return .nominal }
    switch measure {
    case 2: return .ordinal
    // Some programs call everything a scale: labels that many questions share may be one.
    case 3: return sharing >= 3 || labelled.count < offered.count ? .numeric : .nominal
    default: return .nominal
    }
  }

  /// Whether a category has a label that says more than its number.
  private static func hasWords(_ category: Category) -> Bool {
    category.label != category.code.text && category.label.contains { !$0.isNumber && $0 != "." }
  }

  /// Whether only the ends of a scale have labels, and perhaps its middle.
  private func isEnded(_ offered: [Category], _ labelled: [Category]) -> Bool {
    guard offered.count >= 4, labelled.count * 2 <= offered.count + 1 else { return false }
    let ends = [offered.first?.code, offered.last?.code]
    return labelled.contains { ends.contains($0.code) }
  }

  private var unlabelled: MeasurementLevel {
    let guess = LevelGuess.level(of: variable)
    switch measure {
    case 1:
      let isFew = variable.categories.count <= 2
      return isFew || guess == .text || NameHints.isCategory(variable) ? .nominal : guess
    case 2: return .ordinal
    case 3: return .numeric
    default: return guess
    }
  }
}

extension NameHints {
  private static let categories: Set<String> = [
    "marital", "maritalstatus", "marstat", "marst", "familienstand", "zivilstand", "occupation",
    "occup",
    "profession", "religion", "denomination", "konfession", "race", "ethnic", "ethnicity",
    "ethnie", "region", "county", "province", "bundesland", "departement", "provincia", "country",
    "land", "pays", "pais", "nationality", "party", "partei", "industry", "branche", "sector",
    "wrkstat", "employ", "partyid", "vote", "voted", "dmdmartl", "martl", "gender", "sex",
    "geschlecht",
    "sexe", "sexo", "beruf", "ocupacion", "metier",
  ]
  private static let statuses = [
    "marital status", "civil status", "relationship status", "employment status", "work status",
    "working status", "etat civil", "estado civil", "situation familiale", "situacion laboral",
    "situation professionnelle", "type of work", "working situation",
  ]

  private static let asked: Set<String> = [
    "gender", "geschlecht", "sexe", "genero", "nationality", "ethnicity", "religion", "occupation",
    "profession", "beruf", "bundesland", "familienstand",
  ]

  /// Whether a variable asks for a kind, such as marital status or occupation: its codes have no
  /// order.
  static func isCategory(_ variable: Variable) -> Bool {
    let name = words(PlainText.folded(variable.name))
    let label = PlainText.line(variable.label)
    let isShort = label.split(separator: " ").count <= 8
    if statuses.contains(where: { label.contains(" \($0) ") && isShort }) { return true }
    if statuses.contains(where: { name.joined(separator: " ").contains($0) }) { return true }
    if name.count <= 2, let last = name.last, categories.contains(last) { return true }
    if name.count <= 2, let first = name.first, categories.contains(first) { return true }
    let labelWords = label.split(separator: " ").map(String.init)
    if labelWords.count <= 8, let first = labelWords.first,
      !["how", "wie", "combien", "cuanto", "cuanta"].contains(first),
      labelWords.contains(where: asked.contains)
    {
      return true
    }
    return labelWords.count <= 3 && labelWords.contains(where: categories.contains)
  }
}
