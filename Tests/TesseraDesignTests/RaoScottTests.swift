import TesseraDesign
import TesseraSurvey
import Testing

/// Values printed by `survey::svychisq(~sch.wide + stype, design)` for the school samples.
@Suite struct RaoScottTests {
  @Test func `a cluster sample gives the published F`() throws {
    let sample = try PublishedDesign(.apiclus1)
    let test = try #require(
      RaoScottTest(sample.target, sample.schoolType, design: sample.design))
    #expect(abs(test.statistic - 5.1934) < 5e-4)
    #expect(abs(test.numerator - 1.4946) < 5e-4)
    #expect(abs(test.denominator - 20.925) < 5e-3)
    #expect(abs(test.pValue - 0.02175) < 5e-5)
  }

  @Test func `strata of finite populations give the published F`() throws {
    let sample = try PublishedDesign(.apistrat)
    let test = try #require(
      RaoScottTest(sample.target, sample.schoolType, design: sample.design))
    #expect(abs(test.statistic - 17.247_444) < 5e-6)
    #expect(abs(test.numerator - 1.828_671_5) < 5e-7)
    #expect(abs(test.denominator - 360.248_286) < 5e-5)
    #expect(abs(test.pValue - 2.035_046e-7) < 5e-12)
  }

  @Test func `a two-stage sample gives the published F`() throws {
    let sample = try PublishedDesign(.apiclus2)
    let test = try #require(
      RaoScottTest(sample.target, sample.schoolType, design: sample.design))
    #expect(abs(test.statistic - 11.484_568) < 5e-6)
    #expect(abs(test.numerator - 1.375_312_2) < 5e-7)
    #expect(abs(test.denominator - 53.637_176) < 5e-6)
    #expect(abs(test.pValue - 0.000_409_328_6) < 5e-10)
  }

  @Test func `weights alone give the published F`() throws {
    let sample = try PublishedDesign(.weightsAlone)
    let test = try #require(
      RaoScottTest(sample.target, sample.schoolType, design: sample.design))
    #expect(abs(test.statistic - 16.72) < 0.05)
    #expect(abs(test.pValue - 2.978e-7) < 2e-8)
    #expect(abs(sample.design.effectiveSampleSize - 168.5813) < 1e-3)
  }
}
