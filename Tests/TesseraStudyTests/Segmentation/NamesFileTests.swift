import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite("Names follow people") struct NamesFileTests {
  private static var declaration: SegmentsDeclaration {
    var declaration = EvidenceTests.declaration()
    declaration.count = .exactly(2)
    return declaration
  }

  private static func run(
    _ data: StudyData, known: NamesFile? = nil, declared: [SegmentName] = []
  ) throws -> StudySegmentation {
    var declaration = declaration
    declaration.names = declared
    declaration.known = known
    return try StudySegmentation.run(data, declaration, EvidenceTests.plain)
  }

  private static func data(_ variables: [Variable]) -> StudyData {
    Made.data(variables, sets: [Made.pastimes])
  }

  /// Each planted kind named after the segment that holds most of it.
  private static func names(_ run: StudySegmentation, _ kind: [Int]) -> [SegmentName] {
    (0..<2).map { segment in
      let members = kind.indices.filter { run.segmented.posterior[$0, segment] > 0.5 }
      let ones = members.count { kind[$0] == 1 }
      return SegmentName(id: "S\(segment + 1)", name: 2 * ones > members.count ? "Ones" : "Zeros")
    }
  }

  private static func stored(
    _ run: StudySegmentation, _ names: [SegmentName], declared: [SegmentName] = []
  ) throws -> NamesFile {
    let file = NamesFile(data: "x", model: run.model, names: names, declared: declared)
    let read = try NamesFile.read(Data(file.text.utf8), path: "study.names.json")
    #expect(read.names == names && read.declared == declared && read.data == "x")
    #expect(read.model.parameters == run.model.parameters)
    return read
  }

  @Test func `names go with their people to random halves of the survey`() throws {
    let made = Made.planted(400)
    let whole = try Self.run(Self.data(made.variables))
    let known = try Self.stored(whole, Self.names(whole, made.kind))
    for seed in 1...4 as ClosedRange<UInt64> {
      var random = RandomStream(seed: seed)
      // Uneven halves, so that the smaller segment is often the larger one.
      let rows = made.kind.indices.filter {
        random.uniform() < (made.kind[$0] == Int(seed % 2) ? 0.3 : 0.8)
      }
      let half = Self.data(made.variables).selecting(rows)
      let run = try Self.run(half, known: known)
      let right = Self.names(run, rows.map { made.kind[$0] }).map(\.name)
      #expect(run.result.segments.map(\.name) == right, "seed \(seed)")
      #expect(run.givenNames.map(\.name).sorted() == ["Ones", "Zeros"])
      #expect(!run.result.warnings.contains { $0.contains("withheld") })
    }
  }

  @Test func `declared names go by size once, and with their people afterwards`() throws {
    let made = Made.planted(300)
    let declared = [SegmentName(id: "S1", name: "First"), SegmentName(id: "S2", name: "Second")]
    let whole = try Self.run(Self.data(made.variables), declared: declared)
    #expect(whole.result.segments.map(\.name) == ["First", "Second"])
    #expect(whole.result.nameWarnings.contains { $0.contains("First and Second were given by") })
    let known = try Self.stored(whole, whole.givenNames, declared: declared)
    let first = whole.segmented.posterior.column(0).enumerated().filter { $0.element > 0.5 }
      .map(\.offset)
    let rows = made.kind.indices.filter { !first.contains($0) || $0 % 4 == 0 }
    let part = Self.data(made.variables).selecting(rows)
    let later = try Self.run(part, known: known, declared: declared)
    #expect(later.result.segments.map(\.name) == ["Second", "First"])
    #expect(!later.result.nameWarnings.contains { $0.contains("were given by") })
    // What is declared anew is meant for the segments of this run.
    let edited = try Self.run(
      part, known: known, declared: [SegmentName(id: "S1", name: "Newly named")])
    #expect(edited.result.segments[0].name == "Newly named")
    #expect(!edited.result.segments.map(\.name).contains("First"))
  }

  @Test func `a name is withheld, and that is said, where its people are no segment`() throws {
    let made = Made.planted(300)
    let whole = try Self.run(Self.data(made.variables))
    let known = try Self.stored(whole, Self.names(whole, made.kind))
    let rows = made.kind.indices.filter { made.kind[$0] == 0 }
    let run = try Self.run(Self.data(made.variables).selecting(rows), known: known)
    #expect(!run.result.segments.map(\.name).contains("Ones"))
    #expect(run.result.warnings.contains { $0.contains("'Ones'") && $0.contains("withheld") })
  }

  @Test func `a withheld name does not come back as a made one`() throws {
    let made = Made.planted(300)
    let whole = try Self.run(Self.data(made.variables))
    let rows = made.kind.indices.filter { made.kind[$0] == 0 }
    let rest = Self.data(made.variables).selecting(rows)
    let run = try Self.run(rest)
    var declaration = Self.declaration
    declaration.known = try Self.stored(whole, Self.names(whole, made.kind))
    // Answers would give those who are left the name of those who are gone, or one that holds it.
    for (proposed, isTaken) in [("ones", true), ("Older ones", true), ("Onesome", false)] {
      let match = NameMatch(
        [proposed, "Home-loving"], declaration, previous: nil, parameters: run.model.parameters,
        rest, run.segmented.posterior)
      #expect(match.warnings.contains { $0.contains("'Ones'") && $0.contains("withheld") })
      #expect(match.names.contains(proposed) == !isTaken, "\(match.names)")
    }
  }

  @Test func `a survey without the model's questions gets no stored name`() throws {
    let made = Made.planted(200)
    let whole = try Self.run(Self.data(made.variables))
    let known = try Self.stored(whole, Self.names(whole, made.kind))
    var declaration = Self.declaration
    declaration.active = ["other", "another"]
    declaration.known = known
    var random = RandomStream(seed: 5)
    let columns = ["other", "another"].map { name in
      Made.nominal(name, made.kind.map { $0 + 1 + random.below(2) }, labels: ["a", "b", "c"])
    }
    let run = try StudySegmentation.run(Made.data(columns), declaration, EvidenceTests.plain)
    #expect(run.givenNames.isEmpty)
    #expect(run.result.warnings.contains { $0.contains("2 names are withheld") })
  }

  @Test func `codes of a column keep the names they were given`() throws {
    let given = Made.nominal("type", [2, 1, 2, 0, 2, 1], labels: ["a", "b"])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    declaration.names = [SegmentName(id: "1", name: "Declared")]
    let data = Made.data([given, Made.numeric("age", [20, 60, 25, 50, 22, 64])])
    let first = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(first.result.segments.map(\.name) == ["b", "Declared"])
    declaration.known = try Self.stored(
      first, [SegmentName(id: "1", name: "Renamed")], declared: declaration.names)
    let second = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(second.result.segments.map(\.name) == ["b", "Renamed"])
  }

  @Test func `a damaged file of names is refused with what to do`() throws {
    let whole = try Self.run(Self.data(Made.planted(200).variables))
    let good = NamesFile(
      data: "x", model: whole.model, names: [SegmentName(id: "S1", name: "Families")],
      declared: [])
    let faults: [(String, String)] = [
      ("{}", "schema"), ("{\"schema\": \"tessera.names.1\"", "cannot be read"),
      ("{\"schema\": \"tessera.names.9\"}", "tessera.names.9"),
      (good.text.replacing("\"S1\": \"Families\"", with: "\"S9\": \"Families\""), "S9"),
      (good.text.replacing("\"S1\": \"Families\"", with: "\"S1\": 3"), "not a text"),
      (good.text.replacing("\"S1\": \"Families\"", with: "\"S1\": \"a\\nb\""), "line break"),
      (good.text.replacing("\"S1\": \"Families\"", with: "\"S1\": \"A\", \"S2\": \"a\""), "both"),
      (good.text.replacing("\"seed\": 1", with: "\"seed\": 2"), "checksum"),
    ]
    for (text, word) in faults {
      do {
        _ = try NamesFile.read(Data(text.utf8), path: "study.names.json")
        Issue.record("taken: \(word)")
      } catch {
        #expect(error.report.code == "E0517")
        #expect(error.report.file == "study.names.json")
        #expect(error.report.message.contains(word), "\(error.report.message)")
        #expect(error.report.hint?.contains("rename") == true)
      }
    }
  }
}
