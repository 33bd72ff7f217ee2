import TesseraMath
public import TesseraSegmentation
public import TesseraSurvey

/// Turns a study's answers into the table a model is fitted to.
public enum StudyEncoder {
  /// Encodes the active columns of a study.
  ///
  /// Nominal answers given by fewer people than the smallest cell are merged into "other", or are
  /// missing if they are too few together; an ordinal one joins its smaller neighbour; neither under `prior: none` or a smallest cell of 1.
  /// Columns that cannot tell segments apart are dropped, with the reason. Rows with a gap in a
  /// covariate, and rows without any active answer, are left out and counted.
  ///
  /// - Parameters:
  ///   - data: The respondents.
  ///   - declaration: Active columns, covariates and prior.
  ///   - settings: The smallest cell.
  ///   - roles: Columns that are not guessed to be active.
  ///   - includingSilent: Whether people without any active answer stay, as they do where segments
  ///     are given.
  /// - Returns: The table and how it came to be.
  /// - Throws: ``StudyError`` if a name is unknown, or nothing is left to segment on.
  /// - Complexity: O(respondents · columns).
  public static func encode(
    _ data: StudyData, _ declaration: SegmentsDeclaration, _ settings: RunSettings,
    roles: StudyRoles = .none, includingSilent: Bool = false
  ) throws(StudyError) -> EncodedStudy {
    guard data.survey.respondentCount > 1 else {
      throw StudyError(
        code: "E0503",
        message: data.survey.respondentCount == 0
          ? "there are no respondents to segment"
          : "there is only one respondent, and one cannot be divided into segments",
        hint: "check that the file holds a row a respondent")
    }
    var notes: [String] = []
    var names = declaration.active
    if names.isEmpty {
      let guess = ActiveColumns.drafted(
        data.survey,
        excluding: declaration.passive + declaration.covariates + roles.values + roles.channels
          + roles.reserved + roles.questions + data.reserved)
      names = guess.names
      notes.append(guess.note)
    }
    let covariates = try CovariateReader(data: data, names: declaration.covariates)
    notes += covariates.notes
    let used = data.selecting(covariates.rows)
    let merges = declaration.prior == .none ? 1 : max(1, settings.minimumCell)
    let builder = IndicatorBuilder(heads: used.design.heads, minimum: merges)
    let columns = try activeColumns(names, in: used.survey)
    var dropped: [DroppedIndicator] = []
    var kept: [(encoding: IndicatorEncoding, answers: EncodedAnswers)] = []
    var fingerprints: [AnswerFingerprint: IndicatorEncoding] = [:]
    var twins: [String: [String]] = [:]
    var style = try responseStyle(declaration.model.responseStyle, columns, &notes)
    for column in columns {
      switch builder.build(
        column.variable, in: column.set,
        asRating: style?.columns.contains(column.variable.name) ?? false)
      {
      case .dropped(let reason):
        dropped.append(
          DroppedIndicator(name: column.variable.name, reason: reason, set: column.set?.name))
      case .used(let encoding, let answers, let note):
        // With few respondents two questions can agree by chance.
        let print = AnswerFingerprint(answers)
        if used.survey.respondentCount >= 20, let twin = fingerprints[print] {
          guard encoding.sharesScale(with: twin, answers) else {
            dropped.append(DroppedIndicator(name: encoding.name, reason: .duplicate(of: twin.name)))
            continue
          }
          twins[twin.name, default: []].append(encoding.name)
        } else {
          fingerprints[print] = encoding
        }
        kept.append((encoding, answers))
        if let note { notes.append(note) }
      }
    }
    for first in kept.map(\.encoding.name) {
      guard let others = twins[first] else { continue }
      notes.append(
        "\(others.joined(separator: ", ")) \(others.count == 1 ? "divides" : "divide") people as "
          + "\(first) does; if \(others.count == 1 ? "it is a copy" : "one is a copy"), take it out."
      )
    }
    guard !kept.isEmpty else { throw nothingLeft(dropped, names: names) }
    guard kept.count <= mostIndicators else {
      throw StudyError(
        code: "E0506",
        message: "\(kept.count) questions would form the segments; at most \(mostIndicators) can "
          + "be held against each other in pairs",
        hint: "name those that matter under active; scores of batteries can stand for many")
    }
    notes += DroppedIndicator.sentences(dropped)
    if let asked = style {
      style = correct(&kept, asked, weights: used.design.weights)
    }
    let items = kept.map { item($0.encoding, $0.answers, declaration.model) }
    let everybody = 0..<used.survey.respondentCount
    let spoken =
      includingSilent
      ? Array(everybody) : everybody.filter { row in !items.allSatisfy { $0.isMissing(row) } }
    guard spoken.count > 1 else {
      throw StudyError(
        code: "E0504",
        message: "fewer than two people answered any of the questions that form segments",
        column: names.first,
        hint: "check the missing codes, and that the columns are the right ones")
    }
    if spoken.count < everybody.count {
      let all = used.design.heads.reduce(0, +)
      let silent = all - spoken.reduce(0) { $0 + used.design.heads($1) }
      notes.append(
        "\(whole(silent)) of \(whole(all)) in the survey "
          + (notes.contains { $0.hasSuffix("count as missing.") }
            ? "gave no answer that counts to the questions that form "
            : "answered none of the questions that form ")
          + "segments; they are in no segment.")
    }
    do {
      let table = try ItemTable(
        respondentCount: spoken.count, items: items.map { $0.selecting(spoken) },
        weights: CaseWeights(used.selecting(spoken).design),
        covariates: covariates.matrix.map { matrix in
          Matrix(spoken.map { Array(matrix.row($0)) })
        })
      return EncodedStudy(
        indicators: kept.map(\.encoding), covariates: covariates.encodings,
        rows: spoken.map { covariates.rows[$0] },
        silentRows: Set(covariates.rows).subtracting(spoken.map { covariates.rows[$0] }),
        table: table, dropped: dropped, style: style,
        notes: notes)
    } catch {
      throw StudyError(segmentation: error)
    }
  }

  /// Pairs of more questions than this take gigabytes.
  private static let mostIndicators = 1_000

  /// The correction of ratings that a study asks for.
  private static func responseStyle(
    _ kind: ResponseStyleDeclaration,
    _ columns: [(variable: Variable, set: MultipleResponseSet?)], _ notes: inout [String]
  ) throws(StudyError) -> ResponseStyle? {
    guard kind != .kept else { return nil }
    let ratings = columns.filter { $0.set == nil && ResponseStyle.isRating($0.variable) }
      .map(\.variable)
    guard ratings.count >= ResponseStyle.fewestColumns else {
      throw StudyError(
        code: "E0514",
        message: "scale_use takes each person's own way of rating out of ratings, and "
          + "\(ratings.count) of the active columns \(ratings.count == 1 ? "is one" : "are ratings")",
        column: "segments.scale_use",
        hint:
          "ratings are numbers, or words whose order stands under levels (levels: { column: [never, "
          + "sometimes, always] }): name at least \(ResponseStyle.fewestColumns) on one scale under "
          + "active, or take scale_use (response_style) out")
    }
    let style = ResponseStyle(kind: kind, columns: ratings.map(\.name))
    notes.append(style.note)
    let ends = ratings.map { variable -> [Double] in
      let numbers = ResponseStyle.numbers(variable).filter { !$0.isNaN }
      return [numbers.min() ?? 0, numbers.max() ?? 0]
    }
    if let first = ends.first, !ends.allSatisfy({ $0 == first }) {
      notes.append(
        "The ratings corrected for response style do not all have the same ends; a respondent's "
          + "mean over different scales means little.")
    }
    return style
  }

  private static func correct(
    _ kept: inout [(encoding: IndicatorEncoding, answers: EncodedAnswers)],
    _ asked: ResponseStyle, weights: [Double]
  ) -> ResponseStyle {
    let places = kept.indices.filter { asked.columns.contains(kept[$0].encoding.name) }
    let ratings = places.map { place -> [Double] in
      if case .numbers(let numbers) = kept[place].answers { numbers } else { [] }
    }
    // Columns that were dropped must not stay in the model's list, where slopes have their places.
    let style = ResponseStyle(
      kind: asked.kind, columns: places.map { kept[$0].encoding.name }
    ).fitted(to: ratings, weights: weights)
    for (place, numbers) in zip(places, style.corrected(ratings)) {
      kept[place].answers = .numbers(numbers)
    }
    return style
  }

  /// The columns that names stand for, each once, with the set each belongs to.
  private static func activeColumns(
    _ names: [String], in survey: Survey
  ) throws(StudyError) -> [(variable: Variable, set: MultipleResponseSet?)] {
    var columns: [(variable: Variable, set: MultipleResponseSet?)] = []
    var seen: Set<AnswerCode> = []
    for name in names {
      let question = try survey.question(name, under: "segments.active")
      for variable in question.variables where seen.insert(.text(variable.name)).inserted {
        columns.append((variable, question.set ?? survey.set(holding: variable.name)))
      }
    }
    return columns
  }

  private static func nothingLeft(
    _ dropped: [DroppedIndicator], names: [String]
  ) -> StudyError {
    if !dropped.isEmpty, dropped.allSatisfy({ $0.reason == .allMissing }) {
      return StudyError(
        code: "E0504", message: "nobody answered any of the active columns", column: names.first,
        hint: "check the missing codes, and that the columns are the right ones")
    }
    let reasons = DroppedIndicator.sentences(dropped).prefix(5).joined(separator: " ")
    return StudyError(
      code: "E0502",
      message: "no active column can tell segments apart" + (reasons.isEmpty ? "" : ": \(reasons)"),
      hint: dropped.contains { if case .rare = $0.reason { true } else { false } }
        ? "name other columns, or keep rare answers apart with --minimum-cell 1"
        : "name columns whose answers differ with --active or under segments.active")
  }

  /// How a model understands a column.
  ///
  /// - Parameters:
  ///   - encoding: How the column is encoded.
  ///   - isOrdered: Whether the model uses the order of categories; `nil` for the default, which
  ///     uses it where there are more than two.
  ///   - variance: Whether classes share the variance of numbers.
  ///   - isZeroInflated: Whether a share of each class never counts anything.
  /// - Returns: The measurement of the item.
  static func measurement(
    _ encoding: IndicatorEncoding, isOrdered: Bool? = nil,
    variance: Item.VarianceForm = .perClass, isZeroInflated: Bool = false
  ) -> Item.Measurement {
    switch encoding.form {
    case .nominal(let categories): .nominal(categories: categories.count)
    case .ordinal(let categories):
      isOrdered ?? (categories.count > 2)
        ? .ordinal(categories: categories.count, as: .adjacentCategory(scores: []))
        : .nominal(categories: categories.count)
    case .chosen: .binary
    case .numeric: .gaussian(variance: variance)
    case .count: isZeroInflated ? .zeroInflated : .poisson
    }
  }

  /// The item of a model for a column.
  static func item(
    _ encoding: IndicatorEncoding, _ answers: EncodedAnswers,
    _ model: ModelDeclaration = ModelDeclaration()
  ) -> Item {
    let measurement = measurement(
      encoding, isOrdered: model.ordinal == .nominal ? false : nil,
      variance: model.variances == .equal ? .equal : .perClass,
      isZeroInflated: model.zeroInflated.contains(encoding.name))
    let values: Item.Answers =
      switch answers {
      case .numbers(let numbers): .numbers(numbers)
      case .codes(let codes):
        encoding.categories.count < 256
          ? .codes(codes.map { UInt8($0) }) : .wideCodes(codes)
      }
    return Item(name: encoding.name, measurement: measurement, answers: values)
  }
}

extension CaseWeights {
  /// The weights of a design.
  ///
  /// - Parameter design: How respondents were drawn.
  public init(_ design: SurveyDesign) {
    switch design.kind {
    case .none: self = .none
    case .frequency: self = .frequency(design.weights)
    case .sampling: self = .sampling(design.weights)
    }
  }
}

extension StudyError {
  /// Tells what went wrong while segmenting.
  init(whileSegmenting error: any Error) {
    switch error {
    case let error as StudyError: self = error
    case let error as SegmentationError: self.init(segmentation: error)
    default: self.init(code: "E0506", message: "\(error)")
    }
  }

  /// Tells what a segmentation could not do.
  init(segmentation error: SegmentationError) {
    switch error {
    case .tooManySegments(let asked, let distinct):
      self.init(
        code: "E0505",
        message: "\(asked) segments were asked for, but only \(distinct) respondents differ in "
          + "their answers (k=\(asked), \(distinct) distinct)",
        hint: "ask for \(distinct) or fewer with --segments")
    case .nobody:
      self.init(
        code: "E0504", message: "nobody of positive weight answered an active question",
        hint: "check the weight column and the missing codes")
    default:
      self.init(code: "E0506", message: error.description)
    }
  }
}

/// A number of respondents as text, without a decimal point where it is whole.
func whole(_ count: Double) -> String { AnswerCode.number(count).text }

extension Item {
  /// The answers of some respondents.
  fileprivate func selecting(_ rows: [Int]) -> Item {
    guard rows.count < answers.count else { return self }
    let chosen: Answers =
      switch answers {
      case .codes(let codes): .codes(rows.map { codes[$0] })
      case .wideCodes(let codes): .wideCodes(rows.map { codes[$0] })
      case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
      }
    return Item(name: name, measurement: measurement, answers: chosen)
  }
}
