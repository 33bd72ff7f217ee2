/// Recognises answers that are none: "don't know", "prefer not to say", "does not apply".
public enum NoAnswer {
  private static let whole: Set<String> = [
    "dk", "k a", "nsp", "nc", "nvt", "onbekend", "okand", "vet ej", "vet inte", "vet ikke",
    "ved ikke",
    "vill ej uppge", "n a", "na", "ns nc", "nsnc", "null", "nan", "missing", "missing data",
    "no data", "iap", "inap", "dk na", "dk nr", "unknown", "not tracked unknown", "unbekannt",
    "inconnu", "desconocido", "blank", "entfallt", "refusal", "refus", "refused", "verweigert",
    "no opinion", "keine meinung", "sans opinion", "sin opinion", "not ascertained", "no answer",
    "dont know", "sem resposta", "system missing",
    "ref", "nr", "ns nr", "ns", "not stated", "not reported", "not available", "no response",
    "no reply", "no info", "no information", "skipped", "weet niet", "weet ik niet",
    "weet het niet", "geen idee", "geen antwoord",
    "geen mening", "kann ich nicht sagen", "kann ich nicht beurteilen", "sin respuesta",
    "sin dato", "sin datos", "non risponde", "nao respondeu", "not determined", "undetermined",
    "nao informou", "nao informado", "no informa", "no informado", "sem informacao",
    "sin informacion", "invalid", "invalid response", "not reached", "not administered",
    "missing by design",
    "suppressed", "omitted", "not answer", "no responde", "no respondio", "no preguntada",
    "no preguntado", "no corresponde",
    "ne repond pas", "pas de reponse", "sem opiniao", "senza opinione", "not specified",
    "unspecified", "not given", "not known", "declined", "nicht gefragt", "nicht erhoben",
    "no code", "logical skip", "legitimate skip", "valid skip", "not imputed",
    "nie wiem", "trudno powiedziec", "nevim", "nem tudom", "bilmiyorum", "fikrim yok", "не знаю",
    "затрудняюсь ответить", "tidak tahu", "不知道", "わからない", "分からない", "모르겠다", "잘 모르겠다",
    "not in universe", "niu", "uncodeable", "uncodable", "other missing",
  ]
  private static let beginnings = [
    "don t know", "do not know", "i don t know", "i do not know", "dont know what", "can t choose",
    "can t decide",
    "cannot choose", "can t say", "cannot say", "refused to", "prefer not", "i prefer not",
    "i d prefer not", "i would prefer not", "rather not", "i d rather not", "decline to",
    "declined to", "choose not to", "no answer", "not answered", "not applicable", "does not apply",
    "doesn t apply", "inapplicable", "not asked", "keine angabe", "weiss nicht", "weiss ich nicht",
    "ich weiss nicht", "kann ich nicht", "keine antwort", "nicht zutreffend", "mochte ich nicht",
    "ne sait pas",
    "ne sais pas", "je ne sais pas", "sans reponse", "ne souhaite pas", "je ne souhaite pas",
    "sans objet", "non concerne", "no sabe", "no se que", "no se lo que", "no lo se", "no contesta",
    "prefiero no", "no aplica", "no procede", "nao sei", "nao sabe", "prefiro nao", "nao se aplica",
    "non so", "preferisco non", "non applicabile", "unknown not", "wil niet zeggen",
    "zeg ik liever niet", "dk ref", "dk refused", "dk na",
    "haven t thought", "have not thought", "don t remember", "can t remember", "cannot remember",
    "weiss nicht mehr",
  ]

  /// Whether an answer says that there is none.
  ///
  /// - Parameter label: What a reader sees of the answer.
  /// - Returns: True for words of ignorance, refusal and "does not apply", in English, German,
  ///   French, Spanish, Portuguese and Italian.
  public static func says(_ label: String) -> Bool {
    // "(VOL) Don't know", "[Do not read] Refused", "99. No answer"
    var line = PlainText.line(label)
    let marks = [
      " vol ", " do not read ", " dnr ", " volunteered ", " nicht vorlesen ", " ne pas lire ",
      " no leer ", " spontaneous ", " spont ", " spontan ",
    ]
    for mark in marks where line.contains(mark) && line != mark {
      line = line.replacing(mark, with: " ")
    }
    let words = line.split(separator: " ")
    if words.count > 1, let number = words.first, number.allSatisfy(\.isNumber) {
      line = " " + words.dropFirst().joined(separator: " ") + " "
    }
    let text = String(line.dropFirst().dropLast())
    // "Unfamiliar (N/A)"
    if line.hasSuffix(" n a "), words.count >= 3, label.contains("(") { return true }
    // "weiß" stands folded to "weiss".
    if whole.contains(text) { return true }
    // "N.S." and "n.v.t." have a sign behind each letter.
    if words.count >= 2, words.allSatisfy({ $0.count == 1 }), whole.contains(words.joined()) {
      return true
    }
    return beginnings.contains { line.hasPrefix(" \($0) ") } || refuses(words.map(String.init))
  }

  private static let answering: Set<String> = [
    "answer", "say", "disclose", "repondre", "dire", "preciser", "sagen", "antworten", "angeben",
    "beantworten", "contestar", "responder", "decir", "decirlo", "rispondere", "dirlo", "dizer",
    "zeggen", "antwoorden", "beantwoorden", "svara", "svare",
  ]
  private static let wishes: Set<String> = [
    "prefer", "prefere", "preferons", "prefiero", "preferisco", "prefiro", "preferiria", "lieber",
    "liever", "mochte", "mochten", "will", "wil", "souhaite", "souhaitons", "veux", "quiero",
    "quero", "voglio", "desidero", "deseo", "desejo", "wish", "want", "rather", "refuse", "decline",
    "vill", "onsker",
  ]
  private static let negations: Set<String> = [
    "not", "nicht", "ne", "pas", "no", "non", "nao", "niet", "inte", "ikke", "rather", "lieber",
    "liever", "prefere", "prefiero", "preferisco", "prefiro", "refuse", "decline", "prefer",
  ]

  /// "Je préfère ne pas répondre", "Wil ik niet zeggen": a word of answering, one of wishing, and one
  /// of refusing.
  private static func refuses(_ words: [String]) -> Bool {
    (2...7).contains(words.count) && words.contains(where: answering.contains)
      && words.contains(where: wishes.contains) && words.contains(where: negations.contains)
      && Set(words).intersection(wishes.union(negations).union(answering)).count >= 2
  }

  /// Whether an answer says that somebody is unsure: one kind among kinds, but no step of a scale.
  public static func isUnsure(_ label: String) -> Bool {
    let line = PlainText.line(label)
    return [
      " not sure ", " unsure ", " i m not sure ", " i am not sure ", " no idea ", " unclear ",
      " nicht sicher ", " keine ahnung ", " pas sur ", " aucune idee ", " no estoy seguro ",
      " no estoy segura ", " no estoy seguro a ", " nao tenho certeza ", " non sono sicuro ",
      " weiss nicht genau ", " undecided ", " unentschlossen ", " indeciso ",
      " don t have an opinion ", " no experience with it ", " n a ",
    ].contains(line)
  }
}
