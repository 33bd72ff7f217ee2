/// Respondents behind a table, unweighted: who answered, in which columns.
struct TableTally {
  /// For each two columns the respondents who are in both and answered.
  let both: [[Double]]
  /// Respondents of each column who answered.
  let bases: [Double]
  private let sums: [Double]
  private let squares: [Double]
  private let counts: [[Double]]

  /// Counts respondents.
  ///
  /// - Parameters:
  ///   - answers: The answers.
  ///   - members: Who belongs to which column, by likeliest segment.
  ///   - banner: The columns.
  ///   - design: Respondents behind each row, and weights.
  /// - Complexity: O(rows · columns a respondent is in²).
  init(
    _ answers: TableAnswers, _ members: BannerMembers, _ banner: Banner, _ design: TableDesign
  ) {
    let columns = members.columns
    var both = [Double](repeating: 0, count: columns * columns)
    var sums = [Double](repeating: 0, count: columns)
    var squares = sums
    let width: Int
    if case .codes(_, let count) = answers { width = count } else { width = 0 }
    var counts = [Double](repeating: 0, count: columns * max(1, width))
    for row in design.heads.indices where answers.isAnswered(row) {
      let heads = design.heads[row]
      let weight = design.weights[row]
      let first = members.starts[row]
      let last = members.starts[row + 1]
      for entry in first..<last {
        let column = members.places[entry]
        sums[column] += weight
        squares[column] += heads > 0 ? weight * weight / heads : 0
        for other in first..<last { both[column * columns + members.places[other]] += heads }
        if case .codes(let positions, _) = answers {
          counts[column * width + positions[row] - 1] += heads
        }
      }
    }
    self.both = (0..<columns).map { Array(both[$0 * columns..<($0 + 1) * columns]) }
    bases = (0..<columns).map { both[$0 * columns + $0] }
    self.sums = sums
    self.squares = squares
    self.counts =
      width == 0 ? [] : (0..<columns).map { Array(counts[$0 * width..<($0 + 1) * width]) }
  }

  /// Weights of the respondents of a column, added up.
  func weighted(_ column: Int) -> Double { sums[column] }

  /// Kish's effective number of respondents of a column.
  func effective(_ column: Int, _ design: TableDesign) -> Double {
    squares[column] > 0 ? sums[column] * sums[column] / squares[column] : 0
  }

  /// Respondents of a column whose answers count.
  func count(_ column: Int, _ values: [Double]) -> Double {
    guard !counts.isEmpty else { return bases[column] }
    return zip(counts[column], values).reduce(0) { $0 + ($1.1 != 0 ? $1.0 : 0) }
  }

  /// The columns of a group, in parts that overlap nowhere.
  func groups(_ banner: Banner, _ group: Int) -> [[Int]] {
    let columns = Array(banner.groups[group].columns)
    return banner.groups[group].isOverlapping ? columns.map { [$0] } : [columns]
  }
}
