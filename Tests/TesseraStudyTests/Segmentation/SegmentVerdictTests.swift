import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct SegmentVerdictTests {
  private enum Kind { case groups, factor, independent }

  /// Eight ratings of four steps.
  private static func ratings(_ kind: Kind, seed: UInt64, rows: Int = 300) -> [Variable] {
    var random = RandomStream(seed: seed)
    var columns = [[Int]](repeating: [], count: 8)
    for _ in 0..<rows {
      let group = random.categorical([0.4, 0.35, 0.25])
      let factor = random.normal()
      for place in columns.indices {
        let score: Double =
          switch kind {
          case .groups: (place % 3 == group ? 1.6 : -0.8) + 0.7 * random.normal()
          case .factor: 0.75 * factor + 0.66 * random.normal()
          case .independent: random.normal()
          }
        columns[place].append(1 + [-0.8, 0, 0.8].count { score > $0 })
      }
    }
    return columns.enumerated().map {
      Made.nominal("q\($0)", $1, labels: ["a", "b", "c", "d"], level: .ordinal)
    }
  }

  private static func run(
    _ kind: Kind, seed: UInt64, count: SegmentCount = .between(1, 4),
    _ change: (inout SegmentsDeclaration) -> Void = { _ in }
  ) throws -> StudySegmentation {
    let variables = ratings(kind, seed: seed)
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = count
    change(&declaration)
    return try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
  }

  @Test func `groups well apart are more than a continuum, and stay so in the file`() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let run = try Self.run(.groups, seed: seed)
      let verdict = try #require(run.result.verdict)
      #expect(verdict.kind == .moreThanContinuum, "\(verdict.words)")
      #expect(verdict.words.hasPrefix("3 segments, more distinct than in any of 19"))
      // Options are for whoever runs the command, never for a client.
      #expect(!verdict.words.contains("structure"))
      #expect(verdict.nextStep?.contains("--structure 50") == true)
      #expect(verdict.null.count == 19)
      #expect(verdict.null.allSatisfy { $0 < verdict.statistic ?? 0 })
      #expect(!run.result.warnings.contains(verdict.words))
      let read = try SegmentModel.read(Data(run.model.json.text.utf8))
      #expect(read.result.verdict == verdict)
    }
  }

  @Test func `one factor behind all answers is never told as groups`() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let verdict = try #require(try Self.run(.factor, seed: seed).result.verdict)
      #expect(
        [.cut, .notStable, .oneGroup].contains(verdict.kind), "seed \(seed): \(verdict.words)")
    }
  }

  @Test
  func `two groups that six yes-no questions divide are no continuum, one factor behind them is`()
    throws
  {
    var told = [0, 0]
    for seed in 1...6 as ClosedRange<UInt64> {
      for hasGroups in [true, false] {
        var random = RandomStream(seed: 500 + seed)
        var columns = [[Int]](repeating: [], count: 6)
        for _ in 0..<150 {
          let group = random.below(2)
          let factor = random.normal()
          for place in columns.indices {
            let isOwn = random.uniform() < 0.9
            let side = place % 2 == 0 ? 1.0 : -1
            let score = side * 0.84.squareRoot() * factor + 0.4 * random.normal()
            let isYes = hasGroups ? (place % 2 == group) == isOwn : score > 0
            columns[place].append(isYes ? 2 : 1)
          }
        }
        let variables = columns.enumerated().map {
          Made.nominal("q\($0)", $1, labels: ["no", "yes"])
        }
        var declaration = SegmentsDeclaration()
        declaration.active = variables.map(\.name)
        declaration.count = .between(1, 3)
        let run = try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
        if run.result.verdict?.kind == .moreThanContinuum { told[hasGroups ? 0 : 1] += 1 }
      }
    }
    #expect(told[0] >= 5)
    #expect(told[1] <= 1)
  }

  @Test func `where nothing hangs together one group is told first, forced numbers too`() throws {
    let free = try Self.run(.independent, seed: 2)
    #expect(free.result.verdict?.kind == .oneGroup)
    #expect(free.result.verdict?.stopsAdvice == true)
    let forced = try Self.run(.independent, seed: 2, count: .exactly(3))
    let verdict = try #require(forced.result.verdict)
    #expect(verdict.kind == .oneGroup)
    #expect(verdict.words.contains("3 segments were asked for"))
    #expect(forced.result.warnings.first == verdict.words)
  }

  @Test func `methods without a likelihood are judged too, and given segments never`() throws {
    for method in [SegmentationMethod.kmeans, .kmodes, .pam] {
      let run = try Self.run(.groups, seed: 1, count: .exactly(3)) { $0.method = method }
      #expect(run.result.verdict?.kind == .moreThanContinuum, "\(method)")
    }
    let variables = Self.ratings(.groups, seed: 1)
    var declaration = SegmentsDeclaration()
    declaration.given = "q0"
    let given = try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
    #expect(given.result.verdict?.kind == .given)
    #expect(given.result.verdict?.words == "4 segments were set beforehand, not found.")
  }

  @Test func `the same verdict on any number of threads`() throws {
    let variables = Self.ratings(.factor, seed: 5)
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = .exactly(2)
    var settings = RunSettings()
    let one = try StudySegmentation.run(Made.data(variables), declaration, settings)
    settings.workers = Workers(2)
    let two = try StudySegmentation.run(Made.data(variables), declaration, settings)
    #expect(one.result.verdict == two.result.verdict)
  }
}

@Suite struct ScaleUseTests {
  /// Six ratings on one scale: a level that differs between two kinds, a taste that may.
  private static func run(
    level: Double, taste: Double, use: ScaleUseDeclaration = .raw
  ) throws -> StudySegmentation {
    var random = RandomStream(seed: 9)
    var columns = [[Double]](repeating: [], count: 6)
    for row in 0..<200 {
      let high = row % 2 == 0
      let liked = row % 4 < 2
      for place in columns.indices {
        let score =
          5 + (high ? level : -level) + ((place < 3) == liked ? taste : -taste)
          + 0.7 * random.normal()
        columns[place].append(min(10, max(0, score.rounded())))
      }
      // Both ends are used in every column, so that all stand on one scale.
      if row == 0 { for place in columns.indices { columns[place][0] = 0 } }
      if row == 1 { for place in columns.indices { columns[place][1] = 10 } }
    }
    let variables = columns.enumerated().map { Made.numeric("r\($0)", $1) }
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = .exactly(2)
    declaration.model.responseStyle = use.correction
    return try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
  }

  @Test func `segments that differ in how high they rate are told so, with the remedy`() throws {
    let found = try Self.run(level: 2, taste: 0.4)
    let use = try #require(found.result.scaleUse)
    #expect(use.share > 0.9)
    let sentence = try #require(use.sentence)
    #expect(sentence.contains("Segments differ mainly in how high people rate"))
    #expect(sentence.contains("scale_use: center"))
    #expect(found.result.warnings.prefix(2).contains(sentence))
    #expect(try SegmentModel.read(Data(found.model.json.text.utf8)).result.scaleUse == use)
  }

  @Test func `sliders whose ends few people reach are on one scale, ages are not`() {
    #expect(ScaleUse.ends(of: [3, 97, 50, .nan]) == [0, 100])
    #expect(ScaleUse.ends(of: [0, 100, 50]) == [0, 100])
    #expect(ScaleUse.ends(of: [18, 89, 40]) == [18, 89])
    #expect(ScaleUse.ends(of: [1, 4, 3]) == [1, 5])
    #expect(ScaleUse.ends(of: [2, 5, 3]) == [1, 5])
    #expect(ScaleUse.ends(of: [0, 9, 3]) == [0, 10])
    #expect(ScaleUse.ends(of: [0.2, 0.9]) == [0.2, 0.9])
  }

  @Test func `segments of taste are not, nor those of corrected ratings`() throws {
    let taste = try Self.run(level: 0.2, taste: 2)
    #expect(try #require(taste.result.scaleUse).share < 0.3)
    #expect(taste.result.scaleUse?.sentence == nil)
    for use in [ScaleUseDeclaration.center, .rank, .intercept] {
      let corrected = try Self.run(level: 2, taste: 1, use: use)
      let found = try #require(corrected.result.scaleUse)
      #expect(found.correction == use.rawValue)
      #expect(found.share < 0.6)
      #expect(found.sentence == nil)
    }
  }
}
