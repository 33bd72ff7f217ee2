import TesseraMath
import TesseraProductFit
import TesseraStudy
import TesseraSurvey
import Testing

/// The numbers were worked out by hand as fractions.
@Suite struct HandCaseTests {
  static func result(copies: Int = 1) throws -> FitResult {
    try ProductFit.run(
      HandCase.source(), HandCase.segmented(copies: copies), settings: HandCase.settings())
  }

  static func contrast(_ result: FitResult, _ segment: String) throws -> Contrast {
    try #require(
      result.contrasts.first {
        $0.segment == segment && $0.product == "suv" && $0.versus == "coupe"
      })
  }

  @Test func `respondents score as worked out by hand`() throws {
    let model = try FitModel.bind(HandCase.source(), HandCase.segmented())
    let scores = Scorer(model).scores(model.productLevels)
    let coupe = [0, 0, 0, 6925.0 / 100 + 1.0 / 48, 87 + 7.0 / 9, 0, 92 + 1.0 / 7]
    let suv = [
      94.03947368421052, 88.1, 92.8157894736842, 54.770833333333336, 40.25, 67.1,
      34.357142857142854,
    ]
    for respondent in 0..<7 {
      #expect(isNear(scores.fit[0, respondent], coupe[respondent]))
      #expect(isNear(scores.fit[1, respondent], suv[respondent]))
    }
    let weights = model.respondents.needWeights.row(0)
    for (weight, expected) in zip(weights, [7.0 / 19, 6.0 / 19, 5.0 / 19, 1.0 / 19]) {
      #expect(isNear(weight, expected))
    }
  }

  @Test func `segments fit as worked out by hand`() throws {
    let result = try Self.result()
    #expect(isNear(result.cell(segment: "family", product: "coupe")?.fit, 665.0 / 48))
    #expect(isNear(result.cell(segment: "family", product: "suv")?.fit, 1_932_371.0 / 22_800))
    #expect(isNear(result.cell(segment: "single", product: "coupe")?.fit, 11335.0 / 252))
    #expect(isNear(result.cell(segment: "single", product: "suv")?.fit, 29233.0 / 560))
    let cell = try #require(result.cell(segment: "family", product: "coupe"))
    #expect(isNear(cell.acceptance, 0.2))
    #expect(isNear(cell.quality, 69.27083333333333))
  }

  @Test func `the coupe's ledger for families comes out`() throws {
    let ledger = try #require(Self.result().cell(segment: "family", product: "coupe")?.ledger)
    let needs = [31.0 + 1.0 / 3, 15.0 + 1.0 / 30, 21.8844, 0]
    for (loss, expected) in zip(ledger.needs, needs) {
      #expect(isNear(loss.loss, expected, 5e-5))
    }
    #expect(isNear(ledger.barriers[0].loss, 8.9474, 5e-5))
    #expect(isNear(ledger.barriers[1].loss, ledger.barriers[0].loss))
    #expect(isNear(ledger.barriers[0].shareAffected, 0.8))
  }

  @Test func `every ledger adds up to 100`() throws {
    for cell in try Self.result().cells { #expect(isNear(sum(cell), 100)) }
  }

  @Test func `standard errors come from linearisation over all seven`() throws {
    let result = try Self.result()
    let family = try Self.contrast(result, "family")
    #expect(isNear(family.difference, 70.8989, 5e-5))
    #expect(isNear(family.seLinearised, 21.8293, 5e-5))
    #expect(isNear(family.confidence, 0.9994, 5e-5))
    #expect(isNear(family.superiority, 0.8))
    let single = try Self.contrast(result, "single")
    #expect(isNear(single.difference, 7.2216, 5e-5))
    #expect(isNear(single.seLinearised, 39.6542, 5e-5))
    #expect(isNear(single.confidence, 0.5723, 5e-5))
  }

  @Test func `twenty-five copies of everybody shrink the errors`() throws {
    let result = try Self.result(copies: 25)
    #expect(isNear(try Self.contrast(result, "family").seLinearised, 4.0536, 5e-5))
    #expect(isNear(try Self.contrast(result, "single").seLinearised, 7.3636, 5e-5))
    #expect(isNear(try Self.contrast(result, "single").confidence, 0.8366, 5e-5))
  }

  @Test(arguments: [
    ("suv_prestige", 3.0822, 11.4137, 6.7851), ("suv_accel", 0.4129, 3.9917, 2.0035),
    ("suv_mpg", 0.6224, 0.5, 0.5680), ("coupe_family", 3.0556, 0, 1.6975),
    ("coupe_price", 0.7292, 39, 17.7384), ("coupe_both", 47.8922, 39, 43.9401),
  ])
  func `edits gain what they should`(
    name: String, family: Double, single: Double, everybody: Double
  ) throws {
    let result = try Self.result()
    let edit = try #require(result.improvements.first { $0.name == name })
    #expect(isNear(edit.bySegment[0].gain, family, 5e-5))
    #expect(isNear(edit.bySegment[1].gain, single, 5e-5))
    #expect(isNear(edit.gain, everybody, 5e-5))
  }

  @Test func `what-if gives the gains of declared edits`() throws {
    let whatIf = try WhatIf(
      HandCase.source(), HandCase.segmented(), settings: HandCase.settings())
    let gain = try whatIf.gain(
      product: "coupe", set: [FeatureSetting(feature: "price", level: "45")])
    let declared = try #require(
      Self.result().improvements.first { $0.name == "coupe_price" })
    #expect(isNear(gain.gain, declared.gain))
    #expect(gain.bySegment == declared.bySegment)
    #expect(gain.whatIfJSON["population_gain"]?.number == gain.gain)
  }

  @Test func `opportunities are Ulwick's`() throws {
    let result = try Self.result()
    let expected = [14.0, 12, 14, 2, 0, 0, 5, 20]
    for (opportunity, score) in zip(result.opportunities, expected) {
      #expect(isNear(opportunity.odi, score))
    }
  }

  @Test func `a barrier ticked by the fourth respondent takes all from the coupe`() throws {
    var rows = HandCase.rows
    rows[3][10] = 1
    let result = try ProductFit.run(
      HandCase.source(), HandCase.segmented(rows: rows), settings: HandCase.settings())
    #expect(isNear(result.cell(segment: "family", product: "coupe")?.fit, 0))
    #expect(result.cell(segment: "family", product: "coupe")?.quality == nil)
  }

  @Test func `small segments are not told`() throws {
    let result = try ProductFit.run(
      HandCase.source(), HandCase.segmented(), settings: HandCase.settings(minimumCell: 10))
    for cell in result.cells { #expect(cell.fit == nil && cell.ledger == nil) }
    #expect(result.improvements.isEmpty)
    #expect(result.json.text.contains("\"base\": null"))
    #expect(!result.json.text.contains("\"base\": 4"))
  }

  func sum(_ cell: FitCell) -> Double? {
    guard let fit = cell.fit, let ledger = cell.ledger else { return nil }
    var total = fit
    for need in ledger.needs { for feature in need.features { total += feature.loss } }
    for barrier in ledger.barriers { total += barrier.loss }
    return total
  }
}
