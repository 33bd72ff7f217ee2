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
    let total = StandardisedRowsKernel.sums(partition, centres: centres, workers: workers)
    var means = Matrix(rows: segments, columns: columns)
    for index in means.values.indices {
      means.values[index] =
        total.masses[index] > 0 ? total.sums[index] / total.masses[index] : 0
    }
    let squares = StandardisedRowsKernel.squares(
      partition, centres: centres, rates: scale.units.map { 1 / $0 }, means: means.values,
      workers: workers)
    for segment in 0..<segments {
      for column in 0..<columns {
        means[segment, column] += centres[column]
      }
    }
    return (means, squares.within, squares.total)
  }
}
