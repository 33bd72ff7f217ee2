import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

/// Values printed by `survey::svychisq` for the school samples.
@Suite struct RaoScottTests {
  @Test func `a cluster sample gives the published F`() throws {
    let sample = try PublishedDesign("apiclus1", clustered: true)
    let test = try #require(
      RaoScottTest(
        sample.target, sample.schoolType, design: sample.design,
        samplingFractions: sample.fractions))
    #expect(abs(test.statistic - 5.1934) < 5e-4)
    #expect(abs(test.numerator - 1.4946) < 5e-4)
    #expect(abs(test.denominator - 20.925) < 5e-3)
    #expect(abs(test.pValue - 0.02175) < 5e-5)
  }

  @Test func `weights alone give the published F`() throws {
    let sample = try PublishedDesign("apistrat", clustered: false)
    let test = try #require(RaoScottTest(sample.target, sample.schoolType, design: sample.design))
    #expect(abs(test.statistic - 16.72) < 0.05)
    #expect(abs(test.pValue - 2.978e-7) < 2e-8)
    #expect(abs(sample.design.effectiveSampleSize - 168.5813) < 1e-3)
  }
}
