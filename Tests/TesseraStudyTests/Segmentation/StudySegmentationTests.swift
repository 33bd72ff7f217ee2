import Foundation
import Testing
import TesseraMath
import TesseraStudy
import TesseraSurvey

@Suite struct StudySegmentationTests {
  @Test func `planted segments are found, ordered by share and named by what they answer`() throws {
    let made = Made.planted(400)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    var declaration = Made.declaration(count: .between(1, 4))
    declaration.stability = 5
    let start = Date()
    let run = try StudySegmentation.run(data, declaration, RunSettings())
    print(run.result.json.text, Date().timeIntervalSince(start))
    let profile = try run.profile(RunSettings())
    for segment in profile.segments { print(segment.name, segment.description) }
    print(profile.notes)
    #expect(run.result.segments.count == 2)
    #expect(run.result.segments[0].share > run.result.segments[1].share)
    let right = zip(made.kind, run.segmented.posterior.column(1)).count { ($0 == 1) == ($1 > 0.5) }
    #expect(right > 380)
    #expect(run.result.segments[0].name.lowercased().contains("married"))
    #expect(run.result.segments[1].name.lowercased().contains("single"))
  }
}
