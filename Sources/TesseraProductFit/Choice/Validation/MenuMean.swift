import TesseraDesign
import TesseraSurvey

/// A mean over menus with an interval that respects who chose: menus of one person go together,
/// people are drawn in strata and clusters.
public struct MenuMean: Sendable, Equatable {
  /// The weighted mean.
  public let value: Double
  /// Its standard error, linearised.
  public let se: Double
  /// The low end of the 95% interval.
  public let low: Double
  /// The high end.
  public let high: Double

  /// Takes a mean of one number a menu.
  ///
  /// - Parameters:
  ///   - values: One for each menu.
  ///   - weights: One for each menu.
  ///   - persons: For each menu its respondent.
  ///   - design: How respondents were drawn.
  ///   - range: What the value cannot leave; the interval is cut there.
  init(
    _ values: [Double], weights: [Double], persons: [Int], design: SurveyDesign,
    range: ClosedRange<Double>? = nil
  ) {
    var (sum, total) = (0.0, 0.0)
    for menu in values.indices {
      sum += weights[menu] * values[menu]
      total += weights[menu]
    }
    let mean = total > 0 ? sum / total : .nan
    let units = SamplingUnits(design)
    var parts = [Double](repeating: 0, count: design.weights.count)
    for menu in values.indices {
      parts[persons[menu]] += weights[menu] * (values[menu] - mean) / total
    }
    let error = units.variance(of: parts).squareRoot()
    let reach = units.criticalValue * error
    value = mean
    se = error
    low = max(range?.lowerBound ?? -.infinity, mean - reach)
    high = min(range?.upperBound ?? .infinity, mean + reach)
  }
}
