import TesseraMath
import Testing

struct AssignmentTests {
  /// The best total over all ways to give each row a column of its own, by trying them all.
  private func best(_ table: Matrix, row: Int = 0, used: Set<Int> = []) -> Double {
    guard row < table.rows else { return 0 }
    var smallest = Double.infinity
    for column in 0..<table.columns where !used.contains(column) {
      let rest = best(table, row: row + 1, used: used.union([column]))
      smallest = min(smallest, table[row, column] + rest)
    }
    return smallest
  }

  @Test func `no pairing is better than the one found`() {
    var stream = RandomStream(seed: 21)
    for trial in 0..<200 {
      let rows = 1 + stream.below(5)
      let columns = rows + stream.below(3)
      // Whole numbers from a short range give many ties.
      let spread = trial % 2 == 0 ? 4 : 1_000
      let table = Matrix(
        rows: rows, columns: columns,
        values: (0..<rows * columns).map { _ in Double(stream.below(spread)) - 2 })
      let found = Assignment(table, goal: .minimise)
      #expect(found.total == best(table))
      let columnsUsed = found.columnOfRow.compactMap { $0 }
      #expect(columnsUsed.count == rows && Set(columnsUsed).count == rows)
      for (row, column) in found.columnOfRow.enumerated() {
        #expect(column.flatMap { found.rowOfColumn[$0] } == row)
      }
      let negative = Matrix(rows: rows, columns: columns, values: table.values.map { -$0 })
      #expect(Assignment(negative, goal: .maximise).total == -found.total)
      let turned = Assignment(table.transposed, goal: .minimise)
      #expect(turned.total == found.total)
      #expect(turned.columnOfRow.filter { $0 == nil }.count == columns - rows)
    }
  }

  @Test func `an empty table has an empty pairing`() {
    let found = Assignment(Matrix(rows: 0, columns: 3), goal: .minimise)
    #expect(found.total == 0 && found.columnOfRow.isEmpty && found.rowOfColumn == [nil, nil, nil])
  }

  @Test func `labels that were shuffled are found again in a large table`() {
    var stream = RandomStream(seed: 22)
    let order = stream.permutation(60)
    var table = Matrix(rows: 60, columns: 60)
    for row in 0..<60 {
      for column in 0..<60 {
        table[row, column] = stream.uniform() + (order[row] == column ? 1 : 0)
      }
    }
    #expect(Assignment(table, goal: .maximise).columnOfRow.compactMap { $0 } == order)
  }
}
