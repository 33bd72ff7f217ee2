import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct StudySegmentationTests {
  private var plain: RunSettings {
    var settings = RunSettings()
    settings.minimumCell = 1
    return settings
  }

  private func declaration(starts: Int = 3) -> SegmentsDeclaration {
    var declaration = Made.declaration()
    declaration.starts = starts
    return declaration
  }

  @Test func `planted segments are found, ordered by share and named by what they answer`() throws {
    let made = Made.planted(200)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    let run = try StudySegmentation.run(data, declaration(), plain)
    let segments = run.result.segments
    #expect(segments.map(\.id) == ["S1", "S2"])
    #expect(segments[0].share > segments[1].share)
    let right = zip(made.kind, run.segmented.posterior.column(1)).count { ($0 == 1) == ($1 > 0.5) }
    #expect(right > 190)
    #expect(segments[0].name.lowercased().contains("couples"))
    #expect(segments[1].name.lowercased().contains("single"))
    let profile = try run.profile(plain)
    #expect(profile.segments[0].description[0].contains("married"))
    #expect(profile.segments[0].variables[0].distinctive)
    #expect(
      profile.segments[0].variables.map(\.level) == ["nominal", "multiple", "numeric", "ordinal"])
  }

  @Test func `sampling weights times a constant change nothing`() throws {
    let made = Made.planted(120)
    var random = RandomStream(seed: 4)
    let weights = (0..<120).map { _ in 0.5 + random.uniform() }
    func result(_ scale: Double) throws -> (SegmentationResult, ProfileResult) {
      let data = Made.data(
        made.variables, sets: [Made.pastimes],
        design: SurveyDesign(kind: .sampling, weights: weights.map { $0 * scale }))
      let run = try StudySegmentation.run(data, declaration(), plain)
      return (run.result, try run.profile(plain))
    }
    // A power of two leaves every bit of the mantissa alone.
    let (one, profile) = try result(1)
    let (other, second) = try result(8)
    #expect(one == other)
    #expect(profile == second)
  }

  @Test func `a frequency is the row repeated`() throws {
    let made = Made.planted(90)
    let counts = (0..<90).map { Double($0 % 3 + 1) }
    let repeated = (0..<90).flatMap { [Int](repeating: $0, count: $0 % 3 + 1) }
    let weighted = try StudySegmentation.run(
      Made.data(
        made.variables, sets: [Made.pastimes],
        design: SurveyDesign(kind: .frequency, weights: counts)), declaration(), plain)
    let plainRun = try StudySegmentation.run(
      Made.data(made.variables.map { $0.selecting(repeated) }, sets: [Made.pastimes]),
      declaration(), plain)
    let one = weighted.result
    let other = plainRun.result
    #expect(one.respondents == other.respondents)
    let likelihoods = (try #require(one.logLikelihood), try #require(other.logLikelihood))
    #expect(abs(likelihoods.0 - likelihoods.1) < 1e-5)
    #expect(one.segments.map(\.respondents) == other.segments.map(\.respondents))
    let profiles = (try weighted.profile(plain), try plainRun.profile(plain))
    for (left, right) in zip(profiles.0.segments, profiles.1.segments) {
      for (mine, theirs) in zip(left.variables, right.variables) {
        #expect(mine.base == theirs.base)
        if let p = mine.pValue, let q = theirs.pValue { #expect(abs(p - q) < 1e-4) }
        if let d = mine.effectSize, let e = theirs.effectSize { #expect(abs(d - e) < 1e-4) }
      }
    }
  }

  @Test func `threads do not change a byte, and a seed repeats the run`() throws {
    let made = Made.planted(80, gaps: 0.1)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    var declaration = declaration()
    declaration.stability = 2
    var two = plain
    two.workers = Workers(2)
    let first = try StudySegmentation.run(data, declaration, plain)
    let second = try StudySegmentation.run(data, declaration, two)
    #expect(first.model.json.text == second.model.json.text)
    #expect(try first.profile(plain).json.text == second.profile(two).json.text)
  }

  @Test func `k-means finds the planted segments and tells its sums of squares`() throws {
    let made = Made.planted(150, gaps: 0.05)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    var declaration = declaration()
    declaration.method = .kmeans
    declaration.count = .between(2, 3)
    declaration.stability = 2
    let run = try StudySegmentation.run(data, declaration, plain)
    #expect(run.result.method == "kmeans")
    #expect(run.result.logLikelihood == nil)
    #expect(run.result.segments.count == 2)
    #expect(run.result.criteria.contains { $0.name == "within_ss" && ($0.value ?? 0) > 0 })
    let right = zip(made.kind, run.segmented.posterior.column(1)).count { ($0 == 1) == ($1 > 0.5) }
    #expect(right > 140)
    #expect((run.result.stability?.median ?? 0) > 0.8)
    let again = try #require(run.segmented.resegmenter)
      .resegment(weights: data.design.weights, start: .reference)
    #expect(again.posterior == run.segmented.posterior)
  }

  @Test func `segments of a column are taken as they are`() throws {
    let given = Made.nominal("type", [2, 1, 2, 0, 2, 1], labels: ["a", "b"])
    let data = Made.data([given, Made.numeric("age", [20, 60, 25, 50, 22, 64])])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    let run = try StudySegmentation.run(data, declaration, plain)
    #expect(run.result.method == "given")
    #expect(run.result.logLikelihood == nil)
    #expect(run.result.segments.map(\.id) == ["2", "1"])
    #expect(run.result.segments.map(\.name) == ["b", "a"])
    #expect(run.result.segments.map(\.share) == [0.6, 0.4])
    #expect(run.result.respondents == 5)
    #expect(run.segmented.sourceRows == [0, 1, 2, 4, 5])
    #expect(run.segmented.resegmenter == nil)
    #expect(run.result.warnings.contains { $0.contains("1 respondents without a value") })
  }

  @Test func `the same weights bring the resegmenter back to the study's own segments`() throws {
    let made = Made.planted(120)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    let run = try StudySegmentation.run(data, declaration(), plain)
    let restart = try #require(run.segmented.resegmenter)
    let reference = restart.resegment(weights: data.design.weights, start: .reference)
    let fresh = restart.resegment(
      weights: data.design.weights, start: .fresh(RandomStream(seed: 9), rival: -.infinity))
    let pairs = zip(reference.posterior.values, run.segmented.posterior.values)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(abs(fresh.objective - reference.objective) < 0.01)
    let none = restart.resegment(
      weights: [Double](repeating: 0, count: 120), start: .reference)
    #expect(none.posterior.rows == 120)
  }

  @Test func `names follow profiles from run to run, and a doubtful match warns`() throws {
    let made = Made.planted(150)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    var declaration = declaration()
    declaration.names = [SegmentName(id: "S1", name: "Homebodies")]
    let first = try StudySegmentation.run(data, declaration, plain)
    #expect(first.result.segments[0].name == "Homebodies")
    // The second kind is now the larger: the name goes with the people who had it.
    let rows = made.kind.indices.filter { made.kind[$0] == 1 || $0 % 4 == 0 }
    let second = try StudySegmentation.run(
      data.selecting(rows), declaration, plain, previous: first.model)
    #expect(second.result.segments[1].name == "Homebodies")
    #expect(second.result.segments[0].name == first.result.segments[1].name)
  }

  @Test func `one respondent, no answers and too many segments are told plainly`() throws {
    let one = Made.data([Made.numeric("age", [30])])
    #expect(throws: StudyError.self) {
      try StudySegmentation.run(one, Made.declaration(["age"]), plain)
    }
    let silent = Made.data([Made.numeric("age", [.nan, .nan, .nan])])
    do {
      _ = try StudySegmentation.run(silent, Made.declaration(["age"]), plain)
      Issue.record("an unanswered survey was segmented")
    } catch {
      #expect(error.report.code == "E0504")
    }
    let few = Made.data([
      Made.nominal("a", [1, 2, 3, 1, 2, 3], labels: ["x", "y", "z"])
    ])
    do {
      _ = try StudySegmentation.run(few, Made.declaration(["a"], count: .exactly(5)), plain)
      Issue.record("five segments of three answers")
    } catch {
      #expect(error.report.code == "E0505")
      #expect(error.report.message.contains("k=5, 3 distinct"))
    }
    do {
      _ = try StudySegmentation.run(few, Made.declaration(["aa"]), plain)
      Issue.record("an unknown column was used")
    } catch {
      #expect(error.report.code == "E0501")
      #expect(error.report.hint?.contains("'a'") == true)
    }
  }
}
