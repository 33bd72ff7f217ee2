import Foundation
import TesseraDesign
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// What segments rest on; all answers are simulated.
@Suite struct SegmentBasisTests {
  private static func flag(_ name: String, _ truth: (Int) -> Bool) -> Variable {
    Made.member(name, (0..<240).map { truth($0) ? 1 : 0 })
  }

  private static func run(_ variables: [Variable]) throws -> StudySegmentation {
    var declaration = SegmentsDeclaration()
    declaration.active = variables.map(\.name)
    declaration.count = .exactly(3)
    return try StudySegmentation.run(Made.data(variables), declaration, RunSettings())
  }

  @Test func `segments that are the answers to one question are told so, first`() throws {
    let ways = ["drive", "bike", "walk"].enumerated().map { place, name in
      Self.flag(name) { $0 % 3 == place }
    }
    let others = ["sings", "cooks"].enumerated().map { place, name in
      Self.flag(name) { pick($0, 300 + place, 2) == 0 }
    }
    let found = try Self.run(ways + others)
    let basis = try #require(found.result.basis)
    #expect(basis.question == ["drive", "bike", "walk"])
    #expect(basis.agreement > 0.95)
    let sentence = try #require(basis.sentences.first)
    #expect(sentence.hasPrefix("One question makes these segments"))
    #expect(found.result.warnings.prefix(2).contains(sentence))
    #expect(try SegmentModel.read(Data(found.model.json.text.utf8)).result.basis == basis)
  }

  @Test func `segments that only demographics make are told so, in the notes`() throws {
    let found = try Self.run([
      Made.numeric("age", (0..<240).map { Double(20 + 20 * ($0 % 3) + pick($0, 310, 5)) }),
      Made.numeric("income", (0..<240).map { Double(1000 * (1 + $0 % 3) + pick($0, 311, 300)) }),
    ])
    #expect(found.result.basis?.isOnlyPeople == true)
    #expect(found.result.basis?.sentences.isEmpty == true)
    let note = try #require(found.result.basis?.note)
    #expect(note.contains("only demographics") && found.result.warnings.contains(note))
  }

  @Test func `a question asked twice among others is told to make the segments`() throws {
    let bands = (0..<240).map { 1 + $0 % 3 }
    let coins = (0..<3).map { place in
      Made.nominal(
        "coin\(place)", (0..<240).map { 1 + pick($0, 700 + place, 2) }, labels: ["h", "t"])
    }
    let found = try Self.run(
      [
        Made.nominal("band", bands, labels: ["young", "middle", "old"]),
        Made.numeric("years", bands.enumerated().map { Double(20 * $1 + pick($0, 720, 15)) }),
      ] + coins)
    #expect(found.result.basis?.few == ["band", "years"])
    #expect(
      found.result.basis?.sentences.first?.hasPrefix("Two questions make these segments") == true)
    // Where every question tells the groups, none does so alone.
    let clear = try Self.run(
      (0..<5).map { place in
        Made.nominal(
          "item\(place)", (0..<240).map { pick($0, 730 + place, 10) == 0 ? 1 : 1 + $0 % 3 },
          labels: ["a", "b", "c"])
      })
    #expect(clear.result.basis?.few ?? [] == [])
  }

  @Test func `ranks are told to add up, and not held against surveys that do not`() throws {
    let orders = (0..<240).map { row in
      (0..<4).sorted { pick(row, 740 + $0, 1000) < pick(row, 740 + $1, 1000) }
    }
    let ranks = (0..<4).map { item in
      Made.numeric(
        "rank\(item)", orders.map { order in Double(1 + (order.firstIndex(of: item) ?? 0)) })
    }
    let found = try Self.run(ranks)
    #expect(found.result.basis?.isShared == true)
    #expect(found.evidence.continuum == nil)
    #expect(found.result.verdict?.kind != .moreThanContinuum)
    #expect(
      try SegmentModel.read(Data(found.model.json.text.utf8)).result.basis == found.result.basis)
    let free = try Self.run(
      (0..<4).map { item in
        Made.numeric("rating\(item)", (0..<240).map { Double(1 + pick($0, 750 + item, 5)) })
      })
    #expect(free.result.basis?.isShared ?? false == false)
  }

  @Test func `questions that people answer together have no such remark`() throws {
    let flags = (0..<5).map { place in
      Self.flag(["sings", "cooks", "rides", "knits", "swims"][place]) { row in
        pick(row, 320 + place, 10) < (row % 3 == place % 3 ? 8 : 3)
      }
    }
    #expect(try Self.run(flags).result.basis == nil)
  }
}
