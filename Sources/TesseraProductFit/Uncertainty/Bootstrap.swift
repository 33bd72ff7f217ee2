import TesseraMath
import TesseraStudy

/// What every statistic of the fit is made of, in the replicates of a study.
struct Bootstrap: Sendable {
  /// The sums of one replicate: columns × segments, Σ w* z* x for each column x and segment.
  struct Replicate: Sendable {
    let sums: Matrix
  }

  let segmented: SegmentedSurvey
  let replicates: SegmentReplicates
  let workers: Workers

  /// Takes the study's own replicates, or draws them.
  ///
  /// - Parameters:
  ///   - segmented: The respondents.
  ///   - settings: How many, seed and threads.
  init(_ segmented: SegmentedSurvey, _ settings: RunSettings) {
    self.segmented = segmented
    workers = settings.workers
    replicates =
      segmented.replicates
      ?? SegmentReplicates.draw(
        segmented, count: settings.replicates, seed: settings.seed, workers: settings.workers,
        progress: settings.progress)
  }

  /// Sums columns over the segments of every replicate.
  ///
  /// - Parameter columns: One row a column, one element a respondent; finite.
  /// - Returns: The sums of each replicate; the same for any number of threads.
  /// - Complexity: O(replicates × respondents × columns × segments).
  func sums(_ columns: Matrix) -> [Replicate] {
    replicates.map(segmented, workers: workers) { _, weights, posterior in
      var weighted = posterior
      for respondent in 0..<weighted.rows {
        for segment in 0..<weighted.columns {
          weighted[respondent, segment] *= weights[respondent]
        }
      }
      return Replicate(sums: columns.multiplied(by: weighted))
    }
  }
}
