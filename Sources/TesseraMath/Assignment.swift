/// The pairing of rows with columns that has the best total, each used at most once.
///
/// - Reference: Kuhn (1955), *Naval Research Logistics Quarterly* 2, 83–97; shortest augmenting
///   paths as in Jonker & Volgenant (1987), *Computing* 38, 325–340, doi:10.1007/BF02278710.
public struct Assignment: Sendable, Equatable {
  /// The column that each row is paired with; `nil` for rows left over when there are more rows
  /// than columns.
  public let columnOfRow: [Int?]
  /// The row that each column is paired with; `nil` for columns left over.
  public let rowOfColumn: [Int?]
  /// The sum over the pairs.
  public let total: Double

  /// What is best.
  public enum Goal: Sendable {
    /// The smallest total: elements are costs.
    case minimise
    /// The largest total: elements are gains.
    case maximise
  }

  /// Finds a best pairing; every row or every column is paired, whichever are fewer.
  ///
  /// Among equally good pairings the answer is fixed by the matrix alone.
  ///
  /// - Parameters:
  ///   - table: What each pair costs or gains; finite.
  ///   - goal: Whether a small or a large total is sought.
  /// - Complexity: O(*s*² · *l*), for *s* the shorter and *l* the longer side.
  public init(_ table: Matrix, goal: Goal) {
    precondition(table.values.allSatisfy(\.isFinite), "costs must be finite numbers")
    let wide = table.rows <= table.columns ? table : table.transposed
    let costs = goal == .minimise ? wide.values : wide.values.map { -$0 }
    let columns = shortestPathAssignment(rows: wide.rows, columns: wide.columns, costs: costs)
    let narrow: [Int?] = columns
    var broad = [Int?](repeating: nil, count: wide.columns)
    var sum = 0.0
    for (row, column) in columns.enumerated() {
      broad[column] = row
      sum += wide[row, column]
    }
    total = sum
    columnOfRow = table.rows <= table.columns ? narrow : broad
    rowOfColumn = table.rows <= table.columns ? broad : narrow
  }
}

/// Pairs every row with a column at least cost; there are at least as many columns as rows.
///
/// Rows enter one at a time. Each entry looks for the cheapest chain of changes to the pairing,
/// as in Dijkstra's algorithm, over costs reduced by prices that keep them from being negative.
private func shortestPathAssignment(rows: Int, columns: Int, costs: [Double]) -> [Int] {
  var rowPrice = [Double](repeating: 0, count: rows)
  var columnPrice = [Double](repeating: 0, count: columns)
  var rowOf = [Int](repeating: -1, count: columns)
  var columnOf = [Int](repeating: -1, count: rows)
  var cheapest = [Double](repeating: 0, count: columns)
  var previous = [Int](repeating: -1, count: columns)
  var settled = [Bool](repeating: false, count: columns)
  for entering in 0..<rows {
    for column in 0..<columns {
      cheapest[column] = .infinity
      settled[column] = false
    }
    var visited: [Int] = []
    var row = entering
    var length = 0.0
    var end = -1
    while end < 0 {
      var next = -1
      var best = Double.infinity
      for column in 0..<columns where !settled[column] {
        let through = length + costs[row * columns + column] - rowPrice[row] - columnPrice[column]
        if through < cheapest[column] {
          cheapest[column] = through
          previous[column] = row
        }
        // A free column ends the search, so it is taken first among equals.
        let ends = next >= 0 && rowOf[next] >= 0 && rowOf[column] < 0
        if cheapest[column] < best || (cheapest[column] == best && ends) {
          best = cheapest[column]
          next = column
        }
      }
      length = best
      settled[next] = true
      if rowOf[next] < 0 {
        end = next
      } else {
        visited.append(next)
        row = rowOf[next]
      }
    }
    rowPrice[entering] += length
    for column in visited {
      rowPrice[rowOf[column]] += length - cheapest[column]
      columnPrice[column] -= length - cheapest[column]
    }
    var column = end
    while true {
      let partner = previous[column]
      rowOf[column] = partner
      let vacated = columnOf[partner]
      columnOf[partner] = column
      if partner == entering { break }
      column = vacated
    }
  }
  return columnOf
}
