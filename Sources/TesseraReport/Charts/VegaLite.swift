import TesseraStudy

/// Vega-Lite specifications, for people who restyle a chart.
enum VegaLite {
  /// A specification over inline values.
  ///
  /// - Parameters:
  ///   - values: A row of data an object.
  ///   - mark: The kind of mark, such as `bar`.
  ///   - encoding: The channels, in order.
  /// - Returns: A specification that lacks its title, which is the chart's.
  static func specification(
    values: [JSONValue], mark: String, encoding: [(String, JSONValue)]
  ) -> JSONValue {
    .object([
      ("$schema", .string("https://vega.github.io/schema/vega-lite/v5.json")),
      ("data", .object([("values", .array(values))])),
      ("mark", .string(mark)), ("encoding", .object(encoding)),
    ])
  }

  /// A channel.
  ///
  /// - Parameters:
  ///   - field: The field of the data.
  ///   - type: `nominal`, `ordinal` or `quantitative`.
  /// - Returns: The channel's object.
  static func channel(_ field: String, _ type: String) -> JSONValue {
    .object([("field", .string(field)), ("type", .string(type))])
  }
}
