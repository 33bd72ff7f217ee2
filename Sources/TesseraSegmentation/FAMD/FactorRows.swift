import TesseraMath

/// Rows as a factor analysis reads them: the column each answer falls in, and the numbers.
///
/// An indicator matrix is nearly all zeros; here a categorical item takes one code a row, however
/// many categories it has.
struct FactorRows: Sendable {
  /// Number of rows.
  let count: Int
  /// Rows × categorical items: the column of the answer, or `gap`.
  let codes: [Int32]
  /// Rows × numeric items; gaps are not-a-number.
  let numbers: [Double]
  let categorical: Int
  let numeric: Int
  /// The code of an answer not given: one past the last column.
  let gap: Int

  /// Reads rows of a table of codes and numbers.
  ///
  /// - Parameters:
  ///   - rows: Which rows, in their order.
  ///   - values: Respondents × items.
  ///   - layout: Where each item's columns lie.
  ///   - workers: Threads to use.
  init(_ rows: [Int], of values: Matrix, layout: FactorLayout, workers: Workers) {
    let choices = layout.places.filter { $0.categories > 0 }
    let measures = layout.places.filter { $0.categories == 0 }
    let parts = FactorCrossKernel.parts(
      rows, of: values, choices: choices.map(\.item), starts: choices.map(\.start),
      measures: measures.map(\.item), gap: layout.count, workers: workers)
    count = rows.count
    codes = parts.codes
    numbers = parts.numbers
    categorical = choices.count
    numeric = measures.count
    self.gap = layout.count
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
