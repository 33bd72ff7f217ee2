import TesseraMath

/// Means over the groups of a page, each of which rests on enough people or on nobody.
///
/// A sum to which fewer people contribute would tell what one of them answered, however many the
/// group holds: such groups of a segment share one mean.
struct CellSums {
  private let cells: PeopleCells
  private let groups: PeopleGroups
  /// Each person's share of the own segment.
  private let own: [[Double]]
  private let totals: [Double]

  init(_ cells: PeopleCells, shares: Matrix, groups: PeopleGroups) {
    self.cells = cells
    self.groups = groups
    own = zip(cells.cells, cells.segments).map { people, segment in
      people.map { shares[$0, segment] }
    }
    totals = own.map { $0.reduce(0, +) }
  }

  /// The mean of a number in each group.
  ///
  /// - Parameter value: A respondent's number; 0 for those whom it does not concern.
  /// - Returns: One mean for each group; 0 throughout a segment where it concerns too few.
  /// - Complexity: O(people + groups log groups).
  func means(_ value: (Int) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: cells.cells.count)
    var concerned = sums
    for (cell, people) in cells.cells.enumerated() {
      for (place, respondent) in people.enumerated() {
        let number = value(respondent)
        guard number != 0 else { continue }
        sums[cell] += own[cell][place] * number
        concerned[cell] += groups.copies[respondent]
      }
    }
    var means = sums.indices.map { totals[$0] > 0 ? sums[$0] / totals[$0] : 0 }
    for segment in Set(cells.segments) {
      let order = sums.indices.filter { cells.segments[$0] == segment && concerned[$0] > 0 }
        .sorted { (concerned[$0], $0) < (concerned[$1], $1) }
      var pooled = order.prefix { concerned[$0] < groups.minimum }
      guard !pooled.isEmpty else { continue }
      var people = pooled.reduce(0) { $0 + concerned[$1] }
      if people < groups.minimum, pooled.endIndex < order.endIndex {
        people += concerned[order[pooled.endIndex]]
        pooled = order[...pooled.endIndex]
      }
      let (sum, total) = pooled.reduce((0.0, 0.0)) { ($0.0 + sums[$1], $0.1 + totals[$1]) }
      for cell in pooled { means[cell] = people >= groups.minimum && total > 0 ? sum / total : 0 }
    }
    return means
  }
}
