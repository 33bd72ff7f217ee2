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
    let labels = (0..<60).map { $0 % count }
    return try BootstrapStability(
      labels: labels, segmentCount: count, weights: .none, pairs: 10,
      random: RandomStream(seed: 3), workers: .single
    ) { _, random in
      var random = random
      return comesBack ? labels : labels.map { _ in random.below(count) }
    }
  }

  private static func looked(
    _ comesBack: Set<Int>, chosen: Int, barred: Set<Int> = []
  ) throws -> [Int] {
    let counts = Array(1...8)
    let isBarred = { (place: Int) in barred.contains(counts[place]) }
    let found = try task().stabilities(counts, chosen: chosen - 1, isBarred: isBarred) {
      place, _ in try stability(comesBack.contains(counts[place]), counts[place])
    }
    return found.indices.filter { found[$0] != nil }.map { counts[$0] }
  }

  @Test func `only neighbours are looked at beside a number that comes back`() throws {
    #expect(try Self.looked([2, 3, 4, 5, 6, 7], chosen: 5) == [4, 5, 6])
  }

  @Test func `where none comes back smaller ones are looked at down to the first that does`() throws
  {
    #expect(try Self.looked([2, 3], chosen: 6) == [3, 4, 5, 6, 7])
    #expect(try Self.looked([], chosen: 6) == [2, 3, 4, 5, 6, 7])
    // A neighbour that comes back is advice enough.
    #expect(try Self.looked([5], chosen: 6) == [5, 6, 7])
  }

  @Test func `a number that is none to choose is not looked at`() throws {
    #expect(try Self.looked([2, 3], chosen: 6, barred: [3]) == [2, 4, 5, 6, 7])
  }
}
