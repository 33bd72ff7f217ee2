import TesseraMath
import TesseraSegmentation
import Testing

@Suite struct SearchFromStartsTests {
  /// Yes or no to many questions by people who differ by degrees: few starts find the best division.
  private static func table(numbers: Int, seed: UInt64) throws -> ItemTable {
    var random = RandomStream(seed: seed)
    let items = 12
    var columns = [[Double]](repeating: [], count: items)
    for _ in 0..<240 {
      let traits = (0..<3).map { _ in random.normal() }
      for place in 0..<items {
        let lean = traits[place % 3] + 0.5 * traits[(place + 1) % 3] + random.normal()
        columns[place].append(lean)
      }
    }
    return try ItemTable(
      respondentCount: 240,
      items: columns.enumerated().map { place, values in
        place < numbers
          ? Item(
            name: "n\(place)", measurement: .gaussian(variance: .perClass),
            answers: .numbers(values))
          : Item(
            name: "q\(place)", measurement: .nominal(categories: 3),
            answers: .codes(values.map { $0 < -0.7 ? 1 : $0 < 0.7 ? 2 : 3 }))
      })
  }

  private static func costs<Method: Segmenter>(
    _ method: Method, _ input: Method.Input
  ) throws -> [(cost: Double, starts: StartTally)] {
    try (1...6 as ClosedRange<UInt64>).map { seed in
      let fit = try method.fit(
        input, random: RandomStream(seed: seed), workers: .single, progress: .silent)
      return (fit.objective.value, fit.starts)
    }
  }

  private static func expectSame(
    _ found: [(cost: Double, starts: StartTally)], _ name: String
  ) throws {
    let best = try #require(found.map(\.cost).min())
    for one in found {
      #expect(one.cost <= best + 1e-4, "\(name): \(one.cost) where \(best) is known")
      #expect(one.starts.run > 20, "\(name): small data never stop at 20")
      #expect(one.starts.reachedBest >= 1 && one.starts.reachedBest <= one.starts.run)
    }
  }

  @Test func `small data come to the same least cost from any seed`() throws {
    let words = try Self.table(numbers: 0, seed: 3)
    try Self.expectSame(Self.costs(KModes(segments: 3), words), "k-modes")
    let mixed = try Self.table(numbers: 4, seed: 4)
    try Self.expectSame(Self.costs(KPrototypes(segments: 5), mixed), "k-prototypes")
    let table = try Self.table(numbers: 12, seed: 5)
    let values = Matrix(
      rows: 240, columns: 12,
      values: (0..<240).flatMap { row in
        table.items.map { item -> Double in
          guard case .numbers(let numbers) = item.answers else { return .nan }
          return numbers[row]
        }
      })
    let ratings = try RespondentMatrix(values)
    try Self.expectSame(Self.costs(KMedians(segments: 4), ratings), "k-medians")
  }

  @Test func `a number of starts that was asked for is kept to`() throws {
    let words = try Self.table(numbers: 0, seed: 3)
    let fit = try KModes(segments: 4, starts: 7).fit(words, seed: 1)
    #expect(fit.starts.run == 7)
    #expect(throws: SegmentationError.self) {
      try KModes(segments: 4, starts: 0).fit(words, seed: 1)
    }
  }
}
