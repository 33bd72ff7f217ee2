public import TesseraFiles
public import TesseraMath
import TesseraSegmentation
public import TesseraSurvey

/// Places new respondents in the segments of a finished model.
///
/// Nothing is learned from them: respondents are scored one by one, so that any part of a file
/// gives the same answers as the whole.
public struct Assigner: Sendable {
  /// The model.
  public let model: SegmentModel
  /// What to do where the survey lacks a column of the model.
  public let missingColumns: MissingColumns
  /// What the survey calls columns of the model that have another name there.
  public let columnNames: ColumnNames

  /// What to do where a survey lacks a column of the model.
  public enum MissingColumns: Sendable, Equatable {
    /// Refuse the survey, and suggest the column that was probably meant.
    case refuse
    /// Score respondents on the other answers, and say so.
    case unanswered
  }

  /// Makes ready to assign.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - missingColumns: What to do where the survey lacks a column of the model.
  ///   - columnNames: What the survey calls columns that have another name there.
  public init(
    _ model: SegmentModel, missingColumns: MissingColumns = .refuse,
    columnNames: ColumnNames = ColumnNames()
  ) {
    self.model = model
    self.missingColumns = missingColumns
    self.columnNames = columnNames
  }

  /// Reads a new file as the study's own was read: missing codes, sets and identifiers alike.
  ///
  /// - Parameter file: A survey with the model's columns.
  /// - Returns: All respondents of the file; repeated identifiers are for ``IdentifierCheck``.
  /// - Throws: ``StudyError`` E04xx where the file does not suit the study's declarations.
  public func prepare(_ file: SurveyFile) throws(StudyError) -> StudyData {
    let file = try columnNames.applied(
      to: file, sets: Set(model.indicators.compactMap(\.set)))
    guard var declaration = model.survey else {
      return try StudyData.make(
        from: file, declaration: SurveyDeclaration(files: []), checksIdentifiers: false)
    }
    // A prospects' list need not have what only the study's file had.
    let names = Set(file.survey.variables.map { AnswerCode.text($0.name) })
    if let id = declaration.id, !names.contains(.text(id)) { declaration.id = nil }
    declaration.missingByColumn.removeAll { !names.contains(.text($0.column)) }
    if missingColumns == .unanswered {
      declaration.sets.removeAll { set in
        switch set.source {
        case .delimited(let column, _, _): !names.contains(.text(column))
        case .columns(let columns, _):
          !columns.contains { $0.contains("*") || $0.contains("?") || names.contains(.text($0)) }
        }
      }
    }
    return try StudyData.make(from: file, declaration: declaration, checksIdentifiers: false)
  }

  /// Assigns respondents.
  ///
  /// - Parameters:
  ///   - survey: Respondents with the model's columns, as ``prepare(_:)`` gives them.
  ///   - rows: Which respondents; `nil` for all. Large surveys can be taken part by part, from the first.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: A segment or a reason for each of them, in their order.
  /// - Throws: ``StudyError`` E0510 if a column of the model is missing.
  /// - Complexity: O(respondents · indicators · segments).
  public func assign(
    _ survey: Survey, rows: Range<Int>? = nil, workers: Workers = .single
  ) throws(StudyError) -> AssignmentBatch {
    let part = rows.map { survey.selecting(Array($0)) } ?? survey
    // Labels are compared among everybody, so that parts of a file are read as the whole; once.
    let whole = rows.map { $0.lowerBound == 0 } ?? true ? survey : nil
    switch model.parameters {
    case .given(let column, let values):
      return try assign(part, column: column, values: values)
    case .latentClass(let classes):
      return try assign(part, of: whole) { items, usable throws(StudyError) in
        guard !items.isEmpty else { return (try memberships(part, usable: &usable), []) }
        let table = try table(items, part, usable: &usable)
        do throws(SegmentationError) {
          return try classes.scores(of: table, workers: workers)
        } catch {
          throw StudyError(segmentation: error)
        }
      }
    case .nearest(let points):
      return try assign(part, of: whole) { items, _ throws(StudyError) in
        (points.places(items).memberships(points.points.rows), [])
      }
    }
  }

  /// Reads the indicators, and scores them.
  private func assign(
    _ survey: Survey, of everybody: Survey?,
    score: (_ items: [Item], _ usable: inout [Bool]) throws(StudyError) -> (
      posterior: Matrix, logLikelihoods: [Double]
    )
  ) throws(StudyError) -> AssignmentBatch {
    let count = survey.respondentCount
    var notes = AssignmentNotes()
    let items = try items(survey, of: everybody, &notes)
    guard count > 0 else {
      return AssignmentBatch(segments: model.segments, posterior: Matrix(rows: 0, columns: 0))
    }
    var usable = [Bool](repeating: true, count: count)
    let (posterior, logLikelihoods) = try score(items, &usable)
    var reasons = [String?](repeating: nil, count: count)
    for row in 0..<count where !usable[row] {
      reasons[row] = UnplacedRespondent.covariate
    }
    for row in 0..<count where !items.isEmpty && reasons[row] == nil {
      // Columns on which membership depends say something too.
      guard model.covariates.isEmpty || model.evidence["bridge"] == nil else { break }
      if items.allSatisfy({ $0.isMissing(row) }) { reasons[row] = UnplacedRespondent.silence }
    }
    for row in 0..<count where reasons[row] == nil {
      if posterior.row(row).contains(where: \.isNaN) { reasons[row] = UnplacedRespondent.beyond }
    }
    if let threshold = model.cannotTellBelow {
      for row in 0..<count where reasons[row] == nil {
        if (posterior.row(row).max() ?? 0) < threshold { reasons[row] = UnplacedRespondent.doubt }
      }
    }
    return AssignmentBatch(
      segments: model.segments, posterior: posterior, reasons: reasons,
      notes: notes, answers: AnswerTally(items, logLikelihoods: logLikelihoods))
  }

  /// The answers to the model's questions, read and corrected as the model's own were.
  func items(
    _ survey: Survey, of everybody: Survey?, _ notes: inout AssignmentNotes
  ) throws(StudyError) -> [Item] {
    let count = survey.respondentCount
    var items: [Item] = []
    for indicator in model.indicators {
      if let variable = survey[indicator.name] {
        if let whole = everybody?[indicator.name], let conflict = indicator.conflict(whole) {
          throw StudyError(
            code: "E0516",
            message: "'\(DisplayText.escaped(indicator.name))' is not the model's question: "
              + conflict,
            column: indicator.name,
            hint: "give its answers the labels of the model's survey, or rename the column")
        }
        if indicator.lacksLabels(variable) { notes.unlabelled.append(indicator.name) }
        let (answers, unseen) = indicator.read(variable)
        notes.findings += indicator.findings(variable, answers, unseen: unseen)
        items.append(item(indicator, answers))
      } else {
        try refuse(indicator.name, survey)
        notes.missing.append(indicator.name)
        let none: EncodedAnswers =
          indicator.categories.isEmpty
          ? .numbers([Double](repeating: .nan, count: count))
          : .codes([UInt16](repeating: 0, count: count))
        items.append(item(indicator, none))
      }
    }
    if notes.missing.count == model.indicators.count, !model.indicators.isEmpty {
      throw StudyError(
        code: "E0510", message: "the survey has none of the model's columns",
        hint: "tessera inspect lists the columns of the survey")
    }
    correct(&items)
    return items
  }

  /// Takes response style out of ratings, as was done when the model was fitted.
  private func correct(_ items: inout [Item]) {
    guard let style = model.style else { return }
    let places = items.indices.filter { style.columns.contains(items[$0].name) }
    let ratings = places.map { place -> [Double] in
      if case .numbers(let numbers) = items[place].answers { numbers } else { [] }
    }
    for (place, numbers) in zip(places, style.corrected(ratings)) {
      items[place] = Item(
        name: items[place].name, measurement: items[place].measurement, answers: .numbers(numbers))
    }
  }

  /// The item of an indicator, understood as the model understands it.
  private func item(_ indicator: IndicatorEncoding, _ answers: EncodedAnswers) -> Item {
    let item = StudyEncoder.item(indicator, answers)
    guard case .latentClass(let classes) = model.parameters,
      let known = classes.items.first(where: { $0.name == indicator.name })
    else { return item }
    return Item(name: item.name, measurement: known.measurement, answers: item.answers)
  }

  private func refuse(_ name: String, _ survey: Survey) throws(StudyError) {
    guard missingColumns == .refuse else { return }
    throw StudyError(
      code: "E0510",
      message: "the survey has no column '\(DisplayText.escaped(name))', which the model needs",
      column: name,
      hint: NearestName.question(name, among: survey.variables.map(\.name))
        ?? "rename the column, or let missing columns count as unanswered")
  }

  /// The answers with the covariates on which membership depends.
  func table(
    _ items: [Item], _ survey: Survey, usable: inout [Bool]
  ) throws(StudyError) -> ItemTable {
    do {
      return try ItemTable(
        respondentCount: survey.respondentCount, items: items,
        covariates: try covariates(survey, usable: &usable))
    } catch let error as SegmentationError {
      throw StudyError(segmentation: error)
    } catch let error as StudyError {
      throw error
    } catch {
      throw StudyError(code: "E0506", message: "\(error)")
    }
  }

  /// The columns on which membership depends; `nil` if it depends on none.
  func covariates(
    _ survey: Survey, usable: inout [Bool]
  ) throws(StudyError) -> Matrix? {
    let count = survey.respondentCount
    var columns: [[Double]] = []
    for covariate in model.covariates {
      guard let variable = survey[covariate.name] else {
        // Without covariates nobody could be placed, so this is never tolerable.
        throw StudyError(
          code: "E0510",
          message: "the survey has no column '\(DisplayText.escaped(covariate.name))', on which "
            + "membership depends",
          column: covariate.name,
          hint: NearestName.question(covariate.name, among: survey.variables.map(\.name)))
      }
      columns += covariate.columns(variable)
    }
    guard !columns.isEmpty else { return nil }
    var matrix = Matrix(rows: count, columns: columns.count)
    for row in 0..<count {
      usable[row] = columns.allSatisfy { !$0[row].isNaN }
      for column in columns.indices where usable[row] {
        matrix[row, column] = columns[column][row]
      }
    }
    return matrix
  }

  private func assign(
    _ survey: Survey, column: String, values: [AnswerCode]
  ) throws(StudyError) -> AssignmentBatch {
    guard let variable = survey[column] else {
      throw StudyError(
        code: "E0510",
        message: "the survey has no column '\(DisplayText.escaped(column))', which holds segments",
        column: column,
        hint: NearestName.question(column, among: survey.variables.map(\.name)))
    }
    let encoding = IndicatorEncoding(
      name: column, label: column,
      form: .nominal(values.map { EncodedCategory(label: $0.text, codes: [$0]) }))
    guard case .codes(let codes) = encoding.read(variable).answers else {
      throw StudyError(code: "E0510", message: "'\(column)' holds no segments", column: column)
    }
    var posterior = Matrix(rows: codes.count, columns: values.count)
    var reasons = [String?](repeating: nil, count: codes.count)
    for (row, code) in codes.enumerated() {
      if code > 0 {
        posterior[row, Int(code) - 1] = 1
      } else {
        reasons[row] =
          variable.answers.isAnswered(row)
          ? "the value in \(column) is no segment of the model" : "no value in \(column)"
      }
    }
    return AssignmentBatch(segments: model.segments, posterior: posterior, reasons: reasons)
  }
}
