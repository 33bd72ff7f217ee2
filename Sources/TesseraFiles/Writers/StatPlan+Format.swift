internal import TesseraSurvey

extension StatPlan {
  /// How SPSS shows plain numbers.
  static func plainFormat(_ variable: Variable, _ missing: [MissingRule]) -> String {
    var largest = 0.0
    var decimals = 0
    for value in substantive(variable) {
      largest = max(largest, abs(value))
      if decimals < 6, value != value.rounded() {
        var scaled = value * Double(Self.tens[decimals])
        while decimals < 6, scaled != scaled.rounded() {
          decimals += 1
          scaled = value * Double(Self.tens[decimals])
        }
      }
    }
    var digits = 1
    while largest >= 10, digits < 30 {
      largest /= 10
      digits += 1
    }
    let width = min(40, max(8, digits + 1 + (decimals > 0 ? decimals + 1 : 0)))
    return "F\(width).\(decimals)"
  }

  private static let tens = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
}

extension StatPlan {
  /// The labels of texts beyond 8 bytes, which stand in a record of their own; `nil` if there are
  /// none, or texts are short.
  var longLabels: SAVPatch.LongLabels? {
    guard target == .spss, kind == .text, width > 8, !labels.isEmpty else { return nil }
    return SAVPatch.LongLabels(
      name: name, width: width,
      labels: labels.sorted { $0.code < $1.code }.map { ($0.code.text, $0.label) })
  }
}
