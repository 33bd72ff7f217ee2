package import TesseraMath
package import TesseraSurvey

/// How figures by segment are estimated: decided once for each question, over the segments, so that
/// profiles, tables, filters and channels show the same numbers.
///
/// Questions that formed the segments go by posterior probabilities; all others by memberships freed
/// from the errors of placing (BCH), or by posterior probabilities where BCH would give a segment a
/// negative share of an answer.
package struct SegmentEstimator: Sendable {
  /// How a question is estimated, and why.
  package enum Way: Sendable, Equatable {
    /// By posterior probabilities: it formed the segments.
    case active
    /// By membership, which is certain, as that of given segments: there is nothing to choose.
    case certain
    /// By posterior probabilities: placing says too little to be undone.
    case uncorrected
    /// By posterior probabilities: corrected shares would be negative.
    case negative
    /// By corrected memberships (BCH).
    case corrected
  }

  /// Respondents × segments.
  package let posterior: Matrix
  /// The same freed from the errors of placing; `nil` where that cannot be done.
  package let corrected: Matrix?
  private let weights: [Double]
  private let isCertain: Bool

  /// Corrects memberships.
  ///
  /// - Parameters:
  ///   - posterior: Respondents × segments.
  ///   - design: How respondents were drawn.
  /// - Complexity: O(respondents · segments + segments³).
  package init(posterior: Matrix, design: SurveyDesign) {
    self.posterior = posterior
    weights = design.weights
    isCertain = posterior.values.allSatisfy { $0 == 0 || $0 == 1 }
    corrected =
      posterior.columns > 1 && !isCertain
      ? MembershipCorrection.bch(posterior, labels: posterior.likeliest, weights: weights) : nil
  }

  /// How a question is estimated.
  ///
  /// - Parameters:
  ///   - question: The question without answers that are too rare to be shown.
  ///   - isActive: Whether it formed the segments.
  /// - Returns: The way, for all of its answers.
  /// - Complexity: O(respondents · segments · answers of a set).
  package func way(of question: Descriptor, isActive: Bool) -> Way {
    if isCertain { return .certain }
    if isActive { return .active }
    guard let corrected else { return .uncorrected }
    switch (question.asCodes ?? question).content {
    case .numbers: return .corrected
    case .categories(let categories, let positions):
      return isNegative(positions, categories.count, corrected) ? .negative : .corrected
    case .members(let members):
      return members.contains { isNegative($0.positions, 2, corrected) } ? .negative : .corrected
    }
  }

  /// The memberships that a question is estimated by.
  package func memberships(_ way: Way) -> Matrix {
    way == .corrected ? corrected ?? posterior : posterior
  }

  private func isNegative(_ positions: [Int], _ answers: Int, _ memberships: Matrix) -> Bool {
    let segments = memberships.columns
    var sums = [Double](repeating: 0, count: segments * answers)
    for (row, position) in positions.enumerated() where position > 0 {
      for segment in 0..<segments {
        sums[(position - 1) * segments + segment] += weights[row] * memberships[row, segment]
      }
    }
    return sums.contains { $0 < -1e-9 }
  }
}

/// How columns that readers meet one by one, such as channels, are estimated: as the question they
/// belong to.
package struct ColumnEstimator {
  private let survey: Survey
  private let estimator: SegmentEstimator
  private let active: Set<AnswerCode>
  private let settings: RunSettings
  private let heads: [Double]

  /// Prepares columns of a segmented survey.
  ///
  /// - Parameters:
  ///   - segmented: Respondents and segments.
  ///   - active: Columns or sets that made the segments.
  ///   - settings: The smallest group that is shown.
  package init(_ segmented: SegmentedSurvey, active: [String], settings: RunSettings) {
    survey = segmented.survey
    estimator = SegmentEstimator(
      posterior: segmented.posterior, design: segmented.design)
    self.active = Set(
      active.flatMap { name in
        segmented.survey.sets.first { $0.name.utf8.elementsEqual(name.utf8) }?.members ?? [name]
      }.map { AnswerCode.text($0) })
    self.settings = settings
    heads = (0..<segmented.survey.respondentCount).map(segmented.design.heads)
  }

  /// The memberships of some columns, one for each.
  ///
  /// - Parameter names: Columns.
  /// - Returns: Respondents × segments for each; posterior probabilities for columns of other kinds.
  package func memberships(_ names: [String]) -> [Matrix] {
    ways(names).map(estimator.memberships)
  }

  /// How some columns are estimated, one for each.
  ///
  /// - Parameter names: Columns.
  /// - Returns: A way for each; ``SegmentEstimator/Way/active`` for columns of other kinds.
  package func ways(_ names: [String]) -> [SegmentEstimator.Way] {
    var known: [String: SegmentEstimator.Way] = [:]
    return names.map { name in
      let question = survey.set(holding: name)?.name ?? name
      if let found = known[question] { return found }
      let found = way(ofQuestion: question)
      known[question] = found
      return found
    }
  }

  /// The memberships of a way.
  package func memberships(_ way: SegmentEstimator.Way) -> Matrix { estimator.memberships(way) }

  /// The memberships of the steps of a funnel, which are one question.
  ///
  /// - Parameter steps: 0/1 columns, first step first.
  /// - Returns: Respondents × segments.
  package func memberships(ofFunnel steps: [String]) -> Matrix {
    let members = steps.compactMap { survey[$0] }.map { column in
      Descriptor.Member(
        name: column.name, label: "",
        positions: column.numbers.map { $0.isNaN ? 0 : $0 == 1 ? 2 : 1 })
    }
    return estimator.memberships(
      way(
        Descriptor(
          name: "funnel", label: "", level: "multiple", role: .passive, content: .members(members)),
        isStrict: steps.contains(where: settings.isStrict)))
  }

  private func way(_ question: Descriptor, isStrict: Bool) -> SegmentEstimator.Way {
    let names =
      if case .members(let members) = question.content { members.map(\.name) } else {
        [question.name]
      }
    let shown =
      question.withoutRare(
        minimum: Double(settings.minimumCell), heads: heads, keepsAll: isStrict
      ).question ?? question
    return estimator.way(of: shown, isActive: names.contains { active.contains(.text($0)) })
  }

  private func way(ofQuestion name: String) -> SegmentEstimator.Way {
    let read = try? DescriptorReader(survey, active: [], passive: [name], roles: StudyRoles.none)
    guard let question = read?.descriptors.first else { return .active }
    return way(question, isStrict: settings.isStrict(name))
  }
}
