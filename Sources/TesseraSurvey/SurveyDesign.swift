/// How the respondents stand for the people they were drawn from.
///
/// Bound once to a survey and handed to every estimator, so that weights cannot be forgotten.
public struct SurveyDesign: Sendable, Equatable {
  /// What the weights mean; the two kinds are never mixed.
  public enum WeightKind: String, Sendable {
    /// A row stands for so many respondents with the same answers; *n* is the sum.
    case frequency
    /// A row stands for so many people; rescaled to a mean of 1; *n* is the number of rows.
    case sampling
    /// Every row counts once.
    case none
  }

  /// What stands for the variance of a stratum of which a single unit was drawn.
  public enum LonelyUnits: String, Sendable, CaseIterable {
    /// The stratum is joined with the next one.
    case join
    /// The unit's distance from the mean of the whole sample.
    case adjust
    /// Nothing: the unit was certain to be drawn.
    case certainty
  }

  /// What the weights mean.
  public let kind: WeightKind
  /// One weight for each row; sampling weights have a mean of 1.
  public let weights: [Double]
  /// For each row the stratum it was drawn in, from 0; empty if there is one stratum.
  public let strata: [Int]
  /// For each row the cluster (primary sampling unit) it was drawn with, from 0.
  ///
  /// Empty if each row was drawn by itself. Clusters with one number in different strata are
  /// different.
  public let clusters: [Int]
  /// For each row the share of its stratum's units that was drawn, 0 to 1.
  ///
  /// Empty if the population is large against the sample.
  public let fractions: [Double]
  /// What stands for the variance of a stratum of a single unit.
  public let lonely: LonelyUnits
  /// What the weights were made to fit; `nil` if they came as they are.
  public let margins: KnownMargins?

  /// Binds weights, strata and clusters.
  ///
  /// - Parameters:
  ///   - kind: What the weights mean. With `.none` the weights given are not looked at.
  ///   - weights: One for each row, finite and above 0.
  ///   - strata: One for each row, or empty.
  ///   - clusters: One for each row, or empty.
  ///   - fractions: For each row the share of its stratum's units that was drawn, or empty.
  ///   - lonely: What stands for the variance of a stratum of a single unit.
  ///   - margins: What sampling weights were made to fit; `nil` if they came so.
  public init(
    kind: WeightKind, weights: [Double], strata: [Int] = [], clusters: [Int] = [],
    fractions: [Double] = [], lonely: LonelyUnits = .join, margins: KnownMargins? = nil
  ) {
    for rows in [strata.count, clusters.count, fractions.count] {
      precondition(rows == 0 || rows == weights.count)
    }
    self.kind = kind
    self.strata = strata
    self.clusters = clusters
    self.fractions = fractions
    self.lonely = lonely
    self.margins = margins
    switch kind {
    case .none: self.weights = [Double](repeating: 1, count: weights.count)
    case .frequency: self.weights = weights
    case .sampling:
      precondition(weights.allSatisfy { $0 > 0 && $0.isFinite }, "weights must be above 0")
      let mean = weights.reduce(0, +) / Double(max(1, weights.count))
      self.weights = weights.map { $0 / mean }
    }
  }

  /// The design in which every row counts once.
  ///
  /// - Parameter respondents: Number of rows.
  /// - Returns: A design without weights, strata and clusters.
  public static func unweighted(_ respondents: Int) -> SurveyDesign {
    SurveyDesign(kind: .none, weights: [Double](repeating: 1, count: respondents))
  }

  /// How many respondents a row is: its frequency, or one.
  ///
  /// - Parameter row: Which, from 0.
  /// - Returns: 1, or the frequency.
  package func heads(_ row: Int) -> Double { kind == .frequency ? weights[row] : 1 }

  /// How many respondents each row is.
  package var heads: [Double] {
    kind == .frequency ? weights : [Double](repeating: 1, count: weights.count)
  }

  /// Number of respondents: the sum of frequencies, or the number of rows.
  public var respondents: Double {
    kind == .frequency ? weights.reduce(0, +) : Double(weights.count)
  }

  /// Kish's effective number of respondents: (Σw)² / Σw²; with frequencies, their sum.
  public var effectiveSampleSize: Double {
    guard kind == .sampling else { return respondents }
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? sum * sum / squares : 0
  }

  /// The design for some rows, in the order given.
  ///
  /// - Parameter rows: Which, from 0.
  /// - Returns: A design of that many rows.
  public func selecting(_ rows: [Int]) -> SurveyDesign {
    SurveyDesign(
      kind: kind, weights: rows.map { weights[$0] },
      strata: strata.isEmpty ? [] : rows.map { strata[$0] },
      clusters: clusters.isEmpty ? [] : rows.map { clusters[$0] },
      fractions: fractions.isEmpty ? [] : rows.map { fractions[$0] }, lonely: lonely,
      margins: margins?.selecting(rows))
  }
}
