internal import TesseraMath
internal import TesseraSurvey

/// Finds people who did not answer in earnest, by rules that a study declares.
struct QualityRules {
  let declared: QualityDeclaration
  let data: StudyData
  let origin: DeclarationOrigin
  /// The rows that count so far, from 0.
  let rows: [Int]

  /// Straight-lining is not told of shorter batteries.
  private static let shortestBattery = 5

  /// For each rule, who fails it.
  ///
  /// - Returns: A flag for each row of the survey, false outside the rows that count.
  /// - Throws: ``StudyError`` `E0401`, `E0420` or `E0421` with the line of the study.
  func flags() throws(StudyError) -> [(rule: QualityDeclaration.Rule, text: String, failed: [Bool])]
  {
    var found: [(rule: QualityDeclaration.Rule, text: String, failed: [Bool])] = []
    if let (column, below) = declared.speeders {
      let seconds = try seconds(column)
      let known = rows.map { seconds[$0] }.filter { !$0.isNaN }
      let median = Descriptive.median(known) ?? 0
      let bound = below * median
      found.append(
        (
          .speeders, "faster than \(DataWords.short(below)) of the median of \(column)",
          flagged { seconds[$0] < bound }
        ))
    }
    if !declared.battery.isEmpty {
      let columns = data.columns(declared.battery)
      guard columns.count >= Self.shortestBattery else {
        throw origin.error(
          "E0421",
          columns.count == 1
            ? "one question is too few to tell straight-lining from an opinion"
            : "\(columns.count) questions are too few to tell straight-lining from an opinion",
          at: "survey.quality.straight_liners",
          hint: "name a battery of \(Self.shortestBattery) or more")
      }
      var answers: [[Double]] = []
      var known: [AnswerCode: Double] = [:]
      for name in columns {
        answers.append(steps(try variable(name, "straight_liners"), &known))
      }
      found.append(
        (
          .straightLiners,
          "the same answer to all \(columns.count) questions of the battery",
          flagged { row in answers.allSatisfy { $0[row] == answers[0][row] } }
        ))
    }
    for (column, answer) in declared.checks {
      let key = "survey.quality.checks.\(column)"
      let truths = try right(column, answer, key)
      found.append(
        (.checks, "\(column) is not \(answer)", flagged { truths[$0] == Truth.no }))
    }
    for (name, condition) in declared.contradictions {
      let truths = try Derivation.truths(
        condition, data, origin, at: "survey.quality.contradictions.\(name)")
      found.append((.contradictions, condition, flagged { truths[$0] == Truth.yes }))
    }
    if !declared.duplicates.isEmpty {
      let columns = data.columns(declared.duplicates)
      var answers: [[Double]] = []
      var known: [AnswerCode: Double] = [:]
      for name in columns { answers.append(steps(try variable(name, "duplicates"), &known)) }
      var seen: Set<[UInt64]> = []
      found.append(
        (
          .duplicates, "the same answers as somebody before to \(columns.count) questions",
          flagged { row in
            // Who answered none of them copied nobody.
            answers.contains { !$0[row].isNaN }
              && !seen.insert(answers.map { $0[row].isNaN ? 0 : ($0[row] + 0).bitPattern | 1 })
                .inserted
          }
        ))
    }
    return found
  }

  /// How long people took, in seconds: plain numbers, or durations such as 5:41 and 0:05:41.
  private func seconds(_ column: String) throws(StudyError) -> [Double] {
    let found = try variable(column, "speeders.seconds")
    let key = "survey.quality.speeders.seconds"
    let labelled = found.categories.count {
      !$0.label.isEmpty && $0.label != $0.code.text && AnsweringTime.seconds($0.label) == nil
    }
    if found.isNumeric, labelled * 2 <= found.categories.count { return found.numbers }
    let values = [Double.nan] + found.categories.map { AnsweringTime.seconds($0.code.text) ?? .nan }
    guard !found.isNumeric, values.contains(where: { !$0.isNaN }) else {
      throw origin.error(
        "E0421",
        "'\(DisplayText.escaped(column))' holds no durations: speeders are found by seconds, or by "
          + "times such as 5:41 and 0:05:41", at: key,
        hint: "name the column that tells how long people took")
    }
    return (0..<found.answers.count).map { values[found.answers.position($0)] }
  }

  /// Whether people gave the answer that shows they read the question.
  private func right(
    _ column: String, _ answer: String, _ key: String
  ) throws(StudyError) -> [UInt8] {
    guard let found = data.survey[column] else {
      throw origin.unknownColumn(column, at: key, among: data.survey.variables.map(\.name))
    }
    do throws(StudyError) {
      return try Derivation.truths(
        "column.\"\(column)\" = \"\(answer)\"", data, origin, at: key)
    } catch {
      let answers = found.tellableAnswers
      throw origin.error(
        "E0420",
        "'\(DisplayText.escaped(answer))' is no answer to '\(DisplayText.escaped(column))'",
        at: key,
        hint: NearestName.question(answer, among: answers)
          ?? (answers.isEmpty
            ? "tessera inspect tells of its answers" : "its answers are \(listed(answers))"))
    }
  }

  private func flagged(_ fails: (Int) -> Bool) -> [Bool] {
    var flags = [Bool](repeating: false, count: data.survey.respondentCount)
    for row in rows { flags[row] = fails(row) }
    return flags
  }

  private func variable(_ name: String, _ key: String) throws(StudyError) -> Variable {
    if let variable = data.survey[name] { return variable }
    throw origin.unknownColumn(
      name, at: "survey.quality.\(key)", among: data.survey.variables.map(\.name))
  }

  /// Answers as numbers that are equal where the answers are, in other columns too; NaN without one.
  private func steps(_ variable: Variable, _ known: inout [AnswerCode: Double]) -> [Double] {
    if variable.isNumeric { return variable.numbers }
    var values = [Double.nan]
    for category in variable.categories {
      let code = AnswerCode.text(category.label)
      // Beside the numbers of other columns.
      let value = known[code] ?? -1e9 - Double(known.count)
      known[code] = value
      values.append(value)
    }
    return (0..<variable.answers.count).map { values[variable.answers.position($0)] }
  }
}
