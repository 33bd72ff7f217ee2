import TesseraMath

extension SegmentErrors {
  /// Fewest replicates of which percentiles are told.
  public static let fewestReplicates = 500
  /// Most replicates that may be without a match, or be beaten by fresh starts.
  private static let tolerated = 0.1

  /// Percentile intervals from the replicates of a study.
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
    let ofShares = result.segments.map { _ in next() }
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

  private static func interval(_ values: [Double]) -> Interval? {
    let sorted = values.filter(\.isFinite).sorted()
    guard sorted.count >= 20, let error = Descriptive.standardDeviation(sorted),
      let ends = Descriptive.quantiles([0.025, 0.975], of: sorted)
    else { return nil }
    return Interval(standardError: error, low: ends[0], high: ends[1])
  }
}
