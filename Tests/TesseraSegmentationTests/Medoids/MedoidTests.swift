import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct MedoidTests {
  static let fixtures = Fixture.folder(target: "TesseraSegmentationTests")

  /// The flowers: V1 to V4 nominal, V5 and V6 ordered, V7 and V8 numbers.
  static func flower(missing: [(row: Int, column: Int)] = []) throws -> ItemTable {
    let file = try Fixture("flower.csv", in: fixtures)
    var rows = file.rows
    for gap in missing {
      rows[gap.row][gap.column] = "NA"
    }
    let gappy = Fixture(names: file.names, rows: rows)
    return try ItemTable(
      respondentCount: 18,
      items: (0..<4).map { gappy.categories($0) }
        + [4, 5].map { gappy.categories($0, ordinal: true) } + [6, 7].map(gappy.numeric))
  }

  static func half(_ matrix: Matrix) -> Double {
    matrix.values.reduce(0, +) / 2
  }

  /// R 4.2.2, cluster 2.1.4: `sum(daisy(flower, "gower"))`, then with gaps at [3, 1], [5, 7], [9, 4].
  @Test func `flowers have their known dissimilarities`() throws {
    let all = try GowerDissimilarity.matrix(of: try Self.flower())
    #expect(abs(Self.half(all) - 74.439583) < 2e-5)
    let gaps = try GowerDissimilarity.matrix(
      of: try Self.flower(missing: [(2, 0), (4, 6), (8, 3)]))
    #expect(abs(Self.half(gaps) - 73.63687753) < 2e-5)
  }

  /// R 4.2.2, cluster 2.1.4: `pam(daisy(flower, "gower"), 3)`.
  @Test func `flowers have their known medoids`() throws {
    let fit = try PAM(segments: 3).fit(.gower(try Self.flower(), GowerSettings()), seed: 1)
    #expect(fit.medoids.map { $0 + 1 }.sorted() == [6, 12, 17])
    #expect(abs(fit.meanDistance - 0.252421) < 1e-6)
  }

  /// R 4.2.2, cluster 2.1.4: `pam(ruspini, 4)`.
  @Test func `ruspini has its known medoids and silhouette`() throws {
    let values = try Fixture("ruspini.csv", in: Self.fixtures).numbers([0, 1])
    let fit = try PAM(segments: 4).fit(.euclidean(try RespondentMatrix(values)), seed: 1)
    #expect(fit.medoids.map { $0 + 1 }.sorted() == [10, 32, 52, 70])
    let silhouette = Silhouette(values, labels: fit.labels)
    #expect(abs(silhouette.mean - 0.737657) < 1e-6)
    let sampled = try CLARA(segments: 4, samples: 5, sampleSize: 40).fit(
      .euclidean(try RespondentMatrix(values)), seed: 1)
    #expect(CrossTable(sampled.labels, fit.labels).adjustedRand > 0.95)
  }

  @Test func `dissimilarities are right by hand`() throws {
    let table = try ItemTable(
      respondentCount: 3,
      items: [
        Item(name: "a", measurement: .nominal(categories: 3), answers: .codes([1, 2, 0])),
        Item(name: "b", measurement: .binary, answers: .codes([1, 1, 2])),
        Item(
          name: "c", measurement: .gaussian(variance: .equal), answers: .numbers([0, 5, 10])),
        Item(
          name: "d", measurement: .ordinal(categories: 4, as: .nominal),
          answers: .codes([1, 2, 4])),
      ])
    let codes = try GowerDissimilarity.matrix(of: table)
    #expect(abs(codes[0, 1] - (1 + 0 + 0.5 + 1.0 / 3) / 4) < 1e-6)
    #expect(abs(codes[0, 2] - 1) < 1e-6)
    #expect(abs(codes[1, 2] - (1 + 0.5 + 2.0 / 3) / 3) < 1e-6)
    let ranks = try GowerDissimilarity.matrix(of: table, settings: GowerSettings(ordinal: .ranks))
    #expect(abs(ranks[0, 1] - (1 + 0 + 0.5 + 0.5) / 4) < 1e-6)
  }

  /// Skipping gaps pair by pair makes the emptiest respondent the nearest to everybody.
  @Test func `an almost empty respondent is no medoid`() throws {
    var random = RandomStream(seed: 8)
    let answers = (0..<8).map { _ in
      [UInt8(1)] + (0..<300).map { _ in UInt8(1 + random.below(3)) }
    }
    let items = answers.enumerated().map { column, codes in
      // The first respondent answered one question, with its commonest answer.
      let mine = column == 0 ? codes : [0] + codes.dropFirst()
      return Item(
        name: "q\(column)", measurement: .nominal(categories: 3), answers: .codes(mine))
    }
    let table = try ItemTable(respondentCount: 301, items: items)
    let fit = try PAM(segments: 3).fit(.gower(table, GowerSettings()), seed: 1)
    #expect(!fit.medoids.contains(0))
    let near = try GowerDissimilarity.matrix(of: table)
    let naive = try GowerDissimilarity.matrix(
      of: table, settings: GowerSettings(minimumOverlap: 0))
    #expect(naive.row(0).count { $0 == 0 } > 50)
    #expect((1..<301).allSatisfy { near[0, $0] >= 0.75 - 1e-6 })
  }

  @Test func `it keeps the laws of segmenters`() throws {
    let planted = PlantedSegments(
      respondents: 60, segments: 4, columns: 6, distance: 6, missing: 0.03, seed: 3)
    let gower = MedoidInput.gower(try planted.items(numeric: 3), GowerSettings())
    let pam = SegmenterConformance(
      input: gower, segments: 4, ignoresConstants: false
    ) { PAM(segments: $0) }
    let pamBroken = try pam.violations()
    #expect(pamBroken.isEmpty, "\(pamBroken)")
    let clara = SegmenterConformance(
      input: gower, segments: 4, ignoresConstants: false
    ) { CLARA(segments: $0, samples: 2) }
    let claraBroken = try clara.violations()
    #expect(claraBroken.isEmpty, "\(claraBroken)")
    let complete = PlantedSegments(
      respondents: 60, segments: 4, columns: 5, distance: 7, seed: 3)
    let straight = SegmenterConformance(
      input: MedoidInput.manhattan(try RespondentMatrix(complete.values)), segments: 4
    ) { PAM(segments: $0) }
    let straightBroken = try straight.violations()
    #expect(straightBroken.isEmpty, "\(straightBroken)")
  }

  @Test func `limits are kept`() throws {
    let input = MedoidInput.euclidean(try RespondentMatrix(Matrix([[1], [2], [3]])))
    #expect(throws: SegmentationError.tooManyRespondents(given: 3, limit: 2)) {
      try PAM(segments: 2, limit: 2, beyond: .refuse).fit(input, seed: 1)
    }
    #expect(throws: SegmentationError.tooManySegments(asked: 4, distinct: 3)) {
      try PAM(segments: 4).fit(input, seed: 1)
    }
  }

  @Test func `thousands are searched from samples and then all together`() throws {
    let planted = PlantedSegments(
      respondents: 3_200, segments: 3, columns: 3, distance: 7, seed: 6)
    let input = MedoidInput.manhattan(try RespondentMatrix(planted.values))
    let all = try PAM(segments: 3).fit(input, seed: 1)
    let shared = try PAM(segments: 3).fit(
      input, random: RandomStream(seed: 1), workers: Workers(2), progress: .silent)
    #expect(all == shared)
    #expect(all.searched == all.distinct)
    #expect(CrossTable(all.labels, planted.truth).adjustedRand > 0.97)
    // A sample of everybody can be no better than everybody.
    let sampled = try PAM(segments: 3, limit: 1_000).fit(input, seed: 1)
    #expect(sampled.distinct == 3_200)
    #expect(sampled.objective.value >= all.objective.value * (1 - 1e-6))
    #expect(sampled.objective.value < all.objective.value * 1.02)
  }
}
