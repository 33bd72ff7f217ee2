internal import TesseraSurvey

/// What people wrote themselves.
extension RoleGuess {
  // MARK: - Own words

  /// Why texts are the respondents' own words, however few differ: the wording asks for them.
  func ownWordsReason(_ column: ColumnFacts) -> String? {
    let variable = column.variable
    guard !variable.isNumeric, variable.answers.isCoded else { return nil }
    if let reason = besideCodesReason(column) ?? typedPlaceReason(column) { return reason }
    let raw = column.label.isEmpty ? column.columnName : variable.label
    // Signs of Japanese have three bytes.
    if raw.utf8.contains(where: { $0 >= 0xE3 }),
      ["ご意見", "ご感想", "自由回答", "自由記述", "自由にお書き"].contains(where: raw.contains)
    {
      return "asks for people's own words"
    }
    let called = column.ownPart ?? column.name
    let last = called.words.last ?? ""
    guard !column.isDichotomous, variable.categories.count >= (Self.remarks.contains(last) ? 2 : 3),
      variable.categories.allSatisfy({ $0.label == $0.code.text }),
      AnswerOrder.find(variable.categories.map(\.label)) == nil
    else { return nil }
    let asked = column.label.isEmpty ? column.name : column.label
    if Self.remarks.contains(last), called.words.count <= 3, column.label.words.count <= 3 {
      return "\"\(last)\": asks for people's own words"
    }
    guard asked.words.count <= 14 else { return nil }
    if let word = asked.first(of: Self.askingForWords) {
      return "\"\(word)\": asks for people's own words"
    }
    // Reasons may be a list to choose from, which most people answer.
    let isOptional = column.missingShare >= 0.15
    let words = variable.categories.map { $0.code.text.split(separator: " ").count }.sorted()
    if isOptional, words[words.count / 2] >= 2,
      let first = [
        "why", "warum", "weshalb", "pourquoi", "por que", "waarom", "dlaczego", "perche", "varfor",
      ].first(where: { asked.line.hasPrefix(" \($0) ") })
    {
      return "\"\(first)\": asks for people's own words"
    }
    return nil
  }

  /// Words beside a platform's codes of no answer, -77 or -99: a question for own words in a file of codes.
  private func besideCodesReason(_ column: ColumnFacts) -> String? {
    let texts = column.categories.map(\.code.text)
    let codes: Set<String> = ["-99", "-77", "-66", "-88", "-999"]
    let words = texts.filter { !codes.contains($0) }
    guard words.count < texts.count, !words.isEmpty,
      words.allSatisfy({ $0.contains(where: \.isLetter) }),
      column.variable.categories.allSatisfy({ $0.label == $0.code.text }),
      facts.count(where: { $0.variable.isNumeric || !$0.variable.answers.isCoded }) * 3
        >= facts.count * 2
    else { return nil }
    return "words beside codes of no answer: people's own words"
  }

  /// Places that people typed: one town in small letters, with a blank behind, or with its state.
  private func typedPlaceReason(_ column: ColumnFacts) -> String? {
    let texts = column.categories.map(\.code.text)
    guard texts.count >= 6, topic(of: column)?.topic == .region else { return nil }
    let folded = texts.map { NameWords($0).words.joined(separator: " ") }
    guard texts.count - Set(folded).count >= 2 else { return nil }
    return "places as people typed them, some in several spellings; group them first"
  }

  private static let remarks: Set<String> = [
    "comment", "comments", "remark", "remarks", "verbatim", "anmerkung", "anmerkungen", "bemerkung",
    "bemerkungen", "kommentar", "kommentare", "opmerking", "opmerkingen", "remarque", "remarques",
    "commentaire", "commentaires", "comentario", "comentarios", "observacoes", "observaciones",
    "uwagi", "osservazioni", "commenti", "commento", "sugestoes", "sugerencias", "freitext", "otw",
    "komentarz", "komentarze", "observacao", "toelichting", "suggestions", "verbatims",
    "kommentarer",
    "yorum", "yorumlar", "komentar", "saran", "комментарий", "комментарии", "пожелания",
  ]
  private static let askingForWords = [
    "anything else", "any last words", "any other comments", "any comments", "final thoughts",
    "in your own words", "further comments", "additional comments", "sonst noch etwas",
    "mochten sie noch", "noch etwas sagen", "autre chose", "algo mas", "mais alguma coisa",
    "o que poderia", "que podriamos mejorar", "was konnten wir", "what could we improve",
    "iets anders kwijt", "qualcos altro", "noch etwas mitteilen", "uns noch mitteilen",
    "noch mitteilen", "etwas mitteilen", "mochten sie uns", "any last words", "last words",
    "additional feedback", "comments or suggestions", "something else you would like",
    "souhaitez vous ajouter", "quelque chose a ajouter", "desea agregar", "desea anadir",
    "quiere agregar", "gostaria de acrescentar", "deseja acrescentar", "wil je nog iets",
    "wilt u nog iets", "nog iets kwijt", "co mozemy poprawic", "co moglibysmy poprawic",
    "chcesz dodac", "chcialbys dodac", "vuoi aggiungere", "aggiungere altro", "desidera aggiungere",
    "nagot mer",
    "in eigenen worten", "com suas palavras", "con sus palabras", "con tus palabras",
    "avec vos mots", "in uw eigen woorden", "wlasnymi slowami",
  ]
}
