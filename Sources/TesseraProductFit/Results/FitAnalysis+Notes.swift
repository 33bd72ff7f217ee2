import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

extension FitAnalysis {
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
    let units = estimator.units
    if units.lonelyStrata > 0 {
      let treatment =
        switch units.lonely {
        case .join: "were joined with the next one"
        case .adjust: "vary as far as their units lie from the mean of the whole sample"
        case .certainty: "add nothing to errors, as if their units were certain to be drawn"
        }
      notes.append(
        "\(units.lonelyStrata) strata with a single unit \(treatment) "
          + "(lonely_units: \(units.lonely.rawValue)).")
    }
    let moved =
      model.products.indices.flatMap { product in
        (0..<segments).map { abs(rounding(product, $0)) }
      }.max() ?? 0
    if moved >= 0.5 {
      notes.append(
        "Fits are no more exact than the shares of people behind them: rounded or hidden shares move "
          + "them by up to \(FitFeature.number((moved * 10).rounded() / 10)) points.")
    }
    if model.rho != 1 {
      notes.append(
        "fit_rho is the fit with rho \(FitFeature.number(model.rho)), a sensitivity; fit and "
          + "ledger are the compensatory mean.")
    }
    if model.products.count > Self.pairedProducts {
      notes.append(
        "With \(model.products.count) products not every pair is contrasted: in each segment the "
          + "best with each, each with the best, and each with the next.")
    }
    if let note = suppression.note { notes.append(note) }
    return notes
  }

  /// Median over cells of resampled by linearised standard error.
  private var errorRatio: Double? {
    var ratios: [Double] = []
    for product in model.products.indices {
      let errors = estimator.errors(
        Array(scores.fit.row(product)),
        means: (0..<segments).map { fits[product, $0] - shifts[product, $0] })
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
      estimate: fits[product, segment], values: replicateFits(product, segment))
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
        warnings.append(FitBarrier.unanswered(count, barrier.asked, [barrier.label]))
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
        "\(segmented.segments[segment].title) rests on fewer than \(settings.smallBase) "
          + "respondents: read its numbers as indicative.")
    }
    return warnings
  }
}
