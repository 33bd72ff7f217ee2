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

  private init(_ categories: [Category], _ positions: [Int]) {
    self.categories = categories
    self.positions = positions
  }

  /// The answers without those that too few people gave: they count as none.
  ///
  /// - Parameters:
  ///   - minimum: People who must have given an answer; 1 or less keeps all.
  ///   - heads: Respondents behind each row.
  /// - Returns: The other answers.
  func withoutRare(minimum: Double, heads: [Double]) -> CategoricalAnswers {
    guard minimum > 1 else { return self }
    let counts = counts(heads: heads)
    let kept = counts.indices.filter { counts[$0] >= minimum }
    var places = [Int](repeating: 0, count: counts.count + 1)
    for (place, category) in kept.enumerated() { places[category + 1] = place + 1 }
    return CategoricalAnswers(kept.map { categories[$0] }, positions.map { places[$0] })
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
