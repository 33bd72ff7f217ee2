import TesseraMath
import TesseraSegmentation
import TesseraSurvey

extension ResponseQuality {
  /// Share of respondents flagged as outliers where the model is right.
  static let outlierShare = 0.001
  /// Rows of fewer questions are ticked alike by many with good reason.
  private static let shortestGrid = 5
  /// Segments larger than this that say yes throughout are no fault.
  private static let largestYesSayers = 0.15
  /// Times as many members as others choose, and how much more of all there are, at least.
  private static let yesSayersRatio = 1.75
  private static let yesSayersExcess = 0.25

  /// Looks for odd respondents.
  ///
  /// Answers are odd where their log-likelihood, standardised by that of sets drawn from the model
  /// with the same gaps, is below the 0.1% point of those sets.
  ///
  /// - Parameters:
  ///   - model: A model of answers.
  ///   - task: The study's answers.
  ///   - indicators: What each segment answers.
  ///   - shares: Share of each segment.
  /// - Returns: Counts, and flags by row.
  /// - Throws: ``SegmentationError`` if model and answers do not go together.
  /// - Complexity: O(respondents · indicators · segments), with draws for 5,000 respondents at most.
  static func find(
    _ model: LatentClassModel, _ task: SegmentationTask, indicators: [IndicatorResult],
    shares: [Double]
  ) throws(SegmentationError) -> ResponseQuality {
    let table = task.encoded.table
    let items = zip(table.items, model.items).map {
      Item(name: $0.name, measurement: $1.measurement, answers: $0.answers)
    }
    // Every row once: what is looked at are kinds of answers, counted afterwards.
    let plain = try ItemTable(
      respondentCount: table.respondentCount, items: items, covariates: table.covariates)
    let observed = try model.logLikelihoods(of: plain)
    let bare = LatentClassModel(
      prevalence: model.prevalence, items: Array(model.items.prefix(items.count)),
      blocks: model.blocks, directEffects: model.directEffects, membership: model.membership)
    let scored = model.modelledGaps.isEmpty ? observed : try bare.logLikelihoods(of: plain)
    let expected = try ExpectedLikelihood(
      bare, plain, stream: task.stream(.quality), workers: task.settings.workers)
    let bound = Descriptive.quantile(outlierShare, of: expected.nulls) ?? -.infinity
    let heads = task.data.design.heads
    let isOutlier = scored.indices.map {
      scored[$0] - expected.means[$0] < bound * expected.spreads[$0]
    }
    let grids = grids(task.data.survey, task.encoded)
    let flagged = straightLiners(task.data.survey, grids)
    return ResponseQuality(
      outliers: heads.indices.reduce(0) { $0 + (isOutlier[$1] ? heads[$1] : 0) },
      expectedOutliers: outlierShare * heads.reduce(0, +),
      straightLiners: heads.indices.reduce(0) { $0 + (flagged[$1] ? heads[$1] : 0) },
      grids: grids, isOutlier: isOutlier, isStraightLiner: flagged,
      yesSayers: yesSayers(indicators, shares))
  }

  /// Rows of active questions with one scale of three or more answers.
  private static func grids(_ survey: Survey, _ encoded: EncodedStudy) -> [[String]] {
    var groups: [(scale: [Category], names: [String])] = []
    for indicator in encoded.indicators where indicator.set == nil {
      guard let variable = survey[indicator.name], variable.level == .ordinal else { continue }
      let scale = variable.categories
      guard scale.count >= 3 else { continue }
      let isSame = { (other: [Category]) in
        other.map(\.code) == scale.map(\.code) && other.map(\.label) == scale.map(\.label)
      }
      if let place = groups.firstIndex(where: { isSame($0.scale) }) {
        groups[place].names.append(indicator.name)
      } else {
        groups.append((scale, [indicator.name]))
      }
    }
    return groups.map(\.names).filter { $0.count >= shortestGrid }
  }

  private static func straightLiners(_ survey: Survey, _ grids: [[String]]) -> [Bool] {
    var flags = [Bool](repeating: false, count: survey.respondentCount)
    for grid in grids {
      let columns = grid.compactMap { survey[$0] }.map { CategoricalAnswers($0) }
      guard let first = columns.first else { continue }
      for row in flags.indices {
        let position = first.column.position(row)
        guard position > 0 else { continue }
        let code = first.categories[position - 1].code
        let isStraight = columns.dropFirst().allSatisfy { answers in
          let position = answers.column.position(row)
          return position > 0 && answers.categories[position - 1].code == code
        }
        if isStraight { flags[row] = true }
      }
    }
    return flags
  }

  /// Small segments that choose far more than the others do, and more of nearly every member.
  ///
  /// What counts as much is relative: where others tick few, ticking half of all is yea-saying.
  private static func yesSayers(_ indicators: [IndicatorResult], _ shares: [Double]) -> [Int] {
    let ticks = indicators.compactMap { one -> (indicator: IndicatorResult, yes: Int)? in
      if one.level == "multiple" { return (one, max(0, (one.bySegment.first?.count ?? 1) - 1)) }
      // A yes-or-no question of its own is a tick as well.
      guard one.categories.count == 2 else { return nil }
      return one.categories.firstIndex(where: SetBinding.saysYes).map { (one, $0) }
    }
    guard ticks.count >= 5, shares.count > 1 else { return [] }
    let chosen = ticks.map { tick in
      tick.indicator.bySegment.map { $0.indices.contains(tick.yes) ? $0[tick.yes] : 0 }
    }
    return shares.indices.filter { segment in
      guard shares[segment] < largestYesSayers else { return false }
      let rest = 1 - shares[segment]
      let others = chosen.map { item in
        shares.indices.reduce(0) { $0 + ($1 == segment ? 0 : shares[$1] * item[$1]) } / rest
      }
      let own = chosen.reduce(0) { $0 + $1[segment] }
      let usual = others.reduce(0, +)
      let more = zip(chosen, others).count { $0[segment] > $1 }
      return own >= yesSayersRatio * usual
        && own - usual >= yesSayersExcess * Double(ticks.count)
        && Double(more) >= 0.9 * Double(ticks.count)
    }
  }
}
