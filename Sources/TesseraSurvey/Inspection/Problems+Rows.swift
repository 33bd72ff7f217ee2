extension Problems {
  /// Columns that hold the same answers as an earlier one.
  mutating func findCopies() {
    var seen: [UInt64: [Int]] = [:]
    for place in survey.variables.indices where summaries[place].distinct > 1 {
      let hash = Self.hash(of: survey.variables[place].answers)
      let earlier = (seen[hash] ?? []).first {
        survey.variables[$0].holdsSame(survey.variables[place])
      }
      if let earlier {
        note(
          row: nil, column: survey.variables[place].name,
          "holds the same answers as \(survey.variables[earlier].name)")
      } else {
        seen[hash, default: []].append(place)
      }
    }
  }

  /// Respondents who gave the same answers as an earlier one to every question.
  mutating func findRepeatedRows() {
    let used = survey.variables.indices.filter { place in
      let role = summaries[place].role.role
      return role != .id && role != .date && role != .duration && role != .weight
        && role != .process
    }
    // With few questions equal answers are no surprise.
    guard used.count >= 10 else { return }
    var hashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: survey.respondentCount)
    for place in used {
      let answers = survey.variables[place].answers
      if case .numbers(let numbers) = answers {
        for row in hashes.indices {
          hashes[row] = Self.mix(hashes[row], numbers[row].isNaN ? 0 : numbers[row].bitPattern)
        }
      } else {
        for row in hashes.indices {
          hashes[row] = Self.mix(hashes[row], UInt64(answers.position(row)))
        }
      }
    }
    var seen = Set<UInt64>(minimumCapacity: hashes.count)
    var repeated = 0
    var first: Int?
    for (row, hash) in hashes.enumerated() where !seen.insert(hash).inserted {
      repeated += 1
      first = first ?? row
    }
    guard repeated > 0 else { return }
    note(
      row: first.map { rows[$0] }, column: nil,
      "\(Self.respondents(repeated)) gave the same answers as an earlier one throughout")
  }

  /// Respondents who gave one answer to every question of a grid.
  mutating func findStraightLiners(_ grid: QuestionBlock) {
    guard grid.members.count >= 5 else { return }
    let liners = Grids.straightLiners(survey, grid)
    guard let first = liners.first, let start = grid.members.first, let end = grid.members.last
    else { return }
    note(
      row: rows[first], column: start,
      "\(Self.respondents(liners.count)) gave one answer to all \(grid.members.count) questions from "
        + "\(start) to \(end)")
  }

  /// Respondents who took less than a third of the median time.
  mutating func findSpeeders() {
    guard let place = summaries.firstIndex(where: { $0.role.role == .duration }) else { return }
    let times = survey.variables[place].numbers
    let known = times.filter { $0.isFinite && $0 > 0 }.sorted()
    guard known.count >= 10 else { return }
    let median = known[known.count / 2]
    let fast = times.indices.filter { times[$0] > 0 && times[$0] < median / 3 }
    guard let first = fast.first else { return }
    note(
      row: rows[first], column: survey.variables[place].name,
      "\(Self.respondents(fast.count)) took less than a third of the median time")
  }

  /// Weights that are missing, negative, zero, or so uneven that little is left.
  mutating func judge(_ weight: Inspection.WeightSummary) {
    let weights = survey[weight.variable]?.numbers ?? []
    if weight.invalid > 0 {
      let first = weights.firstIndex { !($0 >= 0) }
      note(
        row: first.map { rows[$0] }, column: weight.variable,
        "\(weight.invalid) weight\(weight.invalid == 1 ? " is" : "s are") missing or negative")
    }
    if weight.zeros > 0 {
      let first = weights.firstIndex(of: 0)
      note(
        row: first.map { rows[$0] }, column: weight.variable,
        "\(weight.zeros) weights are 0: these respondents count for nothing")
    }
    let counted = Double(survey.respondentCount - weight.invalid - weight.zeros)
    if weight.effectiveSampleSize < counted / 2 {
      let rounded = (weight.effectiveSampleSize * 10).rounded() / 10
      note(
        row: nil, column: weight.variable,
        "the weights are so uneven that the effective number of respondents is \(rounded)")
    }
  }

  private static func respondents(_ count: Int) -> String {
    count == 1 ? "1 respondent" : "\(count) respondents"
  }

  private static func mix(_ state: UInt64, _ value: UInt64) -> UInt64 {
    var mixed = (state ^ value) &* 0xFF51_AFD7_ED55_8CCD
    mixed ^= mixed >> 32
    return mixed &* 0xC4CE_B9FE_1A85_EC53
  }

  private static func hash(of answers: AnswerColumn) -> UInt64 {
    var state: UInt64 = 1
    switch answers {
    case .codes8(let codes): for code in codes { state = mix(state, UInt64(code)) }
    case .codes16(let codes): for code in codes { state = mix(state, UInt64(code)) }
    case .codes32(let codes): for code in codes { state = mix(state, UInt64(code)) }
    case .numbers(let numbers):
      for number in numbers { state = mix(state, number.isNaN ? 0 : number.bitPattern) }
    }
    return state
  }
}

extension Variable {
  /// Whether two variables hold the same answers to the same categories.
  fileprivate func holdsSame(_ other: Variable) -> Bool {
    categories.map(\.code) == other.categories.map(\.code) && answers == other.answers
  }
}
