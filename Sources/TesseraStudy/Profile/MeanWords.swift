/// Words for more or less of a number: "older", "more children", "higher income".
enum MeanWords {
  /// How a segment compares, for a sentence that goes on with the numbers.
  ///
  /// - Parameter trait: A mean that sets a segment apart.
  /// - Returns: Such as "older" or "lower points for speed".
  static func comparison(_ trait: Trait) -> String {
    ofPeople(trait)?.sentence
      ?? "\(trait.effect > 0 ? "higher" : "lower") \(Question.core(trait.words))"
  }

  /// The same as a part of a name.
  ///
  /// - Parameter trait: A mean that sets a segment apart.
  /// - Returns: Such as "older" or "few children".
  static func name(_ trait: Trait) -> String {
    ofPeople(trait)?.name
      ?? "\(trait.effect > 0 ? "high" : "low") \(NameWords.short(Question.core(trait.words)))"
  }

  /// The words for what a number says of people themselves; `nil` for any other.
  ///
  /// Ratings of needs, values and media are about these things, not the things themselves.
  private static func ofPeople(_ trait: Trait) -> (sentence: String, name: String)? {
    guard trait.role == .active || trait.role == .passive else { return nil }
    switch (Question.topic([trait.variable, trait.question]), trait.effect > 0) {
    case (.age, true): return ("older", "older")
    case (.age, false): return ("younger", "younger")
    case (.children, true): return ("more children", "more children")
    case (.children, false): return ("fewer children", "few children")
    case (.household, true): return ("larger households", "large households")
    case (.household, false): return ("smaller households", "small households")
    case (.income, true): return ("higher income", "high income")
    case (.income, false): return ("lower income", "low income")
    default: return nil
    }
  }
}
