import TesseraSurvey

/// What the answers to a rated question rate, and how a name of a segment says high and low.
enum ScaleWords: Equatable {
  case satisfaction
  case importance
  case agreement
  case frequency
  case liking
  case ease
  case rating

  /// What the answers of a scale say by themselves.
  struct Scale: Sendable {
    /// The labels as one line of words.
    fileprivate let line: String
    fileprivate let kind: String?
    /// Whether the codes rise from low to high.
    let isRising: Bool

    /// Reads labels in the order of the codes; `nil` for answers without an order.
    init?(_ answers: [String]) {
      let found = AnswerOrder.find(answers)
      let order = found == nil ? AnswerOrder.inOrder(answers) : nil
      guard (found?.isRange ?? order?.isRange) == false else { return nil }
      line = answers.map(PlainText.line).joined()
      kind = found?.kind ?? order?.kind
      isRising = found.map { ($0.order.first ?? 0) < ($0.order.last ?? 0) } ?? true
    }
  }

  /// What the answers to a question rate: by the question's wording where they do not say it.
  static func about(_ scale: Scale, question: String) -> Self {
    about(scale.line, question, scale.kind)
  }

  /// What a rated question is about, by its wording alone: for numbers without labels.
  static func about(question: String) -> Self { about("", question, nil) }

  private static func about(_ answers: String, _ question: String, _ kind: String?) -> Self {
    let asked = PlainText.line(question)
    func says(_ words: [String]) -> Bool {
      words.contains { answers.contains(" \($0)") || asked.contains(" \($0)") }
    }
    if says(["satisf", "dissatisf", "unsatisf", "zufrieden", "unzufrieden", "insatisf"]) {
      return .satisfaction
    }
    if says(["importan", "unimportan", "essential", "critical", "relevan", "wichtig", "unwichtig"])
    {
      return .importance
    }
    if says(["easy", "difficult", "einfach", "schwierig", "facile", "facil"]) { return .ease }
    if kind == "how often" { return .frequency }
    if kind == "degrees of liking" || answers.contains(" like ") { return .liking }
    if kind == "degrees of agreement" { return .agreement }
    return .rating
  }

  /// What a segment rates high, as a part of a name; `nil` where a noun cannot be said so.
  ///
  /// - Parameters:
  ///   - thing: What is rated.
  ///   - isClause: Whether it is something that people do ("shop online") rather than a noun.
  /// - Returns: The words.
  func high(_ thing: String, isClause: Bool = false) -> String? {
    if isNamed(thing) { return nil }
    return switch self {
    case .frequency where isClause: "often \(thing)"
    case .satisfaction: satisfied(thing)
    case .importance: "\(thing) \(Self.isPlural(thing) ? "matter" : "matters")"
    case .agreement: thing
    case .frequency: "much \(thing)"
    case .liking: "like \(thing)"
    case .ease: nil
    case .rating: "high \(thing)"
    }
  }

  /// Whether a thing is several: "good looks", not "price and fitness".
  private static func isPlural(_ thing: String) -> Bool {
    guard let last = thing.lowercased().split(separator: " ").last, last.count > 3 else {
      return false
    }
    return last.hasSuffix("s") && !["ss", "us", "is"].contains { last.hasSuffix($0) }
  }

  /// What a segment rates low, likewise.
  func low(_ thing: String, isClause: Bool = false) -> String? {
    if isNamed(thing) { return nil }
    return switch self {
    case .frequency where isClause: "rarely \(thing)"
    case .satisfaction: "dis" + satisfied(thing)
    case .importance: "less concern for \(thing)"
    case .agreement: "not \(thing)"
    case .frequency: "little \(thing)"
    case .liking: "dislike \(thing)"
    case .ease: nil
    case .rating: "low \(thing)"
    }
  }

  /// Whether a thing is only what its scale measures: "importance matters" says nothing, and who ranks
  /// highest is put last by many.
  private func isNamed(_ thing: String) -> Bool {
    let words = thing.lowercased().split { !$0.isLetter }
    if words.contains(where: { ["rank", "ranks", "ranking", "ranked", "rang"].contains($0) }) {
      return true
    }
    return [
      "importance", "satisfaction", "agreement", "frequency", "liking", "ease", "rating", "ratings",
      "attitude", "evaluation", "score",
    ].contains(thing.lowercased())
  }

  /// "Satisfaction with the branch" is not said twice.
  private func satisfied(_ thing: String) -> String {
    let plain = thing.lowercased()
    if plain.contains("overall") { return "satisfied overall" }
    let bare = plain.hasPrefix("satisfaction with ") ? String(thing.dropFirst(18)) : thing
    return "satisfied with \(bare)"
  }

  /// All items of a battery on one side, and the same where two segments are: the farther one.
  func throughout(isHigh: Bool, isExtreme: Bool) -> String {
    switch (self, isHigh, isExtreme) {
    case (.satisfaction, true, false): "satisfied throughout"
    case (.satisfaction, true, true): "very satisfied throughout"
    case (.satisfaction, false, false): "dissatisfied throughout"
    case (.satisfaction, false, true): "very dissatisfied throughout"
    case (.importance, true, false): "much matters"
    case (.importance, true, true): "everything matters"
    case (.importance, false, false): "less matters"
    case (.importance, false, true): "little matters"
    case (.agreement, true, false): "agree with most"
    case (.agreement, true, true): "agree with nearly all"
    case (.agreement, false, false): "agree with few"
    case (.agreement, false, true): "agree with hardly any"
    case (.frequency, true, false): "do most things often"
    case (.frequency, true, true): "do everything often"
    case (.frequency, false, false): "do most things rarely"
    case (.frequency, false, true): "do hardly anything"
    case (.liking, true, false): "like most"
    case (.liking, true, true): "like nearly all"
    case (.liking, false, false): "like few"
    case (.liking, false, true): "like hardly any"
    case (.ease, true, false): "find it easy"
    case (.ease, true, true): "find it very easy"
    case (.ease, false, false): "find it hard"
    case (.ease, false, true): "find it very hard"
    case (.rating, true, false): "high ratings throughout"
    case (.rating, true, true): "highest ratings throughout"
    case (.rating, false, false): "low ratings throughout"
    case (.rating, false, true): "lowest ratings throughout"
    }
  }
}
