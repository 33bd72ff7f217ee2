import TesseraStudy

/// Vega-Lite specifications, for people who restyle a chart.
enum VegaLite {
  /// How a field of the data is shown.
  enum Channel {
    /// By names without order.
    case nominal(String)
    /// By names in their order.
    case ordinal(String)
    /// By size.
    case quantitative(String)

    fileprivate var json: JSONValue {
      switch self {
      case .nominal(let field): ["field": field, "type": "nominal"]
      case .ordinal(let field): ["field": field, "type": "ordinal"]
      case .quantitative(let field): ["field": field, "type": "quantitative"]
      }
    }
  }

  /// A specification over inline values.
  ///
  /// - Parameters:
  ///   - values: A row of data an object.
  ///   - mark: The kind of mark, such as `bar`.
  ///   - encoding: The channels, in order.
  /// - Returns: A specification that lacks its title, which is the chart's.
  static func specification(
    values: [JSONValue], mark: String, encoding: KeyValuePairs<String, Channel>
  ) -> JSONValue {
    [
      "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
      "data": ["values": values] as JSONValue, "mark": mark,
      "encoding": JSONValue.object(encoding.map { ($0.key, $0.value.json) }),
    ]
  }
}
