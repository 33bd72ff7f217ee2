import TesseraMath
import TesseraStudy
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
    let units = DrawnUnits(design)
    var parts = [Double](repeating: 0, count: units.stratumOfUnit.count)
    for menu in values.indices {
      parts[units.unitOfRespondent[persons[menu]]] +=
        weights[menu] * (values[menu] - mean) / total
    }
    var sums = [Double](repeating: 0, count: units.sizes.count)
    for (unit, part) in parts.enumerated() { sums[units.stratumOfUnit[unit]] += part }
    var variance = 0.0
    for (unit, part) in parts.enumerated() {
      let stratum = units.stratumOfUnit[unit]
      let size = units.sizes[stratum]
      guard size > 1 else { continue }
      let copies = units.copies[unit]
      let deviation = part / copies - sums[stratum] / size
      variance += size / (size - 1) * copies * deviation * deviation
    }
    let freedom = units.degreesOfFreedom
    let critical =
      freedom > 0 ? StudentDistribution(degreesOfFreedom: freedom).quantile(0.975) : .nan
    value = mean
    se = variance.squareRoot()
    low = max(range?.lowerBound ?? -.infinity, mean - critical * variance.squareRoot())
    high = min(range?.upperBound ?? .infinity, mean + critical * variance.squareRoot())
  }
}
