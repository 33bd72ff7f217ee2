import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct SegmentComparisonTests {
  @Test func `the same division under other names agrees in full`() {
    let comparison = SegmentComparison(
      first: ["S1", "S1", "S2", "S2", "S3"], second: ["b", "b", "a", "a", "c"])
    #expect(comparison.adjustedRand == 1)
    #expect(abs(comparison.variationOfInformation) < 1e-12)
    #expect(comparison.partners == ["b", "a", "c"])
    #expect(comparison.matchedShare == 1)
  }

  @Test func `agreement and information are those computed by hand`() {
    // The table [[3, 0], [1, 2]]: pairs 3 + 1 = 4, rows 3 + 3 = 6, columns 6 + 1 = 7, all 15.
    let comparison = SegmentComparison(
      first: ["S1", "S1", "S1", "S2", "S2", "S2"], second: ["x", "x", "x", "x", "y", "y"])
    #expect(abs(comparison.adjustedRand - (4 - 2.8) / (6.5 - 2.8)) < 1e-12)
    func part(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }
    let first = part(0.5) * 2
    let second = part(4.0 / 6) + part(2.0 / 6)
    let joint = part(3.0 / 6) + part(1.0 / 6) + part(2.0 / 6)
    #expect(abs(comparison.variationOfInformation - (2 * joint - first - second)) < 1e-12)
    #expect(abs(comparison.matchedShare - 5.0 / 6) < 1e-12)
    #expect(comparison.counts.values == [3, 0, 1, 2])
  }

  @Test func `weights count, and identifiers find the respondents both have`() throws {
    let weighted = SegmentComparison(
      first: ["S1", "S2"], second: ["S1", "S1"], weights: [3, 1])
    #expect(weighted.counts.values == [3, 1])
    let joined = try SegmentComparison(
      first: [("a", "S1"), ("b", "S2"), ("c", "S10")],
      second: [("c", "S1"), ("b", "S1"), ("d", "S2")])
    #expect(joined.unmatched == 2)
    #expect(joined.firstSegments == ["S2", "S10"])
    #expect(joined.json["unmatched"]?.integer == 2)
  }

  @Test func `nobody in common and one twice are refused`() {
    for second in [[("z", "S1")], [("a", "S1"), ("a", "S2")]] {
      do {
        _ = try SegmentComparison(first: [("a", "S1")], second: second)
        Issue.record("a comparison without sense was made")
      } catch {
        #expect(error.report.code == "E0511")
      }
    }
  }
}
