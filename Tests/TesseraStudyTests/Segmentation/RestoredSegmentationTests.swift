import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite("Segments of a finished run under other names") struct RestoredSegmentationTests {
  private static let made = Made.planted(120, gaps: 0.1)

  private static func data() -> StudyData {
    Made.data(made.variables, sets: [Made.pastimes])
  }

  private static func run(
    _ method: SegmentationMethod = .latentClass,
    _ change: (inout SegmentsDeclaration) -> Void = { _ in }
  ) throws -> (run: StudySegmentation, declaration: SegmentsDeclaration, settings: RunSettings) {
    var declaration = Made.declaration()
    declaration.starts = 4
    declaration.method = method
    declaration.names = [SegmentName(id: "S7", name: "Nobody")]
    change(&declaration)
    let settings = RunSettings()
    return (try StudySegmentation.run(Self.data(), declaration, settings), declaration, settings)
  }

  private static func restored(
    _ of: (run: StudySegmentation, declaration: SegmentsDeclaration, settings: RunSettings),
    _ data: StudyData
  ) throws -> StudySegmentation? {
    let names = of.run.result.segments.map { SegmentName(id: $0.id, name: "People \($0.id)") }
    let solutions = try of.run.solutions.map {
      try SolutionsFile.read(Data($0.json.text.utf8), file: "solutions.json")
    }
    return StudySegmentation.restored(
      data, of.declaration, of.settings, roles: .none,
      model: try SegmentModel.read(Data(of.run.model.json.text.utf8)).naming(names),
      solutions: solutions, given: [names[0]])
  }

  @Test(arguments: [
    SegmentationMethod.latentClass, .mixture, .kmeans, .kmedians, .kprototypes, .pam, .clara,
  ])
  func `all but the names comes back from the files`(_ method: SegmentationMethod) throws {
    let made = try Self.run(method)
    let back = try #require(try Self.restored(made, Self.data()))
    let run = made.run
    #expect(back.result.segments.map(\.name) == run.result.segments.map { "People \($0.id)" })
    #expect(back.result.segments.map(\.share) == run.result.segments.map(\.share))
    #expect(back.segmented.segments == back.result.segments)
    let pairs = zip(back.segmented.posterior.values, run.segmented.posterior.values)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(back.segmented.sourceRows == run.segmented.sourceRows)
    #expect(back.evidence.counts == run.evidence.counts)
    #expect(back.evidence.residuals == run.evidence.residuals)
    #expect(back.evidence.quality?.outliers == run.evidence.quality?.outliers)
    #expect(back.evidence.quality?.grids == run.evidence.quality?.grids)
    #expect(back.active == run.active && back.passive == run.passive)
    #expect(back.unplaced == run.unplaced)
    #expect(back.model.json["model"]?.text == run.model.json["model"]?.text)
    #expect(back.model.evidence == run.model.evidence)
    #expect(back.solutions?.solutions.count == run.solutions?.solutions.count)
    #expect(back.givenNames.map(\.id) == ["S1"])
    // What was said of a name without a segment is not said again; all else is.
    #expect(run.result.nameWarnings.count == 1)
    #expect(run.result.warnings.contains(run.result.nameWarnings[0]))
    #expect(
      back.result.warnings
        == run.result.warnings.filter { !run.result.nameWarnings.contains($0) })
  }

  @Test func `what the files do not hold whole is not restored`() throws {
    let structured = try Self.run { $0.evidence.structureSets = 3 }
    #expect(try Self.restored(structured, Self.data()) == nil)
    let flagged = try Self.run { $0.evidence.writesFlags = true }
    #expect(try Self.restored(flagged, Self.data()) == nil)
    let tree = try Self.run(.ward)
    #expect(try Self.restored(tree, Self.data()) == nil)
    let plain = try Self.run()
    let fewer = Self.data().selecting(Array(0..<60))
    #expect(try Self.restored(plain, fewer) == nil)
    var other = plain
    other.declaration.active.removeLast()
    #expect(try Self.restored(other, Self.data()) == nil)
  }
}
