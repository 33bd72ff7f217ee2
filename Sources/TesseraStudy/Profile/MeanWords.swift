/// Words for more or less of a number in a name: "older", "few children", "high income".
enum MeanWords {
  /// How a segment compares, as a part of its name.
  ///
  /// - Parameter trait: A mean that sets a segment apart.
  /// - Returns: Such as "older" or "few children".
  static func name(_ trait: Trait) -> String {
    ofPeople(trait)
      ?? "\(trait.effect > 0 ? "high" : "low") \(NameWords.short(Question.core(trait.words)))"
  }

  /// The words for what a number says of people themselves; `nil` for any other.
  ///
  /// Ratings of needs, values and media are about these things, not the things themselves.
  private static func ofPeople(_ trait: Trait) -> String? {
    guard trait.role == .active || trait.role == .passive else { return nil }
    switch (Question.topic([trait.variable, trait.question]), trait.effect > 0) {
    case (.age, true): return "older"
    case (.age, false): return "younger"
    case (.children, true): return "more children"
    case (.children, false): return "few children"
    case (.household, true): return "large households"
    case (.household, false): return "small households"
    case (.income, true): return "high income"
    case (.income, false): return "low income"
    default: return nil
    }
  }
}
