import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct SegmentReplicatesTests {
  /// Two classes that answer six questions with yes by 70 or 30%: entropy R² about .5.
  private static func overlapping(_ count: Int, chance: Double = 0.72) -> [Variable] {
    var random = RandomStream(seed: 4)
    var columns = [[Int]](repeating: [], count: 6)
    for _ in 0..<count {
      let yes = random.uniform() < 0.6 ? chance : 1 - chance
      for place in columns.indices { columns[place].append(random.uniform() < yes ? 2 : 1) }
    }
    return columns.enumerated().map {
      Made.nominal("q\($0 + 1)", $1, labels: ["no", "yes"])
    }
  }

  private static func segmented(
    _ variables: [Variable], method: SegmentationMethod = .latentClass
  ) throws -> (found: StudySegmentation, settings: RunSettings) {
    var declaration = Made.declaration(variables.map(\.name))
    declaration.method = method
    declaration.stability = 0
    var settings = RunSettings()
    settings.stability = 0
    return (try StudySegmentation.run(Made.data(variables), declaration, settings), settings)
  }

  @Test func `where segments overlap a run takes its replicates, else the sandwich`()
    throws
  {
    var (found, settings) = try Self.segmented(Self.overlapping(400))
    #expect(found.result.errors?.method == .sandwich)
    found.replicate(settings, isFitAsked: false)
    let errors = try #require(found.result.errors)
    #expect(errors.method == .bootstrap)
    #expect(errors.replicates == 500)
    for (segment, interval) in zip(found.result.segments, errors.shares) {
      let interval = try #require(interval)
      #expect(interval.low < segment.share && segment.share < interval.high)
      // Known membership alone would have an error of .025.
      #expect(interval.standardError > 0.03)
    }
    let chances = try #require(errors.answers.first?.first?.first ?? nil)
    #expect(chances.low < chances.high)
    #expect(found.model.result.errors == errors)

    var (clear, _) = try Self.segmented(Self.overlapping(400, chance: 0.97))
    clear.replicate(settings, isFitAsked: true)
    #expect(clear.result.errors?.method == .sandwich)
    #expect(clear.segmented.replicates?.count == 500)

    settings.replicates = 200
    var (few, _) = try Self.segmented(Self.overlapping(400))
    few.replicate(settings, isFitAsked: true)
    #expect(few.result.errors?.method == .sandwich)
  }

  @Test func `replicates are the same for any number of threads`() throws {
    var (one, settings) = try Self.segmented(Self.overlapping(300))
    settings.replicates = 40
    var two = one
    one.replicate(settings, isFitAsked: true)
    settings.workers = Workers(2)
    two.replicate(settings, isFitAsked: true)
    #expect(one.segmented.replicates?.replicates == two.segmented.replicates?.replicates)
  }

  @Test(arguments: [SegmentationMethod.latentClass, .kmodes])
  func `a file of replicates gives the same weights and memberships back`(
    _ method: SegmentationMethod
  ) throws {
    var (found, settings) = try Self.segmented(Self.overlapping(250), method: method)
    settings.replicates = 30
    found.replicate(settings, isFitAsked: true)
    let segmented = found.segmented
    let drawn = try #require(segmented.replicates)
    let read = try SegmentReplicates(
      bytes: Data(drawn.bytes(segments: 2)), file: "replicates.bin", segments: 2,
      source: try Assigner(found.model).membershipSource(segmented.survey))
    try read.check(segmented, file: "replicates.bin")
    let sums = [drawn, read].map { replicates in
      replicates.map(segmented, workers: .single) { _, weights, posterior in
        posterior.transposedMultiplied(by: weights)
      }
    }
    #expect(sums[0].count == 30)
    for (one, other) in zip(sums[0], sums[1]) {
      for (a, b) in zip(one, other) { #expect(abs(a - b) < 1e-6) }
    }
  }

  @Test func `a damaged file of replicates is refused`() throws {
    var (found, settings) = try Self.segmented(Self.overlapping(100))
    settings.replicates = 5
    found.replicate(settings, isFitAsked: true)
    let bytes = try #require(found.segmented.replicates).bytes(segments: 2)
    func code(_ bytes: [UInt8], segments: Int = 2) -> String? {
      do {
        _ = try SegmentReplicates(
          bytes: Data(bytes), file: "replicates.bin", segments: segments, source: nil)
        return nil
      } catch { return error.report.code }
    }
    #expect(code(bytes) == nil)
    #expect(code(Array(bytes.dropLast())) == "E0713")
    #expect(code([]) == "E0713")
    #expect(code(Array(bytes[..<40])) == "E0713")
    #expect(code(bytes, segments: 3) == "E0713")
    var other = bytes
    other[7] = 0x7F
    #expect(code(other) == "E0713")
    other = bytes
    for place in 16..<32 { other[place] = 0xFF }
    #expect(code(other) == "E0713")
  }
}
