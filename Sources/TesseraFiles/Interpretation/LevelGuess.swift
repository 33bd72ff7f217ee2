internal import TesseraSurvey

/// Guesses what may be computed with a variable from its answers, name and wording.
enum LevelGuess {
  /// The most categories that a guess calls ordinal.
  private static let longestScale = 11

  /// Guesses the level of a variable without value labels.
  static func level(of variable: Variable) -> MeasurementLevel {
    if variable.isNumeric { return numericLevel(variable) }
    return textLevel(variable)
  }

  private static func numericLevel(_ variable: Variable) -> MeasurementLevel {
    if isIdentifier(variable) { return .text }
    guard variable.answers.isCoded else {
      return saysCount(variable) && isWhole(variable) ? .count : .numeric
    }
    let values = variable.categories.compactMap(\.code.number)
    guard let low = values.first, let high = values.last else { return .numeric }
    if values.count <= 2, values.allSatisfy({ (0...2).contains($0) }) { return .nominal }
    if low >= 0, saysCount(variable) { return .count }
    if low >= 0, values.count <= 30, NameHints.isCategory(variable) { return .nominal }
    if low >= 0, high <= 10, values.count <= longestScale { return .ordinal }
    if low >= -5, high <= 5, values.count <= longestScale { return .ordinal }
    return .numeric
  }

  private static func isWhole(_ variable: Variable) -> Bool {
    guard case .numbers(let numbers) = variable.answers else { return false }
    return numbers.allSatisfy { $0.isNaN || ($0 >= 0 && $0 == $0.rounded()) }
  }

  /// Whether every respondent has another whole number, and it is one after another or so named.
  private static func isIdentifier(_ variable: Variable) -> Bool {
    let count = variable.answers.count
    guard count >= 2 else { return NameHints.isIdentifier(variable.name) }
    let isNamed = NameHints.isIdentifier(variable.name)
    if variable.answers.isCoded {
      guard count >= 10 || isNamed, variable.categories.count == count else { return false }
      let values = variable.categories.compactMap(\.code.number)
      guard let low = values.first, let high = values.last else { return false }
      return isNamed || high - low == Double(count - 1)
    }
    guard case .numbers(let numbers) = variable.answers else { return false }
    return hasDistinctWholes(numbers, consecutive: !isNamed)
  }

  /// Whether all numbers are whole and different, and perhaps one after another in some order.
  private static func hasDistinctWholes(_ numbers: [Double], consecutive: Bool) -> Bool {
    var low = Double.infinity
    var high = -Double.infinity
    for number in numbers {
      // Beyond that every number is whole, and rounding is slow.
      let isWhole =
        number.magnitude < 0x1p53 ? number == Double(Int64(number)) : !number.isNaN
      guard isWhole else { return false }
      low = min(low, number)
      high = max(high, number)
    }
    guard high - low >= Double(numbers.count - 1) else { return false }
    if consecutive, high - low != Double(numbers.count - 1) { return false }
    if high - low < Double(numbers.count) * 32 {
      var isSeen = [Bool](repeating: false, count: Int(high - low) + 1)
      for number in numbers {
        if isSeen[Int(number - low)] { return false }
        isSeen[Int(number - low)] = true
      }
      return true
    }
    return Set(numbers).count == numbers.count
  }

  private static func textLevel(_ variable: Variable) -> MeasurementLevel {
    let distinct = variable.categories.count
    guard distinct > 0 else { return .nominal }
    let answered = variable.answers.count - variable.missingCount
    let texts = variable.categories.map(\.code.text)
    if texts.allSatisfy(DateText.isDate) { return .date }
    if distinct == answered, answered >= 10 || NameHints.isIdentifier(variable.name) {
      return .text
    }
    if OpenEndWording.asksForWords(variable) { return .text }
    let length = texts.reduce(0) { $0 + $1.utf8.count }
    // Long answers that twenty people give each are answers on offer.
    if length > 60 * distinct, answered < 20 * distinct { return .text }
    return distinct <= max(12, min(500, answered / 5)) ? .nominal : .text
  }

  private static func saysCount(_ variable: Variable) -> Bool {
    NameHints.isCount(variable.name) || NameHints.isCount(variable.label)
  }
}

/// What a name or a wording says about a variable.
enum NameHints {
  private static let identifiers: Set<String> = [
    "id", "ids", "respid", "respondent", "respondentid", "responseid", "caseid", "case", "uuid",
    "guid", "recordid", "record", "userid", "customerid", "memberid", "key", "token", "serial",
    "rowid", "index", "nr", "lfdnr", "idno", "pid", "uid", "sessionid", "participant",
  ]
  private static let counts: Set<String> = [
    "count", "anzahl", "nombre", "numero", "cantidad", "children", "kinder", "enfants", "hijos",
    "visits", "purchases", "trips", "times",
  ]

  private static let phrases = [
    ["number", "of"], ["how", "many"], ["wie", "viele"], ["combien", "de"], ["n", "of"], ["num"],
  ]

  /// The words of a name: letters and digits, in lower case, without separators.
  static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether a name is that of an identifier.
  static func isIdentifier(_ name: String) -> Bool {
    let words = words(name)
    return identifiers.contains(words.joined()) || words.last == "id" || words.last == "uuid"
  }

  /// Whether a name or a wording speaks of a number of things.
  static func isCount(_ text: String) -> Bool {
    let words = words(text)
    if words.contains(where: counts.contains) { return true }
    return phrases.contains { phrase in
      words.indices.dropLast(phrase.count - 1).contains { place in
        words[place..<place + phrase.count].elementsEqual(phrase)
      }
    }
  }
}

/// Recognises days and moments written as text.
enum DateText {
  /// Whether a text is a day, or a day and a time, in one of the usual forms.
  ///
  /// `2026-01-31`, `2026/01/31`, `31.01.2026`, `31/01/2026`, `1/31/2026`, each perhaps with
  /// `10:00`, `10:00:00`, fractions, `Z`, an offset or AM and PM behind it.
  static func isDate(_ text: String) -> Bool {
    let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "T" }
    guard let day = parts.first, isDay(day) else { return false }
    guard parts.count == 2 else { return true }
    let time = parts[1]
    return time.contains(":") && time.first?.isNumber == true
      && time.allSatisfy { $0.isNumber || ":.,+-ZAPM apmUTC".contains($0) }
  }

  private static func isDay(_ text: Substring) -> Bool {
    for separator: Character in ["-", "/", "."] {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let numbers = parts.compactMap { $0.count <= 4 ? Int($0) : nil }
      guard numbers.count == 3 else { return false }
      if parts[0].count == 4 {
        return (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
      }
      guard parts[2].count == 4 || (parts[2].count == 2 && separator != "-") else { return false }
      return (1...31).contains(numbers[0]) && (1...31).contains(numbers[1])
        && min(numbers[0], numbers[1]) <= 12
    }
    return false
  }
}
