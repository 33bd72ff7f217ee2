import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import TesseraWaves
import Testing

@Suite("Panels")
struct PanelMovesTests {
  private static let step = [[0.85, 0.15], [0.3, 0.7]]
  private static let chances = [[0.9, 0.8, 0.85, 0.8], [0.15, 0.2, 0.1, 0.2]]

  /// People of two planted segments at times (simulated).
  private static func waves(
    people: Int, times: Int = 3, unseen: Double = 0.1, seed: UInt64
  ) -> [SurveyWave] {
    var random = RandomStream(seed: seed)
    var latent = (0..<people).map { _ in random.categorical([0.6, 0.4]) }
    return (0..<times).map { time in
      if time > 0 { latent = latent.map { random.categorical(step[$0]) } }
      let seen = (0..<people).filter { _ in time == 0 || random.uniform() >= unseen }
      let variables = (0..<4).map { question in
        Variable(
          name: "q\(question)", level: .nominal,
          categories: ["no", "yes"].map { Category(code: .text($0)) },
          answers: AnswerColumn(
            positions: seen.map { random.uniform() < chances[latent[$0]][question] ? 2 : 1 },
            categoryCount: 2))
      }
      return SurveyWave(
        name: "t\(time + 1)",
        data: StudyData(
          survey: Survey(variables: variables), design: .unweighted(seen.count),
          weightSum: Double(seen.count), sourceRows: Array(seen.indices),
          ids: seen.map { "p\($0)" }))
    }
  }

  private static let active = (0..<4).map { "q\($0)" }

  @Test func `intervals of chances to move hold what was planted`() throws {
    var (held, told) = (0, 0)
    var asked = PanelMoves.Settings()
    asked.segments = 2...2
    asked.replicates = 120
    for seed in 1...16 {
      var settings = RunSettings()
      settings.seed = UInt64(seed)
      let found = try PanelMoves(
        Self.waves(people: 400, seed: UInt64(seed)), active: Self.active, asked: asked,
        settings: settings)
      for from in 0..<2 {
        let row = try #require(found.steps[0].chances[from])
        let ends = try #require(row[from].interval)
        told += 1
        if ends.low <= Self.step[from][from], Self.step[from][from] <= ends.high { held += 1 }
      }
    }
    // 95% of 32; fewer than 26 has a chance of one in 10,000.
    #expect(held >= 26 && told == 32, "\(held) of \(told)")
  }

  @Test func `the number of segments, people and shares are told`() throws {
    var asked = PanelMoves.Settings()
    asked.segments = 1...3
    asked.replicates = 0
    asked.transitions = .free
    let found = try PanelMoves(
      Self.waves(people: 800, seed: 3), active: Self.active, asked: asked,
      settings: RunSettings())
    #expect(found.model.classCount == 2)
    #expect(found.people.all == 800 && found.people.complete < 800)
    #expect(found.steps.map(\.from) == ["t1", "t2"] && found.steps.map(\.to) == ["t2", "t3"])
    for row in found.shares { #expect(abs(row.reduce(0) { $0 + $1.value } - 1) < 1e-9) }
    #expect(found.shares[0][0].interval == nil)
  }

  @Test func `no segment is told of that fewer people were in than are shown`() throws {
    var asked = PanelMoves.Settings()
    asked.segments = 2...2
    asked.replicates = 0
    var settings = RunSettings()
    settings.minimumCell = 50
    let waves = Self.waves(people: 60, seed: 1)
    let error = #expect(throws: StudyError.self) {
      try PanelMoves(waves, active: Self.active, asked: asked, settings: settings)
    }
    #expect(error?.report.code == "E0506")
  }

  @Test func `a panel of one time, or of strangers, is refused`() throws {
    let waves = Self.waves(people: 60, seed: 1)
    func code(_ waves: [SurveyWave]) -> String? {
      do {
        _ = try PanelMoves(
          waves, active: Self.active, asked: PanelMoves.Settings(), settings: RunSettings())
        return nil
      } catch { return error.report.code }
    }
    #expect(code([waves[0]]) == "E0531")
    let strangers = waves.enumerated().map { time, wave in
      SurveyWave(
        name: wave.name,
        data: StudyData(
          survey: wave.data.survey, design: wave.data.design, weightSum: wave.data.weightSum,
          sourceRows: wave.data.sourceRows, ids: wave.data.ids?.map { "\(time)\($0)" }))
    }
    #expect(code(strangers) == "E0531")
  }
}
