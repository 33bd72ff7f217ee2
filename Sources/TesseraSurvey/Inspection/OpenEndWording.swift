/// Tells questions that ask for the respondent's own words from their names and wordings.
///
/// What such a question holds must not be shown, even where several respondents wrote the same.
public enum OpenEndWording {
  private static let words: Set<String> = [
    "comment", "comments", "remark", "remarks", "feedback", "verbatim", "suggestion", "suggestions",
    "kommentar", "kommentare", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen",
    "commentaire", "commentaires", "remarque", "remarques", "comentario", "comentarios",
    "observaciones", "sugerencias", "openend", "freitext",
  ]
  private static let phrases = [
    "anything else", "what would you", "please explain", "please describe", "in your own words",
    "tell us", "open end", "open ended", "what else", "was würden sie", "bitte begründen",
    "warum", "pourquoi", "por qué", "why",
  ]

  /// Whether a variable asks for words rather than for a choice.
  ///
  /// - Parameter variable: Any variable.
  /// - Returns: True for texts of several words under a name or wording that asks for them.
  public static func asksForWords(_ variable: Variable) -> Bool {
    guard variable.answers.isCoded, !variable.isNumeric else { return false }
    let texts = variable.categories.lazy.map(\.code.text)
    guard texts.contains(where: { $0.split(separator: " ", maxSplits: 2).count > 2 }) else {
      return false
    }
    let name = parts(variable.name)
    let label = parts(variable.label)
    if name.contains(where: words.contains) || label.contains(where: words.contains) { return true }
    let line = " " + (name + label).joined(separator: " ") + " "
    guard phrases.contains(where: { line.contains(" \($0) ") }) else { return false }
    // "Why?" may also stand over a list of reasons, which many respondents share.
    return variable.categories.count * 4 > variable.answers.count - variable.missingCount
  }

  private static func parts(_ text: String) -> [String] {
    let parts = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return parts.count <= 40 ? parts : []
  }
}
