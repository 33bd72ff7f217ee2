import TesseraMath
import TesseraSurvey

/// Makes tables of questions by a banner.
public enum StudyTables {
  /// Tabulates questions.
  ///
  /// Figures are weighted; segment columns are estimated by posterior probabilities for questions that
  /// made the segments, and by memberships corrected for misplacement (BCH) for all others. Columns of
  /// a group are tested against each other by a linearised *t* test on the sampling units behind
  /// them, the same as a regression on the group in a survey package.
  ///
  /// - Parameters:
  ///   - declared: Banner and stub.
  ///   - data: The respondents' answers and how they were drawn.
  ///   - segmented: The same respondents in segments; `nil` without segments.
  ///   - active: Columns or sets that made the segments.
  ///   - roles: What columns are for.
  ///   - title: What the study is called.
  ///   - settings: Privacy, smallest groups, threads.
  ///   - allowed: Columns that look like personal data and may be shown.
  ///   - options: Levels, adjustment, order.
  /// - Returns: The tables, with what could not be made.
  /// - Throws: ``StudyError`` for names that are unknown or make no columns.
  /// - Complexity: O(questions · respondents · pairs of columns that a respondent is in).
  /// - Reference: Lumley (2010), *Complex Surveys*, chapter 2; Rao & Scott (1984), *Annals of
  ///   Statistics* 12(1), 46-60; Hundepool et al. (2012), *Statistical Disclosure Control*, chapter 4.
  public static func make(
    _ declared: TablesDeclaration, data: StudyData, segmented: SegmentedSurvey?,
    active: [String], roles: StudyRoles, title: String, settings: RunSettings,
    allowed: [String] = [], options: TablesSettings = TablesSettings()
  ) throws(StudyError) -> TablesResult {
    let data = segmented.map { data.over($0) } ?? data
    let stub = try Stub(
      declared, data: data, active: active, roles: roles, settings: settings,
      allowed: allowed)
    for entry in declared.banner {
      for name in entry.names where !allowed.contains(name) {
        guard let variable = data.survey[name], StudyNameCheck.looksPersonal(variable) else {
          continue
        }
        throw StudyError(
          code: "E0416",
          message: "'\(DisplayText.escaped(name))' looks like personal data and makes no banner",
          column: name, hint: "take it out, or say allow_personal: [\(name)] in the study")
      }
    }
    let banner = try Banner(
      declared.banner, survey: data.survey,
      segments: segmented.map { ($0.segments, $0.posterior) }, design: data.design,
      settings: settings, labels: StudyRoles())
    let maker = TableMaker(banner, data.design, settings, options)
    let made = settings.workers.map(stub.questions.count) { maker.table(stub.questions[$0]) }
    let rules = settings.privacy.sentences(
      minimum: settings.minimumCell, small: settings.smallBase)
    return TablesResult(
      title: title, isWeighted: maker.design.isWeighted, groups: banner.groups,
      columns: banner.columns, tables: made.compactMap(\.table),
      notes: options.sentences(maker.design) + rules,
      warnings: banner.warnings + stub.notes + made.compactMap(\.note))
  }
}

extension StudyData {
  /// The same data with the respondents that have segments.
  func over(_ segmented: SegmentedSurvey) -> StudyData {
    StudyData(
      survey: segmented.survey, design: segmented.design, weightSum: weightSum,
      sourceRows: segmented.sourceRows, notes: notes, reserved: reserved)
  }
}
