/// One independent term of the likelihood given the class: an item, a pair, or a block of items.
struct LatentFactor: Sendable {
  /// The distribution of its answers.
  let family: any Family
  /// Position among the factors.
  let position: Int
  /// Positions of the items in the table.
  let items: [Int]
  /// Position of the factor's first code among all codes.
  let firstCell: Int
  /// Number of codes, the one for a missing answer (0) included; 0 where nothing is read by code.
  let cells: Int
  /// Position of the factor's first numeric column.
  let firstColumn: Int
  /// Number of numeric columns.
  let columns: Int
  /// Places of the family's parameters; known once the number of classes is.
  var tables: [ParameterTable] = []

  /// Whether its log-likelihood, or part of it, is read from a table by code.
  var isLookup: Bool { cells > 0 }
  /// The first, and often the only, table.
  var table: ParameterTable { tables[0] }
  /// Position of the first answered code.
  var firstAnswer: Int { firstCell + 1 }
}

/// Lookup factors whose codes are read together: one table entry for each combination of answers.
///
/// Several short items cost one addition instead of several.
struct LatentGroup: Sendable {
  /// The factors, by position.
  let factors: [Int]
  /// What a step in each factor's code adds to the group's code.
  let strides: [Int]
  /// Number of codes.
  let cells: Int
  /// Position of the group's first code among the codes of all groups.
  let firstCell: Int
}
