import TesseraProductFit
import Testing

/// The ledger of every cell of the hand-worked case, as fractions (METHODS: equations 1 to 7).
@Suite struct HandLedgerTests {
  struct Cell: Sendable {
    let segment: String
    let product: String
    let fit: Double
    /// For each need the losses of its features, in the order of the relations.
    let needs: [[Double]]
    /// No place for a child seat, then over budget.
    let barriers: [Double]
  }

  static let cells = [
    Cell(
      segment: "family", product: "coupe", fit: 665.0 / 48,
      needs: [
        [47.0 / 2, 47.0 / 6],
        [123.0 / 10, 41.0 / 15],
        [1419.0 / 380, 16553.0 / 912],
        [0, 0],
      ], barriers: [170.0 / 19, 170.0 / 19]),
    Cell(
      segment: "family", product: "suv", fit: 1932371.0 / 22800,
      needs: [
        [0, 0],
        [0, 41.0 / 75],
        [473.0 / 380, 35.0 / 38],
        [937.0 / 285, 2811.0 / 304],
      ], barriers: [0, 0]),
    Cell(
      segment: "single", product: "coupe", fit: 11335.0 / 252,
      needs: [
        [0, 0],
        [241.0 / 28, 241.0 / 126],
        [3, 15],
        [0, 0],
      ], barriers: [0, 53.0 / 2]),
    Cell(
      segment: "single", product: "suv", fit: 29233.0 / 560,
      needs: [
        [0, 0],
        [0, 241.0 / 630],
        [1, 0],
        [767.0 / 63, 3835.0 / 112],
      ], barriers: [0, 0]),
  ]

  @Test(arguments: cells)
  func `every loss of every cell comes out`(expected: Cell) throws {
    let result = try HandCaseTests.result()
    let cell = try #require(
      result.cell(segment: expected.segment, product: expected.product))
    #expect(isNear(cell.fit, expected.fit))
    let ledger = try #require(cell.ledger)
    #expect(ledger.needs.count == expected.needs.count)
    var total = try #require(cell.fit)
    for (need, losses) in zip(ledger.needs, expected.needs) {
      #expect(need.features.count == losses.count)
      #expect(isNear(need.loss, losses.reduce(0, +)))
      total += need.loss
      for (feature, loss) in zip(need.features, losses) {
        #expect(isNear(feature.loss, loss), "\(need.need), \(feature.feature)")
      }
    }
    #expect(ledger.barriers.count == expected.barriers.count)
    for (barrier, loss) in zip(ledger.barriers, expected.barriers) {
      #expect(isNear(barrier.loss, loss), "\(barrier.barrier)")
      total += barrier.loss
    }
    #expect(isNear(total, 100))
  }
}
