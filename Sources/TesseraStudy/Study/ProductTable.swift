/// Products and the levels of their features, as a table gave them.
///
/// Levels are checked for form: a number where the feature asks for one, the name of a declared
/// level where it has names. They are not clamped: what a level is worth is the value function's
/// business.
public struct ProductTable: Sendable, Equatable {
  /// What a product has of a feature.
  public enum Level: Sendable, Equatable {
    /// A number in the feature's unit.
    case number(Double)
    /// The name of one of the feature's declared levels.
    case name(String)
  }

  /// The names that edits and commands refer to, in the order of the table.
  public let names: [String]
  /// What a reader sees of each product; the name where the table has no label.
  public let labels: [String]
  /// The features, in the order the study declares them.
  public let features: [String]
  /// Products × features; `nil` is unknown, never 0.
  public let cells: [[Level?]]
  /// What a piece of each product costs, in the unit of the price; `nil` where it is not said.
  public var costs: [Double?]
  /// The table's file, or the study's for an inline table.
  public let file: String
  /// The line of each product in ``file``, from 1.
  public let lines: [Int]

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - names: One for each product, no two alike.
  ///   - labels: One for each product; the names if left out.
  ///   - features: One for each column.
  ///   - cells: Products × features.
  ///   - file: Where the table stands.
  ///   - lines: The line of each product; empty if there are none.
  public init(
    names: [String], labels: [String]? = nil, features: [String], cells: [[Level?]],
    file: String = "", lines: [Int] = []
  ) {
    precondition(cells.count == names.count && cells.allSatisfy { $0.count == features.count })
    precondition(labels.map { $0.count == names.count } ?? true)
    self.names = names
    self.labels = labels ?? names
    self.features = features
    self.cells = cells
    costs = [Double?](repeating: nil, count: names.count)
    self.file = file
    self.lines = lines.isEmpty ? [Int](repeating: 1, count: names.count) : lines
  }
}
