import TesseraMath

extension KMeansRows {
  /// Centroids and sums of squares of a partition, in double precision from the data as given.
  ///
  /// - Parameters:
  ///   - labels: The segment of each row.
  ///   - segments: Number of segments.
  /// - Returns: Centroids in the units of the data, and sums of squares in standardised units: by
  ///   segment, and about the overall mean.
  func measured(
    _ labels: [Int], segments: Int
  ) -> (centroids: Matrix, within: [Double], total: Double) {
    var sums = Matrix(rows: segments, columns: columns)
    var masses = sums
    let centres = scale.centres
    for (row, from) in source.enumerated() {
      let segment = labels[row] * columns
      let weight = weights[row]
      for column in 0..<columns {
        let value = table.values[from * columns + column]
        guard !value.isNaN else { continue }
        sums.values[segment + column] += weight * (value - centres[column])
        masses.values[segment + column] += weight
      }
    }
    var means = sums
    for index in means.values.indices {
      means.values[index] =
        masses.values[index] > 0 ? sums.values[index] / masses.values[index] : 0
    }
    var within = [Double](repeating: 0, count: segments)
    var total = 0.0
    let rates = scale.units.map { 1 / $0 }
    for (row, from) in source.enumerated() {
      let segment = labels[row] * columns
      var square = 0.0
      var length = 0.0
      for column in 0..<columns {
        let value = table.values[from * columns + column]
        guard !value.isNaN else { continue }
        let offset = value - centres[column]
        let gap = (offset - means.values[segment + column]) * rates[column]
        square += gap * gap
        length += offset * rates[column] * offset * rates[column]
      }
      within[labels[row]] += weights[row] * square
      total += weights[row] * length
    }
    for segment in 0..<segments {
      for column in 0..<columns {
        means[segment, column] += centres[column]
      }
    }
    return (means, within, total)
  }
}
