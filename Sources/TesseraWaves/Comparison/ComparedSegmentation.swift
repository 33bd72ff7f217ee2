/// One of two segmentations that are compared: who belongs where, and what the segments are called.
public struct ComparedSegmentation: Sendable, Equatable {
  /// What a reader sees: the name of the folder or file.
  public let label: String
  /// Identifier and segment of each respondent; those without a segment are left out.
  public let people: [Person]
  /// Names of the segments, by their ids; empty where only ids are known.
  public let names: [String: String]
  /// What each person counts for; `nil` for one each.
  public let weights: [Double]?
  /// Whether a weight is a number of respondents who answered alike.
  public let isFrequency: Bool

  /// A respondent in a segment.
  public struct Person: Sendable, Equatable {
    /// Identifier, never shown.
    public let id: String
    /// Id of the segment.
    public let segment: String

    /// Places a respondent.
    public init(id: String, segment: String) {
      self.id = id
      self.segment = segment
    }
  }

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - label: What a reader sees.
  ///   - people: Identifier and segment of each respondent.
  ///   - names: Names of the segments, by their ids.
  ///   - weights: One for each person, above 0; `nil` for one each.
  ///   - isFrequency: Whether a weight is a number of respondents who answered alike.
  public init(
    label: String, people: [Person], names: [String: String] = [:], weights: [Double]? = nil,
    isFrequency: Bool = false
  ) {
    precondition(weights.map { $0.count == people.count } ?? true, "one weight for each person")
    self.label = label
    self.people = people
    self.names = names
    self.weights = weights
    self.isFrequency = isFrequency
  }

  /// Name of a segment; its id where it has none.
  func name(_ id: String) -> String {
    names[id].flatMap { $0.isEmpty ? nil : $0 } ?? id
  }

  /// Id and name of a segment; one of them where they are the same.
  func display(_ id: String) -> String {
    guard let name = names[id], !name.isEmpty, name != id else { return id }
    return "\(id) \(name)"
  }
}
