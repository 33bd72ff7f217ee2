import TesseraSurvey

/// The answers of a column as positions among distinct codes, whatever the file held.
struct CategoricalAnswers {
  /// The distinct answers, in the order of the file's codes or of the numbers.
  let categories: [Category]
  /// For each respondent a position from 1; 0 without an answer.
  let column: AnswerColumn

  /// The positions as plain numbers.
  var positions: [Int] { column.values(of: Array(0...categories.count)) }

  /// Reads a column; plain numbers become categories in their order.
  init(_ variable: Variable) {
    if case .numbers(let numbers) = variable.answers, let codes = Self.smallCodes(numbers) {
      (categories, column) = codes
    } else if case .numbers(let numbers) = variable.answers {
      var seen: Set<Double> = []
      for number in numbers where !number.isNaN { seen.insert(number) }
      let distinct = seen.sorted()
      var place: [Double: Int] = [:]
      for (position, number) in distinct.enumerated() { place[number] = position + 1 }
      categories = distinct.map { Category(code: .number($0)) }
      column = AnswerColumn(
        positions: numbers.map { $0.isNaN ? 0 : place[$0] ?? 0 }, categoryCount: distinct.count)
    } else {
      categories = variable.categories
      column = variable.answers
    }
  }

  /// The same for whole numbers from 0 to 255, as most codes are, without looking each of them up.
  private static func smallCodes(
    _ numbers: [Double]
  ) -> (categories: [Category], column: AnswerColumn)? {
    var isGiven = [Bool](repeating: false, count: 257)
    var codes = [UInt16](repeating: 256, count: numbers.count)
    for (row, number) in numbers.enumerated() where !number.isNaN {
      guard number >= 0, number <= 255 else { return nil }
      let code = Int(number)
      guard Double(code) == number else { return nil }
      codes[row] = UInt16(truncatingIfNeeded: code)
      isGiven[code] = true
    }
    var places = [Int](repeating: 0, count: 257)
    var categories: [Category] = []
    for code in 0...255 where isGiven[code] {
      categories.append(Category(code: .number(Double(code))))
      places[code] = categories.count
    }
    guard categories.count < 256 else {
      return (categories, .codes16(codes.map { UInt16(places[Int($0)]) }))
    }
    let narrow = places.map { UInt8($0) }
    return (categories, .codes8(codes.map { narrow[Int($0)] }))
  }

  private init(_ categories: [Category], _ column: AnswerColumn) {
    self.categories = categories
    self.column = column
  }

  /// Which categories anybody chose.
  var isGiven: [Bool] {
    var isGiven = [Bool](repeating: false, count: categories.count + 1)
    switch column {
    case .codes8(let codes): Self.mark(codes, &isGiven)
    case .codes16(let codes): Self.mark(codes, &isGiven)
    case .codes32(let codes): Self.mark(codes, &isGiven)
    case .numbers: break
    }
    return Array(isGiven.dropFirst())
  }

  private static func mark(_ codes: [some FixedWidthInteger], _ isGiven: inout [Bool]) {
    var open = isGiven.count - 1
    for code in codes where code > 0 && !isGiven[Int(code)] {
      isGiven[Int(code)] = true
      open -= 1
      if open == 0 { return }
    }
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
    return CategoricalAnswers(
      kept.map { categories[$0] },
      AnswerColumn(positions: column.values(of: places), categoryCount: kept.count))
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
