public import TesseraSegmentation

extension Fixture {
  /// A column as an item of categories, numbered in the order of their names.
  ///
  /// - Parameters:
  ///   - column: Which column, from 0.
  ///   - ordinal: Whether the order means something.
  /// - Returns: The item; `NA` is missing.
  public func categories(_ column: Int, ordinal: Bool = false) -> Item {
    let cells = rows.map { $0[column] }
    let numbers = cells.allSatisfy { $0 == "NA" || Double($0) != nil }
    let levels = Set(cells).subtracting(["NA"]).sorted { first, second in
      numbers ? (Double(first) ?? 0) < (Double(second) ?? 0) : first < second
    }
    return Item(
      name: names[column],
      measurement: ordinal
        ? .ordinal(categories: levels.count, as: .nominal) : .nominal(categories: levels.count),
      answers: .codes(cells.map { UInt8((levels.firstIndex(of: $0) ?? -1) + 1) }))
  }

  /// A column as an item of numbers.
  ///
  /// - Parameter column: Which column, from 0.
  /// - Returns: The item; what is no number is missing.
  public func numeric(_ column: Int) -> Item {
    Item(
      name: names[column], measurement: .gaussian(variance: .perClass),
      answers: .numbers(rows.map { Double($0[column]) ?? .nan }))
  }
}
