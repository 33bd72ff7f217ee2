package import TesseraStudy

extension FitModel {
  /// Binds a study's catalogue to the respondents of a survey.
  ///
  /// - Parameters:
  ///   - source: What the study declares.
  ///   - segmented: Its respondents and their segments.
  ///   - minimumCell: A need that fewer people ticked weighs nothing, so that none of them is told of.
  /// - Returns: A model in which every name was found and every level checked.
  /// - Throws: `StudyError` E0601 to E0610, with the line and the nearest name.
  package static func bind(
    _ source: FitSource, _ segmented: SegmentedSurvey, minimumCell: Int = 1
  ) throws(StudyError) -> FitModel {
    let catalogue =
      source.products == nil
      ? .none : try CatalogueBinder(source: source).catalogue()
    var warnings = catalogue.warnings
    guard source.file.rho.isFinite, source.file.rho <= 1 else {
      throw source.error(
        "E0610", "rho must be a number of at most 1", at: "rho",
        hint: "1 is the compensatory mean; smaller values punish unmet needs more")
    }
    let answers = AnswerBinder(
      source: source, segmented: segmented, minimumCell: minimumCell)
    let respondents = try answers.respondents(features: catalogue.features, warnings: &warnings)
    guard source.file.needs.isEmpty || respondents.isUsable.contains(true) else {
      throw source.error(
        "E0608", "no respondent gives any need any weight", at: "needs",
        hint: "check the importance columns and need_scale")
    }
    let barriers = try answers.barriers(features: catalogue.features, warnings: &warnings)
    return FitModel(
      needs: source.file.needs.map {
        FitNeed(
          name: $0.name, label: $0.label, combine: $0.combine,
          isSatisfactionAsked: $0.satisfaction != nil)
      },
      features: catalogue.features, products: catalogue.products,
      relations: catalogue.relations, barriers: barriers, edits: catalogue.edits,
      rho: source.file.rho, respondents: respondents, warnings: warnings)
  }
}
