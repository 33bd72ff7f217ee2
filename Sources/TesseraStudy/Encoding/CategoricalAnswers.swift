import TesseraSurvey

/// The answers of a column as positions among distinct codes, whatever the file held.
struct CategoricalAnswers {
  /// The distinct answers, in the order of the file's codes or of the numbers.
  let categories: [Category]
  /// For each respondent a position from 1; 0 without an answer.
  let positions: [Int]

  /// Reads a column; plain numbers become categories in their order.
  init(_ variable: Variable) {
    if case .numbers(let numbers) = variable.answers, let codes = Self.smallCodes(numbers) {
      (categories, positions) = codes
    } else if case .numbers(let numbers) = variable.answers {
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

  /// The same for whole numbers from 0 to 255, as most codes are, without looking each of them up.
  private static func smallCodes(_ numbers: [Double]) -> (categories: [Category], positions: [Int])?
  {
    var isGiven = [Bool](repeating: false, count: 257)
    var codes = [Int](repeating: 256, count: numbers.count)
    for (row, number) in numbers.enumerated() where !number.isNaN {
      guard number >= 0, number <= 255, number == number.rounded() else { return nil }
      codes[row] = Int(number)
      isGiven[codes[row]] = true
    }
    var places = [Int](repeating: 0, count: 257)
    var categories: [Category] = []
    for code in 0...255 where isGiven[code] {
      categories.append(Category(code: .number(Double(code))))
      places[code] = categories.count
    }
    for row in codes.indices { codes[row] = places[codes[row]] }
    return (categories, codes)
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
