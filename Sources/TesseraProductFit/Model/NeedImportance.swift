import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Turns whatever was asked about the weight of needs into one number from 0 to 1 each.
///
/// Ratings become their place on the scale; top-two-box and ticked answers 1 or 0; best-worst counts
/// (1 + (best − worst) / shown) / 2; best-worst scores exp(score) over the respondent's sum; ranks
/// (m + 1 − rank) / m among m ranked needs, 0 for those left unranked; points their share of the
/// respondent's sum. What comes after knows no difference.
///
/// - Reference: Louviere, Flynn & Marley (2015), *Best-Worst Scaling*, Cambridge, 3 (counts);
///   Stillwell, Seaver & Edwards (1981), *Organizational Behavior and Human Performance* 28(1),
///   62–77 (rank sums).
struct NeedImportance {
  let source: FitSource
  let segmented: SegmentedSurvey
  /// A need that fewer people ticked weighs nothing.
  let minimumCell: Int
  /// Finds a column or says which is nearest.
  let variable: (String, String) throws(StudyError) -> Variable
  /// Ratings as shares of the scale of a need.
  let ratings: (NeedDeclaration, String, String) throws(StudyError) -> [Double]

  /// Importance, and 1 or 0 for whether it is among the top; NaN without an answer.
  struct Answer {
    var importance: Matrix
    var top: Matrix
    /// How much oftener each need was best than worst, and how often it was shown; NaN where it was
    /// no item of best-worst tasks.
    var net: Matrix
    var shown: Matrix
    /// The answered best-worst tasks of each respondent, and how many items they have.
    var menus: (all: [[BestWorstMenu]], items: Int) = ([], 0)
  }

  private var count: Int { segmented.survey.respondentCount }

  /// Reads all needs.
  func answer(_ warnings: inout [String]) throws(StudyError) -> Answer {
    let needs = source.file.needs
    let blank = Matrix(rows: count, columns: needs.count, repeating: .nan)
    var result = Answer(importance: blank, top: blank, net: blank, shown: blank)
    let tasks = try BestWorstTasks(source: source, segmented: segmented, variable: variable)
    warnings += tasks?.warnings ?? []
    for (k, need) in needs.enumerated() {
      try read(need, k, tasks, &result)
    }
    if let tasks {
      result.menus = tasks.menus(
        needs.map { if case .maxDiffAnswer(let answer) = $0.weight { answer } else { nil } })
    }
    try divide(&result, &warnings)
    for (k, need) in needs.enumerated() {
      guard case .ticked = need.weight, isRare(k, result.importance) else { continue }
      for respondent in 0..<count where result.importance[respondent, k] == 1 {
        (result.importance[respondent, k], result.top[respondent, k]) = (0, 0)
      }
      warnings.append(
        "\(need.label) counts for nobody: fewer than \(minimumCell) people ticked it.")
    }
    let kinds = needs.map(\.weight.key)
    let distinct = kinds.indices.filter { kinds.firstIndex(of: kinds[$0]) == $0 }.map { kinds[$0] }
    if distinct.contains(where: Self.isDivided), distinct.count > 1 {
      warnings.append(
        "Needs take their weights from different kinds of questions "
          + "(\(distinct.joined(separator: ", "))): these are not on one scale.")
    }
    return result
  }

  /// Whether so few people of the survey ticked a need that its weight would tell of them.
  private func isRare(_ need: Int, _ importance: Matrix) -> Bool {
    var people = 0.0
    for respondent in 0..<count where importance[respondent, need] == 1 {
      people += segmented.design.heads(respondent)
    }
    return people > 0 && people < Double(minimumCell)
  }

  private static func isDivided(_ key: String) -> Bool {
    ["maxdiff", "rank", "points"].contains(key)
  }

  private func read(
    _ need: NeedDeclaration, _ k: Int, _ tasks: BestWorstTasks?, _ result: inout Answer
  ) throws(StudyError) {
    let key = "needs.\(need.name).\(need.weight.key)"
    switch need.weight {
    case .importance(let column), .topTwo(let column):
      let shares = try ratings(need, column, key)
      let scale = need.scale ?? source.file.needScale ?? RatingScale(low: 0, high: 1)
      let isTopTwo = need.weight.key == "top2"
      let top = scale.share(isTopTwo ? scale.topTwo : scale.topBox) - 1e-12
      for (respondent, share) in shares.enumerated() where !share.isNaN {
        result.top[respondent, k] = share >= top ? 1 : 0
        result.importance[respondent, k] = isTopTwo ? result.top[respondent, k] : share
      }
    case .ticked(let text):
      for (respondent, tick) in try ticks(text, key).enumerated() {
        result.importance[respondent, k] = tick
        result.top[respondent, k] = tick
      }
    case .assumed(let weight):
      let largest = source.file.needs.map { need in
        if case .assumed(let other) = need.weight { other } else { 0 }
      }.reduce(1) { max($0, $1) }
      for respondent in 0..<count { result.importance[respondent, k] = weight / largest }
    case .maxDiffCounts(let best, let worst, let shown):
      let (most, least) = (try numbers(best, key), try numbers(worst, key))
      for respondent in 0..<count {
        let (b, w) = (most[respondent], least[respondent])
        guard !b.isNaN, !w.isNaN else { continue }
        guard b >= 0, w >= 0, b + w <= shown else {
          throw source.error(
            "E0608", "best and worst are counted more often than the need was shown",
            column: best, sourceRow: segmented.sourceRows[respondent],
            hint: "correct shown:, or declare the code missing")
        }
        result.importance[respondent, k] = (1 + (b - w) / shown) / 2
        result.net[respondent, k] = b - w
        result.shown[respondent, k] = shown
      }
    case .maxDiffAnswer(let answer):
      guard let tasks else {
        throw source.error(
          "E0613", "the study declares no best-worst tasks", at: key,
          hint: "add maxdiff: { best: [COLUMNS], worst: [COLUMNS], shown: 3 }")
      }
      let counts = try tasks.counts(of: answer, at: key)
      for respondent in 0..<count where counts.shown[respondent] > 0 {
        let (net, shown) = (counts.net[respondent], counts.shown[respondent])
        result.net[respondent, k] = net
        result.shown[respondent, k] = shown
        result.importance[respondent, k] = (1 + min(1, max(-1, net / shown))) / 2
      }
    case .maxDiffScore(let column), .rank(let column), .points(let column):
      for (respondent, number) in try numbers(column, key).enumerated() {
        result.importance[respondent, k] = number
      }
    }
  }

  /// Who ticked: a 0/1 column, or a statement about columns.
  private func ticks(_ text: String, _ key: String) throws(StudyError) -> [Double] {
    if segmented.survey[text] != nil {
      let numbers = try numbers(text, key)
      guard numbers.allSatisfy({ $0.isNaN || $0 == 0 || $0 == 1 }) else {
        throw source.error(
          "E0613", "'\(DisplayText.escaped(text))' is no 0/1 column", at: key,
          hint: "write a statement, such as \"\(DisplayText.escaped(text)) = 2\"")
      }
      return numbers
    }
    do throws(ExpressionProblem) {
      let bound = try ExpressionBinder(
        features: [], data: segmented.data, speech: .respondents
      ).bind(try Expression.parse(text))
      let truths = bound.truths(levels: [])
      return (0..<count).map { respondent in
        switch truths(respondent) {
        case Truth.yes: 1
        case Truth.no: 0
        default: .nan
        }
      }
    } catch {
      throw source.error(error, in: text, at: key)
    }
  }

  private func numbers(_ column: String, _ key: String) throws(StudyError) -> [Double] {
    let variable = try variable(column, key)
    guard variable.isNumeric || variable.missingCount == count else {
      throw source.error(
        "E0607", "'\(DisplayText.escaped(column))' holds no numbers", at: key,
        hint: "name a column of numbers")
    }
    return variable.numbers
  }

  /// Turns ranks, points and scores into shares of what each respondent gave.
  private func divide(_ result: inout Answer, _ warnings: inout [String]) throws(StudyError) {
    let needs = source.file.needs
    func positions(_ isWanted: (NeedWeightSource) -> Bool) -> [Int] {
      needs.indices.filter { isWanted(needs[$0].weight) }
    }
    let ranked = positions { if case .rank = $0 { true } else { false } }
    let pointed = positions { if case .points = $0 { true } else { false } }
    let scored = positions { if case .maxDiffScore = $0 { true } else { false } }
    try divideRanks(ranked, &result)
    try dividePoints(pointed, &result, &warnings)
    for respondent in 0..<count {
      let given = scored.filter { !result.importance[respondent, $0].isNaN }
      guard !given.isEmpty else { continue }
      let scores = given.map { result.importance[respondent, $0] }
      let most = scores.reduce(-.infinity) { max($0, $1) }
      let powers = scores.map { ($0 - most).exponential }
      let sum = powers.reduce(0, +)
      for (k, power) in zip(given, powers) { result.importance[respondent, k] = power / sum }
    }
  }

  private func divideRanks(_ ranked: [Int], _ result: inout Answer) throws(StudyError) {
    let size = Double(ranked.count)
    for respondent in 0..<count
    where ranked.contains(where: { !result.importance[respondent, $0].isNaN }) {
      for k in ranked {
        let rank = result.importance[respondent, k]
        guard rank.isNaN || (1...size).contains(rank) else {
          throw source.error(
            "E0608", "a rank of \(FitFeature.number(rank)) is not between 1 and \(ranked.count)",
            column: source.file.needs[k].weight.columns.first ?? "",
            sourceRow: segmented.sourceRows[respondent],
            hint: "1 is what matters most; leave what was not ranked blank")
        }
        result.importance[respondent, k] = rank.isNaN ? 0 : (size + 1 - rank) / size
        result.top[respondent, k] = !rank.isNaN && rank <= 2 ? 1 : 0
      }
    }
  }

  private func dividePoints(
    _ pointed: [Int], _ result: inout Answer, _ warnings: inout [String]
  ) throws(StudyError) {
    var totals: [Double: Int] = [:]
    for respondent in 0..<count {
      var sum = 0.0
      var isGiven = false
      for k in pointed {
        let points = result.importance[respondent, k]
        guard !points.isNaN else { continue }
        guard points >= 0 else {
          throw source.error(
            "E0608", "points are below 0", column: source.file.needs[k].weight.columns.first ?? "",
            sourceRow: segmented.sourceRows[respondent], hint: "declare the code missing")
        }
        isGiven = true
        sum += points
      }
      guard isGiven else { continue }
      totals[sum, default: 0] += 1
      for k in pointed {
        let points = result.importance[respondent, k]
        result.importance[respondent, k] =
          sum > 0 ? (points.isNaN ? 0 : points / sum) : 0
      }
    }
    guard totals.count > 1,
      let usual = totals.min(by: { ($1.value, $0.key) < ($0.value, $1.key) })
    else { return }
    let others = totals.values.reduce(0, +) - usual.value
    warnings.append(
      "\(others) respondents gave points that do not add up to \(FitFeature.number(usual.key)), as "
        + "most did: their shares are taken of their own sum.")
  }
}
