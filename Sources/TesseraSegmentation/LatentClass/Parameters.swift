/// Some of a model's numbers that belong together: a row for each class, or one row for all of them.
struct ParameterTable: Sendable {
  /// Position of the first number in the flat list.
  let first: Int
  let form: Form

  /// What is known of a table before it has its place.
  struct Form: Sendable {
    /// Numbers in a row.
    let width: Int
    /// Whether all classes have the same row.
    var isShared = false
    /// The coordinates in which steps are extrapolated; rows of chances sum to 1.
    let scale: LatentCoordinates.Scale
  }

  /// Positions of a class's numbers.
  func row(_ latent: Int) -> Range<Int> {
    let start = first + (form.isShared ? 0 : latent * form.width)
    return start..<start + form.width
  }

  /// Position of one number of a class.
  func index(_ latent: Int, _ column: Int = 0) -> Int { row(latent).lowerBound + column }

  /// Positions of all its numbers.
  func all(classes: Int) -> Range<Int> {
    first..<first + form.width * (form.isShared ? 1 : classes)
  }
}

/// Where a model's numbers stand in one flat list of parameters, and nowhere else is it known.
///
/// First the sizes of the classes, then the membership coefficients, then the tables of each factor's
/// family.
struct ParameterLayout: Sendable {
  let classes: Int
  let designWidth: Int
  /// The share of each class.
  let sizes: ParameterTable
  /// Coefficients of the covariates, intercept first.
  let membership: ParameterTable
  /// The factors, with the places of their tables.
  let factors: [LatentFactor]
  let count: Int

  init(data: LatentClassData, classes: Int) {
    self.classes = classes
    designWidth = data.covariateCount > 0 ? data.covariateCount + 1 : 0
    var next = 0
    func place(_ form: ParameterTable.Form) -> ParameterTable {
      let table = ParameterTable(first: next, form: form)
      next = table.all(classes: classes).upperBound
      return table
    }
    sizes = place(.init(width: 1, scale: designWidth > 0 ? .follow : .root))
    membership = place(.init(width: designWidth, scale: .plain))
    factors = data.factors.map { factor in
      var placed = factor
      placed.tables = factor.family.tables.map(place)
      return placed
    }
    count = next
  }

  /// All tables, in their order.
  var tables: [ParameterTable] { [sizes, membership] + factors.flatMap(\.tables) }

  /// Free parameters, estimates at a boundary included.
  var freeParameters: Int {
    (classes - 1) * max(1, designWidth)
      + factors.reduce(0) { $0 + $1.family.freeParameters(classes: classes) }
  }
}

extension [Double] {
  /// The rows of a table, one a class.
  func rows(of table: ParameterTable, classes: Int) -> [[Double]] {
    (0..<classes).map { Array(self[table.row($0)]) }
  }

  /// One number of each class.
  func column(of table: ParameterTable, classes: Int) -> [Double] {
    (0..<classes).map { self[table.index($0)] }
  }
}
