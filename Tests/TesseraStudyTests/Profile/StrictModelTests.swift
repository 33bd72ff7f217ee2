import TesseraMath
import TesseraSegmentation
import Testing

@testable import TesseraStudy

/// Under `strict` a model tells no count of a cell.
@Suite struct StrictModelTests {
  @Test func `chances stand for multiples of ten people, and none becomes impossible`() throws {
    // Segments of 60 and 40 people; of the 60 three say yes, of the 40 all but one.
    let labels = (0..<100).map { $0 < 60 ? 0 : 1 }
    let yes = (0..<100).map { $0 < 3 || $0 >= 61 }
    let table = try ItemTable(
      respondentCount: 100,
      items: ["open", "kept"].map {
        Item(
          name: $0, measurement: .binary, answers: .codes(yes.map { $0 ? UInt8(2) : 1 }))
      })
    let chances = [[57.0 / 60, 3.0 / 60], [1.0 / 40, 39.0 / 40]]
    let model = LatentClassModel(
      prevalence: [0.6, 0.4],
      items: ["open", "kept"].map {
        ItemModel(name: $0, measurement: .binary, distribution: .categories(chances))
      })
    let found = try #require(
      model.withRoundedChances(
        table, labels: labels, heads: [Double](repeating: 1, count: 100), minimum: 10
      ) { $0 == 0 })
    guard case .categories(let rows) = found.model.items[0].distribution,
      case .categories(let kept) = found.model.items[1].distribution
    else {
      Issue.record("a question changed its kind")
      return
    }
    // 3 of 60 and 1 of 40 are told as a quarter of ten people; nothing tells 3 from 0 to 4.
    #expect(abs(rows[0][1] / rows[0][0] - 2.5 / 60) < 1e-12)
    #expect(abs(rows[1][0] / rows[1][1] - 2.5 / 40) < 1e-12)
    #expect(rows.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
    #expect(kept == chances)
    #expect(found.rounded.count == 2)
    #expect(
      model.withRoundedChances(
        table, labels: labels, heads: [Double](repeating: 1, count: 100), minimum: 10
      ) { _ in false } == nil)
  }
}
