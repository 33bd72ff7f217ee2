import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct KPrototypesTests {
  static let planted = PlantedSegments(
    respondents: 100, segments: 4, columns: 6, distance: 6, missing: 0.04, seed: 12)

  @Test func `it keeps the laws of segmenters`() throws {
    let suite = SegmenterConformance(
      input: try Self.planted.items(numeric: 3), segments: 4, ignoresConstants: false
    ) { KPrototypes(segments: $0, starts: 8) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  @Test func `it finds planted segments on one thread or two`() throws {
    let table = try Self.planted.items(numeric: 3)
    let fit = try KPrototypes(segments: 4, starts: 8).fit(table, seed: 1)
    #expect(CrossTable(fit.labels, Self.planted.truth).adjustedRand > 0.9)
    #expect(CrossTable(fit.labels, try fit.assign(table)).adjustedRand == 1)
  }

  /// Cost by hand: numbers 0, 2 | 10, 12 (mean 6, SD 5.0990195), one category astray.
  @Test func `the cost is right by hand`() throws {
    let table = try ItemTable(
      respondentCount: 5,
      items: [
        Item(
          name: "x", measurement: .gaussian(variance: .equal),
          answers: .numbers([0, 2, 10, 12, 12])),
        Item(name: "c", measurement: .nominal(categories: 3), answers: .codes([1, 1, 2, 3, 2])),
      ])
    let fit = try KPrototypes(segments: 2, gamma: .value(0.25)).fit(table, seed: 1)
    let mean = 36.0 / 5
    let variance =
      ([0, 2, 10, 12, 12] as [Double]).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    let within = (2 + 8.0 / 3) / variance
    #expect(fit.labels == [1, 1, 0, 0, 0])
    #expect(abs(fit.objective.value - (within + 0.25)) < 1e-6)
    #expect(fit.modes[0][1] == 2 && fit.modes[1][1] == 1)
    #expect(abs((fit.means[1][0] ?? 0) - 1) < 1e-6)
  }

  @Test func `gamma is estimated as its sources have it`() throws {
    let table = try ItemTable(
      respondentCount: 4,
      items: [
        Item(
          name: "x", measurement: .gaussian(variance: .equal), answers: .numbers([1, 2, 3, 9])),
        Item(name: "c", measurement: .nominal(categories: 2), answers: .codes([1, 1, 2, 2])),
        Item(name: "d", measurement: .nominal(categories: 2), answers: .codes([1, 1, 1, 2])),
      ])
    // Mean of 1 − Σp²: (1/2 + 3/8) / 2.
    let ratio = try KPrototypes(segments: 2).fit(table, seed: 1)
    #expect(abs(ratio.gamma - 1 / 0.4375) < 1e-12)
    let half = try KPrototypes(segments: 2, gamma: .halfDeviation).fit(table, seed: 1)
    #expect(half.gamma == 0.5)
    #expect(throws: SegmentationError.self) {
      try KPrototypes(segments: 2, gamma: .value(-1)).fit(table, seed: 1)
    }
  }
}

@Suite struct KModesTests {
  @Test func `it keeps the laws of segmenters`() throws {
    let planted = PlantedSegments(
      respondents: 90, segments: 4, columns: 9, distance: 6, missing: 0.03, seed: 3)
    let suite = SegmenterConformance(
      input: try planted.items(numeric: 0), segments: 4
    ) { KModes(segments: $0, starts: 12) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  @Test func `the cost counts differences`() throws {
    let codes: [[UInt8]] = [[1, 1, 1, 2, 2, 2], [1, 1, 2, 3, 3, 3], [2, 2, 2, 1, 1, 0]]
    let table = try ItemTable(
      respondentCount: 6,
      items: codes.enumerated().map { column, answers in
        Item(
          name: "q\(column)", measurement: .nominal(categories: 3), answers: .codes(answers))
      })
    let fit = try KModes(segments: 2).fit(table, seed: 1)
    #expect(fit.objective.value == 1)
    #expect(Set([fit.modes[0], fit.modes[1]]) == [[1, 1, 2], [2, 3, 1]])
    #expect(throws: SegmentationError.self) {
      try KModes(segments: 2).fit(
        try PlantedSegments(respondents: 9, segments: 2, columns: 2, distance: 3, seed: 1)
          .items(numeric: 1), seed: 1)
    }
  }
}
