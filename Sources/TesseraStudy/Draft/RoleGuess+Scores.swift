internal import TesseraMath
internal import TesseraSurvey

/// Scores that somebody computed from several questions of the file, and what was made of those.
extension RoleGuess {
  /// Rows looked at.
  private static let mostRows = 2000
  /// Share of a column's variance from which on other questions are what it was computed from: sums and
  /// means have all of it, scores of a latent trait nearly all, and no answer of its own has.
  private static let computed = 0.98

  /// Leaves out sums, means and other scores of the items of a battery or grid, and columns that only say
  /// on which side of a cut such a score lies.
  mutating func findScores() {
    var groups = plan.batteries.map(\.members)
    for block in blocks where block.kind == .grid {
      let members = Set(block.members.map { AnswerCode.text($0) })
      groups.append(facts.filter { members.contains(.text($0.columnName)) })
    }
    // An item that is called like something else may have fallen out of its battery.
    groups += plan.batteries.map { battery in
      let names = Set(battery.members.map { AnswerCode.text($0.columnName) })
      let places = facts.indices.filter { names.contains(.text(facts[$0].columnName)) }
      guard let first = places.first, let last = places.last else { return [] }
      return facts[max(0, first - 4)..<min(facts.count, last + 5)].filter { column in
        names.contains(.text(column.columnName))
          || column.variable.isNumeric && column.distinct.map { $0 <= 11 } ?? false
            && column.missingShare < 0.5
      }
    }
    groups = groups.filter { (3...60).contains($0.count) }
    guard !groups.isEmpty else { return }
    let candidates = facts.filter { column in
      isFree(column) && (column.variable.isNumeric || !column.variable.answers.isCoded)
        && column.distinct.map { $0 > 6 } ?? true && column.missingShare < 0.8
        && column.variable.level != .date
    }
    let items = groups.map { $0.map(known) }
    var scores: [[Double]] = []
    for column in candidates {
      let numbers = known(column)
      let source = zip(groups, items).first { group, items in
        !group.contains { $0.columnName == column.columnName } && isScore(numbers, items)
      }?.0
      guard let first = source?.first, let last = source?.last else { continue }
      scores.append(numbers)
      leaveOut(
        column, "computed from \"\(first.columnName)\" to \"\(last.columnName)\"", isProcess: true)
    }
    for column in facts where isFree(column) && !scores.isEmpty {
      guard column.distinct.map({ (2...6).contains($0) }) ?? false, topic(of: column) == nil
      else { continue }
      let places = positions(column)
      if scores.contains(where: { Self.isCut(places, of: $0) }) {
        leaveOut(column, "says between which cuts a score of the file lies", isProcess: true)
      }
    }
  }

  /// Leaves out sums of the columns right before them, two to twelve, whose names begin alike: `phq2_total`
  /// behind `phq2_1` and `phq2_2`.
  ///
  /// - Complexity: O(columns) where a few rows tell that there is no sum.
  mutating func findSums() {
    func isNumber(_ column: ColumnFacts) -> Bool {
      (column.variable.isNumeric || !column.variable.answers.isCoded) && column.low >= 0
        && column.distinct.map({ $0 >= 3 }) ?? false
    }
    for place in facts.indices.dropFirst(2) where isFree(facts[place]) && isNumber(facts[place]) {
      let column = facts[place]
      guard let start = column.name.words.first, start.count > 1 else { continue }
      let before = facts[max(0, place - 12)..<place].reversed().prefix { other in
        other.name.words.first == start && isNumber(other) && other.high < column.high
      }
      guard before.count >= 2 else { continue }
      var counts = Set(2...before.count)
      var told = 0
      for row in 0..<survey.respondentCount where !counts.isEmpty {
        let total = column.variable.number(row)
        guard !total.isNaN else { continue }
        var sum = 0.0
        var kept: Set<Int> = []
        for (number, part) in before.enumerated() {
          sum += part.variable.number(row)
          if counts.contains(number + 1), sum == total || sum.isNaN { kept.insert(number + 1) }
        }
        counts = kept
        if !sum.isNaN { told += 1 }
      }
      // Numbers of things in a household add up, and all of them are asked.
      guard let parts = counts.max(), told >= 20, topic(of: column) == nil,
        let first = before.prefix(parts).last
      else { continue }
      leaveOut(
        column,
        "the sum of \"\(first.columnName)\" to \"\(before.first?.columnName ?? "")\"",
        isProcess: true)
    }
  }

  /// A column's numbers without codes of no answer; of answers in words their places in order.
  private func known(_ column: ColumnFacts) -> [Double] {
    let variable = column.variable
    let codes = Set((missing[.text(column.columnName)] ?? []).map(\.code))
    if !variable.isNumeric, variable.answers.isCoded,
      let level = plan.levels.first(where: { $0.column == column.columnName })
    {
      let ranks = variable.categories.map { category in
        level.order.firstIndex { $0 == category.code.text || $0 == category.label }
          .map(Double.init) ?? .nan
      }
      return (0..<variable.answers.count).map { row in
        let place = variable.answers.position(row)
        return place > 0 ? ranks[place - 1] : .nan
      }
    }
    let none = Set(codes.compactMap(Double.init))
    return variable.numbers.map { none.contains($0) ? .nan : $0 }
  }

  /// Whether items determine numbers, by the least squares of complete rows at even steps.
  private func isScore(_ numbers: [Double], _ items: [[Double]]) -> Bool {
    let complete = numbers.indices.filter { row in
      !numbers[row].isNaN && items.allSatisfy { !$0[row].isNaN }
    }
    let step = max(1, complete.count / Self.mostRows)
    let rows = stride(from: 0, to: complete.count, by: step).map { complete[$0] }
    guard rows.count >= max(40, 4 * items.count) else { return false }
    func centred(_ column: [Double]) -> [Double] {
      let known = rows.map { column[$0] }
      let mean = known.reduce(0, +) / Double(known.count)
      return known.map { $0 - mean }
    }
    func product(_ one: [Double], _ other: [Double]) -> Double {
      var sum = 0.0
      for row in one.indices { sum += one[row] * other[row] }
      return sum
    }
    let target = centred(numbers)
    let spread = product(target, target)
    let columns = items.map(centred).filter { product($0, $0) > 0 }
    let products = columns.map { product($0, target) }
    // Of what no item goes with nothing was computed.
    guard columns.count >= 3, spread > 0,
      zip(columns, products).contains(where: { column, own in
        own * own > 0.1 * spread * product(column, column)
      })
    else { return false }
    var gram = Matrix(rows: columns.count, columns: columns.count)
    for row in columns.indices {
      for column in 0...row {
        gram[row, column] = product(columns[row], columns[column])
        gram[column, row] = gram[row, column]
      }
      // An item beside its own reversal still leaves a solution.
      gram[row, row] *= 1 + 1e-9
    }
    guard let factor = try? Cholesky(gram) else { return false }
    let explained = zip(factor.solve(products), products).reduce(0) { $0 + $1.0 * $1.1 }
    let degrees = Double(rows.count - 1) / Double(rows.count - columns.count - 1)
    return 1 - (1 - explained / spread) * degrees >= Self.computed
  }

  /// Whether answers follow one another along a score without a mixture: each has a stretch of its own.
  private static func isCut(_ places: [Int], of score: [Double]) -> Bool {
    let known = places.indices.filter { places[$0] > 0 && !score[$0].isNaN }
    guard known.count >= 40 else { return false }
    let sorted = known.sorted {
      score[$0] != score[$1] ? score[$0] < score[$1] : places[$0] < places[$1]
    }
    var turns = 1
    for (one, next) in zip(sorted, sorted.dropFirst()) where places[one] != places[next] {
      guard score[one] != score[next] else { return false }
      turns += 1
    }
    return turns >= 2 && turns == Set(known.map { places[$0] }).count
  }

  /// What the arm of an experiment or the wave of a survey settles: `tone` beside `condition`, the month of
  /// fieldwork beside the wave.
  mutating func findSettled() {
    let signs = [
      "set by the survey's design", "group of an experiment", "drawn by chance", "cells of a test",
    ]
    let arms = plan.leftOut.filter { signs.contains(where: $0.reason.contains) }.map(\.name)
    let keys = (arms + plan.waves).compactMap { name -> (name: String, places: [Int])? in
      guard let column = facts.first(where: { $0.columnName == name }),
        column.distinct.map({ (2...60).contains($0) }) ?? false, column.missingShare < 0.1
      else { return nil }
      return (name, positions(column))
    }
    for column in facts where isFree(column) && !plan.waves.contains(column.columnName) {
      // When people were born is theirs, though all of a year's survey may be of one age.
      if topic(of: column)?.topic == .age {
        findSameAge(column)
        continue
      }
      guard let distinct = column.distinct, (2...60).contains(distinct), column.missingShare < 0.1
      else { continue }
      let places = positions(column)
      guard let key = keys.first(where: { Self.settles($0.places, places) }) else { continue }
      leaveOut(column, "\"\(key.name)\" settles it: nobody was asked", isProcess: true)
    }
  }

  /// Leaves out the year of a survey that is known from the year of birth, as where all are of one age.
  private mutating func findSameAge(_ birth: ColumnFacts) {
    guard birth.low > 1880, birth.high < 2100 else { return }
    for name in plan.waves {
      guard let column = facts.first(where: { $0.columnName == name }),
        Self.settles(positions(birth), positions(column)),
        Self.settles(positions(column), positions(birth))
      else { continue }
      leaveOut(
        column, "the year of the survey, which \"\(birth.columnName)\" tells too",
        isProcess: true)
      plan.waves.removeAll { $0 == name }
      plan.suggestions.removeAll { $0.key == "wave" && $0.entry.name == name }
    }
  }

  /// Whether all of a group have the same answer, in groups of ten or more on average.
  private static func settles(_ groups: [Int], _ answers: [Int]) -> Bool {
    var known: [Int: Int] = [:]
    var rows = 0
    for (group, answer) in zip(groups, answers) where group > 0 && answer > 0 {
      rows += 1
      if let before = known[group] {
        guard before == answer else { return false }
      } else {
        known[group] = answer
      }
    }
    return known.count >= 2 && rows >= 10 * known.count
  }
}
