import Foundation
import TesseraMath
import TesseraStudy
import Testing

/// What is told beside a result, on small simulated surveys: ties, few people, codes on trust.
@Suite("What is told beside a result") struct ToldResultTests {
  private func file(
    _ command: Command, people: Int, seed: UInt64 = 3,
    row: (Int, inout RandomStream) -> String, heading: String
  ) throws {
    var stream = RandomStream(seed: seed)
    var text = heading + "\n"
    for person in 0..<people { text += "r\(person),\(row(person, &stream))\n" }
    try command.write(text, to: "people.csv")
  }

  @Test func `changes that gain the same are level, the one nearest to today's shown`() throws {
    let command = try Command()
    defer { command.close() }
    try file(
      command, people: 120,
      row: { "\($0 % 2 == 0 ? "A" : "B"),\(3 + $1.below(3)),\($0 % 3 == 0 ? "x" : "")" },
      heading: "id,seg,i1,stops")
    try command.write(
      """
      title: Ties
      survey: { file: people.csv, id: id, sets: { stops: { column: stops, separator: ";" } } }
      segments: { given: seg }
      need_scale: [1, 5]
      needs: { n1: { importance: i1 } }
      features:
        a: { value: { linear: [0, 10] }, range: [0, 10, 5] }
        b: { value: { linear: [0, 10] }, range: [0, 10, 5] }
        c: { value: { linear: [0, 10] } }
      products: { p: { a: 5, b: 5, c: 2 }, q: { a: 5, b: 5, c: 8 } }
      relations: { n1: { a: 9, b: 9 } }
      barriers: { weak: { label: too weak, violated_when: "c < 4", held_by: "stops includes x" } }
      """, to: "study.yaml")
    let found = try command.run("improve", "study.yaml", "--product", "p", "--json")
    #expect(found.status == 0, "\(found.errors)")
    let proposals = try #require(found.json["proposals"]?.array)
    func proposal(_ levels: [String: Double]) -> JSONValue? {
      proposals.first { one in
        let set = one["set"]?.members ?? []
        return set.count == levels.count && set.allSatisfy { levels[$0.0] == $0.1.number }
      }
    }
    // a and b do the same for everybody; the barrier falls at 4, and 8 does no more.
    #expect(proposal(["c": 4]) != nil && proposal(["c": 8]) == nil, "\(found.output)")
    #expect(proposal(["a": 10, "c": 4])?["gain"] == proposal(["b": 10, "c": 4])?["gain"])
    let alone = try command.run("improve", "study.yaml", "--product", "p", "--bundle", "1")
    let singles = try command.run(
      "improve", "study.yaml", "--product", "p", "--bundle", "1", "--json")
    let first = try #require(singles.json["proposals"]?.array).filter {
      $0["first_in"]?.number ?? 0 > 0
    }
    let firstIn = Set(first.compactMap { $0["first_in"]?.number })
    #expect(first.count == 1 || firstIn.count < first.count, "\(singles.output)")
    #expect(alone.output.contains("gains as much") == (first.count > 1), "\(alone.output)")
    let level = try #require(singles.json["proposals"]?.array).filter {
      let set = $0["set"]?.members ?? []
      return set.count == 1 && ["a", "b"].contains(set[0].0)
    }
    #expect(level.count == 2 && level[0]["first_in"] == level[1]["first_in"])
  }

  @Test func `a small segment tells neither none nor all of its people`() throws {
    let command = try Command()
    defer { command.close() }
    try file(
      command, people: 125,
      row: {
        "\($0 < 100 ? "A" : "B"),\($0 < 100 ? 1 + $1.below(5) : 5),\($0 < 100 ? 5 : $0 < 103 ? 5 : 1)"
      },
      heading: "id,seg,i1,i2")
    try command.write(
      """
      title: Few
      survey: { file: people.csv, id: id }
      segments: { given: seg }
      need_scale: [1, 5]
      needs: { n1: { label: Comfort, importance: i1 }, n2: { label: Speed, importance: i2 } }
      features: { u: { value: { linear: [0, 10] } }, v: { value: { linear: [0, 10] } } }
      products: { soft: { u: 9, v: 2 }, fast: { u: 2, v: 9 } }
      relations: { n1: { u: 9 }, n2: { v: 9 } }
      """, to: "study.yaml")
    #expect(try command.run("run", "study.yaml", "-o", "out").status == 0)
    let report = try String(
      contentsOf: command.folder.appendingPathComponent("out/report.md"), encoding: .utf8)
    #expect(report.contains("Comfort: important to over 90%"))
    let told = try command.run("explain", "out", "--product", "fast", "--segment", "B")
    #expect(told.output.contains("over 90% lose"), "\(told.output)")
    #expect(!told.output.contains("100% lose"))
    // Three of 25 are told as a tenth.
    let fit = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("out/fit.json")))
    let rare = fit["opportunities"]?.array?.first {
      $0["segment"]?.string == "B" && $0["need"]?.string == "n2"
    }
    #expect(rare?["importance"]?.number == 0.1)
    let open = try command.run("run", "study.yaml", "-o", "open", "--privacy", "none")
    #expect(open.status == 0)
    for name in ["segments.csv", "profiles.csv", "fit.csv"] {
      func lines(_ folder: String) throws -> [Substring] {
        try String(
          contentsOf: command.folder.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8
        ).split(separator: "\n")
      }
      #expect(try lines("open").dropFirst().allSatisfy { $0.hasSuffix(",none") })
      #expect(try lines("out").allSatisfy { !$0.hasSuffix(",none") })
    }
  }

  @Test func `segments that differ in nothing asked are one audience`() throws {
    let command = try Command()
    defer { command.close() }
    try file(
      command, people: 400,
      row: { person, _ in
        "\(person % 2 == 0 ? "A" : "B"),\(person / 2 % 5),\(person / 2 % 2)"
      },
      heading: "id,seg,age,owns")
    try command.write(
      """
      title: Alike
      survey: { file: people.csv, id: id }
      segments: { given: seg, passive: [age, owns] }
      """, to: "study.yaml")
    #expect(try command.run("run", "study.yaml", "-o", "out").status == 0)
    let report = try String(
      contentsOf: command.folder.appendingPathComponent("out/report.md"), encoding: .utf8)
    #expect(report.contains("Plan for one audience: the segments do not clearly differ"))
  }

  @Test func `rows are told to be of fewer people only where they look like a person's`() throws {
    let command = try Command()
    defer { command.close() }
    func told(_ sex: (Int) -> Bool) throws -> String {
      var stream = RandomStream(seed: 4)
      var text = "record_id,sex,sings,cooks,rides,knits\n"
      for row in 0..<240 {
        let answers = (0..<4).map { stream.uniform() < ($0 == row % 3 ? 0.8 : 0.2) ? "1" : "0" }
        text +=
          "\(1001 + row / 2),\(sex(row) ? "man" : "woman"),\(answers.joined(separator: ","))\n"
      }
      try command.write(text, to: "people.csv")
      try command.write(
        """
        survey: { file: people.csv }
        segments: { active: [sings, cooks, rides, knits], count: 2, stability: 0, starts: 5 }
        """, to: "study.yaml")
      return try command.run("run", "study.yaml", "-o", "out", "--force").output
    }
    #expect(try told { $0 / 2 % 2 == 0 }.contains("240 rows of 120 people"))
    // The number of an interviewer, who asks men and women.
    #expect(try told { $0 % 2 == 0 }.contains("240 respondents"))
  }

  @Test func `few who say yes to most single questions are told`() throws {
    let command = try Command()
    defer { command.close() }
    let items = (1...12).map { "a\($0)" }
    try file(
      command, people: 500,
      row: { person, stream in
        items.map { _ in
          stream.uniform() < (person % 16 == 0 ? 0.85 : 0.25) ? "Yes" : "No"
        }.joined(separator: ",")
      }, heading: "id," + items.joined(separator: ","))
    try command.write(
      """
      title: Ticks
      survey: { file: people.csv, id: id }
      segments: { active: [\(items.joined(separator: ", "))], count: 2, stability: 0, starts: 5 }
      """, to: "study.yaml")
    #expect(try command.run("run", "study.yaml", "-o", "out").status == 0)
    let notes = try command.run("notes", "out")
    #expect(notes.output.contains("ticks far more than the others"), "\(notes.output)")
  }
}
