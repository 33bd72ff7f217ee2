import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@Suite struct IndicatorSelectionTests {
  /// Three carriers and three items that know of nothing.
  private static func table(_ rows: Int, seed: UInt64) throws -> (ItemTable, [Int]) {
    var random = RandomStream(seed: seed)
    var truth: [Int] = []
    var codes = [[UInt8]](repeating: [], count: 4)
    var numbers = [[Double]](repeating: [], count: 2)
    for _ in 0..<rows {
      let kind = random.uniform() < 0.6 ? 0 : 1
      truth.append(kind)
      for place in 0..<2 {
        codes[place].append(random.uniform() < (kind == 0 ? 0.15 : 0.85) ? 2 : 1)
      }
      for place in 2..<4 { codes[place].append(UInt8(1 + random.below(3))) }
      numbers[0].append(Double(kind) * 3 + random.normal())
      numbers[1].append(random.normal())
    }
    let items =
      codes.enumerated().map { place, answers in
        Item(
          name: "c\(place)", measurement: place < 2 ? .binary : .nominal(categories: 3),
          answers: .codes(answers))
      }
      + numbers.enumerated().map { place, answers in
        Item(
          name: "n\(place)", measurement: .gaussian(variance: .perClass),
          answers: .numbers(answers))
      }
    return (try ItemTable(respondentCount: rows, items: items), truth)
  }

  @Test func `carriers are told from noise, and the criterion is that of the parts`() throws {
    let (table, _) = try Self.table(250, seed: 3)
    let settings = LatentClass(segments: 2, starts: .fixed(6), prior: .none)
    let fit = try settings.fit(table)
    let found = try settings.selectIndicators(fit, of: table)
    #expect(found.carries == [true, true, false, false, true, false])
    #expect(found.fullBIC == fit.criteria.bic)
    #expect(found.bic < found.fullBIC)
    #expect(zip(found.carries, found.gains).allSatisfy { $0 == ($1 > 0) })
    // By hand: the fit of the carriers, and each of the others by itself.
    let size = log(250.0)
    func part(_ places: [Int], _ classes: Int) throws -> (Double, Int) {
      var own = settings
      own.segments = classes
      let fit = try own.fit(
        try ItemTable(respondentCount: 250, items: places.map { table.items[$0] }))
      return (fit.logLikelihood, fit.parameters)
    }
    let carriers = try part([0, 1, 4], 2)
    var bic = -2 * carriers.0 + Double(carriers.1) * size
    var parameters = carriers.1
    for place in [2, 3, 5] {
      let alone = try part([place], 1)
      bic += -2 * alone.0 + Double(alone.1) * size
      parameters += alone.1
    }
    #expect(abs(found.bic - bic) < 1e-3)
    #expect(found.parameters == parameters)
  }

  @Test func `where nothing carries segments, one segment is all there is`() throws {
    var random = RandomStream(seed: 5)
    let items = (0..<4).map { place in
      Item(
        name: "c\(place)", measurement: .binary,
        answers: .codes((0..<200).map { _ in random.uniform() < 0.5 ? 1 : 2 }))
    }
    let table = try ItemTable(respondentCount: 200, items: items)
    let settings = LatentClass(segments: 2, starts: .fixed(4))
    let found = try settings.selectIndicators(settings.fit(table), of: table)
    #expect(found.carries.allSatisfy { !$0 })
    #expect(found.model == nil)
    #expect(found.labels.allSatisfy { $0 == 0 })
  }

  @Test func `the integrated evidence agrees with its closed form by hand`() {
    // Two groups, answers 1 1 1 and 2 2: Jeffreys' prior, Beta functions.
    let item = Item(
      name: "x", measurement: .nominal(categories: 2), answers: .codes([1, 1, 1, 2, 2]))
    let gain = IntegratedEvidence.gain(
      of: item, labels: [0, 0, 0, 1, 1], segments: 2, weights: [1, 1, 1, 1, 1])
    func beta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
    let expected =
      beta(3.5, 0.5) + beta(0.5, 2.5) - 2 * beta(0.5, 0.5) - (beta(3.5, 2.5) - beta(0.5, 0.5))
    #expect(abs(gain - expected) < 1e-12)
    let none = IntegratedEvidence.gain(
      of: item, labels: [0, 1, 0, 0, 1], segments: 2, weights: [1, 1, 1, 1, 1])
    #expect(none < gain)
  }

  @Test func `frequencies are respondents to the integrated evidence`() {
    let once = Item(
      name: "x", measurement: .gaussian(variance: .perClass), answers: .numbers([1, 2, 5, 7]))
    let twice = Item(
      name: "x", measurement: .gaussian(variance: .perClass),
      answers: .numbers([1, 1, 2, 2, 5, 5, 7, 7]))
    let one = IntegratedEvidence.gain(
      of: once, labels: [0, 0, 1, 1], segments: 2, weights: [2, 2, 2, 2])
    let other = IntegratedEvidence.gain(
      of: twice, labels: [0, 0, 0, 0, 1, 1, 1, 1], segments: 2,
      weights: [Double](repeating: 1, count: 8))
    #expect(abs(one - other) < 1e-10)
  }
}
