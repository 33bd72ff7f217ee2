internal import TesseraFiles
internal import TesseraSurvey

/// Finds the rating scale of every need and holds the ratings against it.
struct RatingBinding {
  let study: StudyFile
  let file: SurveyFile
  let data: StudyData
  let origin: DeclarationOrigin

  /// The needs with their scales, and the survey whose ratings are numbers.
  struct Result {
    var needs: [NeedDeclaration]
    var survey: Survey
  }

  /// Binds the ratings of all needs.
  ///
  /// - Throws: ``StudyError`` for a need without a scale, or a rating outside it.
  func bind() throws(StudyError) -> Result {
    var result = Result(needs: [], survey: data.survey)
    for need in study.needs {
      for column in need.ratings {
        if let variable = data.survey[column] {
          result.survey.put(try numeric(variable))
        }
      }
      let declared = need.scale ?? study.needScale
      guard !need.ratings.isEmpty else {
        result.needs.append(need)
        continue
      }
      let scale: RatingScale
      if let declared { scale = declared } else { scale = try labelScale(need) }
      for column in need.ratings {
        if let variable = result.survey[column] { try check(variable, scale, need) }
      }
      result.needs.append(
        NeedDeclaration(
          name: need.name, label: need.label, weight: need.weight,
          satisfaction: need.satisfaction, scale: scale, combine: need.combine))
    }
    return result
  }

  /// Whether the study lists a column's answers in order.
  private func hasOrder(_ column: String) -> Bool {
    study.survey.levels.contains { $0.column == column && !$0.order.isEmpty }
  }

  /// The ratings as numbers; answers in words count from 1 in the order the study lists.
  private func numeric(_ variable: Variable) throws(StudyError) -> Variable {
    guard !variable.isNumeric, !variable.categories.isEmpty else { return variable }
    guard hasOrder(variable.name) else {
      let report = file.numberError(inColumn: variable.name)?.report
      throw StudyError(
        code: report?.code ?? "E0407",
        message: report?.message ?? "\(DisplayText.escaped(variable.name)) does not hold ratings",
        file: report?.file, row: report?.row, column: variable.name,
        hint: "correct the cell, declare it missing, or list the answers in order: survey: levels: "
          + "{ \(variable.name): [lowest, ..., highest] }")
    }
    var result = variable
    result.categories = variable.categories.enumerated().map { step, category in
      Category(code: .number(Double(step + 1)), label: category.label)
    }
    return result
  }

  /// The scale that value labels or a declared order tell.
  private func labelScale(_ need: NeedDeclaration) throws(StudyError) -> RatingScale {
    var scales: [RatingScale] = []
    for column in need.ratings {
      guard let scale = labelScale(column) else { continue }
      if !scales.contains(scale) { scales.append(scale) }
    }
    guard scales.count == 1, let scale = scales.first else {
      throw origin.error(
        "E0410",
        scales.isEmpty
          ? "the need '\(DisplayText.escaped(need.name))' has no rating scale"
          : "importance and satisfaction of '\(DisplayText.escaped(need.name))' have different "
            + "scales", at: "needs.\(need.name)",
        hint: "write need_scale: [LOWEST, HIGHEST] for all needs, or scale: in this one")
    }
    return scale
  }

  private func labelScale(_ column: String) -> RatingScale? {
    if hasOrder(column), let steps = data.survey[column]?.categories.count, steps > 1,
      data.survey[column]?.isNumeric == false
    {
      return RatingScale(low: 1, high: Double(steps))
    }
    guard let source = file.survey[column] else { return nil }
    let labelled = MissingCodes(study.survey).applied(to: source).categories.filter {
      $0.label != $0.code.text
    }
    let codes = labelled.compactMap(\.code.number)
    guard let low = codes.min(), let high = codes.max(), low < high else { return nil }
    return RatingScale(low: low, high: high)
  }

  private func check(
    _ variable: Variable, _ scale: RatingScale, _ need: NeedDeclaration
  ) throws(StudyError) {
    let numbers = variable.numbers
    guard
      let row = numbers.firstIndex(where: { !$0.isNaN && ($0 < scale.low || $0 > scale.high) })
    else { return }
    let value = numbers[row]
    let holders = numbers.count { $0 == value }
    let place = file.place(ofRespondent: data.sourceRows[row])
    let found =
      holders >= DataWords.fewestHolders
      ? AnswerCode.number(value).text
      : "a number \(value > scale.high ? "above" : "below") it"
    let low = AnswerCode.number(scale.low).text
    let high = AnswerCode.number(scale.high).text
    throw StudyError(
      code: "E0409", message: "the scale of this rating is \(low) to \(high); found \(found)",
      file: place.file, row: place.row, column: variable.name,
      hint: "correct the scale, or declare the code missing: survey: missing: "
        + "{ \(variable.name): [CODE] }")
  }
}
