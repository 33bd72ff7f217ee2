/// Decides which cells of a table may be shown, so that no small group of people can be told.
///
/// A cell on fewer respondents than the smallest cell is hidden. Further cells are hidden until
/// nothing shown gives a hidden one back: shares of a segment sum to 1, and segments weighted by
/// their size sum to the total, so the hidden cells form a graph with answers and segments as its
/// nodes, and a cell can be worked out by subtraction exactly if it is a bridge of that graph.
/// Hidden cells of a line also hold together as many respondents as the smallest cell, because
/// their sum can be worked out.
///
/// - Reference: Hundepool et al. (2012), *Statistical Disclosure Control*, chapter 4 (cell
///   suppression; bridges: Gusfield 1988, *SIAM J. Computing* 17(3), 552-571).
package struct CellSuppression {
  /// Cells that must hold as many respondents; 1 or less hides nothing.
  let minimum: Double
  /// Whether further cells are hidden, so that none can be worked out.
  ///
  /// Not needed where no number is told, as in the name of a segment.
  var isProtecting = true

  /// Protects cells of fewer respondents.
  package init(minimum: Double, isProtecting: Bool = true) {
    self.minimum = minimum
    self.isProtecting = isProtecting
  }

  /// Hides cells of answers by segments.
  ///
  /// - Parameter counts: Respondents (unweighted): a row an answer, a column a segment.
  /// - Returns: Whether a cell is hidden; a last column stands for everybody.
  /// - Complexity: O(cells³) at worst, for tables of a few hundred cells.
  package func hidden(_ counts: [[Double]]) -> [[Bool]] {
    let segments = counts.first?.count ?? 0
    let table = counts.map { $0 + [$0.reduce(0, +)] }
    var hidden = table.map { row in row.map { minimum > 1 && $0 < minimum } }
    guard minimum > 1, table.count > 1, isProtecting else { return hidden }
    // Each round hides at least one cell more.
    while protectSums(table, &hidden, segments: segments) || breakBridge(table, &hidden) {}
    return hidden
  }

  /// Hides columns on fewer respondents, and with them the next smallest if together they hold too few.
  ///
  /// - Parameter bases: Respondents (unweighted) with an answer in each segment.
  /// - Returns: Whether a column is hidden; a last element stands for everybody.
  package func hiddenBases(_ bases: [Double]) -> [Bool] {
    let total = bases.reduce(0, +)
    var hidden = bases.map { minimum > 1 && $0 < minimum }
    let everybody = minimum > 1 && total < minimum
    guard minimum > 1, hidden.contains(true), !everybody, isProtecting else {
      return hidden + [everybody]
    }
    while true {
      let places = hidden.indices.filter { hidden[$0] }
      let sum = places.reduce(0) { $0 + bases[$1] }
      if places.count > 1, sum >= minimum { break }
      guard
        let next = hidden.indices.filter({ !hidden[$0] }).min(by: { bases[$0] < bases[$1] })
      else { break }
      hidden[next] = true
    }
    return hidden + [everybody]
  }

  /// Hides the smallest shown cell of a line whose hidden cells hold too few respondents.
  private func protectSums(
    _ table: [[Double]], _ hidden: inout [[Bool]], segments: Int
  ) -> Bool {
    for column in 0...segments {
      let lines = table.indices.map { ($0, column) }
      if protect(lines, table, &hidden) { return true }
    }
    // Where the total is hidden too, the sum of a row is not known.
    for row in table.indices where !hidden[row][segments] {
      let lines = (0..<segments).map { (row, $0) }
      if protect(lines, table, &hidden) { return true }
    }
    return false
  }

  private func protect(
    _ line: [(row: Int, column: Int)], _ table: [[Double]], _ hidden: inout [[Bool]]
  ) -> Bool {
    var sum = 0.0
    var some = false
    var smallest: (row: Int, column: Int)?
    for cell in line {
      if hidden[cell.row][cell.column] {
        some = true
        sum += table[cell.row][cell.column]
      } else if let best = smallest {
        if table[cell.row][cell.column] < table[best.row][best.column] { smallest = cell }
      } else {
        smallest = cell
      }
    }
    guard some, sum < minimum, let smallest else { return false }
    hidden[smallest.row][smallest.column] = true
    return true
  }

  /// Finds a hidden cell that the shown ones give back, and hides the cheapest cells that stop it.
  private func breakBridge(_ table: [[Double]], _ hidden: inout [[Bool]]) -> Bool {
    for row in table.indices {
      for column in hidden[row].indices where hidden[row][column] {
        let path = cheapestWay(from: row, to: column, table, hidden)
        guard path.contains(where: { !hidden[$0.row][$0.column] }) else { continue }
        for cell in path { hidden[cell.row][cell.column] = true }
        return true
      }
    }
    return false
  }

  /// The cells on the cheapest way from an answer to a segment around their own cell; hidden cells
  /// cost nothing, so a way of hidden cells alone says that the cell is no bridge.
  private func cheapestWay(
    from row: Int, to column: Int, _ table: [[Double]], _ hidden: [[Bool]]
  ) -> [(row: Int, column: Int)] {
    let rows = table.count
    let nodes = rows + table[0].count
    var cost = [Double](repeating: .infinity, count: nodes)
    var before = [Int](repeating: -1, count: nodes)
    var settled = [Bool](repeating: false, count: nodes)
    cost[row] = 0
    while let node = (0..<nodes).filter({ !settled[$0] && cost[$0] < .infinity })
      .min(by: { cost[$0] < cost[$1] })
    {
      settled[node] = true
      if node == rows + column { break }
      let neighbours = node < rows ? rows..<nodes : 0..<rows
      for next in neighbours where !settled[next] {
        let cell = node < rows ? (node, next - rows) : (next, node - rows)
        if cell == (row, column) { continue }
        let step = hidden[cell.0][cell.1] ? 0 : table[cell.0][cell.1] + 1
        if cost[node] + step < cost[next] {
          cost[next] = cost[node] + step
          before[next] = node
        }
      }
    }
    var path: [(row: Int, column: Int)] = []
    var node = rows + column
    while before[node] >= 0 {
      let previous = before[node]
      path.append(node < rows ? (node, previous - rows) : (previous, node - rows))
      node = previous
    }
    return path
  }
}
