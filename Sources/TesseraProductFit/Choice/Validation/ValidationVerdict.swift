import Foundation
import TesseraStudy

/// Says in words whether a fit passes its bar.
struct ValidationVerdict {
  let result: ValidationResult
  let bar: ChoicesDeclaration.Bar

  /// The verdict: passed where the whole 95% interval of the gain lies above 0.
  var verdict: ValidationResult.Verdict {
    guard result.fit != nil else {
      return .init(
        bar: bar, isPassed: nil,
        sentence: "No fit is judged: the study declares none for what was on the menus. The choice "
          + "models stand by themselves.")
    }
    let wanted = gain
    guard let wanted else {
      return .init(
        bar: bar, isPassed: false,
        sentence: "The fit could not be held against choices: it is the same for all that was on "
          + "the menus.")
    }
    let passed = wanted.gain.difference.low > 0
    let difference = wanted.gain.difference
    let numbers =
      "\(signed(difference.value)) nats a choice, 95% interval \(signed(difference.low)) to "
      + "\(signed(difference.high))"
    return .init(
      bar: bar, isPassed: passed,
      sentence: "\(passed ? "Passed" : "Not passed"): \(passed ? wanted.yes : wanted.no) "
        + "(\(numbers), on respondents it was not learned from)." + more)
  }

  /// The gain that the bar looks at.
  ///
  /// Where options have no names there are no market shares, and chance takes their place.
  private var gain: (gain: ValidationResult.Gain, yes: String, no: String)? {
    func found(_ id: String, _ versus: String) -> ValidationResult.Gain? {
      result.gains.first { $0.id == id && $0.versus == versus }
    }
    switch bar {
    case .adds:
      if let gain = found("shares_fit", "shares") {
        return (
          gain, "the fit tells who takes what beyond the market shares",
          "the fit adds nothing that can be told from chance to the market shares"
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
        $0, "the fit predicts choices better than chance",
        "the fit does not predict choices better than chance"
      )
    }
  }

  /// What else a reader should know at once.
  private var more: String {
    guard let fit = result.fit else { return "" }
    var text =
      " What was taken had the best fit on \(percent(fit.hitRate.value)) of the menus; chance would "
      + "hit \(percent(fit.chanceHitRate))."
    if fit.hitRate.high < fit.chanceHitRate {
      text += " That is less than chance: what fits best is not what most people take."
    }
    if let slope = fit.slope, slope < 0 {
      text += " People took what fits worse: look at the needs and values before using the fit."
    }
    if let share = fit.shareOfLogit {
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
