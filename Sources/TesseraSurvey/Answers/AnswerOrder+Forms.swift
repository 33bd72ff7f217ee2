internal import Foundation

extension AnswerOrder {
  /// An answer as it may be looked up: whole, without its number, and without what explains it.
  static func forms(_ text: String) -> [String] {
    var whole = PlainText.folded(text).replacingOccurrences(of: "’", with: "'")
    if whole.contains("_") {
      // "10k_30k" is a range; elsewhere the sign stands for a blank.
      whole = whole.replacing(/(?<before>[0-9]k?)_(?<after>[0-9])/) {
        "\($0.before)-\($0.after)"
      }
      .replacing("_", with: " ")
    }
    whole = whole.trimmingCharacters(in: .whitespacesAndNewlines)
    while let last = whole.last, ".!;:,".contains(last) { whole.removeLast() }
    var forms = [whole]
    // "StronglyAgree" leaves the blank out.
    if !text.contains(" "), let apart = withoutCapitals(text) { forms.append(apart) }
    // "(VOL) Never" says how it was answered first.
    if let open = whole.first, open == "(" || open == "[",
      let close = whole.firstIndex(of: open == "(" ? ")" : "]")
    {
      let rest = whole[whole.index(after: close)...].trimmingCharacters(in: .whitespaces)
      if !rest.isEmpty { forms.append(rest) }
    }
    // "Yes, somewhat rude" and "No, not at all rude" say twice what they mean.
    for start in ["yes, ", "no, ", "ja, ", "nein, ", "oui, ", "non, ", "si, ", "sim, ", "nao, "]
    where whole.hasPrefix(start) { forms.append(String(whole.dropFirst(start.count))) }
    // "Very favorably" is as much as "very favorable".
    if whole.hasSuffix("bly") { forms.append(String(whole.dropLast()) + "e") }
    // "5 - very good" and "1. never" say their number first.
    let digits = whole.prefix { $0.isASCII && $0.isNumber }
    let behind = whole.dropFirst(digits.count)
    if !digits.isEmpty, digits.count <= 2, behind.contains(where: \.isLetter) {
      let rest = behind.drop { " -–=.:)".contains($0) }
      if rest.startIndex > behind.startIndex,
        rest.first.map({ $0.isLetter || "<>".contains($0) }) ?? false
      {
        forms.append(String(rest))
      }
    }
    for form in forms {
      // "thousands or more" is the last of its kind.
      for end in [" or more", " and more", " oder mehr", " ou plus", " o mas", " ou mais"]
      where form.hasSuffix(end) && !form.contains(where: \.isNumber) {
        forms.append(String(form.dropLast(end.count)))
      }
      if let end = form.firstIndex(where: { ":,(;=/".contains($0) }), end > form.startIndex {
        forms.append(form[..<end].trimmingCharacters(in: .whitespaces))
      }
      if let dash = form.range(of: " - ") ?? form.range(of: " – ") {
        forms.append(String(form[..<dash.lowerBound]))
      }
    }
    return forms
  }

  /// "StronglyAgree" as "strongly agree"; `nil` for a text without a capital behind a small letter.
  private static func withoutCapitals(_ text: String) -> String? {
    var result = ""
    var last: Character = " "
    for character in text {
      if character.isUppercase, last.isLowercase { result.append(" ") }
      result.append(character)
      last = character
    }
    return result.contains(" ") ? PlainText.folded(result) : nil
  }
}
