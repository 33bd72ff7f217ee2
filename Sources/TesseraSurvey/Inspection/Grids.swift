/// Recognises rows of questions that share one scale.
enum Grids {
  /// The fewest questions that make a grid worth looking at.
  static let shortest = 4

  /// Finds runs of neighbouring variables with the same scale of 3 to 11 points.
  ///
  /// - Returns: For each grid the positions of its variables.
  static func find(_ survey: Survey, _ summaries: [Inspection.VariableSummary]) -> [[Int]] {
    var grids: [[Int]] = []
    var run: [Int] = []
    for place in survey.variables.indices {
      let variable = survey.variables[place]
      let isScale =
        variable.answers.isCoded && variable.level == .ordinal
        && (3...11).contains(variable.categories.count)
      if isScale, let first = run.first, sameScale(survey.variables[first], variable) {
        run.append(place)
        continue
      }
      if run.count >= shortest { grids.append(run) }
      run = isScale ? [place] : []
    }
    if run.count >= shortest { grids.append(run) }
    return grids
  }

  private static func sameScale(_ one: Variable, _ other: Variable) -> Bool {
    stem(one.name) == stem(other.name)
      && one.categories.map(\.code) == other.categories.map(\.code)
      && one.categories.map(\.label) == other.categories.map(\.label)
  }

  /// A name without what numbers its item.
  private static func stem(_ name: String) -> String {
    if let mark = name.lastIndex(where: { "_.[".contains($0) }) { return String(name[..<mark]) }
    var name = Substring(name)
    while let last = name.last, last.isNumber { name.removeLast() }
    return String(name)
  }

  /// How many respondents gave one and the same answer to every question of a grid.
  static func straightLiners(_ survey: Survey, _ grid: [Int]) -> [Int] {
    guard let first = grid.first else { return [] }
    let columns = grid.dropFirst().map { survey.variables[$0].answers }
    let lead = survey.variables[first].answers
    return (0..<survey.respondentCount).filter { respondent in
      let answer = lead.position(respondent)
      return answer > 0 && columns.allSatisfy { $0.position(respondent) == answer }
    }
  }
}

/// Looks at the variable that holds the weights.
enum Weights {
  static func summary(
    _ survey: Survey, _ summaries: [Inspection.VariableSummary]
  ) -> Inspection.WeightSummary? {
    let guessed = summaries.first { $0.role.role == .weight }?.name
    guard let name = survey.weightVariable ?? guessed, let variable = survey[name] else {
      return nil
    }
    var sum = 0.0
    var squares = 0.0
    var zeros = 0
    var invalid = 0
    var low = Double.infinity
    var high = -Double.infinity
    for weight in variable.numbers {
      guard weight.isFinite, weight >= 0 else {
        invalid += 1
        continue
      }
      if weight == 0 { zeros += 1 }
      sum += weight
      squares += weight * weight
      low = min(low, weight)
      high = max(high, weight)
    }
    guard squares > 0 else { return nil }
    return Inspection.WeightSummary(
      variable: name, effectiveSampleSize: sum * sum / squares, minimum: low, maximum: high,
      zeros: zeros, invalid: invalid)
  }
}
