import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// What a budget for channels buys, against every set counted by hand.
@Suite("Channels within a budget")
struct ChannelPlanTests {
  private static let costs = [900.0, 400, 250, 610, 120]
  private static let names = ["tv", "radio", "web", "press", "mail"]

  /// 300 people in two segments, drawn; who uses what.
  private static func segmented(_ seed: UInt64) -> (SegmentedSurvey, uses: [[Bool]]) {
    var random = RandomStream(seed: seed)
    let count = 300
    let member = (0..<count).map { _ in random.below(2) }
    let chances = (0..<2).map { _ in names.map { _ in 0.1 + 0.7 * random.uniform() } }
    let uses = names.indices.map { channel in
      member.map { random.uniform() < chances[$0][channel] }
    }
    let weights = (0..<count).map { _ in 0.5 + random.uniform() }
    var posterior = Matrix(rows: count, columns: 2)
    for (row, segment) in member.enumerated() { posterior[row, segment] = 1 }
    let survey = Survey(
      variables: names.enumerated().map { place, name in
        Variable(
          name: name, level: .numeric, answers: .numbers(uses[place].map { $0 ? 1 : 0 }))
      })
    let total = weights.reduce(0, +)
    func share(_ segment: Int) -> Double {
      zip(weights, member).reduce(0) { $0 + ($1.1 == segment ? $1.0 : 0) } / total
    }
    return (
      SegmentedSurvey(
        survey: survey, design: SurveyDesign(kind: .sampling, weights: weights),
        sourceRows: Array(0..<count),
        segments: (0..<2).map { segment in
          Segment(
            id: "S\(segment)", name: "S\(segment)", share: share(segment),
            respondents: Double(member.count { $0 == segment }))
        }, posterior: posterior, resegmenter: nil), uses
    )
  }

  private static func source(
    budget: Double?, impressions: [Double?] = [], population: Double? = nil,
    _ change: (inout StudyFile) -> Void = { _ in }
  ) -> FitSource {
    var file = StudyFile(
      title: "Media", survey: SurveyDeclaration(files: ["people.csv"]),
      segments: SegmentsDeclaration())
    file.channels = names
    file.channelCosts = names.enumerated().map { place, name in
      ChannelCost(
        channel: name, cost: costs[place],
        impressions: impressions.isEmpty ? nil : impressions[place])
    }
    file.reach.budget = budget
    file.population = population
    change(&file)
    return FitSource(file: file, path: "study.yaml", products: nil, relations: nil)
  }

  private static let settings: RunSettings = {
    var settings = RunSettings()
    settings.replicates = 0
    settings.minimumCell = 1
    return settings
  }()

  private static func plans(
    _ source: FitSource, _ segmented: SegmentedSurvey
  ) throws -> [ChannelPlan] {
    try ProductFit.run(source, segmented, settings: settings).channelPlans
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `the best purchase is that of all sets tried one by one`(seed: UInt64) throws {
    let (segmented, uses) = Self.segmented(seed)
    let impressions = [90_000, nil, 30_000, 200_000, nil] as [Double?]
    let population = 100_000.0
    let weights = segmented.design.weights
    let total = weights.reduce(0, +)
    for asked in [[], impressions] {
      let plans = try Self.plans(
        Self.source(budget: 1_150, impressions: asked, population: population), segmented)
      #expect(plans.count == 3)
      for (place, plan) in plans.enumerated() {
        func reach(_ set: Int) -> Double {
          var (reached, all) = (0.0, 0.0)
          for row in weights.indices {
            let weight = weights[row] * (place == 0 ? 1 : segmented.posterior[row, place - 1])
            var missed = 1.0
            for channel in 0..<5 where set >> channel & 1 == 1 && uses[channel][row] {
              guard let bought = asked.isEmpty ? nil : asked[channel] else {
                missed = 0
                continue
              }
              let users =
                zip(weights, uses[channel]).reduce(0) { $0 + ($1.1 ? $1.0 : 0) } / total
              missed *= exp(-bought / (users * population))
            }
            reached += weight * (1 - missed)
            all += weight
          }
          return reached / all
        }
        func cost(_ set: Int) -> Double {
          Self.costs.indices.reduce(0.0) { sum, channel in
            set >> channel & 1 == 1 ? sum + Self.costs[channel] : sum
          }
        }
        let affordable = (1..<32).filter { cost($0) <= 1_150 }
        let most = affordable.map(reach).max() ?? 0
        let best = try #require(plan.best)
        #expect(isNear(best.reach, most, 1e-4), "audience \(place): \(best.items)")
        #expect(best.cost <= 1_150)
        let people = population * (place == 0 ? 1 : segmented.segments[place - 1].share)
        #expect(isNear(best.costPerPerson, best.cost / (people * most), 1e-4 * best.cost))
        for (channel, alone) in plan.channels.enumerated() {
          #expect(isNear(alone.reach, reach(1 << channel), 1e-4))
        }
        // Every step reaches more than all that cost as much or less.
        for (step, next) in zip(plan.steps, plan.steps.dropFirst()) {
          #expect(next.cost > step.cost && (next.reach ?? 0) > (step.reach ?? 1))
        }
        for step in plan.steps {
          let limit = (1..<32).filter { cost($0) <= step.cost + 1e-9 }.map(reach).max() ?? 0
          #expect((step.reach ?? 0) >= limit - 0.0101, "\(step.items)")
        }
      }
    }
  }

  @Test func `forced channels are bought, excluded ones are not, and too little buys nothing`()
    throws
  {
    let (segmented, _) = Self.segmented(9)
    let bound = try Self.plans(
      Self.source(budget: 1_000) {
        $0.reach.force = ["mail"]
        $0.reach.exclude = ["web"]
      }, segmented)
    for plan in bound {
      let items = try #require(plan.best?.items)
      #expect(items.contains("mail") && !items.contains("web"))
      #expect(plan.steps.allSatisfy { $0.items.contains("mail") })
    }
    let poor = try Self.plans(Self.source(budget: 100), segmented)
    #expect(poor.allSatisfy { $0.best == nil && $0.level.isEmpty })
    #expect(try Self.plans(Self.source(budget: nil), segmented).allSatisfy { $0.best == nil })
  }

  @Test func `contacts without a population, and a cost of a set, are refused`() throws {
    let (segmented, _) = Self.segmented(2)
    #expect {
      try Self.plans(
        Self.source(budget: 500, impressions: [1_000, nil, nil, nil, nil]), segmented)
    } throws: { ($0 as? StudyError)?.report.code == "E0673" }
    #expect {
      try Self.plans(
        Self.source(budget: 500) {
          $0.channelCosts.append(ChannelCost(channel: "media", cost: 5))
        }, segmented)
    } throws: { ($0 as? StudyError)?.report.code == "E0673" }
  }

  @Test func `a study says what channels cost`() throws {
    let file = try StudyFile.parse(
      """
      survey: people.csv
      channels: { tv: { cost: 20000, impressions: 900000 }, radio: , web: { cost: 3500 } }
      population: 1000000
      reach: { budget: 30000 }
      """, file: "study.yaml")
    #expect(file.channels == ["tv", "radio", "web"])
    #expect(
      file.channelCosts == [
        ChannelCost(channel: "tv", cost: 20_000, impressions: 900_000),
        ChannelCost(channel: "web", cost: 3_500),
      ])
    #expect(file.reach.budget == 30_000)
    for wrong in [
      "channels: { tv: { cost: 0 } }", "channels: { tv: { impressions: 5 } }",
      "channels: { tv: { cost: 5, price: 3 } }", "channels: [tv]\nreach: { budget: -1 }",
    ] {
      #expect(throws: StudyError.self) {
        try StudyFile.parse("survey: people.csv\n\(wrong)\n", file: "study.yaml")
      }
    }
  }
}
