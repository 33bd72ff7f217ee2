/// Tells an option "other, please specify" from the options on offer.
public enum OtherOption {
  private static let words: Set<String> = [
    "other", "others", "text", "sonstiges", "sonstige", "andere", "anderes", "autre", "autres",
    "otro", "otra", "otros", "otras", "specify", "specified", "préciser", "especificar",
    "especifique",
  ]

  /// Whether an option stands for answers that are not on offer.
  ///
  /// - Parameter option: What a column's name or wording says of its option.
  /// - Returns: True if a word of it says so, in English, German, French or Spanish.
  public static func isOther(_ option: String) -> Bool {
    option.lowercased().split { !$0.isLetter }.contains { words.contains(String($0)) }
  }

  /// Whether a column holds nothing but the option itself, such as "Other" where it was chosen.
  static func isOffered(_ variable: Variable, _ option: String) -> Bool {
    guard variable.categories.count == 1, let text = variable.categories.first?.code.text else {
      return false
    }
    return text.lowercased() == option.lowercased()
      || isOther(text) && text.split(separator: " ").count <= 4
  }

  private static let none: Set<String> = [
    "none", "keine", "keines", "keiner", "nichts", "aucun", "aucune", "ninguno", "ninguna",
  ]

  /// Whether an option stands last in its question: "other", or "none of these".
  ///
  /// - Parameter option: What a column's name or wording says of its option.
  /// - Returns: True if its words say so, in English, German, French or Spanish.
  public static func closes(_ option: String) -> Bool {
    let first = option.lowercased().split { !$0.isLetter }.first.map(String.init)
    return isOther(option) || first.map(none.contains) ?? false
  }

  /// Whether a column holds what respondents wrote beside "other".
  ///
  /// - Parameter variable: Any variable.
  /// - Returns: True for texts, other than one and the same, under a name that is such an option.
  public static func isWritten(_ variable: Variable) -> Bool {
    guard variable.answers.isCoded, !variable.isNumeric, !variable.categories.isEmpty else {
      return false
    }
    let option = NameStem.split(variable.name)?.option ?? variable.name
    guard option.split(separator: " ").count <= 6, isOther(option) else { return false }
    let texts = variable.categories.map { $0.code.text.lowercased() }
    let marks: Set<String> = [
      "yes", "no", "ja", "nein", "oui", "non", "sí", "si", "y", "n", "checked", "unchecked", "true",
      "false", "n/a", "na", option.lowercased(), variable.name.lowercased(),
    ]
    return !texts.allSatisfy(marks.contains)
  }
}
