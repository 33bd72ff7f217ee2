internal import TesseraSurvey

extension RoleGuess {
  // MARK: - What is told of a place, not of a person

  /// Leaves out numbers that everybody of a region or group shares: they tell of the place, not of
  /// the person, such as the population of a province or a team's mean.
  mutating func findContext() {
    let keys = facts.compactMap { column -> (name: String, places: [Int])? in
      let name = column.name.words.joined(separator: " ")
      guard let distinct = column.distinct, distinct >= 4, distinct * 5 <= survey.respondentCount,
        column.missingShare < 0.1,
        column.says(DraftWords.Topic.region.words) != nil || DraftWords.groups.contains(name)
          || plan.leftOut.contains(where: {
            $0.name == column.columnName && $0.reason.hasPrefix("the number of a group")
          })
      else { return nil }
      return (column.columnName, positions(column))
    }
    // Numbers that many rows share are a group's; what is no whole number and the same in it is its mean.
    let groups = facts.compactMap { column -> (name: String, places: [Int])? in
      guard let distinct = column.distinct, distinct >= 4, distinct * 5 <= survey.respondentCount,
        column.missingShare < 0.1,
        plan.leftOut.contains(where: {
          $0.name == column.columnName && $0.reason.hasPrefix("an identifier that some rows share")
        })
      else { return nil }
      return (column.columnName, positions(column))
    }
    guard !keys.isEmpty || !groups.isEmpty else { return }
    for column in facts where isFree(column) && column.missingShare < 0.1 {
      guard column.variable.isNumeric || !column.variable.answers.isCoded,
        column.distinct.map({ (4...ColumnFacts.mostValues).contains($0) }) ?? false,
        column.says(DraftWords.Topic.region.words) == nil,
        column.variable.categories.allSatisfy({ $0.label == $0.code.text }),
        // Age and schooling are people's own, whatever else goes with them.
        [nil, .income, .region].contains(topic(of: column)?.topic)
      else { continue }
      let numbers = column.variable.numbers
      let isMean =
        column.values.count(where: { $0.value != $0.value.rounded() }) * 2 > column.values.count
      for key in isMean ? keys + groups : keys where key.name != column.columnName {
        var known: [Int: Double] = [:]
        let isShared = zip(key.places, numbers).allSatisfy { place, number in
          guard place != 0, !number.isNaN else { return true }
          if let before = known[place] { return before == number }
          known[place] = number
          return true
        }
        guard isShared, known.count >= 4 else { continue }
        leaveOut(column, "the same for everybody of a region or group: about the place")
        break
      }
    }
  }

  /// Weights for standard errors: one of many columns that are called so.
  func isReplicate(_ column: ColumnFacts) -> Bool {
    guard column.variable.isNumeric || !column.variable.answers.isCoded else { return false }
    let stem = column.name.words.filter { $0.first?.isNumber != true }.joined(separator: " ")
    let isWorded =
      column.label.first(of: ["replicate", "bootstrap", "jackknife", "brr"]) != nil
      && column.label.first(of: ["weight", "weights"]) != nil
    return isWorded
      || DraftWords.replicates.contains(stem) && column.name.words.last?.first?.isNumber == true
  }

  /// In which wave or year rows were answered, where a file holds several.
  mutating func findWaves() {
    for column in facts where isFree(column) && column.missingShare < 0.1 {
      guard let distinct = column.distinct, (2...60).contains(distinct) else { continue }
      let name = column.name.words.joined(separator: " ")
      let label = column.label.words.joined(separator: " ")
      let called = [name, label].first(where: DraftWords.waves.contains)
      guard let called else { continue }
      let numbers = column.variable.isNumeric || !column.variable.answers.isCoded
      let isYear = DraftWords.years.contains(called)
      guard !isYear || numbers && column.low > 1950 && column.high < 2100,
        !numbers || isYear
          || column.low >= 0 && column.values.allSatisfy({ $0.value == $0.value.rounded() })
      else { continue }
      plan.waves.append(column.columnName)
      guard plan.waves.count == 1 else { continue }
      plan.suggestions.append(
        (
          "wave",
          DraftPlan.Entry(name: column.columnName, reason: "the name or wording says \"\(called)\"")
        ))
      plan.warnings.append(
        DraftWarning(
          sentence:
            "the rows are of \(distinct) waves or years (\(column.columnName)); take one of "
            + "them, or compare them with wave: under survey",
          filter: ""))
    }
  }

  /// The answers of a column by number, 0 where there is none.
  func positions(_ column: ColumnFacts) -> [Int] {
    let answers = column.variable.answers
    guard case .numbers(let numbers) = answers else {
      return (0..<answers.count).map { answers.position($0) }
    }
    let places = Dictionary(
      zip(column.values.map(\.value), 1...), uniquingKeysWith: { first, _ in first })
    return numbers.map { $0.isNaN ? 0 : places[$0] ?? 0 }
  }
}
