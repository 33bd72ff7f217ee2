import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// The people of a survey with the columns that it shares with a customer file.
struct BridgeData: Sendable {
  /// The segments.
  let model: SegmentModel
  /// Shared columns that made the segments: they enter by the model's own probabilities.
  let active: [Int]
  /// How the other shared columns become numbers; empty if there are none.
  let encodings: [CovariateEncoding]
  /// Their answers.
  let profiles: MembershipLogit.Profiles
  /// The answers to all questions of the model; `nil` where segments are no model of answers.
  let table: ItemTable?
  /// How they were drawn.
  let design: SurveyDesign
  /// The survey's own typing.
  let assigned: [Int]
  /// How often it errs.
  let classification: Matrix
  /// People left out for want of an answer.
  let leftOut: Int

  var rows: Int { assigned.count }
  var segments: Int { classification.rows }
  var weights: [Double] { design.weights }
  /// The latent classes; `nil` for other segments.
  var classes: LatentClassModel? {
    if case .latentClass(let classes) = model.parameters { classes } else { nil }
  }

  /// Reads shared columns.
  ///
  /// - Parameters:
  ///   - model: The segments.
  ///   - people: The survey.
  ///   - settings: The columns.
  /// - Throws: `StudyError` E0501 for an unknown column, E0521 for one that cannot be used.
  init(
    _ model: SegmentModel, _ people: TypingPeople, _ settings: BridgeSettings
  ) throws(StudyError) {
    let survey = people.survey
    self.model = model
    guard model.segments.count > 1 else {
      throw StudyError(
        code: "E0521", message: "there is one segment only, and nothing to find",
        hint: "fit two or more segments")
    }
    if let name = settings.columns.first(where: settings.sensitive.contains) {
      throw StudyError(
        code: "E0521",
        message: "'\(DisplayText.escaped(name))' is sensitive: customers are not placed by it",
        column: name,
        hint: "leave it out, or allow it in the study with allow_personal: [\(name)]")
    }
    if let name = settings.columns.first(where: { one in
      if case .given(let column, _) = model.parameters { one == column } else { false }
    }) {
      throw StudyError(
        code: "E0521", message: "'\(DisplayText.escaped(name))' is the segment itself",
        column: name, hint: "name columns that customers have")
    }
    var isModel = false
    if case .latentClass = model.parameters, model.style == nil { isModel = true }
    var active: [Int] = []
    var others: [String] = []
    for name in settings.columns {
      let found = model.indicators.indices.filter {
        model.indicators[$0].name == name || model.indicators[$0].set == name
      }
      if isModel, !found.isEmpty {
        active += found.filter { !active.contains($0) }
      } else if !others.contains(name) {
        others.append(name)
      }
    }
    let data = StudyData(
      survey: survey, design: people.design, weightSum: people.design.weights.reduce(0, +),
      sourceRows: Array(0..<survey.respondentCount))
    let shared = try CovariateReader(
      data: data, names: others, minimum: Double(settings.minimumCell), key: "--from")
    let batch = try Assigner(model).assign(survey, workers: settings.workers)
    let labels = batch.labels
    let rows = shared.rows.filter { labels[$0] != nil }
    guard rows.count >= 200 else {
      throw StudyError(
        code: "E0521",
        message: "\(rows.count) people have a segment and an answer to every shared column; at "
          + "least 200 are needed to learn from and to judge what was learned",
        column: others.first, hint: "name columns that more people answered")
    }
    let weights = rows.map { people.design.weights[$0] }
    var matrix = Matrix(rows: rows.count, columns: shared.matrix?.columns ?? 0)
    if let all = shared.matrix {
      var place: [Int: Int] = [:]
      for (position, row) in shared.rows.enumerated() { place[row] = position }
      for (row, own) in rows.enumerated() {
        for column in 0..<all.columns { matrix[row, column] = all[place[own] ?? 0, column] }
      }
    }
    var posterior = Matrix(rows: rows.count, columns: model.segments.count)
    for (row, own) in rows.enumerated() {
      for segment in 0..<posterior.columns {
        posterior[row, segment] = batch.posterior[own, segment]
      }
    }
    let assigned = rows.map { labels[$0] ?? 0 }
    if let empty = model.segments.indices.first(where: { !assigned.contains($0) }) {
      throw StudyError(
        code: "E0521",
        message: "nobody with an answer to every shared column is in "
          + model.segments[empty].display, hint: "name other columns, or fewer segments")
    }
    self.active = active.sorted()
    encodings = shared.encodings
    profiles = MembershipLogit.Profiles(matrix, weights: weights)
    design = people.design.selecting(rows)
    self.assigned = assigned
    classification = ThreeStep.classification(posterior, assigned: assigned, weights: weights)
    leftOut = survey.respondentCount - rows.count
    guard case .latentClass = model.parameters else {
      table = nil
      return
    }
    table = try Assigner(model).answers(of: survey, weights: CaseWeights(people.design)).table
      .selecting(rows)
  }
}
