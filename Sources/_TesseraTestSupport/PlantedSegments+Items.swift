import TesseraMath
public import TesseraSegmentation

extension PlantedSegments {
  /// The planted data as items: numbers as they are, and as many columns cut into categories.
  ///
  /// - Parameters:
  ///   - numeric: How many of the columns stay numbers; the others become categories.
  ///   - categories: Into how many categories the others are cut.
  ///   - width: Width of a category.
  /// - Returns: A table without weights.
  /// - Throws: Nothing in practice.
  public func items(
    numeric: Int, categories: Int = 4, width: Double = 3
  ) throws(SegmentationError) -> ItemTable {
    let items = (0..<values.columns).map { column in
      if column < numeric {
        return Item(
          name: "n\(column)", measurement: .gaussian(variance: .perClass),
          answers: .numbers(values.column(column)))
      }
      let codes = values.column(column).map { value -> UInt8 in
        guard !value.isNaN else { return 0 }
        return UInt8(1 + max(0, min(categories - 1, Int((value / width).rounded()) + 1)))
      }
      return Item(
        name: "c\(column)", measurement: .nominal(categories: categories), answers: .codes(codes))
    }
    return try ItemTable(respondentCount: values.rows, items: items)
  }
}
