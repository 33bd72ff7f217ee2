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
