import TesseraDesign
import TesseraMath
import TesseraSurvey
import Testing

@Suite("Privacy over all tables together")
struct TablePrivacyTests {
  /// Respondents in both of each two columns.
  private func both(_ columns: [[Bool]]) -> [[Double]] {
    columns.map { one in
      columns.map { other in zip(one, other).reduce(0) { $0 + ($1.0 && $1.1 ? 1 : 0) } }
    }
  }

  /// Every figure that subtraction of columns within a shown one gives, for a few groups.
  private func recovered(
    _ columns: [[Bool]], _ hidden: [Bool], _ groups: [[Int]]
  ) -> [Int] {
    var found: [Int] = []
    for whole in columns.indices where !hidden[whole] {
      for group in groups {
        var rest = columns[whole]
        var some = false
        for column in group where !hidden[column] && column != whole {
          guard zip(columns[column], columns[whole]).allSatisfy({ !$0 || $1 }) else { continue }
          some = true
          for row in rest.indices where columns[column][row] { rest[row] = false }
        }
        let count = rest.count { $0 }
        if some, count > 0 { found.append(count) }
      }
    }
    return found
  }

  @Test(arguments: 1...40)
  func `no subtraction of shown columns gives fewer than ten people`(_ seed: Int) {
    var random = RandomStream(seed: UInt64(seed))
    let people = 120 + 40 * (seed % 5)
    let ages = (0..<people).map { _ in random.uniform() }
    let sexes = (0..<people).map { _ in random.uniform() }
    // A few people give no answer; bands of one variable overlap those of another.
    let cuts = [0.03, 0.35, 0.7, 1]
    var columns: [[Bool]] = [[Bool](repeating: true, count: people)]
    for (low, high) in zip([0.03] + cuts.dropFirst(1), cuts.dropFirst()) {
      columns.append(ages.map { low <= $0 && $0 < high })
    }
    columns.append(ages.map { $0 >= 0.03 && $0 < 0.4 })
    columns.append(ages.map { $0 >= 0.4 })
    columns.append(sexes.map { $0 < 0.5 })
    columns.append(sexes.map { $0 >= 0.5 && $0 < 0.96 })
    for sex in 6...7 {
      for age in 1...3 { columns.append(zip(columns[sex], columns[age]).map { $0 && $1 }) }
    }
    let groups = [[0], [1, 2, 3], [4, 5], [6, 7], Array(8...13)]
    let hidden = TablePrivacy(minimum: 10).hidden(both(columns), groups: groups)
    for column in columns.indices where !hidden[column] {
      #expect(columns[column].count { $0 } >= 10)
    }
    for count in recovered(columns, hidden, groups) { #expect(count >= 10) }
  }

  @Test func `two hidden columns of few people take the next smallest with them`() {
    var columns = [[Bool](repeating: true, count: 60)]
    for range in [0..<4, 4..<7, 7..<27, 27..<60] { columns.append((0..<60).map { range ~= $0 }) }
    let hidden = TablePrivacy(minimum: 10).hidden(both(columns), groups: [[0], [1, 2, 3, 4]])
    #expect(hidden == [false, true, true, true, false])
    #expect(
      TablePrivacy(minimum: 1).hidden(both(columns), groups: [[0], [1, 2, 3, 4]])
        == [false, false, false, false, false])
  }

  @Test func `strict hides an answer everywhere once its total is hidden somewhere`() {
    // Answers by Total, two columns and two others.
    let counts: [[Double]] = [
      [60, 30, 30, 55, 5], [50, 25, 25, 30, 20], [9, 4, 5, 5, 4], [41, 21, 20, 20, 21],
    ]
    let hidden = TablePrivacy(minimum: 10).hiddenCells(counts, groups: [[1, 2], [3, 4]])
    #expect(hidden[0][4])
    for answer in counts.indices where hidden[answer][0] {
      #expect(hidden[answer].allSatisfy { $0 })
    }
    for column in counts[0].indices {
      let own = counts.indices.filter { hidden[$0][column] }
      if !own.isEmpty { #expect(own.reduce(0) { $0 + counts[$1][column] } >= 10) }
    }
  }
}
