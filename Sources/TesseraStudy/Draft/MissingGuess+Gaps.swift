internal import TesseraSurvey

/// Codes for no answer that a gap tells, or the questions beside.
extension MissingGuess {
  /// 8 and 9 in a question among others that end at 5 or before: codes for no answer.
  ///
  /// - Parameters:
  ///   - column: Numbers without labels.
  ///   - beside: The columns before and after it.
  /// - Returns: The codes; none where they may be answers.
  static func behindNeighbours(_ column: ColumnFacts, beside: [ColumnFacts]) -> [Code] {
    let labelled = column.variable.categories.contains { $0.label != $0.code.text }
    guard !labelled, column.variable.isNumeric, column.values.count >= 3 else { return [] }
    let scales = beside.filter { $0.values.count >= 3 && $0.low >= 0 && $0.high <= 5 }
    guard let end = scales.map(\.high).max(), scales.count >= 2,
      scales.count * 3 >= beside.count * 2
    else { return [] }
    let behind = column.values.filter { $0.value > end }
    let scale = column.values.filter { $0.value <= end }
    guard !behind.isEmpty, scale.count >= 3, behind.allSatisfy({ [8, 9].contains($0.value) }),
      behind.reduce(0, { $0 + $1.count }) * 10 <= column.answered
    else { return [] }
    return behind.map {
      let text = AnswerCode.number($0.value).text
      return Code(
        code: text, reason: "code \(text)",
        why: "the questions beside it end at \(shown(end))", count: $0.count)
    }
  }

  /// Codes behind those of the answers: 9 without a label where 0 to 4 have one, and 97 "None" where a scale
  /// ends at 10.
  static func behindLabels(_ facts: ColumnFacts) -> [Code] {
    let usual: Set<Double> = [7, 8, 9, 77, 88, 97, 98, 99, 997, 998, 999]
    guard facts.variable.isNumeric, facts.variable.answers.isCoded else { return [] }
    let labelled = facts.variable.categories.filter { $0.label != $0.code.text }
      .compactMap(\.code.number)
    let bare = facts.values.map(\.value).filter { !labelled.contains($0) }
    let far = (labelled + bare).filter { usual.contains($0) && $0 > 11 }
    let near = (labelled + bare).filter { $0 <= 11 }
    var codes: [(value: Double, why: String)] = []
    if labelled.count >= 2, (1...2).contains(bare.count), bare.allSatisfy(usual.contains),
      let end = labelled.max(), let first = labelled.min(), (0...1).contains(first), end <= 6,
      bare.allSatisfy({ $0 > end + 1 }), Double(labelled.count) == end - first + 1
    {
      codes = bare.map { ($0, "no label, where all answers have one") }
    } else if bare.count >= 3, bare.allSatisfy({ (0...11).contains($0) }), near.max() ?? 0 >= 5,
      !far.isEmpty, far.count + near.count == labelled.count + bare.count
    {
      codes = far.map { ($0, "far behind a scale that ends at \(shown(near.max() ?? 11))") }
    }
    return codes.map { Code(code: shown($0.value), reason: "code \(shown($0.value))", why: $0.why) }
  }

  /// 9 behind a gap, in a file that has such codes elsewhere: 1 to 6 and 9.
  static func behindGap(_ facts: ColumnFacts) -> [Code] {
    let labelled = facts.variable.categories.contains { $0.label != $0.code.text }
    guard !labelled, facts.variable.isNumeric, facts.variable.level != .count,
      facts.says(DraftWords.counted) == nil, let last = facts.values.last,
      [7, 8, 9, 99].contains(last.value), facts.values.count >= 3
    else { return [] }
    let before = facts.values[facts.values.count - 2].value
    if last.value < 9 { return tail(facts) ?? [] }
    let isGap = last.value == 9 ? (2...6).contains(before) : before <= 60
    // Counts have a long tail; an answer of a question is given by more than a few.
    let top = facts.values[facts.values.count - 2].count
    // 1 to 5, 7 refused, 9 unknown.
    if !isGap, last.value == 9, before == 7, facts.low >= 0, facts.values.count >= 4 {
      let scale = facts.values.dropLast(2)
      if let end = scale.last, end.value <= 5, end.count * 33 >= facts.answered,
        (last.count + top) * 10 <= facts.answered
      {
        return facts.values.suffix(2).map {
          Code(
            code: shown($0.value), reason: "code \(shown($0.value))",
            why: "behind a gap, as in other columns of the file", count: $0.count)
        }
      }
    }
    if let tail = tail(facts) { return tail }
    guard isGap, facts.low >= 0, last.count * 4 <= facts.answered, last.count >= 2,
      last.value == 99 || top * 33 >= facts.answered, facts.missingShare <= 0.5
    else { return [] }
    return [
      Code(
        code: shown(last.value), reason: "code \(shown(last.value))",
        why: "behind a gap, as in other columns of the file", count: last.count)
    ]
  }

  /// 7, 8 and 9 behind a scale that ends at 5 or before, few of them.
  private static func tail(_ facts: ColumnFacts) -> [Code]? {
    let behind = facts.values.filter { [7, 8, 9].contains($0.value) }
    let scale = facts.values.filter { $0.value <= 5 }
    guard facts.low >= 0, !behind.isEmpty, behind.count + scale.count == facts.values.count,
      scale.count >= 3, behind.reduce(0, { $0 + $1.count }) * 10 <= facts.answered,
      scale[scale.count - 1].count * 33 >= facts.answered,
      // From 1 without a gap, as codes of answers are.
      zip(scale, scale.dropFirst()).allSatisfy({ $1.value - $0.value == 1 })
    else { return nil }
    return behind.map {
      Code(
        code: shown($0.value), reason: "code \(shown($0.value))",
        why: "behind a gap, as in other columns of the file", count: $0.count)
    }
  }

  /// Ages that nobody has: above 120, given by one in a hundred at most; -1 and the like are told elsewhere.
  ///
  /// - Returns: The numbers with how often each was given, and whether it is plainly a code; none where so
  ///   many are that it is no age.
  static func wildAges(_ facts: ColumnFacts) -> [(value: Double, count: Int, isCode: Bool)] {
    guard facts.variable.isNumeric || !facts.variable.answers.isCoded, facts.low >= -9_999,
      facts.high > 120
    else { return [] }
    var counts: [Double: Int] = [:]
    for number in facts.variable.numbers where number > 120 { counts[number, default: 0] += 1 }
    let many = counts.values.reduce(0, +)
    guard many * 100 <= facts.answered, counts.count <= 20 else { return [] }
    return counts.sorted { $0.key < $1.key }.map { value, count in
      let digits = Set(AnswerCode.number(value).text)
      return (value, count, digits.count == 1)
    }
  }
}
