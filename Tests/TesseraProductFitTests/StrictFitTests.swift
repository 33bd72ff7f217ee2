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

  /// Of 112 people in two segments 7 of the second cannot pay 150 thousand.
  private static func few() -> [[Double]] {
    var rows = HandCase.rows
    for place in rows.indices { rows[place][11] = place == 5 ? 20 : 400 }
    return rows
  }

  @Test func `an interval holds the fit that hidden shares keep back`() throws {
    func fit(_ level: Privacy, cell: Int) throws -> FitResult {
      var settings = HandCase.settings(minimumCell: cell)
      settings.askedPrivacy = level
      return try ProductFit.run(
        HandCase.source(), HandCase.segmented(copies: 7, rows: Self.few()), settings: settings)
    }
    let (plain, strict) = (try fit(.none, cell: 1), try fit(.strict, cell: 10))
    var differ = 0
    for (own, told) in zip(plain.cells, strict.cells) {
      guard let truth = own.fit, let fit = told.fit, let low = told.low, let high = told.high
      else { continue }
      #expect(low <= truth + 1e-9 && truth <= high + 1e-9, "\(told.product), \(told.segment)")
      guard abs(fit - truth) > 1e-9 else { continue }
      differ += 1
      // The figure lies within the range that hides the truth, not at its best end.
      #expect(fit < high - 1e-9, "\(told.product), \(told.segment)")
      // What is worth how much among those who accept would tell how many do not.
      #expect(told.acceptance == nil && told.quality == nil)
    }
    #expect(differ > 0)
  }

  @Test func `a change tells no segment's fit from which a hidden share follows`() throws {
    var settings = HandCase.settings(minimumCell: 10)
    settings.askedPrivacy = .strict
    let segmented = HandCase.segmented(copies: 7, rows: Self.few())
    let change = [FeatureSetting(feature: "price", level: "30")]
    let answer = try WhatIf(HandCase.source(), segmented, settings: settings)
      .gain(product: "coupe", set: change)
    #expect(answer.bySegment.allSatisfy { $0.fit == nil && $0.gain == nil })
    settings.askedPrivacy = .standard
    let open = try WhatIf(HandCase.source(), segmented, settings: settings)
      .gain(product: "coupe", set: change)
    #expect(open.bySegment.allSatisfy { $0.fit != nil })
  }

  @Test func `the shares of a barrier on a sensitive column give back no small segment`() throws {
    var settings = HandCase.settings(minimumCell: 10)
    settings.askedPrivacy = .standard
    settings.sensitive = ["barrier_child_seat"]
    // Of 36 families 18 hold the barrier, of 27 singles 9.
    var rows = HandCase.rows
    (rows[2][10], rows[4][10]) = (0, 1)
    let fit = try ProductFit.run(
      HandCase.source(), HandCase.segmented(copies: 9, rows: rows), settings: settings)
    let shares = fit.cells.filter { $0.product == "coupe" }.map { cell in
      cell.ledger?.barriers.first { $0.barrier == "no_child_seat" }?.shareAffected
    }
    // The singles' 9 are hidden; with everybody known, the families' 18 would give them back.
    #expect(shares.count == 2)
    #expect(shares.allSatisfy { $0 == nil }, "\(shares)")
  }
}
