internal import TesseraSurvey

/// Gabor-Granger questions: for each of several prices a column that says who would buy.
public struct PriceLadder: Sendable, Equatable {
  /// The product that was asked about; `nil` if it is none of the study's.
  public var product: String?
  /// The prices, ascending, at least two.
  public let steps: [Step]
  /// The answers that say yes; empty for 1 or yes.
  public var yes: [String] = []

  /// A price, and the column that says who would buy at it.
  public struct Step: Sendable, Equatable {
    /// The price.
    public let price: Double
    /// The column.
    public let column: String
  }

  /// The columns, by rising price.
  public var columns: [String] { steps.map(\.column) }
}

extension PriceLadder {
  /// Reads `{ product: coupe, steps: { 20000: buy_20k, 25000: buy_25k }, yes: 1 }`.
  init(node: StudyNode) throws(StudyError) {
    let example = "{ steps: { 20000: buy_20k, 25000: buy_25k }, yes: 1 }"
    let fields = try node.fields(
      StudyReference.names(under: "price_ladder"), of: "a price ladder", example: example)
    product = try fields.text("product", "the name of a product")
    let ladder = try fields.required("steps", example: "{ 20000: buy_20k, 25000: buy_25k }")
    var found: [Step] = []
    for entry in try ladder.entries("a column by price", example: example) {
      guard StudyNode.isDecimal(entry.key), let price = Double(entry.key), price >= 0 else {
        throw entry.value.error(
          .wrongType, "'\(DisplayText.escaped(entry.key))' is no price",
          hint: "write a plain number such as 20000", line: entry.line)
      }
      guard !found.contains(where: { $0.price == price }) else {
        throw entry.value.error(
          .duplicateKey, "the price \(entry.key) stands twice", hint: "name each once")
      }
      found.append(Step(price: price, column: try entry.value.text("a column")))
    }
    guard found.count > 1 else {
      throw ladder.error(
        .missingKey, "a price ladder needs at least two prices", hint: "write \(example)")
    }
    steps = found.sorted { $0.price < $1.price }
    yes = try fields["yes"]?.names("the answers that say yes", example: "1") ?? []
  }
}
