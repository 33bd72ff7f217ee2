import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Draws replicates of a whole study: other respondents, segmented anew, segments matched to the
/// study's own, and the sums that every statistic is made of.
struct Bootstrap: Sendable {
  /// The sums of one replicate: columns × segments.
  struct Replicate: Sendable {
    /// Σ w* z* x for each column x and segment.
    let sums: Matrix
    /// Whether fresh starts were tried, and beat the reference start.
    let freshStart: FreshStart
  }

  /// What fresh starts did in a replicate.
  enum FreshStart: Sendable {
    /// Not tried.
    case none
    /// Tried, and not better.
    case lost
    /// Tried, and better.
    case won
  }

  let segmented: SegmentedSurvey
  let workers: Workers
  let seed: UInt64
  let progress: Progress

  /// In one replicate of so many, fresh starts are tried as well.
  static let freshEvery = 10

  /// Draws replicates.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - columns: One row a column, one element a respondent; finite.
  /// - Returns: The sums of each replicate; the same for any number of threads.
  /// - Complexity: O(count × (one segmentation + respondents × columns × segments)).
  func replicates(_ count: Int, columns: Matrix) -> [Replicate] {
    let weights = ReplicateWeights(segmented.design)
    guard count > 0, weights.canDraw else { return [] }
    let root = RandomStream(seed: seed).split(0x0F17)
    let segmented = segmented
    let progress = progress
    return workers.map(count) { index in
      var stream = root.split(index)
      let drawn = weights.draw(&stream)
      var posterior = segmented.posterior
      var fresh = FreshStart.none
      if let resegmenter = segmented.resegmenter {
        let found = resegmenter.resegment(weights: drawn, start: .reference)
        posterior = Self.aligned(found.posterior, to: segmented)
        if index % Self.freshEvery == 0 {
          let other = resegmenter.resegment(weights: drawn, start: .fresh(stream.split(1)))
          let tolerance = 1e-6 * max(1, abs(found.objective))
          fresh = other.objective > found.objective + tolerance ? .won : .lost
        }
      }
      var weighted = posterior
      for respondent in 0..<weighted.rows {
        for segment in 0..<weighted.columns {
          weighted[respondent, segment] *= drawn[respondent]
        }
      }
      progress.report("replicates", index + 1, count)
      return Replicate(sums: columns.multiplied(by: weighted), freshStart: fresh)
    }
  }

  /// Puts the segments of a replicate in the order of the study's, by Σ w z z* over all respondents.
  static func aligned(_ posterior: Matrix, to segmented: SegmentedSurvey) -> Matrix {
    let reference = segmented.posterior
    guard posterior.columns == reference.columns, posterior.columns > 1 else { return posterior }
    var weighted = reference
    for respondent in 0..<weighted.rows {
      for segment in 0..<weighted.columns {
        weighted[respondent, segment] *= segmented.design.weights[respondent]
      }
    }
    let overlap = weighted.transposedMultiplied(by: posterior)
    guard overlap.values.allSatisfy(\.isFinite) else { return posterior }
    let pairing = Assignment(overlap, goal: .maximise).columnOfRow
    if pairing.enumerated().allSatisfy({ $0.offset == $0.element }) { return posterior }
    var result = posterior
    for respondent in 0..<posterior.rows {
      for (segment, column) in pairing.enumerated() {
        result[respondent, segment] = posterior[respondent, column ?? segment]
      }
    }
    return result
  }
}

/// What replicates say of one number.
struct BootstrapSummary: Sendable, Equatable {
  /// Standard deviation over the replicates.
  let se: Double
  /// 2.5% point, or its bias-corrected place.
  let low: Double
  /// 97.5% point, or its bias-corrected place.
  let high: Double
  /// Mean over the replicates less the estimate.
  let bias: Double
  /// Whether the interval was corrected for bias.
  let isCorrected: Bool

  /// Sums up replicates; those that are not numbers (an empty segment) are left out.
  ///
  /// There is none with fewer than 20 replicates: too few for an interval.
  ///
  /// - Parameters:
  ///   - estimate: The number itself.
  ///   - values: The replicates.
  /// - Reference: Efron (1981), *Canadian Journal of Statistics* 9(2), 139–158 (bias correction).
  init?(estimate: Double, values: [Double]) {
    let values = values.filter(\.isFinite).sorted()
    guard estimate.isFinite, values.count >= 20,
      let mean = Descriptive.mean(values), let deviation = Descriptive.standardDeviation(values)
    else { return nil }
    let floor = 1e-11 * (1 + abs(estimate))
    se = deviation < floor ? 0 : deviation
    bias = mean - estimate
    var shares = [0.025, 0.975]
    isCorrected = se > 0 && abs(bias) > 0.25 * se
    if isCorrected {
      // Where the estimate stands among the replicates, ties halved, kept off the ends.
      let below = Double(values.count { $0 < estimate - floor })
      let upTo = Double(values.count { $0 <= estimate + floor })
      let count = Double(values.count)
      let share = min(max((below + upTo) / 2 / count, 0.5 / count), 1 - 0.5 / count)
      let normal = NormalDistribution.standard
      let place = normal.quantile(share)
      shares = shares.map { normal.cumulative(2 * place + normal.quantile($0)) }
    }
    let ends = Descriptive.quantiles(shares, of: values) ?? [estimate, estimate]
    low = ends[0]
    high = ends[1]
  }
}
