import TesseraMath
import TesseraStudy
import TesseraSurvey

extension FitAnalysis {
  /// Needs on the importance-performance map of every audience, where satisfaction was asked.
  func importancePerformance() -> [ImportancePerformance] {
    let asked = model.needs.indices.filter { model.needs[$0].isSatisfactionAsked }
    guard asked.count > 1 else { return [] }
    func means(_ column: [Double]) -> [Double] {
      let isUsed = column.map { !$0.isNaN }
      let filled = column.map { $0.isNaN ? 0 : $0 }
      return DomainEstimator.everybody(design: segmented.design, isUsed: isUsed).means(filled)
        + DomainEstimator(
          membership: segmented.posterior, design: segmented.design, isUsed: isUsed
        ).means(filled)
    }
    let importance = asked.map { means(model.respondents.importance.column($0)) }
    let performance = asked.map { means(model.respondents.satisfaction.column($0)) }
    return audiences.flatMap { audience in
      let column = audience.segment.map { $0 + 1 } ?? 0
      let middle = { (table: [[Double]]) -> Double in
        table.reduce(0) { $0 + $1[column] } / Double(table.count)
      }
      let axes = (middle(importance), middle(performance))
      return asked.indices.map { place in
        let (x, y) = (importance[place][column], performance[place][column])
        let isKnown = isTold(audience) && x.isFinite && y.isFinite
        let advice: ImportancePerformance.Advice =
          x >= axes.0 ? (y >= axes.1 ? .keep : .concentrate) : y >= axes.1 ? .overkill : .low
        return ImportancePerformance(
          segment: audience.id, need: model.needs[asked[place]].name,
          importance: told(x, of: audience), performance: told(y, of: audience),
          advice: isKnown ? advice : nil)
      }
    }
  }

  /// Kano's pairs in every audience; counts are scaled to Kish's effective number of respondents.
  func kano(_ pairs: [KanoBinder.Pair]) -> [KanoSummary] {
    audiences.flatMap { audience in
      let weights = weights(of: audience)
      return pairs.map { pair in
        let isUsed = pair.kinds.map { $0 != nil }
        var (sum, squares) = (0.0, 0.0)
        var counts = [Double](repeating: 0, count: KanoKind.allCases.count)
        for (respondent, kind) in pair.kinds.enumerated() {
          guard let kind, let place = KanoKind.allCases.firstIndex(of: kind) else { continue }
          let weight = weights[respondent]
          counts[place] += weight
          sum += weight
          squares += segmented.design.kind == .frequency ? weight : weight * weight
        }
        let isTold = isTold(audience, base: base(of: audience, isUsed)) && sum > 0
        let scale = squares > 0 ? sum / squares : 0
        return KanoSummary(
          segment: audience.id, name: pair.name, label: pair.label,
          table: isTold ? KanoTable(counts: counts.map { $0 * scale }) : nil)
      }
    }
  }

  /// Van Westendorp's price points in every audience.
  func prices(_ questions: PriceQuestions?) throws(StudyError) -> [PriceSummary] {
    guard let questions else { return [] }
    var columns: [[Double]] = []
    for column in questions.columns {
      guard let variable = segmented.survey[column], variable.isNumeric else {
        throw StudyError(
          code: "E0607", message: "'\(DisplayText.escaped(column))' holds no prices",
          column: "price_questions", hint: "name columns of numbers")
      }
      columns.append(variable.numbers)
    }
    let answers = columns[0].indices.map { row in
      PriceSensitivity.Answer(columns.map { $0[row] })
    }
    return audiences.map { audience in
      let isValid = answers.map(\.isOrdered)
      let valid = base(of: audience, isValid)
      let isTold = isTold(audience, base: valid)
      return PriceSummary(
        segment: audience.id,
        points: isTold ? PriceSensitivity(answers, weights: weights(of: audience)) : nil,
        valid: isTold ? valid : nil,
        disordered: isTold
          ? base(of: audience, answers.map { $0.isComplete && !$0.isOrdered }) : nil,
        incomplete: isTold ? base(of: audience, answers.map { !$0.isComplete }) : nil)
    }
  }

  /// What drives the overall rating in every audience.
  ///
  /// Respondents without the rating or a driver are left out; audiences of fewer than 30, or of
  /// fewer than three for each driver, get no answer.
  func drivers(_ source: FitSource) throws(StudyError) -> [DriverSummary] {
    guard let declared = source.file.drivers else { return [] }
    let asked = source.file.needs.filter { $0.satisfaction != nil }
    let names = declared.drivers.isEmpty ? asked.compactMap(\.satisfaction) : declared.drivers
    guard !names.isEmpty else {
      throw source.error(
        "E0615", "nothing says what may drive the rating", at: "drivers",
        hint: "add of: [COLUMNS], or ask satisfaction with the needs")
    }
    func numbers(_ name: String, _ key: String) throws(StudyError) -> [Double] {
      guard let variable = segmented.survey[name] else {
        throw source.error(
          "E0615", "the survey has no column '\(DisplayText.escaped(name))'", at: key,
          hint: NearestName.question(name, among: segmented.survey.variables.map(\.name)))
      }
      guard variable.isNumeric else {
        throw source.error(
          "E0615", "'\(DisplayText.escaped(name))' holds no numbers", at: key,
          hint: "name a column of ratings")
      }
      return variable.numbers
    }
    let rating = try numbers(declared.rating, "drivers.rating")
    var columns: [[Double]] = []
    for name in names { columns.append(try numbers(name, "drivers.of")) }
    let labels = names.enumerated().map { position, name in
      if declared.drivers.isEmpty { return asked[position].label }
      return source.labels[name] ?? name
    }
    let isUsed = rating.indices.map { row in
      !rating[row].isNaN && columns.allSatisfy { !$0[row].isNaN }
    }
    return audiences.map { audience in
      let weights = weights(of: audience)
      let rows = isUsed.indices.filter { isUsed[$0] && weights[$0] > 0 }
      let size = base(of: audience, isUsed)
      let heavy = rows.map { weights[$0] }
      let total = heavy.reduce(0, +)
      let means = columns.map { column in
        total > 0 ? zip(rows, heavy).reduce(0) { $0 + column[$1.0] * $1.1 } / total : .nan
      }
      let isTold =
        isTold(audience, base: size) && size >= 30 && size >= 3 * Double(names.count)
      return DriverSummary(
        segment: audience.id, drivers: names, labels: labels,
        importance: isTold
          ? try? RelativeImportance(
            drivers: Matrix(rows.map { row in columns.map { $0[row] } }),
            rating: rows.map { rating[$0] }, weights: heavy) : nil,
        means: means, respondents: isTold ? size : nil)
    }
  }
}
