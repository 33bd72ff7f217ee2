import Foundation
import TesseraStudy
import Testing

@Suite("Improvements, reach and catalogues, from the command line")
struct FitCommandTests {
  static let study = Command.dataset("coupe-or-suv/study.yaml")

  @Test func `improve ranks changes and shows what bundles add`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run(
      "improve", Self.study, "--product", "coupe", "--bundle", "2", "--limit", "500",
      "--minimum-cell", "1", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let proposals = try #require(result.json["proposals"]?.array)
    let both = try #require(
      proposals.first { $0["edit"]?.string == "coupe_family + coupe_price" })
    #expect(abs((both["gain"]?.number ?? 0) - 43.9401) < 5e-5)
    #expect(abs((both["interaction"]?.number ?? 0) - 24.5042) < 2e-4)
    #expect((both["se"]?.number ?? 0) > 0)
    let gains = proposals.compactMap { $0["gain"]?.number }
    #expect(gains == gains.sorted(by: >))
    let text = try command.run("improve", Self.study, "--minimum-cell", "1")
    #expect(text.status == 0 && text.output.contains("child_seat_fit comfortable"))
    let none = try command.run(
      "improve", Self.study, "--minimum-cell", "1", "--by", "gain-per-cost")
    #expect(none.status == 0 && none.output.contains("give edits or levels a cost"))
    let wrong = try command.run("improve", Self.study, "--product", "cuope")
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'coupe'?"))
  }

  @Test func `reach finds the best sets of channels`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(
      """
      segment,imp,tv,web,radio
      a,5,1,0,0
      a,5,1,0,1
      a,4,0,1,1
      b,3,0,1,1
      b,2,1,1,0
      b,2,0,0,1
      """, to: "people.csv")
    let study = """
      survey: people.csv
      segments: { given: segment }
      need_scale: [1, 5]
      needs: { room: { importance: imp } }
      features: { seats: { value: { linear: [2, 5] } } }
      products: { suv: { seats: 5 } }
      relations: { room: { seats: strong } }
      channels: [tv, web, radio]
      """
    try command.write(study, to: "study.yaml")
    let result = try command.run(
      "reach", "study.yaml", "--channels", "2", "--minimum-cell", "1", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let sets = try #require(result.json["sets"]?.array)
    let a = try #require(
      sets.first { $0["segment"]?.string == "a" && $0["size"]?.number == 2 })
    // Television with either other reaches all three of a; radio reaches one of them twice.
    #expect(a["reach"]?.number == 1 && a["optimal"] == .bool(true))
    #expect(a["items"]?.array?.compactMap(\.string) == ["tv", "radio"])
    #expect(abs((a["frequency"]?.number ?? 0) - 4.0 / 3) < 1e-12)
    let everybody = try #require(
      sets.first { $0["segment"] == .null && $0["size"]?.number == 1 })
    #expect(everybody["items"]?.array?.compactMap(\.string) == ["radio"])
    #expect(abs((everybody["reach"]?.number ?? 0) - 4.0 / 6) < 1e-12)
    let table = try command.run(
      "reach", "study.yaml", "--minimum-cell", "1", "--segment", "b")
    #expect(table.output.contains("tv") && !table.output.contains("everybody "))
    let wrong = try command.run("reach", "study.yaml", "--segment", "bb")
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'b'?"))
  }

  /// Catalogues that cannot be right end in help; notations in use are accepted.
  @Test(arguments: [
    ("seats: { value: { linear: [2, 5] } }", "saets: { value: { linear: [2, 5] } }", "seats"),
    ("room: { seats: 9 }", "room: { seats: }", "unserved need"),
    (
      "fit: { levels: { none: 0, good: 1 } }", "fit: { levels: { none: 0, god: 1 } }",
      "did you mean 'god'?"
    ),
    ("seats < 4", "seats < max_seatz", "max_seats"),
    (
      "suv: { seats: 5, fit: good }",
      "suv: { seats: 5, fit: good }\n  coupe: { seats: 5, fit: good }", "twice"
    ),
    ("room: { seats: 9 }", "room: { seats: 7 }", "write 9, 3 or 1"),
    ("suv: { seats: 5, fit: good }", "suv: { seats: many, fit: good }", "expected a number"),
  ])
  func `a catalogue that cannot be ends in help`(
    right: String, wrong: String, help: String
  ) throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.people, to: "people.csv")
    #expect(Self.catalogue.contains(right), "\(right)")
    try command.write(
      Self.catalogue.replacingOccurrences(of: right, with: wrong), to: "study.yaml")
    let result = try command.run("fit", "study.yaml", "--minimum-cell", "1")
    #expect(result.status == 65, "\(result.output)")
    #expect(result.errors.contains(help), "\(result.errors)")
    #expect(result.errors.contains("study.yaml"))
  }

  @Test(arguments: ["9", "strong", "Strong", "●", "◎"])
  func `relations may be written as numbers, words or symbols`(strength: String) throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.people, to: "people.csv")
    func fits(_ text: String) throws -> String {
      try command.write(text, to: "study.yaml")
      let result = try command.run("fit", "study.yaml", "--minimum-cell", "1", "--json")
      #expect(result.status == 0, "\(result.errors)")
      return result.json["cells"]?.compactText ?? ""
    }
    let weak = Self.catalogue.replacingOccurrences(
      of: "care: { fit: 3, seats: 1 }",
      with: strength == "9" ? "care: { fit: medium, seats: weak }" : "care: { fit: ○, seats: △ }")
    let written = try fits(
      weak.replacingOccurrences(of: "seats: 9", with: "seats: \"\(strength)\""))
    let plain = try fits(Self.catalogue)
    #expect(written == plain)
  }

  static let people = """
    segment,imp_a,imp_b,max_seats
    a,5,1,5
    a,4,2,5
    b,2,5,2
    b,1,4,7
    """

  static let catalogue = """
    survey: people.csv
    segments: { given: segment }
    need_scale: [1, 5]
    needs: { room: { importance: imp_a }, care: { importance: imp_b } }
    features: { seats: { value: { linear: [2, 5] } }, fit: { levels: { none: 0, good: 1 } } }
    products:
      coupe: { seats: 2, fit: none }
      suv: { seats: 5, fit: good }
    relations: { room: { seats: 9 }, care: { fit: 3, seats: 1 } }
    barriers: { few: { violated_when: "seats < 4" } }
    """
}
