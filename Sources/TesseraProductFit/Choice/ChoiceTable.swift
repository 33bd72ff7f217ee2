public import TesseraMath

/// Choices that people made: menus of alternatives with attributes, and which was taken.
public struct ChoiceTable: Sendable, Equatable {
  /// Alternatives × attributes, menu after menu.
  public let attributes: Matrix
  /// The first row of each menu, and the number of rows at the end.
  public let starts: [Int]
  /// The row chosen in each menu.
  public let chosen: [Int]
  /// One weight for each menu, 0 or more.
  public let weights: [Double]
  /// Who made each choice, from 0: errors of one person's choices go together; empty if all differ.
  public let persons: [Int]

  /// Binds choices.
  ///
  /// - Parameters:
  ///   - attributes: Alternatives × attributes, menu after menu; finite.
  ///   - sizes: Alternatives of each menu, 1 or more.
  ///   - chosen: The position chosen in each menu, from 0.
  ///   - weights: One for each menu; `nil` weighs all 1.
  ///   - persons: Who made each choice, from 0; empty if all differ.
  public init(
    attributes: Matrix, sizes: [Int], chosen: [Int], weights: [Double]? = nil,
    persons: [Int] = []
  ) {
    precondition(sizes.count == chosen.count, "a choice for each menu")
    precondition(persons.isEmpty || persons.count == sizes.count, "a person for each menu")
    precondition(weights?.count ?? sizes.count == sizes.count, "a weight for each menu")
    var starts = [0]
    for (size, position) in zip(sizes, chosen) {
      precondition(size > 0 && (0..<size).contains(position), "the choice is not on the menu")
      starts.append((starts.last ?? 0) + size)
    }
    precondition(starts.last == attributes.rows, "menus and rows differ in number")
    self.attributes = attributes
    self.starts = starts
    self.chosen = zip(starts, chosen).map { $0 + $1 }
    self.weights = weights ?? [Double](repeating: 1, count: sizes.count)
    self.persons = persons
  }

  /// Number of menus.
  public var count: Int { chosen.count }

  /// The menus given, in order.
  ///
  /// - Parameter menus: Which, from 0.
  /// - Returns: A table of those menus.
  public func selecting(_ menus: [Int]) -> ChoiceTable {
    let rows = menus.flatMap { Array(starts[$0]..<starts[$0 + 1]) }
    var values: [Double] = []
    values.reserveCapacity(rows.count * attributes.columns)
    for row in rows { values += attributes.row(row) }
    return ChoiceTable(
      attributes: Matrix(rows: rows.count, columns: attributes.columns, values: values),
      sizes: menus.map { starts[$0 + 1] - starts[$0] },
      chosen: menus.map { chosen[$0] - starts[$0] }, weights: menus.map { weights[$0] },
      persons: persons.isEmpty ? [] : menus.map { persons[$0] })
  }

  /// The same menus with other attributes.
  ///
  /// - Parameter attributes: Alternatives × attributes.
  /// - Returns: A table of as many menus.
  public func with(_ attributes: Matrix) -> ChoiceTable {
    ChoiceTable(
      attributes: attributes, sizes: chosen.indices.map { starts[$0 + 1] - starts[$0] },
      chosen: chosen.indices.map { chosen[$0] - starts[$0] }, weights: weights, persons: persons)
  }

  /// These menus, and others behind them; persons are left out.
  ///
  /// - Parameter other: Menus with the same attributes.
  /// - Returns: A table of both.
  public func appending(_ other: ChoiceTable) -> ChoiceTable {
    func sizes(_ table: ChoiceTable) -> [Int] {
      table.chosen.indices.map { table.starts[$0 + 1] - table.starts[$0] }
    }
    func places(_ table: ChoiceTable) -> [Int] {
      table.chosen.indices.map { table.chosen[$0] - table.starts[$0] }
    }
    return ChoiceTable(
      attributes: Matrix(
        rows: attributes.rows + other.attributes.rows, columns: attributes.columns,
        values: attributes.values + other.attributes.values),
      sizes: sizes(self) + sizes(other), chosen: places(self) + places(other),
      weights: weights + other.weights)
  }
}
