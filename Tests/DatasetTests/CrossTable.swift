import Foundation

/// Counts of two nominal variables against each other.
struct CrossTable {
  /// A row a category of the first variable, a column a category of the second, both sorted.
  let counts: [[Int]]

  /// Counts the pairs in which both answers are there.
  init(_ first: [String], _ second: [String]) {
    let pairs = zip(first, second).filter { !$0.0.isEmpty && !$0.1.isEmpty }
    let rows = Set(pairs.map(\.0)).sorted()
    let columns = Set(pairs.map(\.1)).sorted()
    var counts = rows.map { _ in columns.map { _ in 0 } }
    for (row, column) in pairs {
      guard let row = rows.firstIndex(of: row), let column = columns.firstIndex(of: column) else {
        continue
      }
      counts[row][column] += 1
    }
    self.counts = counts
  }

  /// Pearson's statistic for independence.
  var chiSquare: Double {
    let total = Double(counts.joined().reduce(0, +))
    let columns = counts[0].indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    return counts.reduce(0) { sum, row in
      let inRow = Double(row.reduce(0, +))
      return zip(row, columns).reduce(sum) { sum, cell in
        let expected = inRow * Double(cell.1) / total
        return sum + pow(Double(cell.0) - expected, 2) / expected
      }
    }
  }
}
