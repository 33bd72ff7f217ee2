/// What was unknown or missing in a survey that was assigned.
public struct AssignmentNotes: Sendable, Equatable {
  /// A column with answers the model does not know.
  struct Unseen: Sendable, Equatable {
    let column: String
    var count: Int
  }

  /// Columns with answers the model does not know, and for how many respondents.
  var unseen: [Unseen] = []
  /// Columns of the model that the survey lacks.
  var missing: [String] = []

  /// Nothing yet.
  public init() {}

  /// Adds what was found in other rows of the same survey.
  ///
  /// - Parameter other: The notes of those rows.
  public mutating func add(_ other: AssignmentNotes) {
    for one in other.unseen {
      if let place = unseen.firstIndex(where: { $0.column == one.column }) {
        unseen[place].count += one.count
      } else {
        unseen.append(one)
      }
    }
    for column in other.missing where !missing.contains(column) { missing.append(column) }
  }

  /// In sentences with counts.
  public var sentences: [String] {
    var sentences: [String] = []
    if !missing.isEmpty {
      sentences.append(
        "The survey lacks \(missing.joined(separator: ", ")); respondents are placed by their "
          + "other answers, less surely.")
    }
    for one in unseen {
      sentences.append(
        "\(one.column): \(one.count) answers are not known to the model and count as missing.")
    }
    return sentences
  }
}
