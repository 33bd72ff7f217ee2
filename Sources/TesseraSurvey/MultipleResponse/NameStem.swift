/// Splits a column's name into the question it belongs to and what it says of it.
public enum NameStem {
  /// How the option is written.
  public enum Form: Sendable, Equatable {
    /// `q20___3`, as REDCap writes it.
    case underscores
    /// `Q2[SQ001]` or `Which channels? [Web]`.
    case brackets
    /// `Channels (choice=Web)`, as REDCap writes it with labels.
    case choice
    /// `channels/web`, as KoboToolbox writes it.
    case slash
    /// `Web:Which channels?`, as Alchemer writes it: the option first.
    case colon
    /// `Q2_1` or `q2.1`.
    case number
    /// `act_travel`.
    case word
  }

  /// Splits a name.
  ///
  /// - Parameter name: A column's name.
  /// - Returns: The question, the option, and how it is written; `nil` for a name in one piece.
  public static func split(_ name: String) -> (stem: String, option: String, form: Form)? {
    if let marks = lastRange(of: "___", in: name) {
      return parts(name[..<marks.lowerBound], name[marks.upperBound...], .underscores)
    }
    if let coded = coded(name) { return coded }
    if let open = lastBracket(name) {
      return parts(name[..<open], name[name.index(after: open)...].dropLast(), .brackets)
    }
    if name.hasSuffix(")"), let marks = lastRange(of: "(choice=", in: name) {
      return parts(name[..<marks.lowerBound], name[marks.upperBound...].dropLast(), .choice)
    }
    if let slash = name.lastIndex(of: "/"), isPath(name, slash) {
      return parts(name[..<slash], name[name.index(after: slash)...], .slash)
    }
    if let colon = name.firstIndex(of: ":") {
      return parts(name[name.index(after: colon)...], name[..<colon], .colon)
    }
    if let mark = name.lastIndex(where: { $0 == "_" || $0 == "." }) {
      let option = name[name.index(after: mark)...]
      let isNumber = !option.isEmpty && option.allSatisfy(\.isNumber)
      return parts(name[..<mark], option, isNumber ? .number : .word)
    }
    return nil
  }

  /// `Q2[SQ001]. Which channels? [Web]`: the question's code stands in front, as LimeSurvey writes
  /// codes and wordings in one.
  private static func coded(_ name: String) -> (stem: String, option: String, form: Form)? {
    guard let mark = name.firstRange(of: "]. "),
      let open = name[..<mark.lowerBound].firstIndex(of: "["),
      !name[..<mark.lowerBound].contains(" ")
    else { return nil }
    let code = name[name.index(after: open)..<mark.lowerBound]
    guard let last = lastBracket(name), last > mark.upperBound else {
      return parts(name[..<open], code, .brackets)
    }
    let option = name[name.index(after: last)...].dropLast()
    return parts(name[..<open], code == "other" ? code : option, .brackets)
  }

  /// Where the last balanced bracket of a name opens; `nil` if the name does not end with one.
  package static func lastBracket(_ name: String) -> String.Index? {
    guard name.hasSuffix("]") else { return nil }
    var depth = 0
    for place in name.indices.reversed() {
      if name[place] == "]" { depth += 1 }
      if name[place] == "[" { depth -= 1 }
      if depth == 0 { return place }
    }
    return name.lastIndex(of: "[")
  }

  /// Whether a slash ends a path: no blanks, or a question before it; "(TV/radio)" is an item's own.
  private static func isPath(_ name: String, _ slash: String.Index) -> Bool {
    guard name.contains(" ") else { return true }
    return name[..<slash].last.map { "?:.…".contains($0) } ?? false
  }

  private static func parts(
    _ stem: Substring, _ option: Substring, _ form: Form
  ) -> (stem: String, option: String, form: Form)? {
    let stem = trimmed(stem)
    let option = trimmed(option)
    return stem.isEmpty || option.isEmpty ? nil : (stem, option, form)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private static func lastRange(of mark: String, in name: String) -> Range<String.Index>? {
    let count = mark.count
    guard name.count > count else { return nil }
    var found: Range<String.Index>?
    var place = name.startIndex
    while let end = name.index(place, offsetBy: count, limitedBy: name.endIndex) {
      if name[place..<end] == mark { found = place..<end }
      place = name.index(after: place)
    }
    return found
  }
}
