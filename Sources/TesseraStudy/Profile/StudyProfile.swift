import TesseraMath

/// Tells who the segments are.
public enum StudyProfile {
  /// An adjusted p below this is a discovery.
  static let significance = 0.05
  /// Smaller effects set no segment apart (Cohen's "small").
  static let smallEffect = 0.2

  /// Profiles segments over active, passive and other questions.
  ///
  /// Shares and means are weighted by design weight and by the chance of membership; for questions
  /// that took no part in making the segments, misplacement is corrected (BCH) unless that would
  /// give a segment a negative share (``SegmentEstimator``). Each segment is tested against all others: shares by Rao and Scott's second-order F, means by a linearised
  /// t, with adjustment over all questions and segments (Benjamini-Hochberg). Cells of few
  /// respondents are hidden so that no subtraction gives them back.
  ///
  /// - Parameters:
  ///   - segmented: Respondents and segments.
  ///   - active: Columns or sets that made the segments.
  ///   - passive: Columns or sets that only describe them.
  ///   - roles: Values, channels and needs.
  ///   - settings: Smallest cell, small base, threads.
  ///   - sampling: The segmentation's own result, whose errors are told; `nil` for errors of the
  ///     shares by design alone.
  /// - Returns: A profile for each segment.
  /// - Throws: ``StudyError`` if a name is unknown.
  /// - Complexity: O(respondents · questions · segments²).
  public static func profile(
    _ segmented: SegmentedSurvey, active: [String], passive: [String], roles: StudyRoles = .none,
    settings: RunSettings, sampling: SegmentationResult? = nil
  ) throws(StudyError) -> ProfileResult {
    let reader = try DescriptorReader(
      segmented.survey, active: active, passive: passive, roles: roles)
    let context = ProfileContext(
      posterior: segmented.posterior, design: segmented.design, settings: settings, isTold: true)
    let estimator = SegmentEstimator(
      posterior: segmented.posterior, design: segmented.design)
    let corrected = estimator.corrected.map { ProfileContext(context, posterior: $0) }
    let descriptors = reader.descriptors
    let all = settings.workers.map(descriptors.count) { position in
      VariableTally(descriptors[position], context, corrected: corrected, estimator)
    }
    let told = descriptors.indices.filter { !all[$0].profiles.isEmpty }
    let tallies = told.map { all[$0] }
    // Sensitive columns describe nobody, in a combination least of all.
    let plain = told.indices.filter { !context.sensitive.contains(descriptors[told[$0]].name) }
    let rare = all.reduce(0) { $0 + $1.rareAnswers }
    let pValues = tallies.flatMap { tally in tally.profiles.map(\.pValue) }
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(pValues)
    let strict = MultipleTesting.benjaminiYekutieli.adjusted(pValues)
    let count = segmented.segments.count
    let errors =
      sampling?.errors
      ?? .byDesign(segmented.posterior, design: segmented.design, indicators: [])
    let answers = AnswerErrors(sampling)
    var profiles: [SegmentProfile] = []
    for (segment, known) in segmented.segments.enumerated() {
      var variables: [VariableProfile] = []
      for (position, tally) in tallies.enumerated() {
        var variable = tally.profiles[segment]
        if variable.role == .active { answers.fill(&variable, segment: segment) }
        variable.pAdjusted = adjusted[position * count + segment]
        variable.distinctive =
          (variable.pAdjusted.map { $0 < significance } ?? variable.isApartByInterval)
          && abs(variable.effectSize ?? 0) >= smallEffect && !variable.smallBase
        variables.append(variable)
      }
      let distinctive = Set(variables.indices.filter { variables[$0].distinctive })
      // Sensitive columns take no part in what is said of people.
      let traits = plain.filter { distinctive.contains($0) }.flatMap { position in
        tallies[position].traits[segment].map {
          $0.completed(by: variables[position].categories, say: roles.say)
        }
      }
      profiles.append(
        SegmentProfile(
          id: known.id, name: known.name, share: known.share,
          shareInterval: errors.shares[segment], shareMethod: errors.method,
          respondents: known.respondents,
          description: SegmentDescription.sentences(traits, variables, isOnly: count == 1),
          variables: variables,
          sentence: SegmentDescription.headline(
            traits, variables, share: known.share, isOnly: count == 1),
          markers: SegmentMarker.best(traits, segmentShare: known.share),
          typical: TypicalAnswer.real(
            plain.map { descriptors[told[$0]] }, plain.map { variables[$0] },
            members: context.labels.indices.filter { context.labels[$0] == segment }),
          traits: SegmentDescription.portrait(traits)))
    }
    return ProfileResult(
      segments: profiles,
      notes: reader.notes
        + notes(
          profiles, pValues: pValues, adjusted: adjusted, strict: strict, rareAnswers: rare,
          settings: settings)
        + [errors.sentence])
  }

  private static func notes(
    _ profiles: [SegmentProfile], pValues: [Double?], adjusted: [Double?], strict: [Double?],
    rareAnswers: Int, settings: RunSettings
  ) -> [String] {
    var notes: [String] = []
    let tests = pValues.count { $0 != nil }
    if tests > 0 {
      let found = adjusted.count { ($0 ?? 1) < significance }
      let sure = strict.count { ($0 ?? 1) < significance }
      notes.append(
        "Each segment is tested against all others: \(tests) tests by design, \(found) of them "
          + "below 5% after adjustment (Benjamini-Hochberg), \(sure) whatever their dependence "
          + "(Benjamini-Yekutieli).")
      notes.append(
        "Tests on active variables are circular: the segments were made to differ in them.")
    }
    notes += settings.privacy.sentences(
      minimum: settings.minimumCell, small: settings.smallBase)
    if rareAnswers > 0 {
      notes.append(
        "\(rareAnswers) \(rareAnswers == 1 ? "answer" : "answers") of fewer than "
          + "\(settings.minimumCell) people each \(rareAnswers == 1 ? "is" : "are") left out.")
    }
    return notes
  }
}

extension VariableProfile {
  /// Whether everybody's share of an answer lies outside the segment's interval: what is left to judge
  /// by where a chance of 0 or 1 leaves no test.
  fileprivate var isApartByInterval: Bool {
    categories.contains { answer in
      guard let interval = answer.interval, let total = answer.totalShare else { return false }
      return total < interval.low || total > interval.high
    }
  }
}
