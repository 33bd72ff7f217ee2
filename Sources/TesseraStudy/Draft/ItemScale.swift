internal import TesseraSurvey

/// The scale on which a column is answered.
struct ItemScale: Equatable {
  /// The labels or texts from end to end; for numbers without labels the ends.
  let steps: [String]
  let hasWords: Bool
  /// What a need's item asks for: its importance, or the satisfaction with it.
  var about = ""

  /// Whether two scales are one: "not at all rude" and "not rude at all" are one step.
  static func == (one: ItemScale, other: ItemScale) -> Bool {
    guard one.hasWords == other.hasWords, one.about == other.about,
      one.steps.count == other.steps.count
    else { return false }
    return one.steps == other.steps
      || one.hasWords && zip(one.steps, other.steps).allSatisfy { words($0) == words($1) }
  }

  private static func words(_ step: String) -> [Substring] {
    step.split { !$0.isLetter && !$0.isNumber }.sorted()
  }

  /// From which to which answer it goes.
  var ends: String {
    guard let first = steps.first, let last = steps.last else { return "" }
    return hasWords ? "from \"\(first)\" to \"\(last)\"" : "from \(first) to \(last)"
  }
}
/// What the name of an item begins with, where a number or an option ends it.
enum ItemStem {
  /// `Q5` of `Q5_1`, `op` of `op1`, `perf` of `perf3. How often ...?`; `nil` for other names.
  static func of(_ name: String) -> String? {
    if let open = NameStem.lastBracket(name), open > name.startIndex {
      return String(name[..<open])
    }
    if let split = NameStem.split(name), split.form == .colon || split.form == .slash {
      return split.stem
    }
    var code = Substring(name)
    if let mark = name.firstRange(of: ". "), name[..<mark.lowerBound].count <= 24,
      !name[..<mark.lowerBound].contains(" ")
    {
      code = name[..<mark.lowerBound]
    }
    let whole = code
    while let last = code.last, last.isLetter && last.isLowercase, code.count > 1,
      code.dropLast().last?.isNumber == true
    {
      code.removeLast()
    }
    while let last = code.last, last.isNumber { code.removeLast() }
    guard code.count < whole.count, !code.isEmpty else { return nil }
    while let last = code.last, "_-. ".contains(last) { code.removeLast() }
    return code.isEmpty ? nil : String(code)
  }
}
