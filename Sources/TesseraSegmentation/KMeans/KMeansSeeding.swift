import Foundation
import TesseraMath

extension KMeansRows {
  /// Chooses rows to start centroids from: k-means++, the best of a few draws at each step.
  ///
  /// A row is drawn with chance in proportion to weight × squared distance to the nearest centroid
  /// so far.
  ///
  /// - Parameters:
  ///   - segments: How many to choose, at most `count`.
  ///   - random: Where the draws come from.
  /// - Returns: Centroids × variables, row after row; a gap of the row drawn becomes the mean.
  /// - Complexity: O(*n* · *k* · *d* · log *k*).
  /// - Reference: Arthur & Vassilvitskii (2007), *SODA*, 1027–1035.
  func seeds(_ segments: Int, random: inout RandomStream) -> [Double] {
    var chosen: [Int] = []
    var nearest = [Float](repeating: .infinity, count: count)
    let draws = min(4, 2 + Int(log(Double(segments))))
    var chances = weights
    let block = 512
    while chosen.count < segments {
      let candidates = draw(chosen.isEmpty ? 1 : draws, chances: chances, except: chosen, &random)
      let table = centroidTable(candidates.flatMap { centroid(atRow: $0) }, count: candidates.count)
      var scores = [Float](repeating: 0, count: count * table.padded)
      var spare = [Float](repeating: 0, count: block * table.padded)
      var potentials = [Double](repeating: 0, count: candidates.count)
      for start in stride(from: 0, to: count, by: block) {
        let rows = start..<min(start + block, count)
        NearestCentroidKernel.scores(
          of: features, featureCount: featureCount, rows: rows, table: table, into: &spare)
        for row in rows {
          for candidate in candidates.indices {
            let score = spare[(row - start) * table.padded + candidate]
            let distance = min(nearest[row], max(0, norms[row] + score))
            scores[row * table.padded + candidate] = distance
            potentials[candidate] += weights[row] * Double(distance)
          }
        }
      }
      var best = 0
      for candidate in candidates.indices where potentials[candidate] < potentials[best] {
        best = candidate
      }
      chosen.append(candidates[best])
      for row in 0..<count {
        nearest[row] = scores[row * table.padded + best]
        chances[row] = weights[row] * Double(nearest[row])
      }
    }
    return chosen.flatMap { centroid(atRow: $0) }
  }

  /// Moves one centroid, each as likely as any other, to a row drawn far from all.
  ///
  /// - Parameters:
  ///   - centroids: Centroids × variables, in standardised units.
  ///   - segments: Number of centroids.
  ///   - random: Where the draws come from.
  /// - Returns: The centroids with one of them elsewhere.
  func swapped(
    _ centroids: [Double], segments: Int, random: inout RandomStream
  ) -> [Double] {
    var moved = centroids
    let gone = random.below(segments)
    let drawn = farRow(from: centroids, segments: segments, random: &random)
    moved.replaceSubrange(gone * columns..<(gone + 1) * columns, with: centroid(atRow: drawn))
    return moved
  }

  /// Draws a row with chance in proportion to weight × squared distance to the nearest centroid.
  ///
  /// - Parameters:
  ///   - centroids: Centroids × variables, in standardised units.
  ///   - segments: Number of centroids.
  ///   - random: Where the draw comes from.
  /// - Returns: A row.
  private func farRow(from centroids: [Double], segments: Int, random: inout RandomStream) -> Int {
    let table = centroidTable(centroids, count: segments)
    var found = NearestTwo(capacity: count)
    NearestCentroidKernel.nearestTwo(
      of: features, featureCount: featureCount, rows: (0..<count).map(Int32.init), count: count,
      table: table, found: &found)
    let chances = (0..<count).map { weights[$0] * Double(max(0, norms[$0] + found.best[$0])) }
    return draw(1, chances: chances, except: [], &random)[0]
  }

  /// The centroid that a row alone would make.
  private func centroid(atRow row: Int) -> [Double] {
    (0..<columns).map { Double(features[row * featureCount + $0]) }
  }

  /// Draws rows by their chances; where nothing is left to draw from, the first row not chosen.
  private func draw(
    _ draws: Int, chances: [Double], except chosen: [Int], _ random: inout RandomStream
  ) -> [Int] {
    var cumulated: [Double] = []
    cumulated.reserveCapacity(chances.count)
    var sum = 0.0
    for chance in chances {
      sum += chance
      cumulated.append(sum)
    }
    return (0..<draws).map { _ in
      let target = random.uniform() * sum
      guard sum > 0 else {
        return (0..<count).first { !chosen.contains($0) } ?? 0
      }
      var low = 0
      var high = count - 1
      while low < high {
        let middle = (low + high) / 2
        if cumulated[middle] > target {
          high = middle
        } else {
          low = middle + 1
        }
      }
      return low
    }
  }
}
