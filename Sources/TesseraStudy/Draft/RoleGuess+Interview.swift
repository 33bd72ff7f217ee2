internal import TesseraSurvey

/// Columns about the interview whose name alone says too little: clock times, lengths, rounds, the
/// questionnaire used, the arms of an experiment.
extension RoleGuess {
  /// Why a column is about the interview, going by its name and by its answers.
  func interviewReason(_ column: ColumnFacts) -> String? {
    guard column.label.words.count <= 6, order(column) == nil else { return nil }
    return clockReason(column) ?? lengthReason(column) ?? roundReason(column)
      ?? instrumentReason(column)
  }

  /// The last word of a name, if it stands alone or behind what other columns of the file begin with too:
  /// `time`, and `msq_time` beside `msq_round`.
  private func lastWord(_ column: ColumnFacts) -> String? {
    let words = column.name.words.filter { $0.first?.isNumber != true }
    guard let last = words.last, words.count <= 2 else { return nil }
    guard words.count == 2, let first = words.first else { return last }
    let others = facts.contains {
      $0.columnName != column.columnName && $0.name.words.first == first
        && $0.name.words.count == 2
    }
    return others || DraftWords.interviews.contains(first) || ["int", "survey"].contains(first)
      ? last : nil
  }

  private func isBareNumber(_ column: ColumnFacts) -> Bool {
    (column.variable.isNumeric || !column.variable.answers.isCoded)
      && column.variable.categories.allSatisfy { $0.label == $0.code.text }
  }

  /// Hours of a day, as numbers or written 1530: few interviews are made before five in the morning.
  private func clockReason(_ column: ColumnFacts) -> String? {
    guard let word = lastWord(column),
      ["time", "tod", "clock", "hour", "uhrzeit", "heure", "hora"].contains(word),
      isBareNumber(column), column.distinct.map({ $0 >= 5 }) ?? true, column.answered >= 20
    else { return nil }
    let known = column.variable.numbers.filter { !$0.isNaN }.sorted()
    let low = known[known.count / 50]
    let middle = known[known.count / 2]
    // An evening's next morning may be counted on, to 48.
    let isHours = low >= 5 && middle >= 7 && column.low >= 0 && column.high <= 48
    let isWritten =
      low >= 500 && column.high < 2400
      && known.allSatisfy { $0 == $0.rounded() && Int($0) % 100 < 60 }
    return isHours || isWritten
      ? "\"\(word)\" and hours of a day: when the interview took place" : nil
  }

  /// Minutes or seconds that some took far more of than most.
  private func lengthReason(_ column: ColumnFacts) -> String? {
    guard let word = column.name.words.last,
      ["length", "minutes", "mins", "lengthofinterview", "loi"].contains(word),
      column.name.words.count == 1
        || column.name.words.dropLast().allSatisfy({ DraftWords.interviews.contains($0) }),
      isBareNumber(column), column.distinct.map({ $0 > 20 }) ?? true, column.low >= 0,
      column.answered >= 20
    else { return nil }
    let known = column.variable.numbers.filter { !$0.isNaN }.sorted()
    guard known[known.count / 2] > 0, column.high >= 2 * known[known.count / 2] else { return nil }
    return "\"\(word)\" and numbers with a long tail: how long the interview took"
  }

  /// In which of several rounds a row was answered.
  private func roundReason(_ column: ColumnFacts) -> String? {
    guard let word = lastWord(column), ["round", "session", "sitting", "occasion"].contains(word),
      isBareNumber(column), column.distinct.map({ (2...30).contains($0) }) ?? false,
      column.low >= 0, column.values.allSatisfy({ $0.value == $0.value.rounded() })
    else { return nil }
    return "\"\(word)\": in which round a row was answered"
  }

  /// Short signs of the questionnaire, experiment or file that a row is from; years of experience are numbers.
  private func instrumentReason(_ column: ColumnFacts) -> String? {
    let words = [
      "scale", "instrument", "questionnaire", "exper", "experiment", "expt", "dataset", "file",
      "source file", "study", "survey", "form", "cohort",
    ]
    let whole = column.name.words.joined(separator: " ")
    guard words.contains(whole), !column.variable.isNumeric, column.variable.answers.isCoded,
      column.label.isEmpty, column.distinct.map({ (2...60).contains($0) }) ?? false,
      !column.isDichotomous,
      column.categories.allSatisfy({ $0.label.count <= 12 && !$0.label.contains(" ") }),
      AnswerOrder.find(column.categories.map(\.label)) == nil
    else { return nil }
    return "\"\(whole)\" and short signs: which questionnaire or study a row is from"
  }

  // MARK: - Arms of an experiment

  /// Leaves out neighbouring columns of two to four texts whose combinations are as even as experimenters
  /// make them: factors that were drawn, not asked.
  ///
  /// Three signs: kinds without an order and without a wording, side by side, in a file where people
  /// rated something; and every combination given to the same number of people, nearer than half of all
  /// draws by chance would come.
  mutating func findArms() {
    guard runs.contains(where: { if case .numbers = $0.kind { true } else { false } }) else {
      return
    }
    for (one, other) in zip(facts, facts.dropFirst()) where isArm(one) && isArm(other) {
      guard isFree(one) || isArmTaken(one), isFree(other) else { continue }
      let (rows, columns) = (positions(one), positions(other))
      var counts = [Int](
        repeating: 0, count: one.variable.categories.count * other.variable.categories.count)
      var known = 0
      for (row, column) in zip(rows, columns) where row > 0 && column > 0 {
        counts[(row - 1) * other.variable.categories.count + column - 1] += 1
        known += 1
      }
      let cells = (one.distinct ?? 0) * (other.distinct ?? 0)
      guard known >= 60, counts.count(where: { $0 > 0 }) == cells, cells >= 4 else { continue }
      let expected = Double(known) / Double(cells)
      let distance = counts.filter { $0 > 0 }.reduce(0.0) { sum, count in
        sum + (Double(count) - expected) * (Double(count) - expected) / expected
      }
      // About the median of chi-square on one degree less than there are cells.
      guard distance <= Double(cells) - 1.7 else { continue }
      for column in [one, other] where isFree(column) {
        leaveOut(column, Self.armReason, isProcess: true)
      }
    }
  }

  private static let armReason =
    "every combination was given to as many people: factors of an experiment"

  private func isArmTaken(_ column: ColumnFacts) -> Bool {
    plan.leftOut.contains { $0.name == column.columnName && $0.reason == Self.armReason }
  }

  private func isArm(_ column: ColumnFacts) -> Bool {
    !column.variable.isNumeric && column.variable.answers.isCoded && column.label.isEmpty
      && column.missingShare < 0.05 && column.distinct.map { (2...4).contains($0) } ?? false
      && !column.isDichotomous && !isItem(column) && topic(of: column) == nil
      && column.says(DraftWords.origin) == nil && sensitivity(column) == nil
      && AnswerOrder.find(column.categories.map(\.label)) == nil
      && survey.sets.allSatisfy { !$0.members.contains(column.columnName) }
  }
}
