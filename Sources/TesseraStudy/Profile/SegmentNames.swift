/// Proposes names for segments from what sets them apart.
///
/// Reads like an analyst's: who they are before what they do, what they do before what they do not,
/// two or three words of it.
enum SegmentNames {
  /// The longest name proposed.
  private static let longest = 36
  /// An answer that fewer of a segment give does not name it.
  private static let leastShare = 0.3
  /// A question of whom fewer than this share differ takes no part in a name.
  private static let leastEffect = 0.25
  /// From this share of yes-or-no questions on a segment says yes, or no, to most.
  private static let most = 0.7

  /// A short name for each segment, no two alike.
  ///
  /// - Parameter traits: What sets each segment apart; no cell of few people.
  /// - Returns: A name for each segment.
  static func propose(_ traits: [[Trait]]) -> [String] {
    guard traits.count > 1 else { return ["Everybody"] }
    var taken: Set<String> = []
    return traits.enumerated().map { position, all in
      let parts = parts(all.filter { $0.role == .active })
      var name = ""
      for part in parts {
        let longer = name.isEmpty ? capitalised(part) : "\(name), \(part)"
        if !name.isEmpty, longer.count > longest { continue }
        let isEnough = name.contains(",") || (!name.isEmpty && longer.contains(","))
        name = longer
        if isEnough, !taken.contains(name.lowercased()) { break }
      }
      if name.isEmpty { name = "Segment \(position + 1)" }
      // Two that would be called the same: what sets this one apart besides.
      if taken.contains(name.lowercased()),
        let other = SegmentNames.parts(all.filter { $0.role == .passive }).first(where: {
          !taken.contains("\(name), \($0)".lowercased())
            && name.count + 2 + $0.count <= longest + 8
        })
      {
        name += ", \(other)"
      }
      var unique = name
      var number = 2
      while !taken.insert(unique.lowercased()).inserted {
        unique = "\(name) (\(number))"
        number += 1
      }
      return unique
    }
  }

  /// Whether a name had to be told from another by a number.
  static func isNumbered(_ name: String) -> Bool { name.contains(/\ \([0-9]+\)$/) }

  /// The parts of a name, best first.
  private static func parts(_ traits: [Trait]) -> [String] {
    let strongest = SegmentDescription.strongest(traits)
    let named = strongest.filter { $0.effect > 0 && abs($0.effect) >= leastEffect }
      .filter { trait in
        guard case .share(let share, _) = trait.measure else { return true }
        return share >= leastShare && !NameWords.saysNothing(trait.words)
          && !AnswerWords.isDenial(trait.words)
      }
    let lows = strongest.filter { trait in
      if case .mean = trait.measure { return trait.effect < 0 }
      return false
    }
    let who = (named + lows).filter { NameWords.isDemographic($0) }
    let what = (named + lows).filter { !NameWords.isDemographic($0) }
    // One word of who they are and one of what they do tell more than two of either.
    var parts = who.prefix(1).map { NameWords.part($0) }
    if let overall = overall(traits) {
      parts.append(overall)
      if overall.hasPrefix("yes") || overall.hasPrefix("many") {
        parts += what.prefix(1).map { NameWords.part($0) }
      }
    } else {
      parts += what.map { NameWords.part($0) }
    }
    parts += who.dropFirst().map { NameWords.part($0) }
    if parts.isEmpty {
      // Nothing they do more than others: what they do less.
      parts += strongest.filter { $0.effect < 0 && !AnswerWords.isDenial($0.words) }.map {
        "few \(NameWords.short($0.words))"
      }
      parts += strongest.filter { AnswerWords.isDenial($0.words) }.map { NameWords.short($0.words) }
    }
    var seen: Set<String> = []
    return parts.filter { seen.insert($0.lowercased()).inserted }
  }

  /// Where most yes-or-no questions are answered the same way: that, in words.
  private static func overall(_ traits: [Trait]) -> String? {
    let ticks = traits.filter(\.isTick)
    guard ticks.count >= 4 else { return nil }
    let yes = ticks.count { $0.effect >= 0.2 }
    let no = ticks.count { $0.effect <= -0.2 }
    let sets = Set(ticks.compactMap(\.set))
    let group = sets.count == 1 ? sets.first.map { NameWords.short($0) } : nil
    // More than others is not yet most: that takes more than half of the segment at most questions.
    let chosen = ticks.count { tick in
      if case .share(let share, _) = tick.measure { share > 0.5 } else { false }
    }
    if Double(yes) >= most * Double(ticks.count), group != nil || 2 * chosen > ticks.count {
      return group.map { "many \($0)" } ?? "yes to most"
    }
    if Double(no) >= most * Double(ticks.count) {
      return group.map { "few \($0)" } ?? "yes to little"
    }
    return nil
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}

/// Words of names.
enum NameWords {
  private static let demographic: Set<String> = [
    "age", "aged", "gender", "sex", "marital", "married", "civil", "income", "salary", "wage",
    "earnings", "education", "degree", "schooling", "school", "occupation", "job", "profession",
    "employment", "employed", "work", "working", "household", "family", "children", "child", "kids",
    "home", "housing", "tenure", "region", "urban", "rural", "city", "place", "area", "race",
    "ethnicity", "religion", "nationality", "class", "generation", "status", "spc", "alter",
    "geschlecht", "einkommen", "bildung", "beruf", "familienstand",
  ]
  private static let empty: Set<String> = [
    "other", "others", "none", "unknown", "don't know", "do not know", "no answer", "refused",
    "not applicable", "missing", "n/a", "na",
  ]
  /// Words that add nothing to a name.
  private static let filler: Set<String> = [
    "the", "of", "in", "a", "an", "at", "your", "you", "under", "over", "for", "to", "with", "on",
    "per", "and", "or", "is", "are", "do", "does", "that", "who", "than", "below", "above", "from",
    "der", "die", "das", "des", "dem", "den", "von", "im", "mit", "und", "oder", "zu", "ist",
    "sind",
    "unter", "über", "de", "du", "la", "le", "les", "et", "ou", "en", "dans", "un", "une", "d'",
    "los", "las", "el", "y", "o", "con", "por", "que", "qui",
  ]

  /// Whether a trait says who people are rather than what they do.
  static func isDemographic(_ trait: Trait) -> Bool {
    let words = (trait.variable + " " + trait.question).lowercased()
      .split { !$0.isLetter }.map(String.init)
    return words.contains { demographic.contains($0) }
  }

  /// Whether an answer names nobody.
  static func saysNothing(_ words: String) -> Bool { empty.contains(words.lowercased()) }

  /// A trait as part of a name.
  static func part(_ trait: Trait) -> String {
    switch trait.measure {
    case .share: return short(trait.words)
    case .mean: return MeanWords.name(trait)
    }
  }

  /// A label without what stands in brackets, and not too long to be a part of a name.
  static func short(_ text: String) -> String {
    var result = ""
    var depth = 0
    for character in text {
      if "([".contains(character) { depth += 1 }
      if depth == 0 { result.append(character) }
      if ")]".contains(character) { depth = max(0, depth - 1) }
    }
    // "group2/Hobbies" is a question in a group.
    if !result.contains(" "), let slash = result.lastIndex(of: "/") {
      result = String(result[result.index(after: slash)...])
    }
    var words = result.replacing("_", with: " ").split(separator: " ").map(String.init)
    while words.count > 3, words.joined(separator: " ").count > 24 { words.removeLast() }
    while let last = words.last, words.count > 1, filler.contains(last.lowercased()) {
      words.removeLast()
    }
    let joined = words.joined(separator: " ")
    // A word in capitals stays; others begin small, for they may stand in the middle ("full-time").
    guard let first = words.first,
      first.split(separator: "-").allSatisfy({ !$0.dropFirst().contains(where: \.isUppercase) })
    else { return joined }
    return first.lowercased() + joined.dropFirst(first.count)
  }
}
