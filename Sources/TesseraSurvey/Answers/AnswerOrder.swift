internal import Foundation

/// Recognises answers that have an order: agreement, degrees, how often, skills, school, changes,
/// spans of time, and ranges of numbers.
public enum AnswerOrder {
  /// Answers in order, and what they were recognised as.
  public struct Finding: Sendable, Equatable {
    /// Positions of the answers, lowest first.
    public let order: [Int]
    /// What they are, such as "degrees of agreement".
    public let kind: String
    /// Whether they are ranges or numbers of things: an order, but no rating.
    public let isRange: Bool
  }

  /// A family of answers: each has a place on one line, or none.
  private struct Family: Sendable {
    let kind: String
    var isRange = false
    let rank: @Sendable (String) -> Double?
  }

  private static let families: [Family] = [
    Family(kind: "degrees of agreement", rank: AnswerDegree.opinion),
    Family(kind: "how often", rank: AnswerFrequency.rank),
    Family(kind: "degrees", rank: AnswerDegree.rank),
    Family(kind: "degrees of quality") { quality[$0] },
    Family(kind: "degrees of liking") { liking[withoutIt($0)] },
    Family(kind: "levels of skill") { skill[$0] ?? (isNone($0) ? 0 : nil) },
    Family(kind: "levels", rank: level), Family(kind: "amounts", rank: amount),
    Family(kind: "changes", rank: change), Family(kind: "political views", rank: politics),
    Family(kind: "levels of schooling", isRange: true, rank: AnswerSchooling.rank),
    Family(kind: "years of study", isRange: true, rank: study),
    Family(kind: "shares of the population", isRange: true, rank: quantile),
    Family(kind: "numbers", isRange: true, rank: count),
    Family(kind: "spans of time", isRange: true) { spans[$0] },
    Family(kind: "sizes of data", isRange: true) { bytes[$0] },
    Family(kind: "groups of a program", isRange: true) { named[$0] },
    Family(kind: "social grades", isRange: true) { grades[$0] },
    Family(kind: "steps from not knowing to using", rank: AnswerAwareness.rank),
    Family(kind: "no to yes") { consent[$0] },
  ]

  private static func withoutIt(_ text: String) -> String {
    for end in [" it", " them"] where text.hasSuffix(end) {
      return String(text.dropLast(end.count))
    }
    return AnswerDegree.isMiddle(text) ? "neutral" : text
  }

  /// "No experience", "keine Erfahrung", "sin experiencia".
  private static func isNone(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return (2...3).contains(words.count)
      && ["no", "keine", "kein", "sin", "sem", "senza", "aucune", "aucun", "sans", "geen", "ohne"]
        .contains(words[0])
  }

  /// The order of some answers.
  ///
  /// - Parameter answers: As they stand in the file; answers that are none have to be left out.
  /// - Returns: The order; `nil` unless there are three or more, every answer is recognised, and no
  ///   two rank alike.
  public static func find(_ answers: [String]) -> Finding? {
    guard answers.count >= 3 else { return nil }
    // "Post Graduate" and "Post-Graduate" are one answer; "<5" and "5" are two.
    let lines = answers.map { PlainText.line($0) + $0.filter { "<>+≤≥".contains($0) } }
    if Set(lines).count < lines.count {
      let first = lines.indices.filter { lines.firstIndex(of: lines[$0]) == $0 }
      guard let found = find(first.map { answers[$0] }) else { return nil }
      let order = found.order.flatMap { place in
        lines.indices.filter { lines[$0] == lines[first[place]] }
      }
      return Finding(order: order, kind: found.kind, isRange: found.isRange)
    }
    let forms = answers.map(Self.forms)
    if let found = find(forms) { return found }
    // "Low risk", "Medium risk", "High risk": what all of them say tells nothing.
    if let shorter = withoutShared(forms), let found = find(shorter) { return found }
    return labelledEnds(answers)
  }

  private static func find(_ forms: [[String]]) -> Finding? {
    for family in families {
      guard fits(family, forms), let ranks = ranks(forms, family.rank) else { continue }
      // A master's and a professional degree are level, and the others keep their order.
      let different = Set(ranks).count
      guard
        different == ranks.count
          || family.kind == "levels of schooling" && different >= 4
            && different * 3 >= ranks.count * 2
      else { continue }
      return finding(ranks, family.kind, isRange: family.isRange)
    }
    // "very warm", "quite warm", "not very warm": one adjective, whatever it is.
    if let ranks = AnswerDegree.sameAdjective(forms), Set(ranks).count == ranks.count {
      return finding(ranks, "degrees", isRange: false)
    }
    if let ranks = AnswerDegree.aroundShared(forms), Set(ranks).count == ranks.count {
      return finding(ranks, "degrees", isRange: false)
    }
    if let ranks = AnswerDegree.twoEnds(forms), Set(ranks).count == ranks.count {
      return finding(ranks, "degrees", isRange: false)
    }
    if let ranks = AnswerRange.ranks(forms.map { $0[0] }), Set(ranks).count == ranks.count {
      return finding(ranks, "ranges of numbers", isRange: true)
    }
    if let ranks = japaneseRanges(forms.map { $0[0] }), Set(ranks).count == ranks.count {
      return finding(ranks, "ranges of numbers", isRange: true)
    }
    if let ranks = days(forms.map { $0[0] }), Set(ranks).count == ranks.count {
      return finding(ranks, "how often", isRange: false)
    }
    return nil
  }

  /// Whether answers may be of a family that shares its words with others.
  ///
  /// A to E alone may be anything; with C1 or C2 they are social grades. Left, neither and right may be
  /// hands; with a word of politics they are views.
  private static func fits(_ family: Family, _ forms: [[String]]) -> Bool {
    switch family.kind {
    // "Fifth or more" is a year of study beside "First year".
    case "years of study":
      forms.count { $0.contains { study($0) != nil && !isOrdinal($0) } } * 2 >= forms.count
    case "social grades": forms.contains { ["c1", "c2", "c1c2"].contains($0[0]) }
    case "political views":
      !forms.allSatisfy { ["left", "right", "neither", "links", "rechts"].contains($0[0]) }
    default: true
    }
  }

  /// The answers without the words with which all of them begin or end; `nil` if there are none.
  private static func withoutShared(_ forms: [[String]]) -> [[String]]? {
    let split = forms.map { $0[0].split(separator: " ").map(String.init) }
    guard let first = split.first else { return nil }
    let most = (split.map(\.count).min() ?? 1) - 1
    var start = 0
    while start < most, split.allSatisfy({ $0[start] == first[start] }) { start += 1 }
    var end = 0
    while end < most - start,
      split.allSatisfy({ $0[$0.count - 1 - end] == first[first.count - 1 - end] })
    {
      end += 1
    }
    guard start + end > 0 else { return withoutWord(split) }
    return split.map { [$0.dropFirst(start).dropLast(end).joined(separator: " ")] }
  }

  /// "Travel rarely", "Travel often", "Non-travel": without a word that stands now here, now there;
  /// "non" alone is never.
  private static func withoutWord(_ split: [[String]]) -> [[String]]? {
    let parts = split.map { $0.flatMap { $0.split(separator: "-").map(String.init) } }
    guard
      let shared = parts.first?.first(where: { word in
        word.count > 2 && parts.allSatisfy { $0.count > 1 && $0.contains(word) }
      })
    else { return nil }
    let bare = parts.map { words in words.filter { $0 != shared } }
    // "Mala calidad", "calidad media", "buena calidad": one other word in each.
    guard bare.contains(["non"]) || bare.contains(["no"]) || bare.allSatisfy({ $0.count == 1 })
    else { return nil }
    return bare.map { [["non"], ["no"]].contains($0) ? ["never"] : [$0.joined(separator: " ")] }
  }

  /// Whether labels in the order of their codes rise or fall: two may rank alike.
  ///
  /// - Parameter labels: Three labels or more in the order of the codes.
  /// - Returns: What they are, and whether they are ranges; `nil` if they are no order, or another.
  public static func inOrder(_ labels: [String]) -> (kind: String, isRange: Bool)? {
    guard labels.count >= 3 else { return nil }
    let forms = labels.map(Self.forms)
    if let found = inOrder(forms, isWhole: true) { return found }
    if let shorter = withoutShared(forms), let found = inOrder(shorter, isWhole: true) {
      return found
    }
    return labels.count >= 4 ? inOrder(forms, isWhole: false) : nil
  }

  /// The family of an order that the labels are in.
  ///
  /// - Parameters:
  ///   - forms: The words of each label, in the order of the codes.
  ///   - isWhole: Whether all labels have to be recognised. The codes tell where the others stand if
  ///     most are, and rise or fall with them.
  /// - Returns: The family, and whether its labels are ranges of numbers; `nil` without an order.
  private static func inOrder(
    _ forms: [[String]], isWhole: Bool
  ) -> (kind: String, isRange: Bool)? {
    func isOrdered(_ ranks: [Double]) -> Bool {
      let pairs = zip(ranks, ranks.dropFirst())
      return Set(ranks).count * 2 > ranks.count
        && (pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 })
    }
    for family in families where fits(family, forms) {
      let known = forms.map { $0.lazy.compactMap(family.rank).first }
      let ranks = known.compactMap(\.self)
      guard
        isWhole
          ? ranks.count == forms.count : ranks.count >= 3 && ranks.count * 5 >= forms.count * 3
      else { continue }
      if isOrdered(ranks), isWhole || family.isRange || Set(ranks).count == ranks.count {
        return (family.kind, family.isRange)
      }
    }
    guard isWhole else { return nil }
    if let ranks = AnswerRange.ranks(forms.map { $0[0] }), isOrdered(ranks) {
      return ("ranges of numbers", true)
    }
    if let ranks = AnswerDegree.sameAdjective(forms) ?? AnswerDegree.aroundShared(forms),
      isOrdered(ranks)
    {
      return ("degrees", false)
    }
    return nil
  }

  static func finding(_ ranks: [Double], _ kind: String, isRange: Bool) -> Finding {
    Finding(
      order: ranks.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }, kind: kind,
      isRange: isRange)
  }

  private static func ranks(_ forms: [[String]], _ rank: (String) -> Double?) -> [Double]? {
    var ranks: [Double] = []
    for form in forms {
      guard let found = form.lazy.compactMap(rank).first else { return nil }
      ranks.append(found)
    }
    return ranks
  }

  // MARK: - Less, the same, more

  private static let less: Set<String> = [
    "less", "fewer", "lower", "sooner", "earlier", "down", "decrease", "worsened", "reduced",
    "decreased", "decline", "worse", "weaker", "weniger",
    "niedriger", "schlechter", "abnehmen", "moins", "diminuer", "diminue", "pire", "menos",
    "disminuya", "disminuir", "disminuira", "peor", "meno", "diminua", "pior",
  ]
  private static let same: Set<String> = [
    "same", "neither", "equal", "equally", "unchanged", "stable", "gleich", "unverandert",
    "gleichbleiben",
    "pareil", "autant", "egal", "identique", "igual", "uguale", "mesmo", "mantenga",
  ]
  private static let more: Set<String> = [
    "more", "higher", "later", "up", "improved", "increase", "increased", "grow", "better",
    "stronger", "mehr", "hoher",
    "besser", "zunehmen", "plus", "augmenter", "augmente", "mieux", "mas", "aumente", "aumentar",
    "aumentara", "mejor", "piu", "mais", "aumenta", "melhor",
  ]
  private static let much: Set<String> = [
    "much", "lot", "far", "viel", "deutlich", "beaucoup", "mucho", "bastante", "significantly",
    "strongly", "molto", "muito",
  ]

  private static let bit: Set<String> = [
    "little", "bit", "slightly", "rather", "somewhat", "etwas", "peu", "poco", "pouco", "leicht",
  ]

  private static func change(_ text: String) -> Double? {
    guard !text.contains(where: \.isNumber) else { return nil }
    let words = text.split { !$0.isLetter && $0 != "'" }.map(String.init)
    guard words.count <= 16 else { return nil }
    if let rank = againstAverage(words) { return rank }
    // "not at all", "no more than usual", "rather more than usual"
    if text == "not at all" { return -3 }
    if text.hasPrefix("no more ") || text.hasPrefix("no less ") { return 0 }
    if text.hasPrefix("about as") || text.hasPrefix("as much as") || text.hasPrefix("no change")
      || ["keine veranderung", "pas de changement", "sin cambios", "sem mudanca"].contains(text)
      || words.contains(where: same.contains)
    {
      return 0
    }
    let isLess = words.contains(where: less.contains)
    guard isLess != words.contains(where: more.contains) else { return nil }
    let size =
      words.contains(where: much.contains) ? 2.0 : words.contains(where: bit.contains) ? 0.5 : 1
    return isLess ? -size : size
  }
}
