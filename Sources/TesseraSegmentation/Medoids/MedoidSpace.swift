import TesseraMath

/// What lies between respondents, for methods that know distances only.
public enum MedoidInput: Sendable, Equatable {
  /// Straight-line distances; columns should be in one unit. Gaps are refused.
  case euclidean(RespondentMatrix)
  /// Sums of differences; columns should be in one unit. Gaps are refused.
  case manhattan(RespondentMatrix)
  /// Gower's dissimilarity of answers of all kinds.
  case gower(ItemTable, GowerSettings)
}

/// The respondents that differ, and the distances from one of them to others.
struct MedoidSpace: Sendable {
  /// The rows that differ.
  let distinct: DistinctRows
  /// Rows that may be medoids: those that answered enough.
  let eligible: [Bool]
  /// Rows of the input that took no part for want of weight, and are only placed.
  private let outsiders: [Int]
  /// The distances, outsiders behind the rows that differ.
  let field: DistanceField

  /// Number of different respondents.
  var count: Int { distinct.count }

  init(_ input: MedoidInput) throws(SegmentationError) {
    switch input {
    case .euclidean(let table): try self.init(table, squared: true)
    case .manhattan(let table): try self.init(table, squared: false)
    case .gower(let table, let settings): try self.init(table, settings: settings)
    }
  }

  private init(_ table: ItemTable, settings: GowerSettings) throws(SegmentationError) {
    guard (0...1).contains(settings.minimumOverlap) else {
      throw .badSetting(
        name: "the minimum overlap", value: settings.minimumOverlap,
        remedy: "Use a share from 0 to 1.")
    }
    let encoded = try EncodedItems(table)
    let outsiders = encoded.outsiders
    let kernel = GowerKernel(encoded, outsiders: outsiders, settings: settings)
    let least = Int32((settings.minimumOverlap * Double(kernel.items)).rounded(.up))
    let enough = kernel.answered.prefix(encoded.distinct.count).map { $0 >= least }
    distinct = encoded.distinct
    eligible = enough.contains(true) ? enough : enough.map { _ in true }
    field = .gower(kernel)
    self.outsiders = outsiders
  }

  private init(_ input: RespondentMatrix, squared: Bool) throws(SegmentationError) {
    let table = input.values
    let distinct = DistinctRows(of: table, weights: input.weights.effective(count: table.rows))
    guard distinct.count > 0 else { throw .nobody }
    for row in distinct.first {
      if let column = (0..<table.columns).first(where: { table[row, $0].isNaN }) {
        throw .gap(row: row, column: column)
      }
    }
    let means = distinct.columnOrder.map { column in
      distinct.first.reduce(0) { $0 + table[$1, column] } / Double(distinct.count)
    }
    let outsiders = (0..<table.rows).filter { row in
      distinct.distinctOf[row] < 0 && table.row(row).contains { !$0.isNaN }
    }
    let rows = distinct.first + outsiders
    let points = distinct.columnOrder.enumerated().flatMap { feature, column in
      rows.map { row in
        let value = table[row, column]
        return value.isNaN ? 0 : Float(value - means[feature])
      }
    }
    self.outsiders = outsiders
    self.distinct = distinct
    eligible = [Bool](repeating: true, count: distinct.count)
    field = .straight(
      StraightDistanceKernel(
        points: points, count: rows.count, dimensions: table.columns, squared: squared))
  }

  /// Distances of a run of rows to one row.
  func distances(from row: Int, to others: Range<Int>, into result: inout [Float]) {
    field.distances(from: row, to: others, into: &result)
  }

  /// Distances of all pairs.
  ///
  /// - Parameter workers: Threads to use.
  /// - Returns: Each pair once.
  /// - Complexity: O(*n*² · *d*) time, 2 *n*² bytes.
  func pairs(workers: Workers) -> PairDistances {
    let total = count * (count - 1) / 2
    var values: [Float] = []
    values.reserveCapacity(total)
    // Rows grow longer, so a few at a time are computed together and appended in order.
    let band = 64
    for start in stride(from: 0, to: count, by: band * 8) {
      let bands = Array(stride(from: start, to: min(start + band * 8, count), by: band))
      let parts = workers.map(bands.count) { index in
        var part: [Float] = []
        let end = min(bands[index] + band, count)
        var row = [Float](repeating: 0, count: max(1, end))
        for high in bands[index]..<end {
          distances(from: high, to: 0..<high, into: &row)
          part.append(contentsOf: row[0..<high])
        }
        return part
      }
      for part in parts {
        values.append(contentsOf: part)
      }
    }
    return PairDistances(count: count, values: values)
  }

  /// Labels of all respondents from those of the different rows.
  ///
  /// - Parameters:
  ///   - labels: A segment for each different row.
  ///   - medoids: The medoid of each segment, as a different row.
  /// - Returns: A segment for each respondent: the nearest for those without weight, 0 for those
  ///   without an answer.
  func labels(ofDistinct labels: [Int], medoids: [Int]) -> [Int] {
    var result = distinct.distinctOf.map { $0 >= 0 ? labels[$0] : 0 }
    guard !outsiders.isEmpty else { return result }
    var least = [Float](repeating: .infinity, count: outsiders.count)
    var row = least
    for (segment, medoid) in medoids.enumerated() {
      distances(from: medoid, to: count..<count + outsiders.count, into: &row)
      for (place, outsider) in outsiders.enumerated() where row[place] < least[place] {
        least[place] = row[place]
        result[outsider] = segment
      }
    }
    return result
  }
}
