import Testing

@testable import TesseraProductFit
@testable import TesseraReport
@testable import TesseraStudy

/// What must be read before anything else, and what is not advised.
@Suite struct FirstLineTests {
  private func samples() -> StudyResults { ChartSamples.make(segments: 3, products: 3) }

  @Test func `what hardly fits is offered to nobody`() throws {
    var results = samples()
    for place in results.fit?.cells.indices ?? 0..<0 { results.fit?.cells[place].fit = 10 }
    results.fit?.improvements = []
    results.fit?.proposals = []
    let fit = try #require(results.fit)
    #expect(Findings(results).nothingFits(fit)?.hasPrefix("No product suits anybody") == true)
    #expect(!Findings(results).headline.contains("Offer"))
    results.fit?.cells[0].fit = 60
    let better = try #require(results.fit)
    #expect(Findings(results).nothingFits(better) == nil)
  }

  @Test func `too few people are told first, and nothing to change`() {
    var results = samples()
    results.segmentation.segments[2] = Segment(id: "S3", name: "Few", share: 0.02, respondents: 9)
    let sentences = Findings(results).sentences
    #expect(sentences.first?.hasPrefix("Do not act on segments yet: too few people") == true)
    #expect(!sentences.contains { $0.contains("helps most") || $0.contains("these help most") })
  }

  @Test func `segments that are not stable are reached by no channel`() {
    var results = samples()
    results.fit?.channels = [
      ChannelReach(
        segment: "S1", channel: "web", label: "Web", reach: 0.8, reachSE: 0.01, affinity: 200,
        affinitySE: 5)
    ]
    let before = Findings(results).reachClaim
    results.segmentation.verdict = SegmentVerdict(kind: .notStable, words: "Do not act yet.")
    #expect(Findings(results).reachClaim == nil)
    #expect(before != nil)
  }

  @Test func `channels that every set must hold, or may not, are named`() throws {
    var results = samples()
    var fit = try #require(results.fit)
    (fit.prices, fit.kano, fit.drivers, fit.bestWorst) = ([], [], [], [])
    fit.channels = ["print", "tv", "web"].map {
      ChannelReach(segment: "S1", channel: $0, label: $0, reach: 0.5, affinity: 100)
    }
    fit.reachSets = [
      ReachSet(
        kind: .channels, segment: nil, items: ["print", "web"], reach: 0.59, isOptimal: true)
    ]
    results.study.reach.force = ["print"]
    results.study.reach.exclude = ["tv"]
    let told = QuestionReport(study: results.study, fit: fit).sentences.joined(separator: " ")
    #expect(told.contains("With print always taken and without tv, of any 2 channels together"))
  }
}
