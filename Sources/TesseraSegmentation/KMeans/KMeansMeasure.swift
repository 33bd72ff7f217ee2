import TesseraMath

extension KMeansRows {
  /// Centroids and sums of squares of a partition, in double precision from the data as given.
  ///
  /// - Parameters:
  ///   - labels: The segment of each row.
  ///   - segments: Number of segments.
  ///   - workers: Threads to use.
  /// - Returns: Centroids in the units of the data, and sums of squares in standardised units: by
  ///   segment, and about the overall mean.
  func measured(
    _ labels: [Int], segments: Int, workers: Workers = .single
  ) -> (centroids: Matrix, within: [Double], total: Double) {
    let centres = scale.centres
    let partition = StandardisedRowsKernel.Partition(
      table: table, rows: source, labels: labels, weights: weights, segments: segments)
    let moments = StandardisedRowsKernel.moments(partition, centres: centres, workers: workers)
    var means = Matrix(rows: segments, columns: columns)
    var within = [Double](repeating: 0, count: segments)
    var total = 0.0
    for segment in 0..<segments {
      for column in 0..<columns {
        let at = segment * columns + column
        let rate = 1 / (scale.units[column] * scale.units[column])
        let mass = moments.masses[at]
        let gap = mass > 0 ? moments.sums[at] / mass : 0
        means[segment, column] = centres[column] + gap
        // What the mean takes off never exceeds the squares but by rounding.
        within[segment] += rate * max(0, moments.squares[at] - moments.sums[at] * gap)
        total += rate * moments.squares[at]
      }
    }
    return (means, within, total)
  }
}
