/// Looks at answers to the questions of a grid.
enum Grids {
  /// Which respondents gave one and the same answer to every question of a grid.
  static func straightLiners(_ survey: Survey, _ grid: QuestionBlock) -> [Int] {
    let columns = grid.members.compactMap { survey[$0] }.map { variable -> Column in
      // Two questions may not have met the same answers, so positions are told by the scale.
      let places = variable.categories.map { category in
        (grid.scale.firstIndex(of: category.code) ?? -1) + 1
      }
      return Column(answers: variable.answers, places: [0] + places)
    }
    guard let first = columns.first else { return [] }
    return (0..<survey.respondentCount).filter { respondent in
      let answer = first.place(respondent)
      return answer > 0 && columns.dropFirst().allSatisfy { $0.place(respondent) == answer }
    }
  }

  private struct Column {
    let answers: AnswerColumn
    let places: [Int]

    func place(_ respondent: Int) -> Int { places[answers.position(respondent)] }
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
