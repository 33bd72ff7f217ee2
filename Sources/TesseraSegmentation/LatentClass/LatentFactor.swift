/// One independent term of the likelihood given the class: an item, a pair, or a block of items.
struct LatentFactor: Sendable {
  enum Kind: Sendable, Equatable {
    /// Free chances of so many categories.
    case categorical(Int)
    /// Chances bound by an intercept a category and a slope a class.
    case adjacent(scores: [Double])
    /// Two categorical items with an association common to the classes.
    case pair(Int, Int)
    case normal(Item.VarianceForm)
    case poisson
    /// So many numeric items with a full covariance matrix.
    case block(Int, Item.VarianceForm)
  }

  let kind: Kind
  /// Positions of the items in the table.
  let items: [Int]
  /// Position of the factor's first code among all codes; lookup kinds only.
  let firstCell: Int
  /// Number of codes, the one for a missing answer (0) included; 0 for numbers.
  let cells: Int
  /// Position of the factor's first numeric column; numeric kinds only.
  let firstColumn: Int

  /// Whether its log-likelihood is read from a table by code.
  var isLookup: Bool { cells > 0 }

  /// Number of numeric columns.
  var columns: Int {
    switch kind {
    case .normal, .poisson: 1
    case .block(let size, _): size
    default: 0
    }
  }

  /// Numbers that hold its parameters for a model of so many classes.
  func size(classes: Int) -> Int {
    switch kind {
    case .categorical(let categories): classes * categories
    case .adjacent(let scores): scores.count + classes
    case .pair(let a, let b): classes * a * b
    case .normal: 2 * classes
    case .poisson: classes
    case .block(let size, _): classes * (size + size * size)
    }
  }

  /// Free parameters in a model of so many classes.
  func freeParameters(classes: Int) -> Int {
    switch kind {
    case .categorical(let categories): classes * (categories - 1)
    case .adjacent(let scores): scores.count - 1 + (scores.count > 1 ? classes - 1 : 0)
    case .pair(let a, let b): classes * (a - 1 + b - 1) + (a - 1) * (b - 1)
    case .normal(.perClass): 2 * classes
    case .normal(.equal): classes + 1
    case .poisson: classes
    case .block(let d, .perClass): classes * d + classes * d * (d + 1) / 2
    case .block(let d, .equal): classes * d + d * (d + 1) / 2
    }
  }
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
