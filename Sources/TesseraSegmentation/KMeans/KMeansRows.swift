import TesseraMath

/// Different respondents as the search for centroids sees them.
///
/// Rows are centred, divided by their units, and held in single precision for the many rounds.
/// Where answers are missing each row carries a second half that tells which columns were observed, and squared
/// distances run over those columns only.
struct KMeansRows: Sendable {
  /// Number of variables.
  let columns: Int
  /// Whether some answer is missing.
  let hasGaps: Bool
  /// Rows × features, row after row; a gap is 0.
  let features: [Float]
  /// Squared length of each row over what it holds.
  let norms: [Float]
  /// What each row counts for; more than 0.
  let weights: [Double]
  /// Where in `table` each row stands.
  let source: [Int]
  /// The respondents as given.
  let table: Matrix
  /// Columns of `table` in the order of the features.
  let columnOrder: [Int]
  /// Centres and units of the columns of `table`.
  let scale: ColumnScale

  /// Number of rows.
  var count: Int { weights.count }
  /// Features of a row: the variables, and as many marks of what was observed if there are gaps.
  var featureCount: Int { hasGaps ? 2 * columns : columns }

  /// Reads rows of a table.
  ///
  /// - Parameters:
  ///   - table: Respondents × variables; gaps are not-a-number.
  ///   - source: Which rows, each with at least one observed value.
  ///   - weights: What each of those rows counts for, more than 0.
  ///   - columnOrder: The order in which columns are laid out.
  ///   - hasGaps: Whether some of these rows have a gap.
  ///   - scale: Centres and units of the columns.
  ///   - workers: Threads to use.
  init(
    table: Matrix, source: [Int], weights: [Double], columnOrder: [Int], hasGaps: Bool,
    scale: ColumnScale, workers: Workers = .single
  ) {
    self.hasGaps = hasGaps
    (features, norms) = StandardisedRowsKernel.features(
      table, rows: source, columnOrder: columnOrder, hasGaps: hasGaps, scale: scale,
      workers: workers)
    columns = table.columns
    self.weights = weights
    self.source = source
    self.table = table
    self.columnOrder = columnOrder
    self.scale = scale
  }

  /// A selection of rows, with weights of their own.
  ///
  /// - Parameters:
  ///   - chosen: Which rows, in their order.
  ///   - weights: What each of these counts for, more than 0.
  /// - Returns: The rows chosen.
  func selecting(_ chosen: [Int], weights: [Double]) -> KMeansRows {
    var selected: [Float] = []
    selected.reserveCapacity(chosen.count * featureCount)
    for row in chosen {
      selected.append(contentsOf: features[row * featureCount..<(row + 1) * featureCount])
    }
    return KMeansRows(
      columns: columns, hasGaps: hasGaps, features: selected, norms: chosen.map { norms[$0] },
      weights: weights, source: chosen.map { source[$0] }, table: table,
      columnOrder: columnOrder, scale: scale)
  }

  private init(
    columns: Int, hasGaps: Bool, features: [Float], norms: [Float], weights: [Double],
    source: [Int], table: Matrix, columnOrder: [Int], scale: ColumnScale
  ) {
    self.columns = columns
    self.hasGaps = hasGaps
    self.features = features
    self.norms = norms
    self.weights = weights
    self.source = source
    self.table = table
    self.columnOrder = columnOrder
    self.scale = scale
  }

  /// Reads a row as the rounds see it.
  ///
  /// - Parameters:
  ///   - row: Which row.
  ///   - values: Where it goes, `columns` numbers; a gap becomes not-a-number.
  func read(_ row: Int, into values: inout [Double]) {
    let from = row * featureCount
    for column in 0..<columns {
      let observed = !hasGaps || features[from + columns + column] > 0
      values[column] = observed ? Double(features[from + column]) : .nan
    }
  }

  /// Runs of rows that are worked on together; they depend on the number of rows only.
  var pieces: [Range<Int>] {
    let size = max(1024, (count + 63) / 64)
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// Lays out centroids for the kernel.
  ///
  /// - Parameters:
  ///   - centroids: Centroids × variables, row after row, in standardised units.
  ///   - count: Number of centroids.
  /// - Returns: A table whose scores are squared distances less the squared length of the row.
  func centroidTable(_ centroids: [Double], count: Int) -> CentroidTable {
    var table = CentroidTable(count: count, features: featureCount)
    for centroid in 0..<count {
      var norm = 0.0
      for column in 0..<columns {
        let value = centroids[centroid * columns + column]
        norm += value * value
        table.slopes[column * table.padded + centroid] = Float(-2 * value)
        if hasGaps {
          table.slopes[(columns + column) * table.padded + centroid] = Float(value * value)
        }
      }
      if !hasGaps {
        table.offsets[centroid] = Float(norm)
      }
    }
    return table
  }
}
