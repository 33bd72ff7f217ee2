/// Places ranges of numbers in order: "18 to 29", "under 20k", "3 months - 1 year", "75 and over".
enum AnswerRange {
  private static let numerals = [
    "none": 0.0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "keine": 0, "keines": 0, "eins": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5,
    "aucun": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "ninguno": 0, "uno": 1,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "nenhum": 0, "um": 1, "dois": 2,
  ]
  private static let below = [
    "under", "less", "fewer", "below", "up to", "<", "unter", "weniger", "bis", "moins", "menos",
    "hasta", "jusqu", "ate", "lower than", "meno", "lt ", "at most",
  ]
  private static let belowBehind = [
    "or less", "or fewer", "or under", "or younger", "and under", "and younger", "or below",
    "oder weniger", "oder junger", "und junger", "ou moins", "o menos", "ou menos", "or lower",
  ]
  private static let above = [
    "over", "more", "above", "+", ">", "older", "uber", "mehr", "plus", "mas", "oder alter", "ab ",
    "greater", "at least", "mindestens", "mais", "or longer", "und alter", "piu",
  ]
  private static let units: [(stems: [String], days: Double)] = [
    (["minute", "min "], 1.0 / 1440), (["hour", "hr", "stunde", "heure", "hora"], 1.0 / 24),
    (["day", "tag", "jour", "dia"], 1), (["week", "woche", "semaine", "semana"], 7),
    (["month", "monat", "mois", "mes"], 30.4), (["year", "jahr", "an ", "ans", "ano", "yr"], 365),
  ]

  /// The lower ends of ranges; `nil` unless all answers are ranges or numbers, and one is a range.
  static func ranks(_ texts: [String]) -> [Double]? {
    // "Brand 1" to "Brand 3" hold numbers too, but no range.
    guard texts.contains(where: isRange) else { return nil }
    let scales = texts.map(unit)
    // Years alone need no unit; months beside years do.
    let mixed = Set(scales.compactMap { $0 }).count > 1
    var ranks: [Double] = []
    for (place, text) in texts.enumerated() {
      if AnswerFrequency.isUnused(PlainText.line(text)) {
        ranks.append(-1)
        continue
      }
      guard let start = start(text) else { return nil }
      ranks.append(start * (mixed ? scales[place] ?? 1 : 1))
    }
    return ranks
  }

  /// The first unit of time that a text names.
  private static func unit(_ text: String) -> Double? {
    let words = PlainText.line(text).split(separator: " ").map { String($0) + " " }
    return words.lazy.compactMap { word in
      units.first { $0.stems.contains { word.hasPrefix($0) } }?.days
    }.first
  }

  private static func isRange(_ text: String) -> Bool {
    let start = text.drop { !$0.isLetter && !$0.isNumber }
    let beginsWithNumber = start.first?.isNumber == true
    let joins = ["-", "–", " to ", " bis ", " a ", " und ", " et ", " and "]
    return below.contains { text.hasPrefix($0) }
      || above.contains { text.hasPrefix($0) || text.hasSuffix($0) }
      || belowBehind.contains { text.hasSuffix($0) }
      || (beginsWithNumber && joins.contains { text.contains($0) })
  }

  private static func start(_ text: String) -> Double? {
    let first: Double
    if let number = firstNumber(text) {
      first = number
    } else if let word = PlainText.line(text).split(separator: " ").lazy.compactMap({
      numerals[String($0)]
    }).first {
      first = word
    } else {
      return nil
    }
    let step = max(first, 1) * 0.001
    if below.contains(where: text.hasPrefix) || belowBehind.contains(where: text.contains) {
      return first - step
    }
    if above.contains(where: text.contains) { return first + step }
    return first
  }

  private static func firstNumber(_ text: String) -> Double? {
    guard let start = text.firstIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
    var digits = ""
    var rest = text[start...]
    while let sign = rest.first {
      let isMark = sign == "," || sign == "." || sign == "'" || sign == " " || sign == "\u{A0}"
      let behind = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }.count
      if sign.isASCII, sign.isNumber {
        digits.append(sign)
      } else if isMark, behind == 3 {
        // A mark before three digits stands between thousands.
      } else if sign == ".", behind > 0 {
        digits.append(".")
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard let number = Double(digits) else { return nil }
    if rest.hasPrefix("k") { return number * 1000 }
    if rest.hasPrefix(" million") { return number * 1_000_000 }
    let isMinuteOrMonth = rest.hasPrefix("mo") || rest.hasPrefix("mi")
    if rest.hasPrefix("m"), !isMinuteOrMonth { return number * 1_000_000 }
    return number
  }
}
