/// Which columns of a table are hidden, so that no table of the set gives back a small group.
///
/// A column is hidden where too few of its people answered. It is also hidden where subtraction would
/// give a small group: if the people of a shown column (Total, or the outer variable of a nested
/// group) who stand in none of the shown columns within it are some, but too few, then the next
/// smallest of these is hidden too. Columns lie within each other by who answered, whatever variable
/// they were made from, so that bands of one variable do not betray those of another.
package struct TablePrivacy: Sendable {
  /// People that a base must hold; 1 or less hides nothing.
  let minimum: Double

  /// Protects columns of fewer respondents.
  package init(minimum: Double) {
    self.minimum = minimum
  }

  /// Hides columns.
  ///
  /// - Parameters:
  ///   - counts: For each two columns the respondents who are in both and answered; Total first.
  ///   - groups: Groups of columns that overlap nowhere; a column of a question with several answers is
  ///     a group by itself.
  /// - Returns: Whether each column is hidden.
  /// - Complexity: O(columns² · hidden columns).
  package func hidden(_ counts: [[Double]], groups: [[Int]]) -> [Bool] {
    let bases = counts.indices.map { counts[$0][$0] }
    guard minimum > 1 else { return bases.map { _ in false } }
    var hidden = bases.map { $0 < minimum }
    while let next = betrayed(counts, bases, groups, hidden) { hidden[next] = true }
    return hidden
  }

  /// The column to hide next; `nil` if nothing shown gives a small group.
  private func betrayed(
    _ counts: [[Double]], _ bases: [Double], _ groups: [[Int]], _ hidden: [Bool]
  ) -> Int? {
    for whole in bases.indices where !hidden[whole] {
      for group in groups {
        let within = group.filter {
          $0 != whole && !hidden[$0] && counts[whole][$0] == bases[$0]
        }
        guard let smallest = within.min(by: { bases[$0] < bases[$1] }) else { continue }
        let rest = bases[whole] - within.reduce(0) { $0 + bases[$1] }
        if rest > 0, rest < minimum { return smallest }
      }
    }
    return nil
  }

  /// Cells hidden by counts (`strict`), group by group.
  ///
  /// Each group is protected as a table of its own, with the people in none of its columns as one
  /// more column. An answer whose total one group hides is hidden in all of them.
  ///
  /// - Parameters:
  ///   - counts: Answers × columns: respondents (unweighted).
  ///   - groups: Groups of columns that overlap nowhere.
  /// - Returns: Answers × columns.
  package func hiddenCells(_ counts: [[Double]], groups: [[Int]]) -> [[Bool]] {
    var hidden = counts.map { $0.map { _ in false } }
    guard minimum > 1, !counts.isEmpty else { return hidden }
    let suppression = CellSuppression(minimum: minimum)
    for group in groups {
      let parts = counts.map { row in
        group.map { row[$0] } + [max(0, row[0] - group.reduce(0) { $0 + row[$1] })]
      }
      let rest = parts.reduce(0) { $0 + ($1.last ?? 0) }
      let found = suppression.hidden(rest > 0 ? parts : parts.map { Array($0.dropLast()) })
      for answer in counts.indices {
        for (place, column) in group.enumerated() where found[answer][place] {
          hidden[answer][column] = true
        }
        if found[answer].last == true { hidden[answer][0] = true }
      }
    }
    // What one group hides of Total, the sums of another would give back.
    for answer in counts.indices where hidden[answer][0] {
      hidden[answer] = hidden[answer].map { _ in true }
    }
    for column in counts[0].indices {
      let own = counts.indices.filter { hidden[$0][column] }
      let sum = own.reduce(0) { $0 + counts[$1][column] }
      guard !own.isEmpty, sum < minimum || own.count == 1 else { continue }
      for answer in counts.indices { hidden[answer][column] = true }
    }
    return hidden
  }
}
