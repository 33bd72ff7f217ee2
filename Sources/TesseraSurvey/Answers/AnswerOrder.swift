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
    Family(kind: "degrees of agreement") { agreement[$0] },
    Family(kind: "how often", rank: AnswerFrequency.rank),
    Family(kind: "degrees", rank: AnswerDegree.rank),
    Family(kind: "degrees of quality") { quality[$0] },
    Family(kind: "degrees of liking") { liking[$0] },
    Family(kind: "levels of skill") { skill[$0] },
    Family(kind: "changes", rank: change),
    Family(kind: "levels of schooling", isRange: true, rank: AnswerSchooling.rank),
    Family(kind: "magnitudes", isRange: true) { magnitude[$0] },
  ]

  /// The order of some answers.
  ///
  /// - Parameter answers: As they stand in the file; answers that are none have to be left out.
  /// - Returns: The order; `nil` unless there are three or more, every answer is recognised, and no
  ///   two rank alike.
  public static func find(_ answers: [String]) -> Finding? {
    guard answers.count >= 3 else { return nil }
    let forms = answers.map(Self.forms)
    for family in families {
      guard let ranks = ranks(forms, family.rank), Set(ranks).count == ranks.count else { continue }
      return finding(ranks, family.kind, isRange: family.isRange)
    }
    // "very warm", "quite warm", "not very warm": one adjective, whatever it is.
    if let ranks = AnswerDegree.sameAdjective(forms), Set(ranks).count == ranks.count {
      return finding(ranks, "degrees", isRange: false)
    }
    if let ranks = AnswerRange.ranks(forms.map { $0[0] }), Set(ranks).count == ranks.count {
      return finding(ranks, "ranges of numbers", isRange: true)
    }
    return nil
  }

  /// Whether labels in the order of their codes rise or fall: two may rank alike.
  ///
  /// - Parameter labels: Three labels or more in the order of the codes.
  /// - Returns: What they are, and whether they are ranges; `nil` if they are no order, or another.
  public static func inOrder(_ labels: [String]) -> (kind: String, isRange: Bool)? {
    guard labels.count >= 3 else { return nil }
    let forms = labels.map(Self.forms)
    func isOrdered(_ ranks: [Double]) -> Bool {
      let pairs = zip(ranks, ranks.dropFirst())
      return Set(ranks).count * 2 > ranks.count
        && (pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 })
    }
    for family in families {
      if let ranks = ranks(forms, family.rank), isOrdered(ranks) {
        return (family.kind, family.isRange)
      }
    }
    if let ranks = AnswerRange.ranks(forms.map { $0[0] }), isOrdered(ranks) {
      return ("ranges of numbers", true)
    }
    if let ranks = AnswerDegree.sameAdjective(forms), isOrdered(ranks) { return ("degrees", false) }
    return nil
  }

  private static func finding(_ ranks: [Double], _ kind: String, isRange: Bool) -> Finding {
    Finding(
      order: ranks.indices.sorted { ranks[$0] < ranks[$1] }, kind: kind, isRange: isRange)
  }

  private static func ranks(_ forms: [[String]], _ rank: (String) -> Double?) -> [Double]? {
    var ranks: [Double] = []
    for form in forms {
      guard let found = form.lazy.compactMap(rank).first else { return nil }
      ranks.append(found)
    }
    return ranks
  }

  /// An answer as it may be looked up: whole, without its number, and without what explains it.
  static func forms(_ text: String) -> [String] {
    var whole = PlainText.folded(text).replacingOccurrences(of: "’", with: "'")
    whole = whole.trimmingCharacters(in: .whitespacesAndNewlines)
    while let last = whole.last, ".!;:,".contains(last) { whole.removeLast() }
    var forms = [whole]
    // "5 - very good" and "1. never" say their number first.
    let digits = whole.prefix { $0.isASCII && $0.isNumber }
    let behind = whole.dropFirst(digits.count)
    if !digits.isEmpty, digits.count <= 2, behind.contains(where: \.isLetter) {
      let rest = behind.drop { " -–=.:)".contains($0) }
      if rest.startIndex > behind.startIndex, rest.first?.isLetter == true {
        forms.append(String(rest))
      }
    }
    for form in forms {
      if let end = form.firstIndex(where: { ":,(;=/".contains($0) }), end > form.startIndex {
        forms.append(form[..<end].trimmingCharacters(in: .whitespaces))
      }
      if let dash = form.range(of: " - ") ?? form.range(of: " – ") {
        forms.append(String(form[..<dash.lowerBound]))
      }
    }
    return forms
  }

  // MARK: - Less, the same, more

  private static let less: Set<String> = [
    "less", "fewer", "lower", "decrease", "decreased", "decline", "worse", "weaker", "weniger",
    "niedriger", "schlechter", "abnehmen", "moins", "diminuer", "diminue", "pire", "menos",
    "disminuya", "disminuir", "disminuira", "peor", "meno", "diminua", "pior",
  ]
  private static let same: Set<String> = [
    "same", "equal", "equally", "unchanged", "stable", "gleich", "unverandert", "gleichbleiben",
    "pareil", "autant", "egal", "identique", "igual", "uguale", "mesmo", "mantenga",
  ]
  private static let more: Set<String> = [
    "more", "higher", "increase", "increased", "grow", "better", "stronger", "mehr", "hoher",
    "besser", "zunehmen", "plus", "augmenter", "augmente", "mieux", "mas", "aumente", "aumentar",
    "aumentara", "mejor", "piu", "mais", "aumenta", "melhor",
  ]
  private static let much: Set<String> = [
    "much", "lot", "far", "viel", "deutlich", "beaucoup", "mucho", "bastante", "significantly",
    "strongly", "molto", "muito",
  ]

  private static func change(_ text: String) -> Double? {
    guard !text.contains(where: \.isNumber) else { return nil }
    let words = text.split { !$0.isLetter && $0 != "'" }.map(String.init)
    guard words.count <= 16 else { return nil }
    if text.hasPrefix("about as") || text.hasPrefix("as much as")
      || words.contains(where: same.contains)
    {
      return 0
    }
    let isLess = words.contains(where: less.contains)
    guard isLess != words.contains(where: more.contains) else { return nil }
    let size = words.contains(where: much.contains) ? 2.0 : 1
    return isLess ? -size : size
  }
}
