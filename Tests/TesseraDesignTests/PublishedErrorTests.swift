import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraDesign

/// Means, totals, domains and contrasts, against R's survey (Lumley) on its samples of schools.
struct PublishedErrorTests {
  // svymean(~api00, design), svytotal(~enroll, design, na.rm = TRUE), degf(design)
  @Test(arguments: [
    (PublishedDesign.Sample.apiclus1, true, 644.1694, 23.54224, 3_404_940.1, 932_235.03, 14.0),
    (.apiclus1, false, 644.1694, 23.77901, 3_404_940.1, 941_610.74, 14),
    (.apistrat, true, 662.28736, 9.40894, 3_687_177.5, 114_641.72, 197),
    (.apiclus2, false, 670.81181, 30.71158, 2_639_272.9, 820_261.15, 39),
  ])
  func `means and totals have the published errors`(
    sample: PublishedDesign.Sample, isFinite: Bool, mean: Double, error: Double, total: Double,
    totalError: Double, freedom: Double
  ) throws {
    let schools = try PublishedDesign(sample, isFinite: isFinite)
    let found = schools.mean()
    #expect(abs(found.mean - mean) < 1e-4)
    #expect(abs(found.error - error) < 1e-5)
    let units = SamplingUnits(schools.design)
    #expect(units.degreesOfFreedom == freedom)
    let parts = zip(schools.pupils, schools.weights).map { $0.isNaN ? 0 : $0 * $1 }
    #expect(abs(parts.reduce(0, +) - total) < 0.1)
    #expect(abs(units.variance(of: parts).squareRoot() - totalError) < 0.01)
  }

  // svyby(~api00, ~stype, design, svymean)
  @Test(arguments: [
    (PublishedDesign.Sample.apiclus1, [22.362_408_9, 38.020_249_4, 31.609_465_2]),
    (.apistrat, [12.382_479_8, 14.937_129_2, 16.214_707_3]),
    (.apiclus2, [30.282_439_5, 16.964_995_3, 45.343_633_5]),
  ])
  func `domains have the published errors`(
    sample: PublishedDesign.Sample, errors: [Double]
  ) throws {
    let schools = try PublishedDesign(sample)
    for (type, error) in errors.enumerated() {
      let found = schools.mean { schools.schoolType[$0] == type + 1 }
      #expect(abs(found.error - error) < 1e-6)
    }
  }

  // svyttest(api00 ~ I(sch.wide == "Yes"), design)
  @Test(arguments: [
    (PublishedDesign.Sample.apiclus1, 41.319_021_7, 2.108_989_8),
    (.apistrat, 82.783_585_4, 3.868_381_9), (.apiclus2, 138.154_101_5, 5.288_250_9),
  ])
  func `differences of means have the published t`(
    sample: PublishedDesign.Sample, difference: Double, t: Double
  ) throws {
    let schools = try PublishedDesign(sample)
    let units = SamplingUnits(schools.design)
    let found = try #require(
      MeanContrast(
        numbers: schools.score, membership: schools.target.map { Double($0 - 1) },
        weights: schools.design.weights, units: units))
    #expect(abs(found.inside - found.outside - difference) < 1e-6)
    let p = StudentDistribution(degreesOfFreedom: units.degreesOfFreedom).twoSided(t)
    #expect(abs((found.pValue ?? 1) / p - 1) < 1e-6)
  }

  // options(survey.lonely.psu = ...); svymean(~api00, design) with one school in a stratum of its own
  @Test(arguments: [
    (SurveyDesign.LonelyUnits.adjust, true, 9.420_928_466), (.adjust, false, 9.546_194_440),
    (.certainty, true, 9.336_008_755), (.certainty, false, 9.461_548_783),
  ])
  func `a lonely unit varies as its rule says`(
    rule: SurveyDesign.LonelyUnits, isFinite: Bool, error: Double
  ) throws {
    let schools = try PublishedDesign(.apistrat, lonely: rule, isFinite: isFinite)
    #expect(abs(schools.mean().error - error) < 1e-6)
    let units = SamplingUnits(schools.design)
    #expect(units.degreesOfFreedom == 196)
    #expect(units.lonelyStrata == 1)
  }

  @Test func `a lonely unit joins the next stratum`() throws {
    let joined = try PublishedDesign(.apistrat, lonely: .join, isFinite: false)
    let whole = try PublishedDesign(.apistrat, isFinite: false)
    #expect(abs(joined.mean().error - whole.mean().error) < 1e-12)
    #expect(SamplingUnits(joined.design).degreesOfFreedom == 197)
  }

  @Test func `lonely units at the end join the stratum before`() {
    let units = SamplingUnits(weights: [1, 1, 1, 1, 1, 1, 1], strata: [4, 1, 9, 9, 5, 12, 9])
    // 1 with 4, 5 with 9, and 12 with the last.
    #expect(units.sizes == [2, 5])
    #expect(units.stratumOfUnit == [0, 0, 1, 1, 1, 1, 1])
    #expect(units.lonelyStrata == 4)
  }
}
