import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import TesseraWaves
import Testing

@Suite struct SegmentComparisonTests {
  /// Settings under which everything is shown.
  private let open: RunSettings = {
    var settings = RunSettings()
    settings.minimumCell = 1
    return settings
  }()

  private func side(_ segments: [String], weights: [Double]? = nil) -> ComparedSegmentation {
    ComparedSegmentation(
      label: "one", people: segments.enumerated().map { .init(id: "\($0)", segment: $1) },
      weights: weights)
  }

  @Test func `the same division under other names agrees in full`() throws {
    let comparison = try SegmentComparison(
      side(["S1", "S1", "S2", "S2", "S3"]), side(["b", "b", "a", "a", "c"]), settings: open)
    #expect(comparison.adjustedRand == 1)
    #expect(abs(comparison.variationOfInformation) < 1e-12)
    #expect(comparison.partners.map { $0.map { comparison.second.ids[$0] } } == ["b", "a", "c"])
    #expect(comparison.matchedShare == 1)
    #expect(comparison.moves.isEmpty)
  }

  @Test func `agreement and information are those computed by hand`() throws {
    // The table [[3, 0], [1, 2]]: pairs 3 + 1 = 4, rows 3 + 3 = 6, columns 6 + 1 = 7, all 15.
    let comparison = try SegmentComparison(
      side(["S1", "S1", "S1", "S2", "S2", "S2"]), side(["x", "x", "x", "x", "y", "y"]),
      settings: open)
    #expect(abs(comparison.adjustedRand - (4 - 2.8) / (6.5 - 2.8)) < 1e-12)
    func part(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }
    let first = part(0.5) * 2
    let second = part(4.0 / 6) + part(2.0 / 6)
    let joint = part(3.0 / 6) + part(1.0 / 6) + part(2.0 / 6)
    #expect(abs(comparison.variationOfInformation - (2 * joint - first - second)) < 1e-12)
    #expect(abs(comparison.matchedShare - 5.0 / 6) < 1e-12)
    #expect(comparison.shares.values.map { ($0 * 6).rounded() } == [3, 0, 1, 2])
    #expect(comparison.jaccard[0, 0] == 0.75)
    #expect(comparison.moves.map { "\($0.first)\($0.second)" } == ["10"])
  }

  @Test func `weights count, and identifiers find the respondents both have`() throws {
    let weighted = try SegmentComparison(
      side(["S1", "S2"], weights: [3, 1]), side(["S1", "S1"]), settings: open)
    #expect(weighted.shares.values == [0.75, 0.25])
    #expect(weighted.isWeighted)
    let joined = try SegmentComparison(
      ComparedSegmentation(
        label: "a",
        people: [
          .init(id: "a", segment: "S1"), .init(id: "b", segment: "S2"),
          .init(id: "c", segment: "S10"),
        ]),
      ComparedSegmentation(
        label: "b",
        people: [
          .init(id: "c", segment: "S1"), .init(id: "b", segment: "S1"),
          .init(id: "d", segment: "S2"),
        ]), settings: open)
    #expect(joined.first.unmatched == 1)
    #expect(joined.second.unmatched == 1)
    #expect(joined.first.ids == ["S2", "S10"])
    #expect(joined.json["people"]?.number == 2)
  }

  @Test func `segments of too few people are hidden with all of their cells`() throws {
    let one = [String](repeating: "S1", count: 60) + [String](repeating: "S2", count: 40)
    let other =
      [String](repeating: "x", count: 55) + [String](repeating: "y", count: 39)
      + [String](repeating: "z", count: 6)
    let comparison = try SegmentComparison(side(one), side(other), settings: RunSettings())
    // z is too small; y is hidden with it, so that the rest does not give z back.
    #expect(comparison.second.shares.map { $0 == nil } == [false, true, true])
    #expect(comparison.shares[1, 2].isNaN)
    let cells = try #require(comparison.json["table"]?.array)
    #expect(cells.allSatisfy { $0["second"]?.string == "x" || $0["share"]?.number == nil })
  }

  @Test func `nobody in common and one twice are refused`() {
    for second in [
      [ComparedSegmentation.Person(id: "z", segment: "S1")],
      [.init(id: "0", segment: "S1"), .init(id: "0", segment: "S2")],
    ] {
      do {
        _ = try SegmentComparison(
          side(["S1"]), ComparedSegmentation(label: "b", people: second), settings: open)
        Issue.record("a comparison without sense was made")
      } catch {
        #expect(error.report.code == "E0511")
      }
    }
  }
}
