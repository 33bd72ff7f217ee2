import TesseraMath
import Testing

@testable import TesseraProductFit
@testable import TesseraReport
@testable import TesseraStudy

/// What is said first of a study without products.
@Suite("Sentences of questions without products")
struct QuestionSentenceTests {
  private func sentences(_ change: (inout FitResult) -> Void) throws -> [String] {
    let results = ChartSamples.make(segments: 2, products: 2)
    var fit = try #require(results.fit)
    (fit.reachSets, fit.prices, fit.kano, fit.drivers, fit.bestWorst) = ([], [], [], [], [])
    change(&fit)
    return QuestionReport(study: results.study, fit: fit).sentences
  }

  @Test func `channels that chance cannot tell apart are told with what each reaches`() throws {
    func set(_ behind: Double) -> ReachSet {
      var set = ReachSet(
        kind: .channels, segment: nil, items: ["tv", "web"], reach: 0.72, isOptimal: true)
      set.runnersUp = [
        .init(items: ["tv", "radio"], reach: 0.64, behind: behind, behindSE: 0.05)
      ]
      return set
    }
    #expect(
      try sentences { $0.reachSets = [set(0.08)] }
        == [
          "No 2 channels clearly come first: tv and web reach 72% and tv and radio reach 64%."
        ])
    #expect(
      try sentences { $0.reachSets = [set(0.2)] }
        == ["Of any 2 channels together tv and web reach most people: 72%."])
  }

  @Test func `best-worst items are first and last only beyond their errors`() throws {
    func items(_ error: Double) -> [BestWorstSummary] {
      zip(["a", "b", "c"], [1.0, 0.9, -1.9]).map { name, utility in
        var one = BestWorstSummary(segment: nil, need: name)
        (one.utility, one.clusteredSE, one.share) = (utility, error, 0.3)
        return one
      }
    }
    #expect(
      try sentences { $0.bestWorst = items(0.01) }
        == [
          "Of 3 items a (30% would take it first) matters most and c (30% would take it first) least."
        ])
    #expect(
      try sentences { $0.bestWorst = items(0.1) } == [
        "Of 3 items a (30% would take it first) and b (30% would take it first) matter most and c "
          + "(30% would take it first) least."
      ])
    #expect(
      try sentences { $0.bestWorst = items(5) }
        == ["None of the 3 items clearly matters more than the others."])
  }

  @Test func `a driver that lowers the rating is said to lower it`() throws {
    for sign in [1.0, -1.0] {
      let noise = (0..<60).map { Double($0 % 5) }
      let price = (0..<60).map { Double($0 * 7 % 3) }
      let rating = noise.indices.map { 5 + sign * noise[$0] + 0.1 * price[$0] }
      let found = try RelativeImportance(
        drivers: Matrix(noise.indices.map { [noise[$0], price[$0]] }), rating: rating)
      #expect((found.correlations[0] < 0) == (sign < 0))
      let one = DriverSummary(
        segment: nil, drivers: ["noisy", "price"], labels: ["noisy", "price"], importance: found,
        means: [2, 1], respondents: 60)
      let said = try sentences { $0.drivers = [one] }.first ?? ""
      #expect(
        said.hasPrefix(
          sign < 0
            ? "The overall rating falls most with more of noisy"
            : "The overall rating goes most with noisy"
        ), "\(said)")
    }
  }
}
