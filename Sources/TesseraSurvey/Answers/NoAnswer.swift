/// Recognises answers that are none: "don't know", "prefer not to say", "does not apply".
public enum NoAnswer {
  private static let whole: Set<String> = [
    "dk", "k a", "nsp", "n a", "na", "ns nc", "nsnc", "null", "nan", "missing", "missing data",
    "no data", "iap", "inap", "dk na", "dk nr", "unknown", "not tracked unknown", "unbekannt",
    "inconnu", "desconocido", "blank", "entfallt", "refusal", "refus", "refused", "verweigert",
    "no opinion", "keine meinung", "sans opinion", "sin opinion", "not ascertained", "no answer",
    "dont know", "sem resposta", "system missing",
  ]
  private static let beginnings = [
    "don t know", "do not know", "i don t know", "i do not know", "dont know what", "can t choose",
    "cannot choose", "can t say", "cannot say", "refused to", "prefer not", "i prefer not",
    "i d prefer not", "i would prefer not", "rather not", "i d rather not", "decline to",
    "declined to", "choose not to", "no answer", "not answered", "not applicable", "does not apply",
    "doesn t apply", "inapplicable", "not asked", "keine angabe", "weiss nicht", "weiss ich nicht",
    "ich weiss nicht", "keine antwort", "nicht zutreffend", "mochte ich nicht", "ne sait pas",
    "ne sais pas", "je ne sais pas", "sans reponse", "ne souhaite pas", "je ne souhaite pas",
    "sans objet", "non concerne", "no sabe", "no se que", "no se lo que", "no lo se", "no contesta",
    "prefiero no", "no aplica", "no procede", "nao sei", "nao sabe", "prefiro nao", "nao se aplica",
    "non so", "preferisco non", "non applicabile", "unknown not",
  ]

  /// Whether an answer says that there is none.
  ///
  /// - Parameter label: What a reader sees of the answer.
  /// - Returns: True for words of ignorance, refusal and "does not apply", in English, German,
  ///   French, Spanish, Portuguese and Italian.
  public static func says(_ label: String) -> Bool {
    let line = PlainText.line(label)
    let text = String(line.dropFirst().dropLast())
    // "weiß" stands folded to "weiss".
    if whole.contains(text) { return true }
    return beginnings.contains { line.hasPrefix(" \($0) ") }
  }
}
