import TesseraStudy
import Testing

@Suite struct NominalColumnsTests {
  /// Three columns of 0 and 1 with blanks, which by their names are one question.
  private static func writeBoxes(in command: Command) throws {
    var survey = "id,act_1,act_2,act_3\n"
    for person in 0..<120 {
      let answers = (1...3).map { column in
        let value = (person / column + person % (column + 2)) % 3
        return value == 2 ? "" : String(value)
      }
      survey += "\(person + 1),\(answers.joined(separator: ","))\n"
    }
    try command.write(survey, to: "boxes.csv")
  }

  @Test func `columns that are called nominal are questions of their own`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeBoxes(in: command)
    func found(_ flags: String...) throws -> JSONValue {
      try command.run(
        ["segment", "boxes.csv", "--id", "id", "--segments", "1", "--stability", "0", "--json"]
          + flags
      ).json
    }
    func levels(_ result: JSONValue) -> [String] {
      result["indicators"]?.array?.compactMap { $0["level"]?.string } ?? []
    }
    let all = "act_1,act_2,act_3"
    let set = try found("--active", all)
    #expect(levels(set) == ["multiple", "multiple", "multiple"])
    let own = try found("--active", all, "--nominal", all)
    #expect(levels(own) == ["nominal", "nominal", "nominal"])
    // A blank is no "no" any more.
    #expect(own["log_likelihood"]?.number != set["log_likelihood"]?.number)
  }

  @Test func `a frequency that a flag names forms no segments`() throws {
    let command = try Command()
    defer { command.close() }
    var table = "a,b,c,d,times\n"
    for pattern in 0..<16 {
      let answers = (0..<4).map { String(1 + pattern >> $0 & 1) }
      table += "\(answers.joined(separator: ",")),\(3 + pattern * 7 % 11)\n"
    }
    try command.write(table, to: "patterns.csv")
    let found = try command.run(
      [
        "segment", "patterns.csv", "--frequency", "times", "--segments", "1", "--stability", "0",
        "--json",
      ]
    ).json
    let names = found["indicators"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(!names.isEmpty && !names.contains("times"), "\(names)")
  }
}
