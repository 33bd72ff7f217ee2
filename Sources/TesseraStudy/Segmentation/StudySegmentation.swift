import TesseraMath
import TesseraSurvey

/// A survey divided into segments, with everything that follows from it.
public struct StudySegmentation: Sendable {
  /// Respondents with their memberships: what product fit works on.
  public var segmented: SegmentedSurvey
  /// The numbers of `segments.json`.
  public internal(set) var result: SegmentationResult
  /// Everything needed to assign new respondents.
  public internal(set) var model: SegmentModel
  /// The respondents used.
  public let data: StudyData
  /// Columns or sets that made the segments, as declared or guessed.
  public let active: [String]
  /// Columns or sets that only describe them.
  public let passive: [String]
  /// What other columns are for.
  public let roles: StudyRoles
  /// What else was found about the segmentation.
  public let evidence: SegmentationEvidence
  /// People of the survey who belong to no segment.
  public var unplaced: [UnplacedRespondent] = []
  /// Every number of segments that was tried; `nil` for methods that keep only one.
  public private(set) var solutions: SolutionsFile?
  /// Names that people gave and segments of this run bear, by id.
  public private(set) var givenNames: [SegmentName] = []

  /// Segments a survey as a study declares.
  ///
  /// - Parameters:
  ///   - data: The respondents.
  ///   - declaration: Active columns, number of segments, method, names.
  ///   - settings: Seed, threads, smallest cell, bootstrap replicates.
  ///   - roles: What other columns are for; reserved ones are never guessed to be active.
  ///   - survey: How the study reads columns: kept in the model, so that new files are read alike.
  ///   - previous: The model of an earlier run, used for names where none are stored.
  ///   - take: The solutions of an earlier run, of which the one called chosen is kept as it is.
  /// - Returns: Segments, largest first, each with a name.
  /// - Throws: ``StudyError`` E05xx: nobody or nothing to segment, too many segments, a bad name.
  /// - Complexity: Linear in respondents for each number of segments and start.
  public static func run(
    _ data: StudyData, _ declaration: SegmentsDeclaration, _ settings: RunSettings,
    roles: StudyRoles = .none, survey: SurveyDeclaration? = nil, previous: SegmentModel? = nil,
    take: SolutionsFile? = nil
  ) throws(StudyError) -> StudySegmentation {
    if let column = declaration.given {
      return try given(data, column, declaration, settings, roles, survey)
    }
    let encoded = try StudyEncoder.encode(data, declaration, settings, roles: roles)
    let used = data.selecting(encoded.rows)
    var task = SegmentationTask(
      encoded: encoded, data: used, declaration: declaration, settings: settings)
    if let take { try task.adopt(take) }
    var found: FoundSegments
    switch declaration.method {
    case .latentClass, .mixture: found = try LatentClassRun.run(task)
    case .kmeans: found = try KMeansRun.run(task)
    case .kmedians, .kmodes, .kprototypes, .pam, .clara, .ward, .famd, .bagged, .ensemble:
      found = try DivisionRun.run(task)
    }
    found.evidence = try EvidenceRun.completed(task, found)
    let active = declaration.active.isEmpty ? encoded.activeNames : declaration.active
    let passive =
      declaration.active.isEmpty && declaration.passive.isEmpty
      ? ActiveColumns.remaining(used, active: active, roles: roles) : declaration.passive
    let asked = try questions(used, active: active, passive: passive, roles: roles)
    let names = { (posterior: Matrix) -> SegmentNames in
      SegmentNames(
        NamingQuestions(
          ProfileContext(
            posterior: posterior, design: used.design, settings: settings, isTold: false)
        ).read(asked), segments: posterior.columns, say: roles.say)
    }
    let verdict = SegmentVerdict.judge(found, asked: declaration.count)
    let isOneGroup = verdict.kind == .oneGroup && found.posterior.columns > 1
    let proposed =
      isOneGroup
      ? SegmentNames(unnamed: found.posterior.columns).proposed : names(found.posterior).proposed
    let named = NameMatch(
      proposed, declaration, previous: previous, parameters: found.parameters, used,
      found.posterior)
    let segments = segments(
      ids: found.posterior.columnIDs, names: named.names, shares: found.shares,
      posterior: found.posterior, design: used.design)
    found.result.segments = segments
    found.result.verdict = verdict
    found.result.scaleUse = ScaleUse.find(used, encoded, found.posterior, declaration)
    found.result.basis = SegmentBasis.find(used, encoded, found.posterior)
    if found.result.errors == nil {
      found.result.errors = .byDesign(
        found.posterior, design: used.design, indicators: found.result.indicators)
    }
    found.hideCounts(task)
    found.result.warnings =
      [found.result.verdict?.warning, found.result.scaleUse?.sentence].compactMap { $0 }
      + [Self.blurred(segments, found.posterior, used.design)].compactMap { $0 }
      + (found.result.basis?.all ?? []) + used.notes + encoded.notes + found.result.warnings
      + named.warnings
      + EvidenceRun.warnings(task, found.evidence, segments) + settings.unprotected
    found.result.nameWarnings = named.warnings
    if let take {
      found.result.selection = take.solution(take.chosen)?.model.result.selection ?? []
      found.result.recommendation.insert(
        "\(take.chosen) segments: a person chose this number; the rule chooses \(take.byRule).",
        at: 0)
    }
    func model(
      _ result: SegmentationResult, _ parameters: SegmentModel.Parameters,
      evidence: JSONValue = .object([])
    ) -> SegmentModel {
      SegmentModel(
        result: result, indicators: encoded.indicators, covariates: encoded.covariates,
        parameters: parameters,
        survey: survey?.kept(
          for: encoded.indicators, covariates: encoded.covariates, scales: data.scales),
        style: encoded.style, evidence: evidence)
    }
    var solutions = take?.naming(segments)
    if take == nil, !found.solutions.isEmpty {
      solutions = SolutionsFile(
        found.solutions.map { one in
          let isChosen = one.posterior.columns == segments.count
          let own = names(one.posterior)
          var result = isChosen ? found.result : one.result
          result.segments =
            isChosen
            ? segments
            : Self.segments(
              ids: one.posterior.columnIDs, names: own.proposed, shares: one.shares,
              posterior: one.posterior, design: used.design)
          return SolutionsFile.Solution(
            model: model(result, one.parameters), traits: own.traits)
        }, chosen: segments.count, byRule: segments.count)
    }
    return StudySegmentation(
      segmented: SegmentedSurvey(
        survey: used.survey, design: used.design, sourceRows: used.sourceRows, segments: segments,
        posterior: found.posterior, resegmenter: found.resegmenter),
      result: found.result,
      model: model(
        found.result, found.parameters, evidence: found.evidence.json(segments)),
      data: used, active: active, passive: passive, roles: roles, evidence: found.evidence,
      unplaced: UnplacedRespondent.all(in: data, without: encoded), solutions: solutions,
      givenNames: named.given)
  }

  /// Adopts the segments of a column.
  private static func given(
    _ data: StudyData, _ column: String, _ declaration: SegmentsDeclaration,
    _ settings: RunSettings, _ roles: StudyRoles, _ survey: SurveyDeclaration?
  ) throws(StudyError) -> StudySegmentation {
    let found = try GivenSegments.read(data, column: column)
    let ids = found.segments.map(\.code.text)
    let known = declaration.known.flatMap { stored -> NamesFile? in
      // The codes of one column stay what they are.
      if case .given(column, _) = stored.model.parameters { stored } else { nil }
    }
    let stored = known?.without(takenBackBy: declaration.names) ?? []
    let names = found.segments.map { category in
      let id = category.code.text
      let declared = declaration.names.first { $0.id == id }
      let isNew = declared.map { !(known?.declared.contains($0) ?? false) } ?? false
      return (isNew ? declared : stored.first { $0.id == id } ?? declared)?.name ?? category.label
    }
    let segments = segments(
      ids: ids, names: names, shares: found.shares, posterior: found.posterior,
      design: found.data.design)
    var result = SegmentationResult(
      method: "given", seed: settings.seed, respondents: found.data.design.respondents,
      weightedRespondents: found.data.weightSum,
      effectiveSampleSize: found.data.design.effectiveSampleSize, segments: segments)
    result.verdict = .given(segments.count)
    result.warnings = data.notes + [found.note].compactMap { $0 } + settings.unprotected
    result.errors = .byDesign(found.posterior, design: found.data.design, indicators: [])
    var indicators: [IndicatorEncoding] = []
    if !declaration.active.isEmpty {
      var plain = declaration
      plain.covariates = []
      let encoded = try StudyEncoder.encode(
        found.data, plain, settings, roles: roles, includingSilent: true)
      indicators = encoded.indicators
      result.indicators = encoded.tallied(found.posterior, weights: found.data.design.weights)
      result.warnings += encoded.notes
    }
    let passive =
      declaration.active.isEmpty && declaration.passive.isEmpty
      ? ActiveColumns.remaining(found.data, active: [column], roles: roles)
      : declaration.passive
    return StudySegmentation(
      segmented: SegmentedSurvey(
        survey: found.data.survey, design: found.data.design, sourceRows: found.data.sourceRows,
        segments: segments, posterior: found.posterior, resegmenter: nil),
      result: result,
      model: SegmentModel(
        result: result, indicators: indicators, covariates: [],
        parameters: .given(column: column, values: found.segments.map(\.code)),
        survey: survey?.kept(
          for: indicators, covariates: [], column: column, scales: found.data.scales)),
      data: found.data, active: declaration.active, passive: passive, roles: roles,
      evidence: SegmentationEvidence())
  }

  /// Share by which what the model gives a segment and who is most like it may differ untold.
  private static let mostBlur = 0.05

  /// That shares and numbers of people differ, where members are hard to tell; `nil` where they do not.
  private static func blurred(
    _ segments: [Segment], _ posterior: Matrix, _ design: SurveyDesign
  ) -> String? {
    var likest = [Double](repeating: 0, count: segments.count)
    var all = 0.0
    for (row, segment) in posterior.likeliest.enumerated() where segment >= 0 {
      likest[segment] += design.weights[row]
      all += design.weights[row]
    }
    guard all > 0,
      let place = segments.indices.max(by: {
        abs(likest[$0] / all - segments[$0].share) < abs(likest[$1] / all - segments[$1].share)
      }), abs(likest[place] / all - segments[place].share) > mostBlur
    else { return nil }
    let one = segments[place]
    return
      "Members are hard to tell: by the model \(one.name) is \(decimal(100 * one.share, 0))% of people, "
      + "but \(decimal(100 * likest[place] / all, 0))% are most like it. Shares are the model's; n counts those "
      + "who are most like a segment."
  }

  private static func segments(
    ids: [String], names: [String], shares: [Double], posterior: Matrix, design: SurveyDesign
  ) -> [Segment] {
    var members = [Double](repeating: 0, count: ids.count)
    for (row, segment) in posterior.likeliest.enumerated() {
      members[segment] += design.heads(row)
    }
    return ids.indices.map {
      Segment(id: ids[$0], name: names[$0], share: shares[$0], respondents: members[$0])
    }
  }

  /// The questions from which names are made, active ones first.
  private static func questions(
    _ data: StudyData, active: [String], passive: [String], roles: StudyRoles
  ) throws(StudyError) -> [Descriptor] {
    var labels = StudyRoles.none
    labels.labels = roles.labels
    return try DescriptorReader(
      data.survey, active: active, passive: passive, roles: labels
    ).descriptors
  }
}

extension StudySegmentation {
  /// Tells who the segments are.
  ///
  /// - Parameter settings: Smallest cell, small base, threads.
  /// - Returns: A profile for each segment.
  /// - Throws: ``StudyError`` if a name is unknown.
  public func profile(_ settings: RunSettings) throws(StudyError) -> ProfileResult {
    try StudyProfile.profile(
      segmented, active: active, passive: passive, roles: roles, settings: settings,
      sampling: result)
  }
}

extension SegmentationTask {
  /// Keeps a solution of an earlier run.
  ///
  /// - Parameter solutions: The earlier run's, with the number that is taken.
  /// - Throws: ``StudyError`` E0522 if answers enter the model in another way now.
  fileprivate mutating func adopt(_ solutions: SolutionsFile) throws(StudyError) {
    guard let model = solutions.solution(solutions.chosen)?.model,
      model.indicators == encoded.indicators, model.covariates == encoded.covariates,
      model.result.respondents == data.design.respondents
    else {
      throw StudyError(
        code: "E0522",
        message: "the survey or its active questions have changed since the solutions were written",
        column: SolutionsFile.name, hint: "run the study without --take first")
    }
    taken = model
    declaration.count = .exactly(solutions.chosen)
  }
}

extension Matrix {
  /// The ids of segments in its columns.
  fileprivate var columnIDs: [String] { (0..<columns).map { "S\($0 + 1)" } }
}
