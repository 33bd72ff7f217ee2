/// Places ranges of numbers in order: "18 to 29", "under 20k", "3 months - 1 year", "75 and over".
enum AnswerRange {
  private static let numerals = [
    "none": 0.0, "zero": 0, "once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "keine": 0, "keines": 0, "eins": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5,
    "aucun": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "ninguno": 0, "uno": 1,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "nenhum": 0, "um": 1, "dois": 2,
  ]
  private static let below = [
    "under", "ponizej", "kurang dari", "less", "fewer", "below", "up to", "<", "unter", "weniger",
    "bis", "moins", "menos",
    "hasta", "jusqu", "ate", "minder", "jonger",
    "yngre", "tot ", "onder", "lower than", "meno", "lt ", "at most",
  ]
  private static let belowBehind = [
    "or less", "or fewer", "or under", "or younger", "and under", "and younger", "or below",
    "oder weniger", "oder junger", "und junger", "ve alti", "i mniej", "ou moins", "o menos",
    "ou menos", "or lower",
  ]
  private static let above = [
    "over", "powyzej", "lebih dari", "ve uzeri", "i wiecej", "ve ustu", "more", "above", "acima",
    "encima", "+", ">", "older", "uber", "mehr", "plus", "mas",
    "oder alter", "ab ",
    "greater", "at least", "mindestens", "mais", "or longer", "und alter", "piu", "or higher",
    "and up", "o mayor", "e oltre", "of meer", "oltre", "meer",
  ]
  /// Before a range: "between 18 and 25", "EUR 20,000 to 30,000".
  private static let openings = [
    "between ", "from ", "zwischen ", "von ", "entre ", "de ", "tra ", "da ", "tussen ", "van ",
    "about ", "around ", "approximately ", "ca ", "age ", "aged ", "ages ", "eur ", "usd ", "gbp ",
    "chf ", "rs ", "inr ", "aud ", "cad ", "us$", "us $", "r$", "kes ", "in my ",
  ]
  /// Answers to "how many" that say none.
  private static let nothing = [
    "none", "never", "nothing", "nobody", "no change", "zero", "not at all", "keine", "kein", "nie",
    "aucun", "aucune", "jamais", "ninguno", "ninguna", "nunca", "nada", "nenhum", "nenhuma",
    "nessuno", "mai", "geen", "not working", "unpaid", "just me", "only me", "just myself",
    "work for free",
    "nur ich",
    "seulement moi", "solo yo", "solo io", "apenas eu",
  ]
  private static let units: [(stems: [String], days: Double)] = [
    (["minute", "min "], 1.0 / 1440), (["hour", "hr", "stunde", "heure", "hora"], 1.0 / 24),
    (["day", "tag", "jour", "dia"], 1), (["week", "woche", "semaine", "semana"], 7),
    (["month", "monat", "mois", "mes"], 30.4), (["year", "jahr", "an ", "ans", "ano", "yr"], 365),
  ]

  /// The lower ends of ranges; `nil` unless all answers are ranges or numbers, and one is a range.
  static func ranks(_ texts: [String]) -> [Double]? {
    let cut = texts.compactMap(interval)
    // "Small (1-10)", "Large (500+)"
    let inner = texts.compactMap(inBrackets)
    let bare = cut.count == texts.count ? cut : inner.count == texts.count ? inner : texts
    let texts = bare.map(opened)
    // "Brand 1" to "Brand 3" hold numbers too, but no range.
    let isNone = texts.map(isNothing)
    // "None", "1", "2", "3": numbers of things, too.
    let isCounted =
      isNone.contains(true) && texts.count >= 4
      && zip(texts, isNone).allSatisfy { $1 || $0.allSatisfy(\.isNumber) }
    guard isCounted || texts.contains(where: isRange) else { return nil }
    guard isNone.count(where: { $0 }) <= 1, isNone.count(where: { !$0 }) >= 2 else { return nil }
    let scales = texts.map(unit)
    // Years alone need no unit; months beside years do.
    let mixed = Set(scales.compactMap { $0 }).count > 1
    var ranks: [Double] = []
    for (place, text) in texts.enumerated() {
      if isNone[place] {
        ranks.append(-1)
        continue
      }
      guard let start = start(text) else { return nil }
      ranks.append(start * (mixed ? scales[place] ?? 1 : 1))
    }
    return ranks
  }

  private static func inBrackets(_ text: String) -> String? {
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close,
      text.first?.isNumber != true
    else { return nil }
    let inner = String(text[text.index(after: open)..<close])
    return inner.contains(where: \.isNumber) ? inner : nil
  }

  /// "[25,35)" and "(25,35]", as programs cut numbers into bands, as "25 - 35".
  private static func interval(_ text: String) -> String? {
    guard let open = text.first, let close = text.last, "[(".contains(open), "])".contains(close)
    else { return nil }
    let ends = text.dropFirst().dropLast().split { ",;".contains($0) }
      .map { $0.filter { $0 != " " } }
    guard ends.count == 2, ends.allSatisfy({ Double($0) != nil || $0.contains("inf") }) else {
      return nil
    }
    if ends[1].contains("inf") { return "over \(ends[0])" }
    return ends[0].contains("inf") ? "under \(ends[1])" : "\(ends[0]) - \(ends[1])"
  }

  private static func opened(_ text: String) -> String {
    var text = text
    while let opening = openings.first(where: text.hasPrefix) { text.removeFirst(opening.count) }
    // "less than a year"
    text = text.replacing("than a ", with: "than 1 ")
    // "lt15k" and "15t24k" leave the blanks out.
    if text.hasPrefix("lt"), text.dropFirst(2).first?.isNumber == true {
      text = "under " + text.dropFirst(2)
    }
    return text
  }

  private static func isNothing(_ text: String) -> Bool {
    let starts = [
      "do not ", "did not ", "don't ", "didn't ", "no ", "keine ", "kein ", "keinen ", "not ",
      "ne ", "aucun ", "aucune ", "pas de ", "sin ", "ningun ", "ninguna ", "nenhum ", "nenhuma ",
      "nessun ", "nessuna ", "geen ",
    ]
    // "Just me - I am a freelancer"
    let head = text.firstRange(of: " - ").map { String(text[..<$0.lowerBound]) } ?? text
    return nothing.contains(text) || nothing.contains(head)
      || AnswerFrequency.isUnused(PlainText.line(text))
      || starts.contains(where: text.hasPrefix)
        && !text.contains(where: \.isNumber) && !text.hasPrefix("no more")
        && !text.hasPrefix("not sure")
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
      || (beginsWithNumber && joins.contains { goesOn(text, behind: $0) })
      || (beginsWithNumber && isDecade(start))
  }

  /// Whether a number stands behind a word that joins two: "1 - Male" is no range.
  private static func goesOn(_ text: String, behind join: String) -> Bool {
    var rest = text[...]
    while let mark = rest.firstRange(of: join) {
      rest = rest[mark.upperBound...]
      if rest.drop(while: { " $€£>+<".contains($0) }).first?.isNumber == true { return true }
    }
    return false
  }

  /// "20s", "30er": an age in tens.
  private static func isDecade(_ text: Substring) -> Bool {
    let digits = text.prefix(while: \.isNumber)
    return digits.count == 2 && digits.last == "0"
      && ["s", "er", "'s"].contains(String(text.dropFirst(2)))
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
    if below.contains(where: text.hasPrefix) || belowBehind.contains(where: text.holds) {
      return first - step
    }
    if above.contains(where: text.holds) { return first + step }
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
      } else if sign == "." || sign == ",", (1...2).contains(behind), !digits.contains(".") {
        digits.append(".")
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard let number = Double(digits) else { return nil }
    return number * (multiple(rest) ?? laterMultiple(rest, behind: number) ?? 1)
  }

  /// What a letter or a word right behind a number makes of it.
  private static func multiple(_ rest: Substring) -> Double? {
    let rest = rest.drop { $0 == " " }
    let letters = rest.prefix(while: \.isLetter)
    switch letters {
    case "k", "thousand", "tsd", "mil", "mille": return 1000
    case "m", "mio", "million", "millions", "millionen", "millones": return 1_000_000
    case "bn", "billion": return 1e9
    default: return nil
    }
  }

  /// "25-50k" means thousands at both ends.
  private static func laterMultiple(_ rest: Substring, behind number: Double) -> Double? {
    guard let next = rest.firstIndex(where: \.isNumber) else { return nil }
    let between = rest[..<next].filter { $0 != " " && $0 != "$" && $0 != "€" && $0 != "£" }
    guard ["-", "–", "to", "t", "bis", "a", "and", "und"].contains(String(between)) else {
      return nil
    }
    let end = rest[next...].prefix { $0.isNumber || $0 == "." || $0 == "," }
    // "100,000 and 1 million" says its thousands itself.
    guard let last = Double(end.filter { $0 != "," }), number <= last else { return nil }
    return multiple(rest[end.endIndex...])
  }
}
