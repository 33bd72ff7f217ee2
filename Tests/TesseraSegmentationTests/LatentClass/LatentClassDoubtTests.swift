import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@Suite struct LatentClassDoubtTests {
  /// Yes/no answers of two groups to so many questions.
  private static func table(
    _ rows: Int, questions: Int, seed: UInt64 = 1, chance: Double = 0.9
  ) throws -> ItemTable {
    var random = RandomStream(seed: seed)
    var columns = [[UInt8]](repeating: [], count: questions)
    for row in 0..<rows {
      for place in columns.indices {
        let yes = row % 2 == 0 ? chance : 1 - chance
        columns[place].append(random.uniform() < yes ? 1 : 2)
      }
    }
    return try ItemTable(
      respondentCount: rows,
      items: columns.enumerated().map {
        Item(name: "q\($0.offset + 1)", measurement: .binary, answers: .codes($0.element))
      }, weights: .none)
  }

  @Test func `clear groups leave nothing open`() throws {
    let data = try LatentClassData(Self.table(300, questions: 8))
    let fit = try LatentClass(segments: 2).fit(data)
    let local = try #require(try fit.model.localIdentification(on: data))
    #expect(!local.isDoubtful)
    #expect(fit.flat == nil)
  }

  @Test func `near certain answers are no doubt, however little their derivatives say`() throws {
    let data = try LatentClassData(Self.table(400, questions: 6, chance: 0.9999))
    let fit = try LatentClass(segments: 2).fit(data)
    let local = try #require(try fit.model.localIdentification(on: data))
    #expect(!local.isDoubtful, "\(local)")
  }

  @Test func `two groups on two yes/no questions leave parameters open, and shares differ`()
    throws
  {
    // Four patterns cannot determine five parameters.
    let data = try LatentClassData(Self.table(400, questions: 2, chance: 0.8))
    let fit = try LatentClass(segments: 2, prior: .none).fit(data)
    let local = try #require(try fit.model.localIdentification(on: data))
    #expect(local.isDoubtful, "\(local)")
    #expect(local.item != nil)
    let flat = try #require(fit.flat)
    #expect(flat.distance <= 0.01)
    #expect(abs(flat.prevalence.reduce(0, +) - 1) < 1e-9)
    #expect(zip(flat.prevalence, fit.prevalence).contains { abs($0 - $1) > 0.01 })
  }

  @Test func `surveys drawn from clear groups show their number again, on any number of threads`()
    throws
  {
    let data = try LatentClassData(Self.table(200, questions: 6))
    var settings = LatentClass(segments: 2)
    let fit = try settings.fit(data)
    let found = try settings.recovery(of: fit, on: data, sets: 10)
    #expect(found.sets == 10)
    #expect(found.same >= 9)
    #expect(found.same + found.fewer + found.more == 10)
    settings.workers = Workers(2)
    #expect(try settings.recovery(of: fit, on: data, sets: 10) == found)
  }
}
