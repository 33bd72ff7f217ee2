internal import Foundation

/// Scales of numbers of which only some have words, and numbers of days.
extension AnswerOrder {
  /// A scale of numbers of which only some have words: "1 (not at all)", "2", "3", "4 - very",
  /// "(1) No goals", "(2)", "(3) Clear goals", "1)", "2)", "3)", the number in or before a bracket, and
  /// "Very likely - 10", the number behind.
  static func labelledEnds(_ answers: [String]) -> Finding? {
    numbersWithWords(answers).map {
      finding($0, "numbers with words at some", isRange: false)
    }
  }

  /// The numbers of a scale of which only some have words; `nil` unless every answer holds one.
  ///
  /// - Parameter answers: As they stand in the file; answers that are none have to be left out.
  /// - Returns: One number for each answer, without gaps.
  public static func numbersWithWords(_ answers: [String]) -> [Double]? {
    var numbers: [Double] = []
    var bare = 0
    var bracketed = 0
    for answer in answers {
      let text = answer.trimmingCharacters(in: .whitespaces)
      guard let read = leading(text) ?? trailing(text).map({ ($0, false, false) }) else {
        return nil
      }
      numbers.append(read.0)
      if read.1 { bare += 1 }
      if read.2 { bracketed += 1 }
    }
    // Numbers alone are read as numbers, with a bracket they are texts.
    let isBracketed = bracketed == answers.count
    guard bare >= 1, bare < answers.count || isBracketed, bracketed == 0 || isBracketed,
      Set(numbers).count == numbers.count, let low = numbers.min(), let high = numbers.max(),
      high - low < Double(answers.count) + (isBracketed ? 1 : 2)
    else { return nil }
    return numbers
  }

  /// The number with which an answer begins, whether it stands alone, and whether a bracket closes it.
  private static func leading(_ text: String) -> (Double, Bool, Bool)? {
    let isOpened = text.hasPrefix("(") || text.hasPrefix("[")
    let inner = text.dropFirst(isOpened ? 1 : 0)
    let digits = inner.prefix { $0.isASCII && $0.isNumber }
    guard let number = Double(digits), digits.count <= 2 else { return nil }
    var rest = inner.dropFirst(digits.count)
    let isClosed = rest.first == ")" || rest.first == "]"
    guard isClosed || !isOpened else { return nil }
    if isClosed { rest = rest.dropFirst() }
    guard rest.isEmpty || " -–=:(.".contains(rest.first ?? " ") else { return nil }
    return (number, rest.isEmpty, isClosed)
  }

  /// The number that stands behind words and a mark: "Very likely - 10", "Very likely (10)".
  private static func trailing(_ text: String) -> Double? {
    var inner = text[...]
    let isClosed = inner.last == ")" || inner.last == "]"
    if isClosed { inner = inner.dropLast() }
    let digits = String(inner.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    guard let number = Double(digits), digits.count <= 2 else { return nil }
    let before = inner.dropLast(digits.count).reversed().drop { $0 == " " }
    guard let mark = before.first, isClosed ? "([".contains(mark) : "-–=:".contains(mark),
      before.contains(where: \.isLetter)
    else { return nil }
    return number
  }

  /// "None", "1 day", "2 days", "Every day": on how many days of a week.
  static func days(_ texts: [String]) -> [Double]? {
    guard texts.contains(where: { $0.first?.isNumber ?? false }) else { return nil }
    var ranks: [Double] = []
    var counted = 0
    for text in texts {
      let words = text.split(separator: " ").map(String.init)
      if words.count == 2, let number = Double(words[0]), (0...7).contains(number),
        dayWords.contains(words[1])
      {
        counted += 1
        ranks.append(number)
      } else if everyDay.contains(text) {
        ranks.append(7.5)
      } else if noDay.contains(text) {
        ranks.append(0)
      } else {
        return nil
      }
    }
    return counted >= 2 && counted < texts.count ? ranks : nil
  }

  private static let dayWords: Set<String> = [
    "day", "days", "tag", "tage", "jour", "jours", "dia", "dias", "giorno", "giorni", "dag",
    "dagen", "dzien", "dni",
  ]
  private static let everyDay: Set<String> = [
    "every day", "daily", "jeden tag", "taglich", "tous les jours", "todos los dias", "a diario",
    "todos os dias", "tutti i giorni", "ogni giorno", "elke dag", "dagelijks", "codziennie",
  ]
  private static let noDay: Set<String> = [
    "none", "never", "no days", "keiner", "keinen", "nie", "aucun", "jamais", "ninguno", "nunca",
    "nenhum", "nessuno", "mai", "geen", "nooit", "zaden", "nigdy",
  ]
}
