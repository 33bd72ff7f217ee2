import TesseraMath
import TesseraStudy
import TesseraSurvey

/// How far media reach into segments, and how far segments are on the way to buying.
struct ReachTable {
  let segmented: SegmentedSurvey
  let suppression: Suppression

  private func estimator(_ column: BinaryColumn) -> DomainEstimator {
    DomainEstimator(
      membership: segmented.posterior, design: segmented.design,
      isUsed: column.values.map { !$0.isNaN })
  }

  /// Respondents of each segment who answered, by highest posterior.
  private func bases(_ isUsed: [Bool]) -> [Double] {
    Suppression(segmented, isUsed: isUsed, minimumCell: 1).bases
  }

  /// Whether a number that rests on so many respondents of a segment may be told.
  private func isTold(_ segment: Int, _ base: Double) -> Bool {
    !suppression.isHidden[segment] && base >= suppression.minimum
  }

  /// Reach and affinity of every channel in every segment.
  func channels(_ columns: [BinaryColumn]) -> [ChannelReach] {
    let values = columns.map { $0.values.map { $0.isNaN ? 0 : $0 } }
    let within = columns.map(estimator)
    let overall = columns.map { column in
      DomainEstimator.everybody(
        design: segmented.design, isUsed: column.values.map { !$0.isNaN })
    }
    let reaches = columns.indices.map { within[$0].means(values[$0]) }
    let errors = columns.indices.map { within[$0].errors(values[$0], means: reaches[$0]) }
    let totals = columns.indices.map { overall[$0].means(values[$0])[0] }
    let answered = columns.map { bases($0.values.map { !$0.isNaN }) }
    var result: [ChannelReach] = []
    for (segment, summary) in segmented.segments.enumerated() {
      for (column, channel) in columns.enumerated() {
        let reach = reaches[column][segment]
        let isTold = isTold(segment, answered[column][segment]) && reach.isFinite
        var one = ChannelReach(
          segment: summary.id, channel: channel.name, label: channel.label,
          reach: isTold ? reach : nil,
          reachSE: isTold && errors[column][segment].isFinite ? errors[column][segment] : nil,
          affinity: isTold && totals[column] > 0 ? 100 * reach / totals[column] : nil,
          affinitySE: isTold && totals[column] > 0
            ? affinityError(
              values[column], within[column], overall[column], segment, reach, totals[column])
            : nil)
        if isTold {
          let interval = WilsonInterval.of(
            reach, error: errors[column][segment], within[column], segment)
          (one.low, one.high) = (interval.low, interval.high)
        }
        result.append(one)
      }
    }
    return result
  }

  /// Error of 100 r/t for a segment's reach r and everybody's t: the parts that each respondent
  /// contributes to r/t are s (x − r)/t − r/t² · S (x − t), s and S being the shares of the means.
  private func affinityError(
    _ values: [Double], _ within: DomainEstimator, _ overall: DomainEstimator, _ segment: Int,
    _ reach: Double, _ total: Double
  ) -> Double? {
    let parts = values.indices.map { row in
      within.shares[row, segment] * (values[row] - reach) / total
        - reach / (total * total) * overall.shares[row, 0] * (values[row] - total)
    }
    let error = 100 * overall.error(ofSum: parts)
    return error.isFinite ? error : nil
  }

  /// Every step of every funnel in every segment.
  func funnel(_ funnels: [BoundFunnel]) -> [FunnelStep] {
    var result: [FunnelStep] = []
    for (segment, summary) in segmented.segments.enumerated() {
      for funnel in funnels {
        var before: BinaryColumn?
        for step in funnel.steps {
          result.append(
            funnelStep(step, after: before, segment, id: summary.id, product: funnel.product))
          before = step
        }
      }
    }
    return result
  }

  private func funnelStep(
    _ step: BinaryColumn, after before: BinaryColumn?, _ segment: Int, id: String,
    product: String
  ) -> FunnelStep {
    let estimator = estimator(step)
    let values = step.values.map { $0.isNaN ? 0 : $0 }
    let means = estimator.means(values)
    let share = means[segment]
    guard isTold(segment, bases(step.values.map { !$0.isNaN })[segment]), share.isFinite else {
      return FunnelStep(
        segment: id, product: product, step: step.name, label: step.label, share: nil, low: nil,
        high: nil, conversion: nil)
    }
    let interval = interval(estimator, values, means: means, segment)
    let onward = before.flatMap { conversion(step, after: $0, segment) }
    return FunnelStep(
      segment: id, product: product, step: step.name, label: step.label, share: share,
      low: interval.low, high: interval.high, conversion: onward?.share,
      conversionLow: onward?.interval.low, conversionHigh: onward?.interval.high)
  }

  /// A share's interval, by the respondents that the design makes it worth.
  private func interval(
    _ estimator: DomainEstimator, _ values: [Double], means: [Double], _ segment: Int
  ) -> WilsonInterval {
    .of(
      means[segment], error: estimator.errors(values, means: means)[segment], estimator, segment)
  }

  /// Share of those at the step before who got here; `nil` where they are too few.
  private func conversion(
    _ step: BinaryColumn, after before: BinaryColumn, _ segment: Int
  ) -> (share: Double, interval: WilsonInterval)? {
    let isUsed = step.values.indices.map { before.values[$0] == 1 && !step.values[$0].isNaN }
    guard isTold(segment, bases(isUsed)[segment]) else { return nil }
    let estimator = DomainEstimator(
      membership: segmented.posterior, design: segmented.design, isUsed: isUsed)
    let values = step.values.map { $0.isNaN ? 0 : $0 }
    let means = estimator.means(values)
    guard means[segment].isFinite else { return nil }
    return (means[segment], interval(estimator, values, means: means, segment))
  }
}

/// A 95% interval for a share that stays inside 0 to 1.
///
/// - Reference: Wilson (1927), *JASA* 22(158), 209–212; with the design's effective size, Korn &
///   Graubard (1998), *Survey Methodology* 24(2), 193–201.
public struct WilsonInterval: Sendable, Equatable {
  /// Low end.
  public let low: Double
  /// High end.
  public let high: Double

  /// Finds the interval.
  ///
  /// - Parameters:
  ///   - share: The share found, 0 to 1.
  ///   - size: Respondents it rests on; p(1 − p)/variance where they were drawn by design.
  public init(share: Double, size: Double) {
    guard size > 0 else {
      (low, high) = (0, 1)
      return
    }
    let z = 1.959963984540054
    let middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    let reach =
      z / (1 + z * z / size)
      * (share * (1 - share) / size + z * z / (4 * size * size)).squareRoot()
    low = max(0, middle - reach)
    high = min(1, middle + reach)
  }
}

extension WilsonInterval {
  /// The interval of a share of a domain, by the respondents that the design makes it worth.
  static func of(
    _ share: Double, error: Double, _ estimator: DomainEstimator, _ domain: Int
  ) -> WilsonInterval {
    WilsonInterval(
      share: share,
      size: error > 0 && share > 1e-9 && share < 1 - 1e-9
        ? share * (1 - share) / (error * error) : estimator.effectiveSize(of: domain))
  }
}

extension DomainEstimator {
  /// Kish's effective number of respondents in a domain.
  func effectiveSize(of domain: Int) -> Double {
    var squares = 0.0
    for respondent in 0..<shares.rows {
      let share = shares[respondent, domain]
      squares += share * share / units.copies[units.unitOfRespondent[respondent]]
    }
    return squares > 0 ? 1 / squares : 0
  }
}
