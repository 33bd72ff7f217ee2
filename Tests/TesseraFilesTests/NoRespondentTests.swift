import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Lines of delimited texts that are no respondents, and delimiters that are rare.
@Suite struct NoRespondentTests {
  private static func rows(_ mark: String, _ count: Int = 40) -> [String] {
    ["id\(mark)brand\(mark)score"]
      + (1...count).map { "r\($0)\(mark)\($0 % 3 == 0 ? "Elm, north" : "Oak")\(mark)\($0 % 5 + 1)" }
  }

  @Test(arguments: ["^", "~", ":", "\u{1}", "\u{1F}"])
  func `a rare delimiter is recognised where it makes even rows, and told`(_ mark: String) throws {
    let file = try TestFiles.read(Self.rows(mark).joined(separator: "\n") + "\n")
    #expect(file.survey.variables.map(\.name) == ["id", "brand", "score"])
    #expect(file.survey.respondentCount == 40)
    #expect(file.notices.contains { $0.message.contains("--delimiter says otherwise") })
  }

  @Test func `nearly even rows of a rare delimiter are refused`() {
    var rows = Self.rows("^")
    rows[7] = "r7^Oak"
    let error = TestFiles.error(Array((rows.joined(separator: "\n") + "\n").utf8))
    #expect(error?.code == "E0125" || error?.message.contains("fields with '^'") == true)
    #expect(error?.message.contains("--delimiter") == true)
  }

  @Test func `times, addresses and sentences with a colon stay one column`() throws {
    let times = try TestFiles.read(
      "start\n" + (10...40).map { "12:\($0)\n" }.joined())
    #expect(times.survey.variables.map(\.name) == ["start"])
    let links = try TestFiles.read(
      "Homepage: which?\n" + (10...40).map { "https://example.invalid/\($0)\n" }.joined())
    #expect(links.survey.variables.count == 1)
  }

  @Test func `a line of nothing but delimiters is somebody without answers`() throws {
    var rows = Self.rows(";")
    rows.insert(";;", at: 11)
    let file = try TestFiles.read(rows.joined(separator: "\n") + "\n")
    #expect(file.survey.respondentCount == 41)
  }

  @Test func `a heading that stands again in the middle is no respondent`() throws {
    let rows = Self.rows(";")
    let text = (rows + rows + rows).joined(separator: "\r\n") + "\r\n"
    let file = try TestFiles.read(text)
    #expect(file.survey.respondentCount == 120)
    #expect(file.survey["score"]?.isNumeric == true)
    let told = file.notices.filter { $0.message.contains("repeat the heading") }
    #expect(told.count == 1)
    #expect(told.first?.message.hasPrefix("lines 42, 83 repeat") == true)
    // Without a heading every line is a respondent.
    var options = ReadingOptions()
    options.header = false
    #expect(try TestFiles.read(text, options: options).survey.respondentCount == 123)
  }

  @Test func `German thousands alone stay text until somebody says`() throws {
    func text(_ values: [String]) -> String {
      "id;income;note\n" + values.enumerated().map { "r\($0);\($1);x\n" }.joined()
    }
    let few = ["1.000", "1.037", "1.074", "900", "2.500", "1.111"]
    let many = (0..<900).map { "\($0 % 9 + 1).\(String(format: "%03d", $0))" }
    for values in [few, many] {
      let file = try TestFiles.read(text(values))
      #expect(file.survey["income"]?.isNumeric == false)
      #expect(
        file.notices.contains {
          $0.column == "income" && $0.message.contains("--decimal says which")
        })
      var options = ReadingOptions()
      options.decimal = 0x2C
      let whole = try TestFiles.read(text(values), options: options)
      #expect(whole.survey["income"]?.number(1) == (values == few ? 1037 : 2001))
      options.decimal = 0x2E
      let parts = try TestFiles.read(text(values), options: options)
      #expect(parts.survey["income"]?.number(1) == (values == few ? 1.037 : 2.001))
    }
    // Shares, other decimals, numbers of a thousand and more without a point decide.
    for values in [
      ["0.125", "0.250", "1.037"], ["1.5", "1.037", "1.074"], ["1.037", "1.074", "1500", "2.001"],
    ] {
      #expect(try TestFiles.read(text(values)).survey["income"]?.isNumeric == true, "\(values)")
    }
    let comma = try TestFiles.read(
      text(few).replacing(";", with: ","))
    #expect(comma.survey["income"]?.isNumeric == true)
  }

  @Test func `text that was encoded twice is told`() throws {
    let twice = try TestFiles.read("id,name\n1,MÃ¼ller\n2,Gonzalez\n3,Itâ€™s\n")
    #expect(twice.notices.contains { $0.row == 2 && $0.message.hasPrefix("2 letters") })
    let once = try TestFiles.read("id,name\n1,Müller\n2,SÃO PAULO\n3,Ã propos\n4,it’s\n")
    #expect(!once.notices.contains { $0.message.contains("twice") })
  }
}
