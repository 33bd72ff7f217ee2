import TesseraFiles
import TesseraSurvey

extension IndicatorEncoding {
  /// What is odd among the answers of new people.
  ///
  /// - Parameters:
  ///   - variable: The column.
  ///   - answers: What ``read(_:)`` made of it.
  ///   - unseen: For how many it found no category or number.
  /// - Returns: A finding for each kind of oddity; each names its first respondent.
  /// - Complexity: O(respondents).
  func findings(
    _ variable: Variable, _ answers: EncodedAnswers, unseen: Int
  ) -> [AssignmentNotes.Finding] {
    var result: [AssignmentNotes.Finding] = []
    func add(_ kind: AssignmentNotes.Finding.Kind, count: Int, first: Int?) {
      guard count > 0, let first else { return }
      result.append(.init(column: name, kind: kind, count: count, first: first))
    }
    if unseen > 0 {
      let rows = 0..<variable.answers.count
      let first = rows.first { variable.answers.isAnswered($0) && answers.isMissing($0) }
      add(categories.isEmpty ? .unreadable : .unknown, count: unseen, first: first)
    }
    guard case .numbers(let numbers) = answers else { return result }
    // Words in a column of numbers are missing already when the file has been read.
    let codes = Set(
      variable.reasons.indices.filter { variable.reasons[$0].label == UnreadableNumber.reason }
        .map { UInt8(clamping: $0 + 1) })
    if !codes.isEmpty {
      let isOdd = { (row: Int) in codes.contains(variable.missing[row]) }
      let rows = variable.missing.indices
      add(.unreadable, count: rows.count(where: isOdd), first: rows.first(where: isOdd))
    }
    if let plausible {
      let isFar = { (row: Int) in !numbers[row].isNaN && !plausible.contains(numbers[row]) }
      add(
        .implausible, count: numbers.indices.count(where: isFar),
        first: numbers.indices.first(where: isFar))
    }
    return result
  }
}

extension EncodedAnswers {
  /// Whether a respondent has no answer that the model takes.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .codes(let codes): codes[row] == 0
    case .numbers(let numbers): numbers[row].isNaN
    }
  }
}
