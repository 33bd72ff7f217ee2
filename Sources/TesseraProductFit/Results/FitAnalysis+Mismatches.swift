import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// Where products fail segments, worst first.
  ///
  /// A mismatch is a mean loss of at least 3 points whose one-sided test against 1 point survives
  /// Benjamini and Hochberg's control at 5% over all segments, products and causes. A loss without a
  /// standard error has no test.
  func mismatches() -> [Mismatch] {
    let freedom = estimator.units.degreesOfFreedom
    guard freedom > 0 else { return [] }
    let student = StudentDistribution(degreesOfFreedom: freedom)
    var places: [(segment: Int, product: Int, loss: Int)] = []
    var tests: [Double?] = []
    for segment in 0..<segments where !suppression.isHidden[segment] {
      for product in model.products.indices {
        for (number, loss) in losses.losses[product].enumerated() {
          let error = loss.errors[segment]
          places.append((segment, product, number))
          tests.append(
            error.isFinite && error > 0
              ? student.survival((loss.means[segment] - 1) / error) : nil)
        }
      }
    }
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(tests)
    var found: [(place: Int, mismatch: Mismatch)] = []
    for (number, place) in places.enumerated() {
      let loss = losses.losses[place.product][place.loss]
      guard let p = adjusted[number], p <= 0.05,
        loss.means[place.segment] >= LossTable.threshold
      else { continue }
      if let mismatch = mismatch(loss, place.segment, place.product, p) {
        found.append((number, mismatch))
      }
    }
    return found.sorted {
      $0.mismatch.points > $1.mismatch.points
        || ($0.mismatch.points == $1.mismatch.points && $0.place < $1.place)
    }.map(\.mismatch)
  }

  /// A loss told as a mismatch; `nil` where the level is unknown, which is no failure.
  private func mismatch(_ loss: Loss, _ segment: Int, _ product: Int, _ p: Double) -> Mismatch? {
    let levels = model.products[product].levels
    let share = loss.affected[segment]
    let points = loss.means[segment]
    let cause: Mismatch.Cause
    let feature: FitFeature?
    let needed: String
    let middle: String
    switch loss.cause {
    case .need(let need, let number):
      if levels[number].isNaN { return nil }
      let isHelping = model.relations[need, number] > 0
      feature = model.features[number]
      needed = model.features[number].needed(isHelping: isHelping)
      cause = .need(model.needs[need].name)
      middle =
        "\(model.features[number].sentence(levels[number])); \(percent(share)) need \(needed) "
        + "(\(model.needs[need].label))."
    case .barrier(let number):
      let barrier = model.barriers[number]
      cause = .barrier(barrier.name)
      if let remedy = barrier.remedy {
        if levels[remedy.feature].isNaN { return nil }
        feature = model.features[remedy.feature]
        needed = remedy.text
        middle =
          "\(model.features[remedy.feature].sentence(levels[remedy.feature])); "
          + "\(percent(share)) need \(needed) (\(barrier.label))."
      } else {
        feature = nil
        needed = ""
        middle = "\(percent(share)) are stopped by \(barrier.label)."
      }
    }
    let level = feature.flatMap { feature in
      model.features.firstIndex(of: feature).map { feature.text(levels[$0]) }
    }
    return Mismatch(
      segment: segmented.segments[segment].id, product: model.products[product].name,
      cause: cause, feature: feature?.name ?? "", level: level ?? "", needed: needed,
      shareAffected: share, points: points, pAdjusted: p,
      sentence: "\(model.products[product].label) for \(segmented.segments[segment].display): "
        + "\(middle) Costs \(Int(points.rounded())) of 100 points.")
  }

  /// What the intervals are made of.
  func notes() -> [String] {
    var notes: [String] = []
    if replicates.count > 0 {
      notes.append(
        isGiven
          ? "Intervals: \(replicates.count) resamples of respondents; the segments were given "
            + "and stay as they are."
          : "Intervals: \(replicates.count) resamples of respondents, each segmented anew from "
            + "the study's own segments and matched to them. They speak of respondents typed "
            + "into a segment.")
      if let ratio = errorRatio {
        notes.append(
          "Standard errors with resampling are \(FitFeature.number((ratio * 100).rounded() / 100))"
            + " times those with the segments held fixed (median over cells).")
      }
      let corrected = correctedCount
      if corrected > 0 {
        notes.append(
          "\(corrected) intervals were corrected for bias: the mean over resamples was more than "
            + "a quarter of a standard error off.")
      }
      let fresh = replicates.freshStarts
      if fresh.tried > 0 {
        notes.append(
          "Fresh starts found a better segmentation in \(fresh.won) of \(fresh.tried) resamples "
            + "in which they were tried.")
      }
    } else {
      notes.append(
        "Intervals: linearised standard errors with the segments held fixed; nothing was "
          + "resampled.")
    }
    if estimator.units.merged > 0 {
      notes.append(
        "\(estimator.units.merged) strata with a single unit were merged with their neighbours.")
    }
    if model.rho != 1 {
      notes.append(
        "fit_rho is the fit with rho \(FitFeature.number(model.rho)), a sensitivity; fit and "
          + "ledger are the compensatory mean.")
    }
    if let note = suppression.note { notes.append(note) }
    return notes
  }

  /// Median over cells of resampled by linearised standard error.
  private var errorRatio: Double? {
    var ratios: [Double] = []
    for product in model.products.indices {
      let errors = estimator.errors(
        Array(scores.fit.row(product)), means: Array(fits.row(product)))
      for segment in 0..<segments where errors[segment] > 0 {
        if let summary = summary(product, segment), summary.se > 0 {
          ratios.append(summary.se / errors[segment])
        }
      }
    }
    return Descriptive.median(ratios)
  }

  private var correctedCount: Int {
    var count = 0
    for product in model.products.indices {
      for segment in 0..<segments where summary(product, segment)?.isCorrected == true {
        count += 1
      }
    }
    return count
  }

  private func summary(_ product: Int, _ segment: Int) -> BootstrapSummary? {
    BootstrapSummary(
      estimate: fits[product, segment], values: replicates.fit(product, segment))
  }

  /// What a reader should know before trusting the numbers.
  func warnings() -> [String] {
    var warnings = model.warnings
    var isUnanswered = [Bool](repeating: false, count: model.respondents.count)
    for barrier in model.barriers {
      for respondent in isUnanswered.indices { isUnanswered[respondent] = false }
      for product in model.products {
        guard case .each(let truths) = barrier.violated.truths(levels: product.levels) else {
          continue
        }
        for respondent in isUnanswered.indices
        where truths[respondent] == Truth.unanswered && barrier.held(respondent) == Truth.yes {
          isUnanswered[respondent] = true
        }
      }
      let count = isUnanswered.count { $0 }
      if count > 0 {
        warnings.append(
          "\(count) respondents did not answer what \(barrier.label) asks: it counts as not hit "
            + "for them.")
      }
    }
    for product in model.products {
      let unknown = model.features.indices.filter { product.levels[$0].isNaN }
      if !unknown.isEmpty {
        let names = unknown.map { model.features[$0].label }.joined(separator: ", ")
        warnings.append(
          "\(product.label): unknown \(names). Its fit is taken midway between its bounds.")
      }
    }
    if !estimator.units.hasVariance {
      warnings.append("There is a single sampling unit: no standard error can be had.")
    }
    for segment in 0..<segments
    where !suppression.isHidden[segment]
      && suppression.bases[segment] < Double(settings.smallBase)
    {
      warnings.append(
        "\(segmented.segments[segment].display) rests on fewer than \(settings.smallBase) "
          + "respondents: read its numbers as indicative.")
    }
    return warnings
  }
}

/// A share as a whole percentage.
func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))%" }

extension Segment {
  /// Id and name, or one of them where they are the same.
  var display: String { id == name || name.isEmpty ? id : "\(id) \(name)" }
}
