import TesseraMath

@testable import TesseraSegmentation

/// Gower's dissimilarity between the respondents of a table.
enum GowerDissimilarity {
  /// The dissimilarity of every pair.
  ///
  /// - Parameters:
  ///   - table: Items of any kind; weights matter to mid-ranks only.
  ///   - settings: How answers make a dissimilarity.
  /// - Returns: Respondents × respondents, 0 to 1, symmetric; 1 to those without any answer.
  /// - Throws: ``SegmentationError`` if nobody answered.
  /// - Complexity: O(*n*² · *d*) time and memory: for small tables.
  static func matrix(
    of table: ItemTable, settings: GowerSettings = GowerSettings()
  ) throws(SegmentationError) -> Matrix {
    let space = try MedoidSpace(.gower(table, settings))
    let pairs = space.pairs(workers: .single)
    let places = space.distinct.distinctOf
    var result = Matrix(rows: places.count, columns: places.count)
    for row in places.indices {
      for column in places.indices where row != column {
        result[row, column] =
          places[row] < 0 || places[column] < 0
          ? 1 : Double(pairs[places[row], places[column]])
      }
    }
    return result
  }
}
