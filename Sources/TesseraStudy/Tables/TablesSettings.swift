public import TesseraMath

/// How tables are tested and ordered.
public struct TablesSettings: Sendable {
  /// Adjustment of *p* values over all tests of a table; `nil` for none.
  public var adjustment: MultipleTesting?
  /// Levels of significance: below the first a capital letter, below the second a small one.
  public var levels = (capital: 0.05, small: 0.1)
  /// Both bases of a test must hold as many respondents (unweighted).
  public var testedBase = 30.0
  /// Respondents of a column who must have given an answer for its share to get a letter (unweighted).
  public var testedAnswers = 10.0
  /// Whether answers without an order stand by size, largest first.
  public var isSorted = false

  /// Takes the defaults: 95% and 90%, no adjustment, the file's order.
  public init() {}

  /// What was done, in sentences for the foot of tables.
  func sentences(_ design: TableDesign) -> [String] {
    func percent(_ level: Double) -> String { "\(Int((100 * (1 - level)).rounded()))%" }
    let way =
      switch adjustment {
      case .benjaminiHochberg?:
        "; p values are adjusted over each table (Benjamini and Hochberg)"
      case .benjaminiYekutieli?:
        "; p values are adjusted over each table (Benjamini and Yekutieli)"
      case nil: "; p values are not adjusted for the number of tests"
      }
    let parts =
      (design.isWeighted ? ["weights"] : []) + (design.hasStrata ? ["strata"] : [])
      + (design.isClustered ? ["clusters"] : []) + ["overlap"]
    let taken =
      parts.count == 1
      ? parts[0] : parts.dropLast().joined(separator: ", ") + " and \(parts[parts.count - 1])"
    return [
      "A letter says that a figure is significantly higher than that of the column with the letter "
        + "in the same group of the banner: capitals at \(percent(levels.capital)), small letters "
        + "at \(percent(levels.small)), two-sided t tests that take \(taken) into account, where "
        + "both bases are at least \(Int(testedBase)) and at least \(Int(testedAnswers)) people of "
        + "the column gave the answer\(way).",
      "Columns are compared with Total by testing them against everybody else.",
      "The p of a whole table says how likely answers that differ as much between the columns of a "
        + "group would be if there were no differences (Rao and Scott's test, second order); columns "
        + "with a base under \(Int(testedBase)) are left out of it.",
    ]
  }
}
