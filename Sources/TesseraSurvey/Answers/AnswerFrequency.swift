/// Places answers on how often something happens in order: about how many times a year.
enum AnswerFrequency {
  private static let below = [
    "less", "fewer", "weniger", "seltener", "moins", "menos", "under", "meno", "minder",
  ]
  private static let above = [
    "more", "over", "mehr", "ofter", "meer", "vaker", "piu", "plus", "mas", "at least",
    "mindestens", "mais",
  ]

  /// Times a year; `nil` if an answer does not say how often.
  static func rank(_ text: String) -> Double? {
    if let rank = adverbs[text] ?? plain[text] ?? AnswerOrder.often[text] { return rank }
    if let rank = AnswerOrder.japaneseOften(text) { return rank }
    // "less than once a month but more than once a year", "a few times per month or weekly"
    for mark in [" but more ", " or "] {
      guard let cut = text.firstRange(of: mark), !text[..<cut.lowerBound].hasSuffix("once") else {
        continue
      }
      let after = text[cut.upperBound...]
      if mark == " or ", ["more", "less", "fewer"].contains(where: after.hasPrefix) { continue }
      let first = String(text[..<cut.lowerBound])
      if !first.contains(" or "), first.contains(" ") || plain[first] != nil,
        text.contains("day") || text.contains("week") || text.contains("month")
          || text.contains("year") || text.contains("dai"),
        let rank = rank(first)
      {
        return rank
      }
    }
    // ">1/week", "1-4/month"
    let line = written(
      withoutCross(text).replacing("/", with: " per ").replacing("<", with: "less than ")
        .replacing(">", with: "more than "))
    guard line.count < 70 else { return nil }
    // "Never, and not open to it" is less than "never, but open to it".
    if line.hasPrefix(" never but ") { return 0.3 }
    if line.hasPrefix(" never and ") { return 0 }
    if isUnused(line) { return -1 }
    if line.holds(" all the time ") { return 9000 }
    if let rate = rate(line) { return rate }
    // "more than once", "more_once"
    for start in ["more than ", "more "] where text.hasPrefix(start) {
      let rest = String(text.dropFirst(start.count))
      if let rate = adverbs[rest], rest != "often" { return rate * 2 }
    }
    // "less often than monthly"
    for (word, rate) in plain where line.hasSuffix(" \(word) ") {
      if below.contains(where: { line.hasPrefix(" \($0) ") }) { return rate * 0.9 }
      if above.contains(where: { line.hasPrefix(" \($0) ") }) { return rate * 1.1 }
    }
    return nil
  }

  private static let short = [
    "lt": "less than", "gt": "more than", "thn": "than", "nrly": "nearly", "sevrl": "several",
    "wk": "week", "wks": "weeks", "yr": "year", "yrs": "years", "mth": "month", "mnth": "month",
    "tms": "times", "evry": "every",
  ]

  /// A line of words with the abbreviations of old files written out: "lt once a yr".
  private static func written(_ text: String) -> String {
    let line = PlainText.line(text)
    let words = line.split(separator: " ")
    guard words.contains(where: { short[String($0)] != nil }) else { return line }
    return " " + words.map { short[String($0)] ?? String($0) }.joined(separator: " ") + " "
  }

  /// "2-3x" as "2-3 times".
  private static func withoutCross(_ text: String) -> String {
    var result = ""
    for character in text {
      if character == "x" || character == "×", result.last?.isNumber == true {
        result += " times "
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// Whether an answer says that somebody does not use what is asked about.
  static func isUnused(_ line: String) -> Bool {
    let starts = [
      " no ", " i do not ", " i don t ", " ich nutze ", " je n ", " nao ", " did not ", " didn t ",
      " do not ", " i did not ", " i didn t ",
    ]
    if starts.contains(where: line.hasPrefix), line.split(separator: " ").count >= 3 { return true }
    return [
      " i ve never ", " i have never ", " never used", " i do not use", " i don t use",
      " not using ", " not been using ", " no uso ", " don t use", " do not use",
      " nutze ich nicht ", " nicht genutzt ", " je n utilise pas",
      " nao uso ", " nunca he ",
    ].contains(where: line.holds)
  }

  private static func rate(_ line: String) -> Double? {
    // What stands last is the span: "two to three times a week", "once every 3 months".
    let words = line.split(separator: " ").map(String.init)
    guard
      let place = words.indices.last(where: { place in
        spans.contains { $0.stems.contains { (words[place] + " ").hasPrefix($0) } }
      }),
      let span = spans.first(where: { $0.stems.contains { (words[place] + " ").hasPrefix($0) } })
    else { return nil }
    let numbers = words[..<place].compactMap { Double($0) }
    let joined = " " + words[..<place].joined(separator: " ") + " "
    var count: Double
    if ["every", "alle", "each", "tous", "cada"].contains(where: { joined.holds(" \($0) ") }),
      let number = numbers.last
    {
      count = 1 / max(number, 1)
    } else if let first = numbers.first {
      // "5 years" is a span, "5 days a week" a rate.
      let isRate = [
        " a ", " i ", " om ", " per ", " pro ", " im ", " par ", " por ", " al ", " in ", " each ",
        " times ",
      ]
      .contains(where: joined.holds)
      guard isRate else { return nil }
      count = numbers.count > 1 ? (first + numbers[1]) / 2 : first
    } else if let found = times.first(where: { joined.holds(" \($0.words) ") }) {
      count = found.count
    } else {
      return nil
    }
    if below.contains(where: { joined.holds(" \($0) ") }) {
      count *= 0.9
    } else if above.contains(where: { joined.holds(" \($0) ") }) {
      count *= 1.1
    }
    return count * span.times
  }
}
