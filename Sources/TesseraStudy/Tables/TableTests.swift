import TesseraMath

/// The tests between the columns of a table.
struct TableTests {
  /// A test of whether the figure of one column is higher than that of another.
  struct Test {
    let row: Int
    /// The columns; the second may be Total, which stands for everybody else.
    let first: Int
    let second: Int
    let difference: Double
    let pValue: Double
  }

  private(set) var tests: [Test] = []
  private let sums: TableSums
  private let total: Double

  /// Starts without tests.
  init(_ sums: TableSums, respondents total: Double) {
    self.sums = sums
    self.total = total
  }

  /// Compares two columns of a group.
  ///
  /// - Parameters:
  ///   - row: The row of the table.
  ///   - values: What each answer counts as.
  ///   - first: A column.
  ///   - second: Another.
  ///   - respondents: Respondents in either (unweighted).
  mutating func compare(
    row: Int, values: [Double], _ first: Int, _ second: Int, respondents: Double
  ) {
    guard let one = sums.mean(first, values), let other = sums.mean(second, values) else { return }
    test(
      row, first, second, one - other, values,
      [
        ScoreTerm(column: first, factor: 1 / sums.masses[first], centre: one),
        ScoreTerm(column: second, factor: -1 / sums.masses[second], centre: other),
      ], freedom: sums.freedom(respondents: respondents, taking: [first, second]))
  }

  /// Compares a column with everybody else.
  mutating func compareWithRest(row: Int, values: [Double], _ column: Int) {
    let mass = sums.masses[0] - sums.masses[column]
    guard mass > 1e-9 * sums.masses[0], let own = sums.mean(column, values),
      let all = sums.mean(0, values)
    else { return }
    let rest = (all * sums.masses[0] - own * sums.masses[column]) / mass
    test(
      row, column, 0, own - rest, values,
      [
        ScoreTerm(column: column, factor: 1 / sums.masses[column], centre: own),
        ScoreTerm(column: 0, factor: -1 / mass, centre: rest),
        ScoreTerm(column: column, factor: 1 / mass, centre: rest),
      ], freedom: sums.freedom(respondents: total, taking: [0]))
  }

  private mutating func test(
    _ row: Int, _ first: Int, _ second: Int, _ difference: Double, _ values: [Double],
    _ terms: [ScoreTerm], freedom: Double
  ) {
    guard freedom >= 1 else { return }
    let error = max(0, sums.variance(terms, values)).squareRoot()
    // Without variation there is nothing to test.
    guard error > 1e-9 * max(1e-3, abs(difference)), difference.isFinite else { return }
    tests.append(
      Test(
        row: row, first: first, second: second, difference: difference,
        pValue: StudentDistribution(degreesOfFreedom: freedom).twoSided(difference / error)))
  }

  /// The letters of each cell.
  ///
  /// - Parameters:
  ///   - rows: Rows of the table.
  ///   - columns: The columns, for their letters.
  ///   - settings: Levels and adjustment.
  ///   - isPrinted: Whether a row's figure of a first column is printed as higher than that of a second.
  /// - Returns: Rows × columns.
  func letters(
    rows: Int, _ columns: [BannerColumn], _ settings: TablesSettings,
    where isPrinted: (_ row: Int, _ high: Int, _ low: Int) -> Bool = { _, _, _ in true }
  ) -> [[String]] {
    let raw = tests.map(\.pValue)
    let pValues = settings.adjustment?.adjusted(raw) ?? raw
    var found = [[[String]]](
      repeating: [[String]](repeating: [], count: columns.count), count: rows)
    for (test, p) in zip(tests, pValues) where p < settings.levels.small {
      let (high, low) =
        test.difference > 0 ? (test.first, test.second) : (test.second, test.first)
      guard isPrinted(test.row, high, low) else { continue }
      let letter = columns[low].letter
      found[test.row][high].append(p < settings.levels.capital ? letter : letter.lowercased())
    }
    let isLong = columns.contains { $0.letter.count > 1 }
    return found.map { row in
      row.map { letters in
        letters.sorted {
          let (one, other) = ($0.uppercased(), $1.uppercased())
          return one.count == other.count ? one < other : one.count < other.count
        }.joined(separator: isLong ? " " : "")
      }
    }
  }
}
