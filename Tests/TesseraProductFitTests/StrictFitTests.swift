import TesseraMath
import TesseraProductFit
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Fits told under a privacy rule stay fits: from 0 to 100, with a ledger that sums to 100.
@Suite struct StrictFitTests {
  @Test(arguments: [Privacy.standard, .strict])
  func `a barrier that stops nearly all leaves no fit below nothing`(level: Privacy) throws {
    // Of 112 people 3 of 4 families of budgets cannot pay 150 thousand, whatever else they want.
    var settings = HandCase.settings(minimumCell: 10)
    settings.askedPrivacy = level
    var rows = HandCase.rows
    // Nearly all are stopped: the rest are too few to be told.
    for place in rows.indices where place != 3 { rows[place][11] = 20 }
    let fit = try ProductFit.run(
      HandCase.source(), HandCase.segmented(copies: 9, rows: rows), settings: settings)
    #expect(fit.cells.contains { ($0.fit ?? 100) < 20 })
    for cell in fit.cells {
      guard let value = cell.fit, let ledger = cell.ledger else { continue }
      #expect(value > -1e-9 && value < 100 + 1e-9, "\(cell.product), \(cell.segment): \(value)")
      #expect((cell.low ?? 0) >= 0 && (cell.high ?? 100) <= 100)
      let lost =
        ledger.needs.reduce(0) { $0 + $1.loss } + ledger.barriers.reduce(0) { $0 + $1.loss }
      #expect(isNear(value + lost, 100, 1e-6), "\(cell.product), \(cell.segment)")
    }
  }
}
