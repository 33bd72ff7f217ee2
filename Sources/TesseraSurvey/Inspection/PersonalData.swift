/// Recognises columns that name or number a single person: one rule for inspections, drafts and runs.
package enum PersonalData {
  /// Why a column holds personal data: its name, its wording or its answers say so.
  ///
  /// "How often do you use your phone?" and "needs to address" name such words too, so answers have to
  /// be texts that differ from person to person, or numbers that hardly repeat.
  ///
  /// - Parameters:
  ///   - variable: The column.
  ///   - isOnMap: Whether the survey has columns called x and y, so that either may be a coordinate.
  /// - Returns: What it is and which sign told; `nil` if nothing does.
  /// - Complexity: O(answers).
  package static func reason(_ variable: Variable, isOnMap: Bool = false) -> String? {
    let name = NameWords(variable.name)
    let label = NameWords(variable.label)
    let isText = !variable.isNumeric && variable.answers.isCoded
    let counted = counts(variable)
    let called = name.words.joined(separator: " ")
    let joined = name.words.joined()
    let asked = label.isEmpty ? name : label
    if asked.words.count <= 12, asked.first(of: postcodes) != nil, counted.different > 40,
      !isSlider(variable)
    {
      return "a postcode, going by its wording"
    }
    if isText, counted.different > 1, asksForName(variable) {
      return "names of people, going by its wording"
    }
    if isText, counted.different > 8, ["name", "nome", "nombre", "nom"].contains(called) {
      return "personal data, going by its name"
    }
    if isText, counted.different > 2, persons.contains(called) {
      return "personal data, going by its name"
    }
    if isOnMap, ["x", "y"].contains(joined), counted.different > 40,
      variable.numbers.contains(where: { $0 != $0.rounded() && !$0.isNaN })
    {
      return "a place on the map, going by its name"
    }
    if ["latitude", "longitude", "latitud", "longitud"].contains(joined), !isText {
      return "personal data, going by its name"
    }
    let isNamed = names.contains(joined) || name.first(of: names) != nil
    let isLabelled = label.words.count <= 6 && label.first(of: names) != nil
    if isNamed || isLabelled {
      let isOwn =
        !variable.isNumeric && AnswerOrder.find(variable.categories.map(\.label)) == nil
        && (counted.different >= 8 || holdsNumbersOfPeople(variable)
          || counted.different >= 3 && counted.different * 10 >= counted.answered * 9)
      let isMany = variable.isNumeric && counted.different > 40 && !isSlider(variable)
      if isOwn && name.words.count <= 5 || isMany { return "personal data, going by its name" }
    }
    guard isText else { return nil }
    let looked = variable.categories.prefix(200)
    let personal = looked.count { PersonalText.looksPersonal($0.code.text) }
    return personal > 0 && personal * 5 >= looked.count
      ? "personal data, going by its answers" : nil
  }

  /// How many different answers there are, and how many at all.
  private static func counts(_ variable: Variable) -> (different: Int, answered: Int) {
    if case .numbers(let numbers) = variable.answers {
      let known = numbers.filter { !$0.isNaN }
      return (Set(known).count, known.count)
    }
    var held = [Bool](repeating: false, count: variable.categories.count + 1)
    var answered = 0
    for row in 0..<variable.answers.count {
      let place = variable.answers.position(row)
      held[place] = true
      if place > 0 { answered += 1 }
    }
    return (held.dropFirst().count { $0 }, answered)
  }

  /// Whether all answers are whole numbers from 0 to 100, as of a slider.
  private static func isSlider(_ variable: Variable) -> Bool {
    guard variable.isNumeric else { return false }
    return variable.numbers.allSatisfy { number in
      number.isNaN || number == number.rounded() && (0...100).contains(number)
    }
  }

  /// Whether nearly all answers are long numbers or addresses, as texts: however few, they are
  /// somebody's.
  private static func holdsNumbersOfPeople(_ variable: Variable) -> Bool {
    guard variable.answers.isCoded, !variable.categories.isEmpty else { return false }
    let looked = variable.categories.prefix(200).map(\.code.text)
    let found = looked.count { text in text.contains("@") || text.count(where: \.isNumber) >= 6 }
    return found * 5 >= looked.count * 4
  }

  /// Words of what names or numbers a person.
  package static let names = [
    "mobile", "mobile number", "mobile no", "cell phone", "phone number", "first name", "last name",
    "full name", "fullname", "your name", "handynummer", "telefonnummer", "handy", "celular",
    "nombre completo",
    "nom complet", "ip address", "e mail", "email address", "emailaddress", "correo electronico",
    "email", "mail", "phone", "tel", "telefonnr", "whatsapp", "mobil", "telephone", "telefon",
    "firstname", "lastname", "surname",
    "vorname", "nachname", "address", "adresse", "strasse", "ipaddress", "ip", "latitude",
    "longitude", "nom", "prenom", "correo", "telefono", "apellido", "direccion", "lat", "lon",
    "postal", "postalcode", "zip", "zipcode", "zip code", "postcode", "plz", "postleitzahl",
    "code postal", "codigo postal", "imei", "deviceid",
    "lng", "gps", "ssn", "social security number", "dob", "birthdate", "date of birth",
    "geburtsdatum", "date de naissance", "fecha de nacimiento", "data de nascimento", "breitengrad",
    "langengrad", "latitud", "longitud",
  ]
  /// Words of postcodes.
  private static let postcodes = [
    "zip", "zip code", "zipcode", "postcode", "post code", "postal code", "plz", "postleitzahl",
    "code postal", "codigo postal", "cap di residenza", "cep", "postnummer", "codice postale",
  ]
  /// Names of persons.
  private static let persons: Set<String> = [
    "first name", "last name", "full name", "firstname", "lastname", "fullname", "surname",
    "vorname", "nachname", "prenom", "apellido", "apellidos", "nombre completo", "nom complet",
    "cognome", "sobrenome", "recipient first name", "recipient last name", "your name",
    "respondent name", "name of respondent", "customer name", "contact name", "client name",
    "nome do cliente", "nombre del cliente", "nom du client", "kundenname", "nome completo",
  ]
}
