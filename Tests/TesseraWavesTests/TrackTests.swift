import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import TesseraWaves
import Testing

@Suite struct TrackTests {
  private func track(
    _ planted: PlantedWaves, ids: Bool = false, settings: RunSettings = RunSettings()
  ) throws -> TrackResult {
    try Track.run(
      planted.surveys(ids: ids), model: try PlantedWaves.frozen(), sets: 0, settings: settings)
  }

  @Test func `sizes are those of each wave, not drawn towards those of the frozen model`() throws {
    let planted = try PlantedWaves(sizes: [0.6, 0.2], people: 4_000, seed: 21)
    let result = try track(planted)
    let first = result.sizes[0]
    #expect(abs((first.points[0].value ?? 0) - 0.6) < 0.025)
    #expect(abs((first.points[1].value ?? 0) - 0.2) < 0.025)
    #expect(first.isChanged)
    let (low, high) = (first.change?.low ?? 0, first.change?.high ?? 0)
    #expect(low < -0.4 && -0.4 < high && high - low < 0.08)
  }

  @Test func `people seen twice make differences surer, by their covariance`() throws {
    let panel = try PlantedWaves(sizes: [0.6, 0.6], people: 600, isPanel: true, seed: 22)
    let known = try track(panel, ids: true).sizes[0].change
    let unknown = try track(panel, ids: false).sizes[0].change
    let (one, two) = (try #require(known), try #require(unknown))
    #expect(one.difference == two.difference)
    // The same people in the same segments: what is left is error of placing.
    #expect(one.high - one.low < 0.6 * (two.high - two.low))
    let people = try track(panel, ids: true).panel
    #expect(people == 600)
  }

  @Test func `one wave repeated shows no change at all`() throws {
    let planted = try PlantedWaves(sizes: [0.6], people: 300, seed: 23)
    let wave = planted.surveys(ids: true)[0]
    let result = try Track.run(
      [wave, SurveyWave(name: "again", data: wave.data)], model: try PlantedWaves.frozen(),
      sets: 0, settings: RunSettings())
    let changed = (result.sizes + result.measures).filter(\.isChanged)
    #expect(changed.isEmpty)
  }

  @Test func `segments of too few people are hidden, and small bases are not tested`() throws {
    let planted = try PlantedWaves(sizes: [0.6, 0.6], people: 45, seed: 24)
    let result = try track(planted)
    let small = result.measures.filter { $0.segment == 1 }
    #expect(small.allSatisfy { $0.pValue == nil })
    for series in small {
      for point in series.points where point.value != nil {
        let steps = (point.value ?? 0) * 20
        #expect(point.isSmall && abs(steps - steps.rounded()) < 1e-9)
      }
    }
    let tiny = try track(try PlantedWaves(sizes: [0.95, 0.95], people: 60, seed: 25))
    let hidden = tiny.measures.filter { $0.segment == 1 }.flatMap(\.points)
    #expect(hidden.allSatisfy { $0.value == nil && $0.base == nil })
  }

  @Test func `waves of one survey are split by their column, in its order`() throws {
    let planted = try PlantedWaves(sizes: [0.6, 0.5], people: 200, seed: 26)
    let waves = planted.surveys(ids: false)
    let model = try PlantedWaves.frozen()
    #expect(throws: StudyError.self) {
      try Track.run([waves[0]], model: model, sets: 0, settings: RunSettings())
    }
    let year = Variable(
      name: "year", level: .numeric, answers: .numbers([2026, 2025, 2026, .nan]))
    let data = StudyData(
      survey: Survey(variables: [year]), design: .unweighted(4), weightSum: 4,
      sourceRows: [0, 1, 2, 3])
    let split = SurveyWave.split(data, by: "year")
    #expect(split.map(\.name) == ["2025", "2026"])
    #expect(split.map(\.data.sourceRows) == [[1], [0, 2]])
  }
}
