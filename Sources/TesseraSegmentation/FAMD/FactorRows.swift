import TesseraMath

/// Rows as a factor analysis reads them: codes of answers, and the numbers.
///
/// An indicator matrix is nearly all zeros; here a group of categorical items takes one code a row,
/// however many categories they have.
struct FactorRows: Sendable {
  /// Number of rows.
  let count: Int
  /// Rows × groups of the packing.
  let codes: [Int32]
  /// Rows × numeric items; gaps are not-a-number.
  let numbers: [Double]
  let numeric: Int
  /// What the codes stand for.
  let packing: FactorPacking

  /// Number of groups.
  var groups: Int { packing.sizes.count }

  /// Reads rows of a table of codes and numbers.
  ///
  /// - Parameters:
  ///   - rows: Which rows, in their order.
  ///   - reader: What reads them.
  ///   - workers: Threads to use.
  init(_ rows: [Int], _ reader: FactorReadKernel, workers: Workers) {
    let parts = reader.parts(rows, workers: workers)
    count = rows.count
    codes = parts.codes
    numbers = parts.numbers
    numeric = reader.numeric
    packing = reader.packing
  }
}

/// Where the columns of each item lie.
struct FactorLayout: Sendable, Equatable {
  /// An item's columns: one for a number, one for each category else.
  struct Place: Sendable, Equatable {
    let item: Int
    let start: Int
    /// 0 for a number.
    let categories: Int
  }

  let places: [Place]
  /// Number of columns.
  let count: Int

  init(_ items: EncodedItems) {
    var places: [Place] = []
    var start = 0
    for item in items.items {
      let categories = items.measurements[item].categories
      places.append(Place(item: item, start: start, categories: categories))
      start += max(1, categories)
    }
    self.places = places
    count = start
  }
}
