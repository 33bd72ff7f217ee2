internal import TesseraSurvey

extension RoleGuess {
  // MARK: - Columns about somebody else, or about a household

  /// Takes short names, the parts of a household's size, and what is asked of a partner or parent for who
  /// people are.
  mutating func findFurtherPeople() {
    for column in facts where isFree(column) && topics[.text(column.columnName)] == nil {
      let name = column.columnName
      if let topic = DraftWords.shortNames[NameWords.folded(name)], column.label.isEmpty {
        topics[.text(name)] = (topic, "the name says \"\(name)\": \(topic.rawValue)")
      } else if let whole = wholes[.text(name)], let topic = topics[.text(whole)]?.topic {
        topics[.text(name)] = (topic, "with others it adds up to \"\(whole)\": \(topic.rawValue)")
      }
    }
    for column in facts where isFree(column) && topics[.text(column.columnName)] == nil {
      let name = column.columnName
      guard let own = twins[.text(name)],
        let base = facts.first(where: { $0.columnName == own })
      else { continue }
      if let topic = topics[.text(own)]?.topic {
        topics[.text(name)] = (topic, "\"\(own)\" of somebody else: \(topic.rawValue)")
      } else if base.says(DraftWords.origin) != nil {
        topics[.text(name)] = (.household, "\"\(own)\" of somebody else")
      }
    }
    for column in facts where isFree(column) {
      guard let found = topics[.text(column.columnName)],
        !plan.people.contains(where: { $0.name == column.columnName })
      else { continue }
      plan.people.append((column.columnName, found.reason))
    }
  }

  /// Columns named like another with one letter before it, three of one letter or more: `drace` beside
  /// `race`, `dage` beside `age` ask the same of a partner or parent.
  static func twins(_ facts: [ColumnFacts]) -> [AnswerCode: String] {
    var names: [String: String] = [:]
    for column in facts { names[column.columnName.lowercased()] = column.columnName }
    var found: [Character: [(name: String, own: String)]] = [:]
    for column in facts {
      let name = column.columnName.lowercased()
      guard let letter = name.first, letter.isLetter, name.count >= 3,
        let own = names[String(name.dropFirst())], own.count >= 2
      else { continue }
      found[letter, default: []].append((column.columnName, own))
    }
    return found.values.filter { $0.count >= 3 }.joined().reduce(into: [:]) {
      $0[.text($1.name)] = $1.own
    }
  }

  /// Numbers of things side by side, two or more, that add up to another column of the file.
  ///
  /// - Returns: The column they add up to, by the part.
  static func wholes(_ facts: [ColumnFacts]) -> [AnswerCode: String] {
    func isCount(_ column: ColumnFacts) -> Bool {
      (column.variable.isNumeric || !column.variable.answers.isCoded) && column.low >= 0
        && column.high <= 60 && column.missingShare < 0.1
        && column.values.allSatisfy { $0.value == $0.value.rounded() }
        && column.distinct.map { $0 >= 2 } ?? false && column.answered >= 20
    }
    let counts = facts.map { isCount($0) ? $0.variable.numbers : [] }
    let totals = facts.indices.filter { !counts[$0].isEmpty && facts[$0].high >= 3 }
    var found: [AnswerCode: String] = [:]
    var start = 0
    while start < facts.count {
      var sum = counts[start]
      var end = start + 1
      var taken: Int?
      while taken == nil, !sum.isEmpty, end < min(facts.count, start + 10), !counts[end].isEmpty {
        for row in sum.indices { sum[row] += counts[end][row] }
        end += 1
        taken = totals.first { total in
          !(start..<end).contains(total)
            && zip(sum, counts[total]).allSatisfy { $0 == $1 || $0.isNaN || $1.isNaN }
        }
      }
      if let taken {
        for part in start..<end { found[.text(facts[part].columnName)] = facts[taken].columnName }
        start = end
      } else {
        start += 1
      }
    }
    return found
  }

  /// Whether a column says who people are, and not what they do or think.
  func isAboutPeople(_ column: ColumnFacts) -> Bool {
    topics[.text(column.columnName)] != nil || origin(column) != nil
      || sensitivity(column)?.hasPrefix("origin") ?? false
  }

  /// Whether a question is about an animal: its age and breed are not the person's.
  func isAboutAnimal(_ column: ColumnFacts) -> Bool {
    column.label.words.count <= 30 && column.label.first(of: DraftWords.animals) != nil
      || column.name.words.count <= 30 && column.name.first(of: DraftWords.animals) != nil
  }

  /// Whether a sensitive word stands in a statement among others on one scale that is not about the person
  /// who answers: what people think of groups or of health is no health or origin of theirs.
  func isOpinion(_ column: ColumnFacts) -> Bool {
    guard
      let battery = plan.batteries.first(where: { battery in
        battery.members.contains { $0.columnName == column.columnName }
      }), battery.members.count >= 4
    else { return false }
    let wording = column.label.isEmpty ? column.name : column.label
    return wording.words.count >= 4 && wording.first(of: DraftWords.ownWords) == nil
  }
}

extension DraftWords {
  /// Names of two or three letters that files of data give to who people are.
  static let shortNames: [String: Topic] = [
    "ed": .education, "inc": .income, "faminc": .income, "hinc": .income, "hhinc": .income,
    "yearsmarried": .maritalStatus, "hhsize": .household, "hhsiz": .household,
    "famsize": .household, "hsize": .household, "numkids": .children, "eduyrs": .education,
    "yrseduc": .education, "meducation": .education, "feducation": .education,
    "motheduc": .education,
    "fatheduc": .education, "memployment": .occupation, "femployment": .occupation,
    "birthyear": .age, "yearborn": .age,
  ]
  /// Words of animals with whose they are.
  static let animals = [
    "your dog", "your cat", "your pet", "my dog", "my cat", "my pet", "the dog", "the cat",
    "the pet",
    "your pets", "your dogs", "your cats", "your animal", "your horse",
    "su perro", "tu perro", "su gato", "tu gato", "su mascota", "tu mascota", "mi perro", "mi gato",
    "mi mascota", "del perro", "del gato", "de la mascota", "sus mascotas", "tus mascotas",
    "ihr hund", "ihres hundes", "ihre katze", "ihrer katze", "ihr haustier", "ihres haustiers",
    "dein hund", "deine katze", "dein haustier", "votre chien", "votre chat", "votre animal",
    "ton chien", "ton chat", "seu cachorro", "seu gato", "seu pet", "il tuo cane", "il tuo gatto",
  ]
  /// Words with which people speak of themselves, and are spoken to.
  static let ownWords = [
    "i", "i m", "i am", "my", "me", "mine", "myself", "you", "your", "ich", "mein*", "mich", "mir",
    "sie", "ihr*", "je", "j", "mon", "ma", "mes", "moi", "vous", "votre", "vos", "yo", "mi", "mis",
    "me", "usted", "su", "tu", "eu", "meu", "minha", "io", "mio", "mia",
  ]
  /// What becomes of people, rather than what they do.
  static let outcomes = [
    "death", "died", "dead", "deceased", "censored", "survival", "survived", "outcome", "relapse",
    "mortality", "event", "tod", "gestorben", "deces", "muerte",
  ]
  static let maritalStates = [
    "married", "single", "divorced", "widowed", "never married", "separated", "cohabiting",
    "living with partner", "verheiratet", "ledig", "geschieden", "verwitwet", "marie", "mariee",
    "celibataire", "divorce", "veuf", "veuve", "casado", "casada", "soltero", "soltera",
    "divorciado", "divorciada", "viudo", "viuda",
  ]
  static let descents = [
    "white", "black", "asian", "hispanic", "latino", "native american", "african american",
    "caucasian", "mixed race", "pacific islander", "non white", "non hispanic",
  ]
  static let orientations = [
    "straight", "heterosexual", "gay", "lesbian", "bisexual", "homosexual", "gay bisexual",
  ]
}
