/// The answer of a yes-or-no question that only denies the other: its share is the rest of 100%.
enum Denial {
  private static let noes: Set<String> = ["no", "0", "false", "not chosen", "not selected"]
  private static let yeses: Set<String> = ["yes", "1", "true", "chosen", "selected"]

  /// Which of a question's answers denies the other.
  ///
  /// - Parameter labels: All answers to the question, as readers see them.
  /// - Returns: Its place; `nil` unless there are two answers of which one is no more than the "no" to
  ///   the other, such as No and Yes, or "Not.breakfast" and "breakfast".
  static func place(_ labels: [String]) -> Int? {
    guard labels.count == 2 else { return nil }
    let plain = labels.map { label in
      label.lowercased().replacing(".", with: " ").replacing("_", with: " ")
        .split(separator: " ").joined(separator: " ")
    }
    return (0...1).first { place in
      let (own, other) = (plain[place], plain[1 - place])
      return noes.contains(own) && yeses.contains(other)
        || ["not ", "no ", "non "].contains { own == $0 + other }
    }
  }
}
