/// What using a channel costs, and what is bought for it.
public struct ChannelCost: Sendable, Equatable {
  /// The 0/1 column that says whom the channel reaches.
  public var channel: String
  /// Cost of using it, in any one unit of money.
  public var cost: Double
  /// Contacts that are bought with it, over everybody; `nil` where everybody who uses the channel counts
  /// as reached.
  public var impressions: Double?
}

/// The channels of a study, with or without what they cost.
struct ChannelList {
  var names: [String] = []
  var costs: [ChannelCost] = []

  private static let example = "[tv, radio], or { tv: { cost: 20000 } }"

  /// Reads `[tv, radio]` or `{ tv: { cost: 20000, impressions: 900000 }, radio: {} }`.
  init(node: StudyNode) throws(StudyError) {
    guard case .map = node.content else {
      names = try node.names("columns or sets", example: Self.example)
      return
    }
    for entry in try node.entries("channels by column", example: Self.example) {
      names.append(entry.key)
      guard !entry.value.isEmpty else { continue }
      let fields = try entry.value.fields(
        StudyReference.names(under: "channels.*"), of: "a channel",
        example: "\(entry.key): { cost: 20000 }")
      let impressions = try fields["impressions"].map { node throws(StudyError) in
        try Self.positive(node, "a number of contacts", "900000")
      }
      guard let cost = fields["cost"] else {
        guard impressions == nil else {
          throw entry.value.error(
            .missingKey, "contacts without a cost plan nothing", hint: "add cost: 20000")
        }
        continue
      }
      costs.append(
        ChannelCost(
          channel: entry.key, cost: try Self.positive(cost, "a cost", "20000"),
          impressions: impressions))
    }
  }

  static func positive(
    _ node: StudyNode, _ expected: String, _ example: String
  ) throws(StudyError) -> Double {
    let number = try node.number(expected, example: example)
    guard number > 0 else {
      throw node.error(.range, "\(expected) must be above 0, found \(node.found)")
    }
    return number
  }
}
