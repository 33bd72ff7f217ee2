import Foundation
import TesseraDesign
import TesseraMath
public import TesseraStudy

/// Holds a study's fit against real choices, and fits choice models to them.
///
/// Needs, values and barriers were declared and not learned from choices, so the fit predicts
/// without having seen any; what has coefficients (how sharply people follow the fit, market shares,
/// the logits) is learned on some respondents and judged on others.
public struct ChoiceValidation: Sendable {
  let study: Study
  let declared: ChoicesDeclaration
  let segmented: SegmentedSurvey
  let settings: RunSettings
  let data: ChoiceData
  /// For each menu its fold.
  let folds: [Int]
  let foldCount: Int
  /// The fit of what was on the menus; `nil` without.
  let fit: FitScores?

  /// Validates a study.
  ///
  /// - Parameters:
  ///   - study: A study with choices.
  ///   - segmented: Its respondents in segments.
  ///   - settings: Seed, threads, the smallest cell.
  ///   - bar: What the fit has to reach, where the command says; else as the study says.
  ///   - folds: Folds, where the command says.
  /// - Returns: The result; the same for any number of threads.
  /// - Throws: `StudyError` E0634 to E0639.
  public static func run(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings,
    bar: ChoicesDeclaration.Bar? = nil, folds: Int? = nil
  ) throws(StudyError) -> ValidationResult {
    guard var declared = study.file.choices, let records = study.choices else {
      throw StudyError(
        code: "E0639", message: "the study has no choices to hold the fit against",
        file: study.path,
        hint: "add choices: { file: choices.csv, task: task, product: product, chosen: chosen }")
    }
    if let bar { declared.bar = bar }
    if let folds { declared.folds = folds }
    return try ChoiceValidation(
      study, records, declared, segmented, settings.protecting(study.file)
    ).result()
  }

  private init(
    _ study: Study, _ records: ChoiceRecords, _ declared: ChoicesDeclaration,
    _ segmented: SegmentedSurvey, _ settings: RunSettings
  ) throws(StudyError) {
    var data = try ChoiceData(study, records, declared, segmented)
    fit = try FitScores(study, data, segmented, workers: settings.workers)
    if let fit { data = data.keeping { fit.isUsable[data.persons[$0]] } }
    let people = Array(Set(data.persons)).sorted()
    guard people.count >= 2 else {
      throw FitSource(study).error(
        "E0638", "fewer than two respondents have both a choice and a fit", at: "choices",
        hint: "check the identifiers, and the columns of importance")
    }
    foldCount = min(declared.folds, people.count)
    var stream = RandomStream(seed: settings.seed).split(0x0C40_1CE5)
    let order = stream.permutation(people.count)
    var foldOfPerson: [Int: Int] = [:]
    for (place, person) in order.enumerated() { foldOfPerson[people[person]] = place % foldCount }
    self.folds = data.persons.map { foldOfPerson[$0] ?? 0 }
    self.study = study
    self.declared = declared
    self.segmented = segmented
    self.settings = settings
    self.data = data
  }

  private func result() throws(StudyError) -> ValidationResult {
    let records = data.records
    var result = ValidationResult(
      file: records.file, respondents: Set(data.persons).count, menus: data.count,
      alternatives: (0..<data.count).reduce(0) { $0 + data.alternatives($1).count },
      folds: foldCount, segments: segmented.segments,
      verdict: ValidationResult.Verdict(bar: declared.bar, isPassed: nil, sentence: ""))
    let dropped = records.count - data.count
    if dropped > 0 {
      result.warnings.append(
        "\(dropped) of \(records.count) menus are left out: their respondents have no segment"
          + (fit == nil ? "." : " or give no need any weight."))
    }
    if data.attributes > 0 { try addLogits(&result) }
    let options = try ChoiceOptions(records, declared, study, data)
    try addPredictions(&result, options)
    if let options {
      let tables = OptionTables(data: data, segmented: segmented, options: options)
      result.taken = tables.taken(CellRules(settings))
      if let fit {
        result.fit = FitJudge(
          data: data, segmented: segmented, fit: fit, options: options, settings: settings
        ).ranking(result)
      }
    } else if let fit {
      result.fit = FitJudge(
        data: data, segmented: segmented, fit: fit, options: nil, settings: settings
      ).ranking(result)
    }
    try addExposure(&result, options)
    result.verdict = ValidationVerdict(result: result, bar: declared.bar).verdict
    return result
  }
}

// MARK: - Parts

extension ChoiceValidation {
  /// Predictions of people that were not learned from, and what one gains on another.
  private func addPredictions(
    _ result: inout ValidationResult, _ options: ChoiceOptions?
  ) throws(StudyError) {
    let predictors = ChoicePredictors(
      data: data, segments: segmented.segments.count, fit: fit, options: options
    ).all
    var held: [(id: String, prediction: HeldOutPrediction)] = []
    for predictor in predictors {
      settings.progress.report("predicting choices", held.count, predictors.count)
      guard
        let prediction = HeldOutPrediction.crossValidated(
          predictor, foldOfMenu: folds, folds: foldCount, workers: settings.workers)
      else {
        result.warnings.append(
          "\(predictor.label) could not be learned in every fold and is left out: some attribute "
            + "is too rare.")
        continue
      }
      result.predictors.append(
        ValidationResult.Predictor(
          id: predictor.id, label: predictor.label,
          parameters: predictor.table.attributes.columns,
          logLikelihood: mean(prediction.logs),
          hitRate: mean(prediction.hits, range: 0...1),
          fitCoefficient: predictor.risingColumn.map { prediction.coefficients[$0] }))
      held.append((predictor.id, prediction))
    }
    func add(_ id: String, _ versus: String) {
      guard let one = held.first(where: { $0.id == id }),
        let other = held.first(where: { $0.id == versus })
      else { return }
      result.gains.append(
        ValidationResult.Gain(
          id: id, versus: versus,
          difference: mean(zip(one.prediction.logs, other.prediction.logs).map { $0 - $1 })))
    }
    add("fit", "chance")
    add("fit", "shares")
    add("shares_fit", "shares")
    add("segment_shares", "shares")
    add("logit", "chance")
    add("logit", "shares")
    add("logit", "fit")
    add("logit_segments", "logit")
  }

  /// The mean over menus of one number each.
  func mean(_ values: [Double], range: ClosedRange<Double>? = nil) -> MenuMean {
    MenuMean(
      values, weights: data.weights, persons: data.persons, design: segmented.design, range: range)
  }

  /// Whether segments were shown the same options.
  private func addExposure(
    _ result: inout ValidationResult, _ options: ChoiceOptions?
  ) throws(StudyError) {
    guard segmented.segments.count > 1 else { return }
    var options = options
    var counted = [Bool](repeating: true, count: data.records.lines.count)
    if let name = declared.exposureOf {
      options = try ChoiceOptions(column: name, data.records, study)
    }
    if let condition = declared.exposureWhere {
      counted = try ChoiceTermBinder(
        records: data.records, survey: study.data.survey, source: FitSource(study)
      ).condition(condition, at: "choices.exposure.where")
    }
    guard let options, options.names.count > 1 else { return }
    let found = OptionTables(data: data, segmented: segmented, options: options)
      .exposure(counting: counted, CellRules(settings))
    result.exposure = found.audit
    result.exposureHidden = found.hidden
    if let warning = found.audit.warning { result.warnings.append(warning) }
  }
}

extension ChoiceData {
  /// The menus for which a condition holds.
  func keeping(_ condition: (Int) -> Bool) -> ChoiceData {
    let places = menus.indices.filter(condition)
    return places.count == menus.count ? self : ChoiceData(self, places: places)
  }

  private init(_ other: ChoiceData, places: [Int]) {
    records = other.records
    menus = places.map { other.menus[$0] }
    persons = places.map { other.persons[$0] }
    weights = places.map { other.weights[$0] }
    var membership = Matrix(rows: places.count, columns: other.membership.columns)
    for (row, place) in places.enumerated() {
      for column in 0..<membership.columns {
        membership[row, column] = other.membership[place, column]
      }
    }
    self.membership = membership
    terms = other.terms
    controls = other.controls
    attributeLevels = other.attributeLevels
    bySegment = other.bySegment
    price = other.price
  }
}
