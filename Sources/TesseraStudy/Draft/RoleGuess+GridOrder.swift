internal import TesseraSurvey

/// The order of a grid's answers that no word tells, by how the answers go together.
extension RoleGuess {
  /// Puts the answers of grids in order, five items or more with four to seven answers, by the first
  /// component of how they go together over pairs of items; offered to be checked.
  ///
  /// On a scale the end answers lie opposite, whether items are turned round or not: the squares of each
  /// pair's table do not change with the direction. Kinds have no such line: their first component is hardly
  /// larger than the second, and the second is not bent over the first.
  mutating func findOrderOfGrids() {
    for place in plan.batteries.indices where plan.batteries[place].kind == .unordered {
      let battery = plan.batteries[place]
      guard battery.members.count >= 5,
        let order = Self.orderOfAnswers(battery.members, missing: missing)
      else { continue }
      for member in battery.members where self.order(member) == nil {
        plan.levels.append(
          (
            member.columnName, order,
            "CHECK: by how the answers go together, not by their words; which end is high is a guess",
            false
          ))
      }
      plan.batteries[place] = Battery(
        kind: .rating, members: battery.members, name: battery.name,
        scale: "from \"\(order[0])\" to \"\(order[order.count - 1])\" by a guess: check the order")
      if plan.main == place {
        plan.active = plan.active.map { entry in
          DraftPlan.Entry(
            name: entry.name, reason: entry.reason, section: plan.batteries[place].told)
        }
      }
    }
  }

  /// The answers in order, or `nil` where they lie on no line.
  ///
  /// - Complexity: O(rows × items), with twelve items at most.
  static func orderOfAnswers(
    _ members: [ColumnFacts], missing: [AnswerCode: [MissingGuess.Code]]
  ) -> [String]? {
    let items = members.prefix(12)
    let none = Set(
      members.flatMap { missing[.text($0.columnName)] ?? [] }.map { AnswerCode.text($0.code) })
    var answers: [AnswerCode] = []
    for item in members where item.variable.answers.isCoded {
      for category in item.categories
      where !none.contains(category.code) && !answers.contains(category.code) {
        answers.append(category.code)
      }
    }
    guard (4...7).contains(answers.count),
      items.allSatisfy({ $0.variable.answers.isCoded && !$0.variable.isNumeric })
    else { return nil }
    let columns = items.map { item -> [Int] in
      let places = item.variable.categories.map { answers.firstIndex(of: $0.code) ?? -1 }
      return (0..<item.variable.answers.count).map { row in
        let position = item.variable.answers.position(row)
        return position > 0 ? places[position - 1] : -1
      }
    }
    let size = answers.count
    var sum = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for one in columns.indices {
      for other in columns.indices where other > one && other <= one + 3 {
        add(columns[one], columns[other], to: &sum)
      }
    }
    let (first, largest) = component(sum)
    var rest = sum
    for row in 0..<size {
      for column in 0..<size { rest[row][column] -= largest * first[row] * first[column] }
    }
    let (second, next) = component(rest)
    guard largest > 0, largest >= 2 * max(next, 0) else { return nil }
    // A rare answer stands as far out as a frequent one.
    var held = [Double](repeating: 0, count: size)
    for place in columns.joined() where place >= 0 { held[place] += 1 }
    let scores = zip(first, held).map { $0 / max(1, $1).squareRoot() }
    let bends = zip(second, held).map { $0 / max(1, $1).squareRoot() }
    let order = (0..<size).sorted { scores[$0] < scores[$1] }
    // Both ends on one side of the second component, what lies between on the other.
    let bend = order.map { bends[$0] }
    let middle = bend[1..<(size - 1)].reduce(0, +) / Double(size - 2)
    guard first[order[0]] < 0, first[order[size - 1]] > 0,
      (bend[0] - middle) * (bend[size - 1] - middle) > 0
    else { return nil }
    let texts = order.map { answers[$0].text }
    return isDenied(texts[size - 1]) && !isDenied(texts[0]) ? texts.reversed() : texts
  }

  /// Whether an answer denies: "not at all", "gar nicht".
  private static func isDenied(_ text: String) -> Bool {
    let words = NameWords(text)
    return words.first(of: [
      "not", "no", "never", "nicht", "nie", "pas", "jamais", "nunca", "nada", "niet", "nie", "non",
      "ei", "inte", "ikke", "не", "нет", "nem", "ne",
    ]) != nil || text.contains("ない") || text.contains("不") || text.contains("않")
  }

  /// Adds what a table of two items departs from chance by, its product with itself from both sides.
  private static func add(_ one: [Int], _ other: [Int], to sum: inout [[Double]]) {
    let size = sum.count
    var counts = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    var total = 0.0
    for (row, column) in zip(one, other) where row >= 0 && column >= 0 {
      counts[row][column] += 1
      total += 1
    }
    guard total >= 40 else { return }
    let rows = counts.map { $0.reduce(0, +) / total }
    let columns = (0..<size).map { place in counts.reduce(0) { $0 + $1[place] } / total }
    for row in 0..<size {
      for column in 0..<size {
        let expected = rows[row] * columns[column]
        counts[row][column] =
          expected > 0 ? (counts[row][column] / total - expected) / expected.squareRoot() : 0
      }
    }
    for row in 0..<size {
      for column in 0..<size {
        for between in 0..<size {
          sum[row][column] += counts[row][between] * counts[column][between]
          sum[row][column] += counts[between][row] * counts[between][column]
        }
      }
    }
  }

  /// The largest component of a symmetric matrix by repeated products.
  private static func component(_ matrix: [[Double]]) -> (vector: [Double], value: Double) {
    let size = matrix.count
    var vector = (0..<size).map { 1 + Double($0 * $0 % 5) * 0.37 }
    var value = 0.0
    for _ in 0..<300 {
      let next = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      value = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard value > 1e-12 else { return (vector, 0) }
      vector = next.map { $0 / value }
    }
    return (vector, value)
  }
}
