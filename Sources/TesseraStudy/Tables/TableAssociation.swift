import TesseraDesign
import TesseraMath

/// Tests whether answers differ between the columns of a group at all.
///
/// - Reference: Rao & Scott (1984), *Annals of Statistics* 12(1), 46-60; `svychisq` of R's survey.
struct TableAssociation: Sendable {
  /// More cells are no table whose answers are asked about together.
  private static let mostCells = 300

  let banner: Banner
  let design: TableDesign
  /// Columns of fewer people (unweighted) are left out.
  let testedBase: Double

  /// Tests each group of columns that overlap nowhere.
  ///
  /// - Parameters:
  ///   - positions: Answers from 1, 0 without an answer.
  ///   - categories: Number of answers.
  ///   - memberships: For each column everybody's membership.
  ///   - bases: Respondents of each column who answered (unweighted).
  ///   - isShown: Whether each column is shown.
  ///   - isActive: Whether the question made the segments, so that these are not tested.
  /// - Returns: One test for each group with two columns or more that vary.
  /// - Complexity: O(rows · columns of a group²).
  func tests(
    _ positions: [Int], categories: Int, memberships: [[Double]], bases: [Double],
    isShown: (Int) -> Bool, isActive: Bool
  ) -> [SurveyTable.GroupTest] {
    banner.groups.indices.dropFirst().compactMap { place in
      let group = banner.groups[place]
      guard !group.isOverlapping, !(group.isSegments && isActive) else { return nil }
      let columns = group.columns.filter { isShown($0) && bases[$0] >= testedBase }
      guard columns.count > 1, columns.count * categories <= Self.mostCells else { return nil }
      var parts = Matrix(rows: positions.count, columns: columns.count)
      var answers = positions
      for row in positions.indices where positions[row] > 0 {
        var isMember = false
        for (column, source) in columns.enumerated() where memberships[source][row] != 0 {
          parts[row, column] = memberships[source][row]
          isMember = true
        }
        if !isMember { answers[row] = 0 }
      }
      let table = SoftTable(
        memberships: parts, answers: answers, categories: categories, weights: design.weights,
        units: design.units)
      return RaoScottTest(table).map {
        SurveyTable.GroupTest(
          group: place, statistic: $0.statistic, numerator: $0.numerator,
          denominator: $0.denominator, pValue: $0.pValue)
      }
    }
  }
}
