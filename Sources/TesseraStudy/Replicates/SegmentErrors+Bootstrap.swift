import Foundation
import TesseraDesign
import TesseraMath

extension SegmentErrors {
  /// Fewest replicates of which percentiles are told.
  public static let fewestReplicates = 500
  /// Most replicates that may be without a match, or be beaten by fresh starts.
  private static let tolerated = 0.1

  /// Intervals from the replicates of a study: of answers percentiles, of shares as ``share(_:_:_:)``
  /// says.
  ///
  /// - Parameters:
  ///   - replicates: The replicates, with their shares and answers.
  ///   - result: The study's own numbers.
  /// - Returns: The errors; `nil` with too few replicates, or where the method has no numbers.
  static func bootstrap(
    _ replicates: SegmentReplicates, of result: SegmentationResult
  ) -> SegmentErrors? {
    let count = replicates.count
    let shares = result.segments.count
    let rows = result.indicators.map(\.bySegment)
    let width = shares + rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    guard count >= fewestReplicates, shares > 0,
      replicates.replicates.allSatisfy({ $0.estimates.count == width })
    else { return nil }
    let fresh = replicates.freshStarts
    let unaligned = Double(replicates.unaligned) / Double(count)
    let won = fresh.tried > 0 ? Double(fresh.won) / Double(fresh.tried) : 0
    var reason: String?
    if unaligned > tolerated {
      reason =
        "in \(share(unaligned)) of the resamples the segments could not be matched to these, so "
        + "this is not one stable set of segments."
    } else if won > tolerated {
      reason =
        "in \(share(won)) of the resamples that were tried other segments fitted better, so the "
        + "resamples do not speak of these segments."
    }
    guard reason == nil else {
      return SegmentErrors(
        method: .withheld, shares: [Interval?](repeating: nil, count: shares),
        answers: rows.map { $0.map { $0.map { _ in nil } } }, replicates: count,
        unaligned: unaligned, freshStartsWon: won, reason: reason)
    }
    let aligned = replicates.replicates.filter(\.isAligned).map(\.estimates)
    var place = 0
    func next() -> Interval? {
      defer { place += 1 }
      return interval(aligned.map { $0[place] })
    }
    let linear = result.errors.flatMap { $0.method == .sandwich ? $0.shares : nil }
    let ofShares = result.segments.indices.map { segment -> Interval? in
      defer { place += 1 }
      return Self.share(
        result.segments[segment].share, aligned.map { $0[place] }, linear?[segment])
    }
    let ofAnswers = zip(result.indicators, rows).map { indicator, rows in
      rows.map { row -> [Interval?] in
        let all = row.map { _ in next() }
        // Of a mean and its variance the mean is told.
        return indicator.categories.isEmpty ? Array(all.prefix(1)) : all
      }
    }
    return SegmentErrors(
      method: .bootstrap, shares: ofShares, answers: ofAnswers, replicates: count,
      unaligned: unaligned, freshStartsWon: won)
  }

  private static func share(_ value: Double) -> String { "\(decimal(100 * value, 0))%" }

  /// An interval of a share, symmetric in log-odds around the estimate: by the spread of the replicates,
  /// or by the linearised error where that is larger.
  ///
  /// Percentiles repeat the pull of the prior, which the estimate has already: where segments are
  /// weakly separated they held the share in 90% of 1,000 surveys (`simulate-segments shares`).
  private static func share(
    _ share: Double, _ values: [Double], _ linear: Interval?
  ) -> Interval? {
    let inside = values.filter { $0 > 0 && $0 < 1 }
    guard inside.count >= 20, share > 0, share < 1,
      let error = Descriptive.standardDeviation(inside),
      let spread = Descriptive.standardDeviation(inside.map { log($0 / (1 - $0)) })
    else { return interval(values) }
    let normal = NormalDistribution.standard.quantile(0.975)
    let own = IntervalScale.logit.ends(share, reach: normal * spread * share * (1 - share))
    guard let linear, linear.high - linear.low > own.high - own.low else {
      return Interval(standardError: error, low: own.low, high: own.high)
    }
    return Interval(
      standardError: max(error, linear.standardError), low: linear.low, high: linear.high)
  }

  private static func interval(_ values: [Double]) -> Interval? {
    let sorted = values.filter(\.isFinite).sorted()
    guard sorted.count >= 20, let error = Descriptive.standardDeviation(sorted),
      let ends = Descriptive.quantiles([0.025, 0.975], of: sorted)
    else { return nil }
    return Interval(standardError: error, low: ends[0], high: ends[1])
  }
}
