import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@testable import simulate_segments

/// A small part of what `swift run -c release simulate-segments 200 20` does; the figures of the
/// whole stand in `docs/evidence.md`.
@Suite struct SimulateSegmentsTests {
  @Test func `planted segments are found nearly as well as the true model finds them`() throws {
    let report = RecoveryReport(
      try Workers(2).map(2) { place in
        Result { try Recovery(PlantedSurvey(seed: UInt64(4 * place)), beyond: 1) }
      }.map { try $0.get() })
    #expect(report.reachable > 0.4)
    #expect(report.reachable - report.found < 0.03)
    #expect(report.rightNumber == 1)
    #expect(report.pooled.all > 60)
    #expect(report.pooled.share > 0.85)
  }

  @Test func `a survey is the same whenever its seed is`() throws {
    let text = try PlantedSurvey(seed: 9).text
    #expect(try PlantedSurvey(seed: 9).text == text)
    #expect(try PlantedSurvey(seed: 10).text != text)
    #expect(text.split(separator: "\n").count == 1 + 1_300)
  }

  @Test func `the waves of bike-waves are those that the generator writes`() throws {
    for (place, text) in WaveSurvey(seed: 2026).waves.enumerated() {
      let file = Repository.datasets.appendingPathComponent("bike-waves/wave\(place + 1).csv")
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
  }

  @Test func `a change of three questions by 15 points is found, and no other`() throws {
    let trial = try TrackTrial(.profile, seed: 1, sets: 39)
    #expect(trial.pValues[1] <= 0.05)
    #expect(trial.pValues[0] > 0.05)
    #expect(!trial.named.wrong)
  }

  @Test func `fits of a survey with a known number of segments are read again from their line`()
    throws
  {
    let trial = try CountTrial(seed: 5)
    #expect(trial.planted == 2)
    #expect(trial.respondents == 150)
    #expect(trial.fits.count == 4)
    let again = try #require(CountTrial(line: Substring(trial.line)))
    #expect(again.line == trial.line)
    #expect(CountTrial(line: Substring(trial.line.dropLast(8))) == nil)
    #expect(CountReport([trial]).text.hasPrefix("sets: 1"))
  }

  @Test func `of overlapping groups among 500 people the rule finds all, where BIC takes too few`()
    throws
  {
    let trial = try CountTrial(seed: 22)
    #expect((trial.respondents, trial.planted) == (500, 5))
    let rules = Dictionary(
      uniqueKeysWithValues: CountReport.Rule.all.map { ($0.name, $0.count(trial)) })
    #expect(rules["BIC"] == 4)
    #expect(rules["the rule"] == 5)
  }

  @Test func `groups well apart are natural, and questions by themselves are not`() throws {
    let verdicts = try [StructureTrial.Kind.groups, .independent].map {
      try StructureTrial($0, seed: 1, sets: 2, respondents: 120, workers: Workers(2)).verdict
    }
    #expect(verdicts[0] == .natural)
    #expect(verdicts[1] != .natural)
  }
}
