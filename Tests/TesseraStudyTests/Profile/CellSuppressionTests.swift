import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

/// A reader who knows all that is shown must not be able to work out what is hidden.
@Suite struct CellSuppressionTests {
  /// Answers and segments drawn at random, so that many cells are small.
  private func profiled(seed: UInt64, segments: Int, answers: Int) throws -> (
    ProfileResult, counts: [[Double]]
  ) {
    var random = RandomStream(seed: seed)
    let count = 60 + random.below(200)
    let skew = 1 + 2 * random.uniform()
    func draw(_ outcomes: Int) -> Int {
      var share = random.uniform()
      for _ in 1..<Int(skew + 1) { share *= random.uniform() }
      return min(outcomes - 1, Int(share * Double(outcomes)))
    }
    let type = (0..<count).map { _ in draw(segments) }
    let answer = (0..<count).map { _ in draw(answers) }
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: segments), count: answers)
    for row in 0..<count { counts[answer[row]][type[row]] += 1 }
    let labels = (1...max(segments, answers)).map { "v\($0)" }
    let data = Made.data([
      Made.nominal("type", type.map { $0 + 1 }, labels: Array(labels.prefix(segments))),
      Made.nominal("answer", answer.map { $0 + 1 }, labels: Array(labels.prefix(answers))),
    ])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    declaration.passive = ["answer"]
    var settings = RunSettings()
    settings.askedPrivacy = .strict
    let run = try StudySegmentation.run(data, declaration, settings)
    return (try run.profile(settings), counts)
  }

  @Test(arguments: 0..<60) func `no subtraction gives a hidden cell back`(seed: Int) throws {
    let (profile, _) = try profiled(
      seed: UInt64(seed), segments: 2 + seed % 4, answers: 2 + seed % 5)
    let variables = try profile.segments.map { try #require($0.variables.first) }
    let answers = variables[0].categories.count
    // Unknowns: every hidden share, and every hidden share of everybody.
    var unknown: [[Int]: Int] = [:]
    for answer in 0..<answers {
      for segment in variables.indices where variables[segment].categories[answer].share == nil {
        unknown[[answer, segment]] = unknown.count
      }
      if variables[0].categories[answer].totalShare == nil {
        unknown[[answer, variables.count]] = unknown.count
      }
    }
    guard !unknown.isEmpty else { return }
    // Equations: shares of a column sum to 1; segments sum to everybody, weighted by size.
    var rows: [[Double]] = []
    for column in 0...variables.count {
      var row = [Double](repeating: 0, count: unknown.count)
      for answer in 0..<answers {
        if let place = unknown[[answer, column]] { row[place] = 1 }
      }
      rows.append(row)
    }
    for answer in 0..<answers {
      var row = [Double](repeating: 0, count: unknown.count)
      for segment in variables.indices {
        if let place = unknown[[answer, segment]] { row[place] = variables[segment].base }
      }
      if let place = unknown[[answer, variables.count]] {
        row[place] = -variables.reduce(0) { $0 + $1.base }
      }
      rows.append(row)
    }
    let rank = rank(rows)
    for place in 0..<unknown.count {
      var unit = [Double](repeating: 0, count: unknown.count)
      unit[place] = 1
      // If the equations determine an unknown, its unit vector lies in their row space.
      #expect(self.rank(rows + [unit]) == rank + 1)
    }
  }

  @Test(arguments: 0..<20) func `no shown cell rests on fewer than ten people`(seed: Int) throws {
    let (profile, counts) = try profiled(
      seed: 100 + UInt64(seed), segments: 2 + seed % 3, answers: 3 + seed % 3)
    // Codes are v1, v2, ...; categories nobody chose are not listed.
    for segment in profile.segments {
      let column = try #require(Int(segment.id)) - 1
      for cell in segment.variables[0].categories where cell.share != nil {
        let answer = try #require(Int(cell.code)) - 1
        #expect(counts[answer][column] >= 10)
      }
      // Index and effect would give a share back.
      for cell in segment.variables[0].categories where cell.share == nil {
        #expect(cell.index == nil)
      }
      if segment.variables[0].categories.allSatisfy({ $0.share == nil }) {
        #expect(segment.variables[0].effectSize == nil)
        #expect(segment.variables[0].pValue == nil)
      }
    }
  }

  @Test func `a smallest cell of one hides nothing`() throws {
    let data = Made.data([
      Made.nominal("type", [1, 1, 1, 2, 2], labels: ["a", "b"]),
      Made.nominal("answer", [1, 1, 2, 2, 2], labels: ["yes", "no"]),
      Made.numeric("age", [20, 30, 40, 50, 60]),
    ])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    var settings = RunSettings()
    settings.minimumCell = 1
    let profile = try StudySegmentation.run(data, declaration, settings).profile(settings)
    let answer = profile.segments[0].variables[0]
    #expect(answer.categories.map(\.share) == [2.0 / 3, 1.0 / 3])
    #expect(answer.categories[0].totalShare == 0.4)
    #expect(abs((answer.categories[0].index ?? 0) - 100 * (2.0 / 3) / 0.4) < 1e-9)
    #expect(profile.segments[0].variables[1].mean == 30)
    #expect(profile.segments[1].variables[1].mean == 55)
    #expect(profile.segments[0].variables[1].totalMean == 40)
  }

  @Test func `a mean of few people hides a second one, so that the total does not tell it`() throws
  {
    let type =
      [Int](repeating: 1, count: 40) + [Int](repeating: 2, count: 25)
      + [Int](repeating: 3, count: 4)
    let data = Made.data([
      Made.nominal("type", type, labels: ["a", "b", "c"]),
      Made.numeric("age", type.indices.map { Double($0 % 7) }),
    ])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    let profile = try StudySegmentation.run(data, declaration, RunSettings())
      .profile(RunSettings())
    #expect(profile.segments.map { $0.variables[0].mean == nil } == [false, true, true])
    #expect(profile.segments[0].variables[0].totalMean != nil)
  }

  private func rank(_ rows: [[Double]]) -> Int {
    var rows = rows
    var rank = 0
    for column in rows[0].indices {
      guard
        let pivot = (rank..<rows.count).max(by: {
          abs(rows[$0][column]) < abs(rows[$1][column])
        }), abs(rows[pivot][column]) > 1e-9
      else { continue }
      rows.swapAt(pivot, rank)
      for other in rank + 1..<max(rank + 1, rows.count) {
        let factor = rows[other][column] / rows[rank][column]
        for place in rows[other].indices { rows[other][place] -= factor * rows[rank][place] }
      }
      rank += 1
      if rank == rows.count { break }
    }
    return rank
  }
}
