import TesseraMath
import TesseraSegmentation

/// Segments the same respondents again under other weights by k-means.
struct KMeansRestart: Resegmenter {
  let problem: KMeansProblem
  let segments: Int
  /// Respondents × columns; NaN is missing.
  let table: Matrix
  /// The study's own centroids.
  let centroids: Matrix
  let encoded: EncodedStudy

  func estimates(of numbers: [Double], posterior: () -> Matrix, weights: [Double]) -> (
    shares: [Double], answers: [[[Double]]]
  )? { encoded.estimates(posterior(), weights: weights) }

  func resegment(
    weights: [Double], start: ResegmentationStart
  ) -> (posterior: Matrix, objective: Double) {
    let found: [Int]? =
      switch start {
      case .reference: try? problem.labels(resampled: weights, near: centroids)
      case .fresh(let stream, _): try? fresh.labels(resampled: weights, random: stream)
      }
    // Weights that leave fewer different people than segments; everybody stays with the nearest.
    let labels = found ?? nearest
    return (labels.memberships(segments), -squares(labels, weights))
  }

  private var fresh: KMeansProblem {
    var fresh = problem
    fresh.settings.segments = segments
    fresh.settings.starts = 4
    return fresh
  }

  private var nearest: [Int] {
    let columns = table.columns
    return (0..<table.rows).map { row in
      var best = 0
      var least = Double.infinity
      for segment in 0..<segments {
        var sum = 0.0
        for column in 0..<columns {
          let value = table.values[row * columns + column]
          guard !value.isNaN else { continue }
          let gap = value - centroids.values[segment * columns + column]
          sum += gap * gap
        }
        if sum < least {
          least = sum
          best = segment
        }
      }
      return best
    }
  }

  private func means(_ labels: [Int], _ weights: [Double], fallback: Matrix) -> Matrix {
    var masses = Matrix(rows: segments, columns: table.columns)
    var sums = masses
    for row in 0..<table.rows where weights[row] > 0 {
      for column in 0..<table.columns where !table[row, column].isNaN {
        masses[labels[row], column] += weights[row]
        sums[labels[row], column] += weights[row] * table[row, column]
      }
    }
    for place in sums.values.indices {
      sums.values[place] =
        masses.values[place] > 0
        ? sums.values[place] / masses.values[place] : fallback.values[place]
    }
    return sums
  }

  private func squares(_ labels: [Int], _ weights: [Double]) -> Double {
    let centers = means(labels, weights, fallback: centroids)
    var sum = 0.0
    for row in 0..<table.rows where weights[row] > 0 {
      for column in 0..<table.columns where !table[row, column].isNaN {
        let gap = table[row, column] - centers[labels[row], column]
        sum += weights[row] * gap * gap
      }
    }
    return sum
  }
}
