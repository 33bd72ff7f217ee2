/// What was unknown, unreadable or missing in a survey that was assigned.
public struct AssignmentNotes: Sendable, Equatable {
  /// Answers to a question that cannot be taken as they stand.
  public struct Finding: Sendable, Equatable {
    /// What is wrong with them.
    public enum Kind: String, Sendable {
      /// The model has no such category or number; they count as missing.
      case unknown
      /// Words where a number is expected; they count as missing.
      case unreadable
      /// Numbers far outside those of the model's survey; they are used as they stand.
      case implausible
    }

    /// The column.
    public internal(set) var column: String
    /// What is wrong.
    public let kind: Kind
    /// How many respondents.
    public internal(set) var count: Int
    /// The first of them, from 0 within the rows that were assigned.
    let first: Int
    /// The file and the physical line from 1 of the first of them, where it is known.
    public internal(set) var place: Place?
  }

  /// Where a row stands.
  public struct Place: Sendable, Equatable {
    /// The file, as the user named it.
    public let file: String
    /// The physical line, from 1.
    public let row: Int
  }

  /// Answers that cannot be taken as they stand, question by question.
  public internal(set) var findings: [Finding] = []
  /// Columns of the model that the survey lacks.
  var missing: [String] = []
  /// Columns whose codes have labels in the model and none in the survey.
  var unlabelled: [String] = []

  /// Nothing yet.
  public init() {}

  /// Adds what was found in other rows of the same survey, which come later.
  ///
  /// - Parameter other: The notes of those rows.
  public mutating func add(_ other: AssignmentNotes) {
    for one in other.findings {
      if let place = findings.firstIndex(where: { $0.column == one.column && $0.kind == one.kind })
      {
        findings[place].count += one.count
      } else {
        findings.append(one)
      }
    }
    for column in other.missing where !missing.contains(column) { missing.append(column) }
    for column in other.unlabelled where !unlabelled.contains(column) {
      unlabelled.append(column)
    }
  }

  /// Says where the first of each kind stands.
  ///
  /// - Parameter place: File and line of a row among those assigned.
  public mutating func locate(_ place: (Int) -> (file: String, row: Int)) {
    for index in findings.indices {
      let (file, row) = place(findings[index].first)
      findings[index].place = Place(file: file, row: row)
    }
  }

  /// In sentences with counts and places; no answer is quoted.
  public var sentences: [String] {
    var sentences: [String] = []
    if !missing.isEmpty {
      sentences.append(
        "The survey lacks \(missing.joined(separator: ", ")); respondents are placed by their "
          + "other answers, less surely.")
    }
    if !unlabelled.isEmpty {
      let named = unlabelled.prefix(5).joined(separator: ", ")
      sentences.append(
        "Without labels in this file the codes of \(named)"
          + (unlabelled.count > 5 ? " and \(unlabelled.count - 5) more" : "")
          + " were taken to mean what they mean in the model's survey; check that no question was "
          + "coded the other way round.")
    }
    return sentences + [.unknown, .unreadable, .implausible].flatMap { self.sentences(of: $0) }
  }

  /// A sentence for each column, or one for many columns.
  private func sentences(of kind: Finding.Kind) -> [String] {
    let own = findings.filter { $0.kind == kind }
    guard own.count > 3, var all = own.first else { return own.map(\.sentence) }
    all.column = "\(own.count) columns"
    all.count = own.reduce(0) { $0 + $1.count }
    let named = own.prefix(20).map { "\($0.column) \($0.count)" }.joined(separator: ", ")
    return [all.sentence + " By column: \(named)" + (own.count > 20 ? ", and others." : ".")]
  }
}

extension AssignmentNotes.Finding {
  /// What is wrong, how often and where first.
  var sentence: String {
    let isOne = count == 1
    let what =
      switch kind {
      case .unknown:
        isOne
          ? "answer is not known to the model and counts as missing"
          : "answers are not known to the model and count as missing"
      case .unreadable:
        isOne
          ? "answer is no number that can be read and counts as missing"
          : "answers are no numbers that can be read and count as missing"
      case .implausible:
        (isOne ? "number lies" : "numbers lie")
          + " far outside the answers of the study; check the "
          + "unit and the codes for no answer (\(isOne ? "it was" : "they were") used as \(isOne ? "it stands" : "they stand"))"
      }
    let at = place.map { ": \(isOne ? "" : "first in ")\($0.file), row \($0.row)" } ?? ""
    return "\(column): \(count) \(what)\(at)."
  }
}
