internal import TesseraSurvey

/// Columns that programs made of other columns, or wrote about them.
extension RoleGuess {
  /// Leaves out what was computed from one or two other columns, and marks of answers filled in.
  mutating func findComputed() {
    findTwins()
    findTransformed()
    findSameOrder()
    findRecodes()
    findDeviations()
    findMarks()
    findOtherWeights()
  }

  /// Further weights under a code, where a weight is known: many different decimals, all above 0 and 1 on
  /// average, without a wording.
  private mutating func findOtherWeights() {
    guard let weight = plan.weight.map({ NameWords.folded($0.name) }) else { return }
    for column in facts where isFree(column) && column.low > 0 && weight.count >= 5 {
      guard NameWords.folded(column.columnName).hasPrefix(weight), column.label.isEmpty,
        column.name.first(of: DraftWords.bodily) == nil
      else { continue }
      leaveOut(column, "named after the weight", isProcess: true)
    }
    for column in facts where isFree(column) && column.missingShare == 0 && column.low > 0 {
      guard !column.variable.answers.isCoded, column.label.isEmpty, column.high < 20,
        topic(of: column) == nil
      else { continue }
      let numbers = column.variable.numbers
      let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
      guard (0.9...1.1).contains(mean), Set(numbers).count >= 50,
        numbers.count(where: { ($0 * 1000).rounded() != $0 * 1000 }) * 2 > numbers.count
      else { continue }
      leaveOut(column, "numbers like those of a weight", isProcess: true)
    }
  }

  /// One question twice, each answer of a column standing for one of another: the one in words stays.
  private mutating func findTwins() {
    let members = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    var first: [[Int]: ColumnFacts] = [:]
    for column in facts
    where isFree(column) && column.variable.answers.isCoded
      && column.distinct.map({ (2...12).contains($0) }) ?? false
      && !members.contains(.text(column.columnName)) && column.answered >= 50
    {
      let most = column.held.dropFirst().max() ?? 0
      // Of rare answers chance makes twins.
      guard (column.answered - most) * 20 >= column.answered else { continue }
      var places: [Int: Int] = [:]
      let pattern = (0..<column.variable.answers.count).map { row -> Int in
        let position = column.variable.answers.position(row)
        if position == 0 { return 0 }
        let next = places.count + 1
        if let known = places[position] { return known }
        places[position] = next
        return next
      }
      guard let twin = first[pattern] else {
        first[pattern] = column
        continue
      }
      let isWorded = [twin, column].map { one in
        one.categories.contains { $0.label != $0.code.text || $0.code.number == nil }
      }
      guard isNamedAfter(twin, column) || isWorded[0] != isWorded[1] && saysAnswer(twin, column)
      else { continue }
      let (kept, other) = isWorded[1] && !isWorded[0] ? (column, twin) : (twin, column)
      first[pattern] = kept
      leaveOut(other, "says the same as \"\(kept.columnName)\"", isProcess: true)
    }
  }

  /// Whether one column has the name of an answer to the other, as `female` beside `sex`.
  private func saysAnswer(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    [(one, other), (other, one)].contains { column, asked in
      let name = NameWords.folded(column.columnName)
      return asked.categories.contains { NameWords.folded($0.label) == name }
    }
  }

  private func isNamedAfter(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    let names = [one, other].map { NameWords.folded($0.columnName) }
    return names.map(\.count).min() ?? 0 >= 3
      && (names[0].hasPrefix(names[1]) || names[1].hasPrefix(names[0]))
  }

  private func isMeasured(_ column: ColumnFacts) -> Bool {
    (column.variable.isNumeric || !column.variable.answers.isCoded)
      && column.distinct.map { $0 > 12 } ?? true && column.missingShare < 0.5
      && column.variable.categories.allSatisfy { $0.label == $0.code.text }
  }

  /// `agesq` beside `age`, `logwage` beside `wage`: one rises or falls with the other from row to row,
  /// and is named after it.
  private mutating func findTransformed() {
    let measured = facts.filter(isMeasured)
    guard measured.count <= 200 else { return }
    for column in measured where isFree(column) {
      let name = NameWords.folded(column.columnName)
      let source = measured.first { other in
        let shorter = NameWords.folded(other.columnName)
        return shorter.count >= 3 && shorter.count < name.count && name.contains(shorter)
          && isFree(other) && isTransformed(column.variable.numbers, other.variable.numbers)
      }
      if let source {
        leaveOut(column, "computed from \"\(source.columnName)\"", isProcess: true)
      }
    }
  }

  private func isTransformed(_ numbers: [Double], _ others: [Double]) -> Bool {
    let pairs = zip(others, numbers).filter { !$0.isNaN && !$1.isNaN }.sorted { $0.0 < $1.0 }
    guard pairs.count >= 20, let first = pairs.first, let last = pairs.last else { return false }
    let isRising = first.1 < last.1
    return zip(pairs, pairs.dropFirst()).allSatisfy { one, next in
      one.0 == next.0 ? one.1 == next.1 : isRising ? one.1 < next.1 : one.1 > next.1
    }
  }

  /// Deviations from a mean that another column holds: below and above 0, and exactly one column less
  /// another.
  private mutating func findDeviations() {
    let measured = facts.filter(isMeasured)
    guard (3...60).contains(measured.count) else { return }
    let numbers = measured.map(\.variable.numbers)
    for place in measured.indices where isFree(measured[place]) {
      guard measured[place].low < 0, measured[place].high > 0 else { continue }
      let isDeviation = measured.indices.contains { one in
        one != place && measured[one].low >= 0
          && measured.indices.contains { other in
            other != place && other != one && measured[other].low >= 0
              && isDifference(numbers[place], numbers[one], numbers[other])
          }
      }
      if isDeviation { leaveOut(measured[place], "one column less another", isProcess: true) }
    }
  }

  private func isDifference(_ numbers: [Double], _ one: [Double], _ other: [Double]) -> Bool {
    var told = 0
    for row in numbers.indices {
      guard !numbers[row].isNaN, !one[row].isNaN, !other[row].isNaN else { continue }
      guard abs(numbers[row] - (one[row] - other[row])) <= 1e-6 * max(1, abs(one[row])) else {
        return false
      }
      told += 1
    }
    return told >= 20
  }

  /// Marks of answers that a bureau filled in: `AEDUC` beside `EEDUC`, or `FAGEP` and `FSCHLP` beside `AGEP`
  /// and `SCHL`, two of them or more, nearly always the same or 0 and 1.
  private mutating func findMarks() {
    var ends: [String: [ColumnFacts]] = [:]
    for column in facts where column.columnName.count >= 4 {
      ends[String(column.columnName.dropFirst()), default: []].append(column)
    }
    var marks: [Character: [ColumnFacts]] = [:]
    for column in facts where isFree(column) && column.distinct.map({ $0 <= 2 }) ?? false {
      let twins = ends[String(column.columnName.dropFirst())] ?? []
      let most = column.held.dropFirst().max() ?? column.values.map(\.count).max() ?? 0
      let bare = String(column.columnName.dropFirst())
      let isNamedAfter =
        (survey[bare] ?? survey[String(bare.dropLast())])?.name.count ?? 0 >= 3
        && column.isDichotomous && most * 10 >= column.answered * 7
      guard let letter = column.columnName.first, letter.isUppercase,
        isNamedAfter
          || twins.contains(where: { $0.columnName != column.columnName })
            && most * 10 >= column.answered * 9
      else { continue }
      marks[letter, default: []].append(column)
    }
    for found in marks.values where found.count >= 2 {
      for column in found {
        leaveOut(column, "a mark beside another column, nearly always the same", isProcess: true)
      }
    }
  }
}
