/// How often, and ranges of numbers, as Japanese questionnaires write them.
extension AnswerOrder {
  /// Whether a text has signs of Chinese or Japanese.
  private static func isEastern(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x3000..<0xA000).contains($0.value) }
  }

  /// "週に2～3日", "月に1回", "毎日", "2か月に1回": times a year; `nil` for other texts.
  static func japaneseOften(_ text: String) -> Double? {
    guard isEastern(text) else { return nil }
    if let rank = japaneseWords[text] { return rank }
    var text = plainDigits(text)
    for (long, short) in [
      ("1か月", "月"), ("1ヶ月", "月"), ("1カ月", "月"), ("1ヵ月", "月"), ("1週間", "週"), ("1年", "年"),
    ] where text.hasPrefix(long) { text = short + text.dropFirst(long.count) }
    guard text.hasSuffix("回") || text.hasSuffix("日") || text.contains("回") || text.contains("日")
    else { return nil }
    let spans: [Character: Double] = ["週": 52, "月": 12, "年": 1]
    if let first = text.first, let span = spans[first] {
      let found = numbers(text)
      guard let low = found.first else { return nil }
      let count = found.count > 1 ? (low + found[1]) / 2 : low
      return count * span * edge(text)
    }
    // "2か月に1回", "3日に1回"
    let found = numbers(text)
    guard found.count == 2, found[0] > 0, text.contains("に") else { return nil }
    let unit: Double? =
      text.contains("月に")
      ? 12
      : text.contains("週間に")
        ? 52
        : text.contains("日に")
          ? 365
          : text.contains("年に") ? 1 : nil
    return unit.map { $0 / found[0] * found[1] * edge(text) }
  }

  private static func edge(_ text: String) -> Double {
    text.contains("以上") ? 1.1 : text.contains("未満") || text.contains("以下") ? 0.9 : 1
  }

  private static let japaneseWords: [String: Double] = Dictionary(
    [
      ("毎日", 365.0), ("ほぼ毎日", 330), ("ほとんど毎日", 330), ("毎週", 52), ("毎月", 12), ("毎年", 1),
      ("それ以下", 0.6), ("それより少ない", 0.6), ("それ未満", 0.6), ("年に1回未満", 0.7),
      ("まったくしない", 0), ("全くしない", 0), ("利用しない", 0), ("使わない", 0), ("しない", 0),
      ("ほとんどしない", 0.4), ("ほとんどない", 0.4),
    ].map { (PlainText.folded($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })

  /// "20代", "200万円未満", "200～400万円未満", "1000万円以上": lower ends; `nil` unless all are such.
  static func japaneseRanges(_ texts: [String]) -> [Double]? {
    guard texts.count >= 3, texts.allSatisfy(isEastern) else { return nil }
    var ranks: [Double] = []
    var ranges = 0
    for text in texts.map(plainDigits) {
      if noneWords.contains(where: text.hasPrefix) {
        ranks.append(-1)
        continue
      }
      guard let first = text.first(where: { $0 != "約" }), first.isNumber || "～〜~".contains(first)
      else { return nil }
      let isRange = ["未満", "以上", "以下", "～", "〜", "~", "代", "超"].contains { text.contains($0) }
      if isRange { ranges += 1 }
      let found = amounts(text)
      guard let start = found.first else { return nil }
      let step = max(start, 1) * 0.001
      let isOpen = found.count == 1
      let isBelow = text.contains("未満") || text.contains("以下") || !first.isNumber
      let isAbove = text.contains("以上") || text.contains("超")
      ranks.append(isOpen && isBelow ? start - step : isOpen && isAbove ? start + step : start)
    }
    return ranges >= 2 && ranges * 2 > texts.count && ranks.count(where: { $0 == -1 }) <= 1
      ? ranks : nil
  }

  private static let noneWords = ["使わない", "なし", "ない", "収入なし", "いない", "持っていない"].map(
    PlainText.folded)

  /// Digits of full width as plain ones, and "数" (several) as 4.
  private static func plainDigits(_ text: String) -> String {
    String(
      text.map { sign -> Character in
        if sign == "数" { return "4" }
        guard let value = sign.unicodeScalars.first?.value, (0xFF10...0xFF19).contains(value),
          let scalar = Unicode.Scalar(value - 0xFF10 + 0x30)
        else { return sign }
        return Character(scalar)
      })
  }

  private static func numbers(_ text: String) -> [Double] {
    text.split { !($0.isASCII && $0.isNumber) }.compactMap { Double($0) }
  }

  /// The amounts of a text, ten thousands for 万; "200～400万" are ten thousands both.
  private static func amounts(_ text: String) -> [Double] {
    var found: [Double] = []
    var multiples: [Double] = []
    var digits = ""
    func close(_ sign: Character?) {
      guard let number = Double(digits) else { return }
      found.append(number)
      multiples.append(sign == "万" ? 10_000 : sign == "千" ? 1_000 : sign == "億" ? 1e8 : 1)
      digits = ""
    }
    for sign in text {
      if sign.isASCII, sign.isNumber {
        digits.append(sign)
      } else if sign != "," || digits.isEmpty {
        close(sign)
      }
    }
    close(nil)
    let last = multiples.last ?? 1
    return zip(found, multiples).enumerated().map { place, pair in
      pair.1 == 1 && place == 0 && found.count > 1 && pair.0 <= (found.last ?? 0)
        ? pair.0 * last : pair.0 * pair.1
    }
  }
}
