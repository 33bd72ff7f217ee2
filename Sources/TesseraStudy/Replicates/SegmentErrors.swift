internal import TesseraDesign
import TesseraMath
import TesseraSurvey

/// How sure a segmentation is of its own numbers: shares, chances of answers, means.
public struct SegmentErrors: Sendable, Equatable {
  /// How the errors were found.
  public enum Method: String, Sendable {
    /// Replicates, each segmented anew: percentiles of answers, the spread of shares in log-odds.
    case bootstrap
    /// Linearised: observed information around the spread of the scores, on the logit scale.
    case sandwich
    /// By design alone, with memberships taken as known: segments that were given, or a method
    /// without a model whose replicates were not drawn.
    case design
    /// Not told, because it would not hold.
    case withheld
  }

  /// A standard error and the ends of a 95% interval.
  public struct Interval: Sendable, Equatable {
    /// The standard error.
    public let standardError: Double
    /// Lower end.
    public let low: Double
    /// Upper end.
    public let high: Double
  }

  /// Where the model holds the values of the other segments.
  struct Place: Hashable {
    let indicator: Int
    let segment: Int
  }

  /// How the errors were found.
  public let method: Method
  /// One for each segment; `nil` where the answers do not determine it.
  public let shares: [Interval?]
  /// By indicator, segment and value: of each category's chance, or of the mean or the rate alone.
  public let answers: [[[Interval?]]]
  /// Values whose intervals are not told, because too few people stand behind them.
  private(set) var hidden: Set<Place> = []
  /// Replicates drawn; 0 without.
  public let replicates: Int
  /// Share of replicates that could not be matched to the segments without doubt.
  public let unaligned: Double?
  /// Share of the replicates with fresh starts in which these found a better optimum.
  public let freshStartsWon: Double?
  /// Why there are none, in a sentence.
  public let reason: String?

  /// Makes a result.
  public init(
    method: Method, shares: [Interval?], answers: [[[Interval?]]], replicates: Int = 0,
    unaligned: Double? = nil, freshStartsWon: Double? = nil, reason: String? = nil
  ) {
    self.method = method
    self.shares = shares
    self.answers = answers
    self.replicates = replicates
    self.unaligned = unaligned
    self.freshStartsWon = freshStartsWon
    self.reason = reason
  }

  /// The same errors but those of values that too few people stand behind.
  func without(_ places: Set<Place>) -> SegmentErrors {
    var told = SegmentErrors(
      method: method, shares: shares,
      answers: answers.enumerated().map { indicator, rows in
        rows.enumerated().map { segment, row in
          places.contains(Place(indicator: indicator, segment: segment))
            ? row.map { _ in nil } : row
        }
      }, replicates: replicates, unaligned: unaligned, freshStartsWon: freshStartsWon,
      reason: reason)
    told.hidden = places
    return told
  }

  /// How the errors were found, in a sentence.
  public var sentence: String {
    switch method {
    case .bootstrap:
      "Intervals of shares and answers: 95%, from \(replicates) resamples of the respondents by "
        + "design, each segmented anew: for shares their spread in log-odds (or the linearised "
        + "error where that is larger), for answers their percentiles."
    case .sandwich:
      "Intervals of shares and answers: 95%, linearised with the model and the design "
        + "(sandwich), symmetric in log-odds."
    case .design:
      "Intervals of shares: 95%, by design with memberships taken as known; the error of the "
        + "segmentation itself is not in them."
    case .withheld:
      "No intervals of shares and answers are told: " + (reason ?? "they do not hold.")
    }
  }
}

extension SegmentErrors.Interval {
  /// The interval that reaches so many errors to either side, on a scale where it is symmetric.
  static func of(
    _ value: Double, error: Double, _ scale: IntervalScale, quantile: Double
  ) -> SegmentErrors.Interval {
    let (low, high) = scale.ends(value, reach: quantile * error)
    return SegmentErrors.Interval(standardError: error, low: low, high: high)
  }
}

extension SegmentErrors {
  /// Shares by design, with memberships taken as known; nothing of answers.
  static func byDesign(
    _ posterior: Matrix, design: SurveyDesign, indicators: [IndicatorResult]
  ) -> SegmentErrors {
    let everybody = DomainEstimator.everybody(
      design: design, isUsed: [Bool](repeating: true, count: posterior.rows))
    return SegmentErrors(
      method: .design,
      shares: (0..<posterior.columns).map { segment in
        let membership = posterior.column(segment)
        let means = everybody.means(membership)
        let error = everybody.errors(membership, means: means)[0]
        guard error > 0, means[0] > 1e-9, means[0] < 1 - 1e-9 else { return nil }
        return .of(means[0], error: error, .logit, quantile: everybody.units.criticalValue)
      }, answers: indicators.map { $0.bySegment.map { $0.map { _ in nil } } })
  }
}
