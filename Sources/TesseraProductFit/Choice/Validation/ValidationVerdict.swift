import Foundation
import TesseraStudy

/// Says in words whether a fit passes its bar.
///
/// Two things are kept apart. The fit *adds to market shares* where the held-out gain is more than
/// rounding, its interval lies above 0 and people follow the fit (its coefficient is positive and off
/// its bound of 0). It *predicts* where what fits best is taken more often than by chance, the
/// interval of the hit rate excluding chance.
struct ValidationVerdict {
  let result: ValidationResult
  let bar: ChoicesDeclaration.Bar

  /// Gains below this are rounding, in nats a choice.
  static let rounding = 1e-9
  /// A coefficient of 10 points of fit below this is at its bound of 0.
  static let bound = 1e-6

  /// The verdict: passed where the bar's gain is real and the fit also predicts by itself.
  var verdict: ValidationResult.Verdict {
    guard let fit = result.fit else {
      return .init(
        bar: bar, isPassed: nil,
        sentence: "No fit is judged: the study declares none for what was on the menus. The choice "
          + "models stand by themselves.")
    }
    guard let wanted = gain else {
      return .init(
        bar: bar, isPassed: false, predicts: predicts(fit),
        sentence: "The fit could not be held against choices: it is the same for all that was on "
          + "the menus.")
    }
    let difference = wanted.gain.difference
    let isGained = isReal(wanted.gain)
    let predicts = predicts(fit)
    let adds = found("shares_fit", "shares").map(isReal)
    let passed = isGained && predicts
    let opening: String
    if passed {
      opening = "Passed: \(wanted.yes)"
    } else if isGained {
      opening = "Not passed: \(wanted.yes), does not predict by itself"
    } else {
      opening = "Not passed: \(wanted.no)"
    }
    let numbers =
      "\(signed(difference.value)) nats a choice, 95% interval \(signed(difference.low)) to "
      + "\(signed(difference.high))"
    return .init(
      bar: bar, isPassed: passed, adds: adds, predicts: predicts,
      sentence: "\(opening) (\(numbers), on respondents it was not learned from)."
        + more(fit, predicts: predicts))
  }

  /// Whether a gain is more than rounding and chance, in the direction of the fit.
  private func isReal(_ gain: ValidationResult.Gain) -> Bool {
    let coefficient = result.predictors.first { $0.id == gain.id }?.fitCoefficient
    return gain.difference.value > Self.rounding && gain.difference.low > 0
      && (coefficient.map { $0 > Self.bound } ?? false)
  }

  /// Whether what fits best is taken more often than by chance.
  private func predicts(_ fit: ValidationResult.FitRanking) -> Bool {
    fit.hitRate.low > fit.chanceHitRate
  }

  private func found(_ id: String, _ versus: String) -> ValidationResult.Gain? {
    result.gains.first { $0.id == id && $0.versus == versus }
  }

  /// The gain that the bar looks at.
  ///
  /// Where options have no names there are no market shares, and chance takes their place.
  private var gain: (gain: ValidationResult.Gain, yes: String, no: String)? {
    switch bar {
    case .adds:
      if let gain = found("shares_fit", "shares") {
        return (
          gain, "the fit adds to market shares", "the fit does not clearly add to market shares"
        )
      }
    case .shares:
      if let gain = found("fit", "shares") {
        return (
          gain, "the fit alone predicts better than market shares",
          "the fit alone does not predict better than market shares"
        )
      }
    case .chance: break
    }
    return found("fit", "chance").map {
      (
        $0, "the fit has a higher likelihood than chance",
        "by likelihood the fit is not clearly better than chance"
      )
    }
  }

  /// What else a reader should know at once.
  private func more(_ fit: ValidationResult.FitRanking, predicts: Bool) -> String {
    var text =
      " The best fit on the menu was taken in \(percent(fit.hitRate.value)) of the choices, 95% "
      + "interval \(percent(fit.hitRate.low)) to \(percent(fit.hitRate.high)); chance: "
      + "\(percent(fit.chanceHitRate))."
    if fit.hitRate.high < fit.chanceHitRate {
      text += " That is less than chance: what fits best is not what most people take."
    } else if predicts {
      text += " So what fits best is taken more often than by chance."
    } else {
      text += " That is not clearly more than chance."
    }
    if let slope = fit.slope, slope < 0, fit.concordance.high < 0.5 {
      text += " People took what fits worse: check the needs and values before using the fit."
    }
    if let share = fit.shareOfLogit, share > 0 {
      let shown = Int((100 * share).rounded())
      text +=
        " It gets \(shown)% of the way from chance to a logit that was learned from such choices."
    }
    return text
  }

  private func signed(_ value: Double) -> String {
    let text = String(format: "%.3f", abs(value))
    return (value < 0 ? "\u{2212}" : "+") + text
  }
}
