import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

extension FitAnalysis {
  /// What drives the overall rating in every audience.
  ///
  /// Respondents without the rating or a driver are left out; audiences of fewer than 30, or of
  /// fewer than three for each driver, get no answer.
  ///
  /// - Parameters:
  ///   - source: What the study declares.
  ///   - warnings: Gets a sentence about drivers that cannot be judged.
  /// - Returns: A summary for everybody and each segment; none where no drivers are declared.
  /// - Throws: `StudyError` E0615 for a column that is none, or holds no numbers.
  func drivers(
    _ source: FitSource, _ warnings: inout [String]
  ) throws(StudyError) -> [DriverSummary] {
    guard let declared = source.file.drivers else { return [] }
    let asked = source.file.needs.filter { $0.satisfaction != nil }
    var names = declared.drivers.isEmpty ? asked.compactMap(\.satisfaction) : declared.drivers
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
    var labels = names.enumerated().map { position, name in
      if declared.drivers.isEmpty { return asked[position].label }
      return source.labels[name] ?? name
    }
    let constant = columns.indices.filter { Set(columns[$0].filter { !$0.isNaN }).count < 2 }
    for place in constant.reversed() {
      warnings.append(
        "drivers: \(DisplayText.escaped(labels[place])) is left out: everybody gave the same answer."
      )
      names.remove(at: place)
      labels.remove(at: place)
      columns.remove(at: place)
    }
    guard !names.isEmpty else { return [] }
    let isUsed = rating.indices.map { row in
      !rating[row].isNaN && columns.allSatisfy { !$0[row].isNaN }
    }
    let summaries = audiences.map { audience -> DriverSummary in
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
      let importance =
        isTold
        ? try? RelativeImportance(
          drivers: Matrix(rows.map { row in columns.map { $0[row] } }),
          rating: rows.map { rating[$0] }, weights: heavy) : nil
      let errors = importance.flatMap { _ in
        driverErrors(columns + [rating], isUsed: isUsed, of: audience)
      }
      return DriverSummary(
        segment: audience.id, drivers: names, labels: labels, importance: importance,
        johnsonErrors: errors.map { Array($0.dropLast()) } ?? [], r2Error: errors?.last,
        means: means, respondents: isTold ? size : nil)
    }
    if let all = summaries.first, all.importance == nil {
      warnings.append(
        all.respondents == nil
          ? "drivers: too few people answered the rating and all drivers for importances."
          : "drivers: importances cannot be told apart: some drivers say the same as others, or the "
            + "rating does not differ.")
    }
    return summaries
  }

  /// Linearised errors of Johnson's weights and of R², in this order; `nil` where there are none.
  private func driverErrors(
    _ columns: [[Double]], isUsed: [Bool], of audience: Audience
  ) -> [Double]? {
    let estimator =
      audience.segment.map { segment in
        DomainEstimator(
          membership: Matrix(
            rows: isUsed.count, columns: 1, values: segmented.posterior.column(segment)),
          design: segmented.design, isUsed: isUsed)
      } ?? .everybody(design: segmented.design, isUsed: isUsed)
    var table = Matrix(rows: isUsed.count, columns: columns.count)
    for (column, values) in columns.enumerated() {
      let filled = values.map { $0.isNaN ? 0 : $0 }
      let mean = estimator.means(filled)[0]
      for row in isUsed.indices where isUsed[row] { table[row, column] = values[row] - mean }
    }
    guard
      let parts = try? RelativeImportance.influences(
        table, shares: (0..<isUsed.count).map { estimator.shares[$0, 0] })
    else { return nil }
    let errors = parts.map { estimator.error(ofSum: $0) }
    return errors.allSatisfy(\.isFinite) ? errors : nil
  }
}
