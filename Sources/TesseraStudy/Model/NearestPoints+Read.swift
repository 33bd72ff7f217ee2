import TesseraMath

extension NearestPoints {
  /// Reads the points that ``json`` wrote.
  ///
  /// - Parameters:
  ///   - reader: The object.
  ///   - indicators: How answers enter the model.
  ///   - segments: Number of segments.
  /// - Throws: ``StudyError`` E0507 for impossible numbers.
  init(
    _ reader: JSONReader, _ indicators: [IndicatorEncoding], segments: Int
  ) throws(StudyError) {
    try reader.allow(["columns", "by_segment", "distance", "least_compared", "respondent_rows"])
    let columns = try reader.list("columns") { element throws(StudyError) in
      try element.allow(["indicator", "category", "center", "scale"])
      let indicator = try element.integer("indicator")
      guard indicators.indices.contains(indicator) else {
        throw element.fault("there is no such indicator", "indicator")
      }
      let category = try element.optionalInteger("category")
      let categories = indicators[indicator].categories.count
      guard category.map({ (0..<categories).contains($0) }) ?? true else {
        throw element.fault("there is no such category", "category")
      }
      let scale = try element.number("scale")
      guard scale >= 0 else { throw element.fault("must be 0 or more", "scale") }
      return MatrixEncoding.Column(
        indicator: indicator, category: category, center: try element.number("center"),
        scale: scale)
    }
    let name = try reader.optionalText("distance") ?? Measure.squares.rawValue
    guard let measure = Measure(rawValue: name) else {
      throw reader.fault("is no distance", "distance")
    }
    let rows = try reader.rows("by_segment", count: segments, gaps: measure == .gower)
    guard rows.allSatisfy({ $0.count == columns.count }) else {
      throw reader.fault("rows of \(columns.count) numbers are expected", "by_segment")
    }
    self.init(
      encoding: MatrixEncoding(columns: columns), points: Matrix(rows), measure: measure,
      needed: measure == .gower ? try reader.number("least_compared") : 0)
  }
}
