import TesseraMath
import TesseraStudy

extension Bootstrap {
  /// The same sums as ``sums(_:)``, several replicates at a time: for hundreds of columns.
  ///
  /// - Parameter columns: One row a column, one element a respondent; finite.
  /// - Returns: Columns × segments, one for each replicate; the same for any number of threads.
  /// - Complexity: O(replicates × respondents × columns × segments), by matrix products.
  func blockSums(_ columns: Matrix) -> [Matrix] {
    let (people, segments) = (columns.columns, segmented.segments.count)
    // A round holds the memberships of some replicates at once.
    let round = max(4, min(64, Self.most / max(1, people * segments)))
    let width = max(1, round / 4)
    var result: [Matrix] = []
    var first = 0
    while first < replicates.count {
      let range = first..<min(replicates.count, first + round)
      let weighted = replicates.map(segmented, workers: workers, in: range) {
        _, weights, posterior -> Matrix in
        var weighted = posterior
        for respondent in 0..<weighted.rows {
          for segment in 0..<weighted.columns {
            weighted[respondent, segment] *= weights[respondent]
          }
        }
        return weighted
      }
      let blocks = stride(from: 0, to: weighted.count, by: width).map {
        $0..<min(weighted.count, $0 + width)
      }
      result += workers.map(blocks.count) { number -> [Matrix] in
        let block = blocks[number]
        var side = Matrix(rows: people, columns: segments * block.count)
        for (place, replicate) in block.enumerated() {
          for respondent in 0..<people {
            for segment in 0..<segments {
              side[respondent, place * segments + segment] =
                weighted[replicate][respondent, segment]
            }
          }
        }
        let sums = columns.multiplied(by: side)
        return block.indices.map { replicate in
          let left = (replicate - block.lowerBound) * segments
          var own = Matrix(rows: columns.rows, columns: segments)
          for row in 0..<columns.rows {
            for segment in 0..<segments { own[row, segment] = sums[row, left + segment] }
          }
          return own
        }
      }.flatMap { $0 }
      first = range.upperBound
    }
    return result
  }

  /// Memberships that a round holds.
  private static let most = 8_000_000
}
