public import TesseraStudy

/// A bridge from a survey to a customer file, and how far it carries.
public struct BridgeResult: Sendable {
  /// One segment.
  public struct Line: Sendable {
    /// The segment.
    public let segment: Segment
    /// Share of members in each tenth of people over the share in all, likeliest tenth first.
    public let lift: [Double]
    /// 95% interval of the first tenth's; `nil` without replicates.
    public let topInterval: (low: Double, high: Double)?
    /// Members among a hundred people of the first tenth, less those among any hundred.
    public let gain: Double
    /// 95% interval of it.
    public let gainInterval: (low: Double, high: Double)?
    /// Slope of the survey's typing on its predicted log-odds; 1 if probabilities hold, `nil` if
    /// undetermined.
    public let slope: Double?
    /// Whether the columns find this segment: the interval of the lift lies above 1.
    public let isFound: Bool
  }

  /// The segments.
  public let lines: [Line]
  /// Columns that made the segments.
  public let active: [String]
  /// Other shared columns.
  public let shared: [String]
  /// Share whose likeliest segment is the survey's own typing, on people left out.
  public let agreement: Double
  /// 95% interval of it.
  public let agreementInterval: (low: Double, high: Double)?
  /// What naming the largest segment for everybody reaches.
  public let largest: Double
  /// The ridge.
  public let ridge: Double
  /// People learned from.
  public let people: Int
  /// People left out for want of an answer to a shared column.
  public let leftOut: Int
  /// Replicates behind the intervals.
  public let replicates: Int
  /// Folds.
  public let folds: Int
  /// Below which probability a customer is "cannot tell"; `nil` to place everybody.
  public let threshold: Double?
  /// The model that places customers: what `bridge.json` holds.
  public let model: SegmentModel
}
