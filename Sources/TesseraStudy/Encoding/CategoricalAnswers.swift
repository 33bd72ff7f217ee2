import TesseraSurvey

/// The answers of a column as positions among distinct codes, whatever the file held.
struct CategoricalAnswers {
  /// The distinct answers, in the order of the file's codes or of the numbers.
  let categories: [Category]
  /// For each respondent a position from 1; 0 without an answer.
  let positions: [Int]

  /// Reads a column; plain numbers become categories in their order.
  init(_ variable: Variable) {
    if case .numbers(let numbers) = variable.answers {
      var seen: Set<Double> = []
      for number in numbers where !number.isNaN { seen.insert(number) }
      let distinct = seen.sorted()
      var place: [Double: Int] = [:]
      for (position, number) in distinct.enumerated() { place[number] = position + 1 }
      categories = distinct.map { Category(code: .number($0)) }
      positions = numbers.map { $0.isNaN ? 0 : place[$0] ?? 0 }
    } else {
      categories = variable.categories
      positions = (0..<variable.answers.count).map { variable.answers.position($0) }
    }
  }

  /// Respondents who chose each category.
  func counts(heads: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: categories.count)
    for (row, position) in positions.enumerated() where position > 0 {
      counts[position - 1] += heads[row]
    }
    return counts
  }
}
