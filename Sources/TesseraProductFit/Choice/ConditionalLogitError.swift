/// Why a choice model has no single best answer.
public enum ConditionalLogitError: Error, Sendable, Equatable {
  /// Within menus an attribute never differs, or is a combination of those before it.
  case collinear(attribute: Int)
  /// An attribute tells the choices apart so well that its coefficient has no end.
  case separated(attribute: Int)
  /// There are no choices, or their weights are all 0.
  case noChoices
  /// An attribute is not finite.
  case notFinite(attribute: Int)
}

extension ConditionalLogitError {
  /// What is wrong, and what to do, in words.
  ///
  /// - Parameter names: The attributes' names.
  /// - Returns: A sentence, and a hint.
  public func words(_ names: [String]) -> (message: String, hint: String) {
    func name(_ attribute: Int) -> String {
      names.indices.contains(attribute) ? "'\(names[attribute])'" : "an attribute"
    }
    switch self {
    case .collinear(let attribute):
      return (
        "\(name(attribute)) never differs within a menu, or follows from the attributes before it",
        "take it out: choices cannot tell what it is worth by itself"
      )
    case .separated(let attribute):
      return (
        "\(name(attribute)) tells all choices apart, so its coefficient has no end",
        "take it out, or join it with a rarer relative: an alternative never (or always) taken "
          + "has no finite coefficient"
      )
    case .noChoices:
      return ("there are no choices to learn from", "check the weights and the menus left out")
    case .notFinite(let attribute):
      return ("\(name(attribute)) has a value that is no number", "give every alternative a value")
    }
  }
}
