internal import TesseraSurvey

/// Columns that say again, in other numbers or fewer answers, what another column says.
extension RoleGuess {
  /// Squares, logarithms and other units, whatever they are called: two columns of more than twelve values
  /// that rise or fall together in every row hold the same.
  mutating func findSameOrder() {
    let measured = facts.filter { column in
      isFree(column) && (column.variable.isNumeric || !column.variable.answers.isCoded)
        && column.distinct.map { $0 > 12 } ?? true && column.missingShare < 0.5
        && column.variable.level != .date
        && column.variable.categories.allSatisfy { $0.label == $0.code.text }
    }
    guard (2...200).contains(measured.count) else { return }
    let numbers = measured.map(\.variable.numbers)
    let different = numbers.map { column in Set(column.lazy.filter { !$0.isNaN }).count }
    for place in measured.indices {
      for other in measured.indices.dropFirst(place + 1)
      where different[place] == different[other]
        && measured[place].answered == measured[other].answered
        && isFree(measured[place]) && isFree(measured[other])
        && Self.areInOneOrder(numbers[place], numbers[other])
      {
        let pair = (measured[place], measured[other])
        let isSecondKept = isPlainer(pair.1, than: pair.0)
        let (kept, left) = isSecondKept ? (pair.1, pair.0) : pair
        leaveOut(
          left, "an exact function of \"\(kept.columnName)\"", isProcess: true)
      }
    }
  }

  /// Whether one of two columns is what was asked, rather than computed: it says who people are, or holds
  /// whole numbers where the other does not, or smaller ones.
  private func isPlainer(_ one: ColumnFacts, than other: ColumnFacts) -> Bool {
    let topics = [one, other].map { topic(of: $0) != nil }
    if topics[0] != topics[1] { return topics[0] }
    let isWhole = [one, other].map { column in
      column.variable.numbers.allSatisfy { $0.isNaN || $0 == $0.rounded() }
    }
    if isWhole[0] != isWhole[1] { return isWhole[0] }
    return isWhole[0] && one.low >= 0 && one.high * 4 < other.high
  }

  /// Whether two columns put all rows in the same order, or in the opposite one, and tie the same rows.
  private static func areInOneOrder(_ one: [Double], _ other: [Double]) -> Bool {
    var pairs: [(Double, Double)] = []
    pairs.reserveCapacity(one.count)
    for row in one.indices {
      guard one[row].isNaN == other[row].isNaN else { return false }
      if !one[row].isNaN { pairs.append((one[row], other[row])) }
    }
    guard pairs.count >= 50 else { return false }
    // Most pairs of columns fail on a few rows.
    let few = pairs.prefix(24).sorted { $0.0 < $1.0 }
    guard isMonotone(few) else { return false }
    return isMonotone(pairs.sorted { $0.0 < $1.0 })
  }

  private static func isMonotone(_ sorted: [(Double, Double)]) -> Bool {
    guard let first = sorted.first, let last = sorted.last else { return false }
    let isRising = first.1 < last.1
    return zip(sorted, sorted.dropFirst()).allSatisfy { one, next in
      one.0 == next.0 ? one.1 == next.1 : isRising ? one.1 < next.1 : one.1 > next.1
    }
  }

  /// Coarser codings of a question that are named like it: `educ3` beside `educ4`.
  mutating func findRecodes() {
    let members = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    let coded = facts.filter { column in
      isFree(column) && column.variable.answers.isCoded
        && !members.contains(.text(column.columnName))
        && column.distinct.map { (2...12).contains($0) } ?? false && column.answered >= 50
        && column.missingShare < 0.5 && topicOrOrigin(column)
    }
    for fine in coded {
      guard let distinct = fine.distinct else { continue }
      for coarse in coded where isFree(coarse) && isFree(fine) {
        guard let fewer = coarse.distinct, fewer < distinct, areNamedAlike(fine, coarse),
          settlesAll(positions(fine), positions(coarse))
        else { continue }
        leaveOut(
          coarse, "the answers to \"\(fine.columnName)\" in fewer groups", isProcess: true)
      }
    }
  }

  private func topicOrOrigin(_ column: ColumnFacts) -> Bool {
    topic(of: column) != nil || column.says(DraftWords.origin) != nil
  }

  /// Whether two names are one with different numbers, or begin with the same four letters.
  private func areNamedAlike(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    let names = [one, other].map { NameWords.folded($0.columnName).filter(\.isLetter) }
    let same = zip(names[0], names[1]).prefix { $0.0 == $0.1 }.count
    return same >= 4 && [one, other].contains { $0.columnName.last?.isNumber == true }
  }

  /// Whether each answer of a column goes with one answer of another, and none without.
  private func settlesAll(_ fine: [Int], _ coarse: [Int]) -> Bool {
    var known: [Int: Int] = [:]
    for (one, other) in zip(fine, coarse) {
      guard (one == 0) == (other == 0) else { return false }
      if one == 0 { continue }
      if let before = known[one] {
        guard before == other else { return false }
      } else {
        known[one] = other
      }
    }
    return known.count >= 3
  }
}
