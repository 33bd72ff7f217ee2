import TesseraMath
import TesseraSurvey

extension StudySegmentation {
  /// The segments of a finished run under other names, from its own files: nothing is fitted.
  ///
  /// Memberships follow from the stored parameters and are those of the run to the last bit. Evidence
  /// is taken as the model's file tells it.
  ///
  /// - Parameters:
  ///   - data: The respondents, as the run read them.
  ///   - declaration: What the study declares.
  ///   - settings: Smallest cell, threads.
  ///   - roles: What columns are for.
  ///   - model: The run's model, with the new names.
  ///   - solutions: Every number of segments that the run tried, where it kept them.
  ///   - given: Those of the names that people gave.
  /// - Returns: The segments, without replicates; `nil` where the files do not hold all that outputs
  ///   tell, so that the run has to be made again.
  /// - Complexity: O(respondents × indicators × segments).
  public static func restored(
    _ data: StudyData, _ declaration: SegmentsDeclaration, _ settings: RunSettings,
    roles: StudyRoles, model: SegmentModel, solutions: SolutionsFile?, given: [SegmentName]
  ) -> StudySegmentation? {
    guard declaration.given == nil, !declaration.evidence.writesFlags,
      declaration.method.placesItsOwnPeople,
      let evidence = SegmentationEvidence(stored: model.evidence, segments: model.segments),
      let encoded = try? StudyEncoder.encode(data, declaration, settings, roles: roles),
      model.indicators == encoded.indicators, model.covariates == encoded.covariates,
      let placed = try? Assigner(model).assign(data.survey, workers: settings.workers)
    else { return nil }
    let rows = placed.reasons.indices.filter { placed.reasons[$0] == nil }
    let used = data.selecting(rows)
    guard rows == encoded.rows, used.design.respondents == model.result.respondents else {
      return nil
    }
    var posterior = Matrix(rows: rows.count, columns: model.segments.count)
    for (place, row) in rows.enumerated() {
      for segment in model.segments.indices {
        posterior[place, segment] = placed.posterior[row, segment]
      }
    }
    let isGuessed = declaration.active.isEmpty
    let active = isGuessed ? encoded.activeNames : declaration.active
    return StudySegmentation(
      segmented: SegmentedSurvey(
        survey: used.survey, design: used.design, sourceRows: used.sourceRows,
        segments: model.segments, posterior: posterior, resegmenter: nil),
      result: model.result, model: model, data: used, active: active,
      passive: isGuessed && declaration.passive.isEmpty
        ? ActiveColumns.remaining(used, active: active, roles: roles) : declaration.passive,
      roles: roles, evidence: evidence,
      unplaced: UnplacedRespondent.all(in: data, without: encoded),
      solutions: solutions?.naming(model.segments), givenNames: given)
  }
}

extension SegmentationMethod {
  /// Whether a model of it places the people it was made from as the method itself did.
  var placesItsOwnPeople: Bool {
    switch self {
    case .latentClass, .mixture, .kmeans, .kmedians, .kmodes, .kprototypes, .pam, .clara: true
    case .ward, .famd, .bagged, .ensemble: false
    }
  }
}

extension SegmentModel {
  /// The same model under other names, without what was said of the names before.
  ///
  /// - Parameter names: A name for every segment.
  /// - Returns: The model.
  public func naming(_ names: [SegmentName]) -> SegmentModel {
    var result = result
    for place in result.segments.indices {
      if let name = names.first(where: { $0.id == result.segments[place].id })?.name {
        result.segments[place].name = name
      }
    }
    result.warnings.removeAll { result.nameWarnings.contains($0) }
    result.nameWarnings = []
    return SegmentModel(
      result: result, indicators: indicators, covariates: covariates, parameters: parameters,
      survey: survey, style: style, evidence: evidence)
  }
}
