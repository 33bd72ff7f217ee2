import TesseraMath
import TesseraSegmentation
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Which numbers of segments are resampled, so that a smaller one can be named where the chosen one does not
/// come back.
@Suite struct FewerSegmentsTests {
  private static func task() throws -> SegmentationTask {
    let made = Made.planted(60)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    var declaration = EvidenceTests.declaration()
    declaration.stability = nil
    let settings = RunSettings()
    let encoded = try StudyEncoder.encode(data, declaration, settings)
    return SegmentationTask(
      encoded: encoded, data: data.selecting(encoded.rows), declaration: declaration,
      settings: settings)
  }

  /// A solution that comes back the same, or never.
  private static func stability(_ comesBack: Bool, _ count: Int) throws -> BootstrapStability {
    let labels = labels(count)
    return try BootstrapStability(
      labels: labels, segmentCount: count, weights: .none, pairs: 10,
      random: RandomStream(seed: 3), workers: .single
    ) { _, random in
      var random = random
      return comesBack ? labels : labels.map { _ in random.below(count) }
    }
  }

  /// 60 people in so many segments alike; three hold all people but nine.
  private static func labels(_ count: Int) -> [Int] {
    (0..<60).map { count == 3 ? $0 < 9 ? 2 : $0 % 2 : $0 % count }
  }

  private static func replicated(
    _ comesBack: Set<Int>, chosen: Int, barred: Set<Int> = []
  ) throws -> ReplicatedCounts {
    let counts = Array(1...8)
    let isBarred = { (place: Int) in barred.contains(counts[place]) }
    return try task().replicated(
      counts, chosen: chosen - 1, isBarred: isBarred, labels: counts.map(Self.labels)
    ) { place, _ in try stability(comesBack.contains(counts[place]), counts[place]) }
  }

  private static func looked(
    _ comesBack: Set<Int>, chosen: Int, barred: Set<Int> = []
  ) throws -> [Int] {
    let found = try replicated(comesBack, chosen: chosen, barred: barred).found
    return found.indices.filter { found[$0] != nil }.map { $0 + 1 }
  }

  /// The number taken, and the one it is taken for.
  private static func taken(
    _ comesBack: Set<Int>, chosen: Int, barred: Set<Int> = []
  ) throws -> [Int?] {
    let result = try replicated(comesBack, chosen: chosen, barred: barred)
    return [result.position + 1, result.passed.map { $0 + 1 }]
  }

  @Test func `only neighbours are looked at beside a number that comes back`() throws {
    #expect(try Self.looked([2, 3, 4, 5, 6, 7], chosen: 5) == [4, 5, 6])
  }

  @Test func `where it does not come back smaller ones are looked at down to one that does`() throws
  {
    #expect(try Self.looked([], chosen: 6) == [2, 3, 4, 5, 6, 7])
    // Segments of 30 people are large enough to be described; a larger number is no way out.
    #expect(try Self.looked([2, 7], chosen: 6) == [2, 3, 4, 5, 6, 7])
    #expect(try Self.looked([2, 3, 7], chosen: 3) == [2, 3, 4])
  }

  @Test func `the largest smaller number that comes back is taken in place of one that does not`()
    throws
  {
    #expect(try Self.taken([2, 3, 6], chosen: 6) == [6, nil])
    #expect(try Self.taken([2], chosen: 6) == [2, 6])
    #expect(try Self.taken([], chosen: 6) == [6, nil])
    #expect(try Self.taken([7], chosen: 6) == [6, nil])
    // Of four segments of fifteen people and two of thirty the two; without the two the four.
    #expect(try Self.taken([2, 4], chosen: 6) == [2, 6])
    #expect(try Self.taken([4], chosen: 6) == [4, 6])
    #expect(try Self.taken([1], chosen: 6) == [6, nil])
  }

  @Test func `a number that is none to choose is not looked at`() throws {
    #expect(try Self.looked([2, 3], chosen: 6, barred: [3]) == [2, 4, 5, 6, 7])
    #expect(try Self.taken([2, 4], chosen: 6, barred: [2]) == [4, 6])
  }
}
