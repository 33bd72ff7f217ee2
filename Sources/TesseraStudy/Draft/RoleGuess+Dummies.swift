internal import TesseraSurvey

extension RoleGuess {
  // MARK: - What repeats another column

  /// Leaves out columns of 0 and 1 that stand for single answers of another column: `y94` to `y06`
  /// beside `year`, `vhappy` beside `happy`.
  ///
  /// Two signs are needed: 1 stands for one answer of the other column without exception, and another
  /// column does so for another answer, or the name holds the other's name.
  ///
  /// - Complexity: O(columns² × respondents) at worst; a pair ends at the first exception.
  mutating func findDummies() {
    let members = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    let candidates = facts.filter { column in
      isFree(column) && column.distinct == 2 && column.isDichotomous && column.missingShare < 0.5
        && (column.variable.isNumeric || !column.variable.answers.isCoded)
        && !members.contains(.text(column.columnName))
    }
    guard !candidates.isEmpty else { return }
    let numbers = candidates.map(\.variable.numbers)
    for source in facts where source.missingShare < 0.5 && source.variable.level != .text {
      guard let distinct = source.distinct, (3...60).contains(distinct) else { continue }
      let key = positions(source)
      let found = candidates.indices.filter { place in
        isFree(candidates[place]) && standsForOne(numbers[place], key)
      }
      let name = PlainText.folded(source.columnName)
      for place in found {
        let column = candidates[place]
        let isNamed = name.count >= 4 && PlainText.folded(column.columnName).contains(name)
        guard found.count >= 2 || isNamed else { continue }
        leaveOut(column, "0 and 1 for one answer of \"\(source.columnName)\"")
      }
      for place in candidates.indices
      where isFree(candidates[place]) && isNamedAfter(candidates[place], source)
        && isFunction(numbers[place], key)
      {
        leaveOut(candidates[place], "0 and 1 by the answers of \"\(source.columnName)\"")
      }
    }
  }

  /// Whether a name is another with something behind or before it: `Sleep7` beside `Sleep`.
  private func isNamedAfter(_ column: ColumnFacts, _ source: ColumnFacts) -> Bool {
    let name = PlainText.folded(source.columnName)
    return name.count >= 3 && column.columnName != source.columnName
      && PlainText.folded(column.columnName).contains(name)
  }

  /// Whether every answer of a column, of three or more, goes with 0 alone or with 1 alone.
  private func isFunction(_ numbers: [Double], _ key: [Int]) -> Bool {
    var known: [Int: Double] = [:]
    var told = 0
    for (number, place) in zip(numbers, key) where place != 0 && !number.isNaN {
      told += 1
      if let before = known[place] {
        if before != number { return false }
      } else {
        known[place] = number
      }
    }
    return known.count >= 3 && told >= 20 && Set(known.values).count == 2
  }

  /// Whether 1 is given by exactly those who gave one answer of another column.
  private func standsForOne(_ numbers: [Double], _ key: [Int]) -> Bool {
    var known: [Int: Double] = [:]
    for (number, place) in zip(numbers, key) where place != 0 && !number.isNaN {
      if let before = known[place] {
        if before != number { return false }
      } else {
        known[place] = number
        if number == 1, known.values.count(where: { $0 == 1 }) > 1 { return false }
      }
    }
    return known.count >= 3 && known.values.contains(1)
  }
}
