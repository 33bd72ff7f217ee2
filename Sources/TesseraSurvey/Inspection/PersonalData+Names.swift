extension PersonalData {
  /// Whether a column asks people for their names: by the last part of its path or the end of its
  /// wording, and by answers of one to three words with a capital.
  static func asksForName(_ variable: Variable) -> Bool {
    func isAsked(_ text: String) -> Bool {
      let last = text.contains(" ") ? text : String(text.split(separator: "/").last ?? "")
      let line = NameWords(last).words.joined(separator: " ")
      if wholeNames.contains(line) { return true }
      return line.split(separator: " ").count <= 12
        && askedNames.contains { line == $0 || line.hasSuffix(" " + $0) }
    }
    guard isAsked(variable.name) || isAsked(variable.label),
      variable.categories.allSatisfy({ $0.label == $0.code.text }),
      AnswerOrder.find(variable.categories.map(\.label)) == nil
    else { return false }
    let texts = variable.categories.map(\.code.text)
    let alike = texts.count { text in
      let words = text.split(separator: " ")
      return (1...4).contains(words.count)
        && (words.first?.first.map { $0.isLetter && !$0.isLowercase } ?? false)
        && !text.contains(where: \.isNumber)
    }
    return alike * 5 >= texts.count * 4
  }

  /// What a column of names is called.
  private static let wholeNames: Set<String> = [
    "name", "nombre", "nome", "nom", "naam", "imie", "nazwisko", "imie i nazwisko", "apellido",
    "apellidos", "sobrenome", "cognome", "prenom", "vorname", "nachname", "voornaam", "achternaam",
    "name und vorname", "nom et prenom", "nombre y apellido", "nombre y apellidos",
    "nome e cognome", "nome e sobrenome", "namn", "navn", "first name", "last name", "full name",
    "氏名", "お名前", "名前", "姓名", "имя", "фамилия", "фио",
  ]
  /// How a question for a name ends.
  private static let askedNames = [
    "your name", "your first name", "your last name", "your full name", "your surname", "seu nome",
    "seu nome completo", "su nombre", "su nombre completo", "tu nombre", "votre nom",
    "votre prenom", "ton prenom", "ihr name", "ihr vorname", "dein name", "dein vorname", "uw naam",
    "je naam", "uw voornaam", "tuo nome", "suo nome", "te llamas", "se llama usted",
    "vous appelez vous", "heissen sie", "heisst du", "voce se chama", "sie mit vornamen",
    "pani imie", "pana imie", "twoje imie",
  ]
}
