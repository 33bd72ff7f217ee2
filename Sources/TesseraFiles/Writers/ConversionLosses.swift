/// What a format cannot hold of a survey, or holds in another form.
public struct ConversionLosses: Sendable, Equatable {
  /// One kind of loss, and the variables it concerns.
  public struct Item: Sendable, Equatable {
    /// What is lost or changed, in a sentence.
    public let what: String
    /// Names of the variables, in the order of the survey; empty if it concerns the whole.
    public internal(set) var columns: [String]
  }

  /// The losses, in the order met.
  public private(set) var items: [Item] = []

  /// Whether nothing is lost.
  public var isEmpty: Bool { items.isEmpty }

  /// Notes a loss; of the same kind once for each variable.
  mutating func add(_ what: String, _ column: String? = nil) {
    let place: Int
    if let known = items.firstIndex(where: { $0.what == what }) {
      place = known
    } else {
      items.append(Item(what: what, columns: []))
      place = items.count - 1
    }
    if let column, items[place].columns.last != column { items[place].columns.append(column) }
  }

  /// The losses of another part.
  mutating func add(_ other: ConversionLosses) {
    for item in other.items {
      if item.columns.isEmpty { add(item.what) }
      for column in item.columns { add(item.what, column) }
    }
  }
}
