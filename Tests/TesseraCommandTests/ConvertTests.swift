import Foundation
import TesseraStudy
import Testing

@Suite struct ConvertTests {
  @Test func `a chain of conversions keeps the answers and lists what is lost`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write("id,score,when\na,1,2026-01-31\nb,2,2026-02-01\nc,,\n", to: "a.csv")
    for (from, to) in [
      ("a.csv", "b.sav"), ("b.sav", "c.zsav"), ("c.zsav", "d.xlsx"), ("d.xlsx", "e.dta"),
      ("e.dta", "f.csv"),
    ] {
      let result = try command.run(["convert", from, to])
      #expect(result.status == 0)
      #expect(result.output.contains("3 respondents"))
    }
    let end = try String(
      contentsOf: command.folder.appendingPathComponent("f.csv"), encoding: .utf8)
    #expect(end == "id,score,when\r\na,1,2026-01-31\r\nb,2,2026-02-01\r\nc,,\r\n")
    let document = try command.run(["convert", "e.dta", "g.csv", "--json"]).json
    #expect(document["respondents"] == .integer(3))
    #expect(document["output_format"] == .string("csv"))
    #expect(document["lost"] != nil)
  }

  @Test func `wrong endings and sheets are answered with the nearest right one`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write("id,score\na,1\nb,2\n", to: "a.csv")
    let ending = try command.run(["convert", "a.csv", "b.xslx"])
    #expect(ending.status == 64)
    #expect(ending.errors.contains("did you mean .xlsx?"))
    #expect(try command.run(["convert", "a.csv", "b.xlsx"]).status == 0)
    let sheet = try command.run(["inspect", "b.xlsx", "--sheet", "Dat"])
    #expect(sheet.status == 65)
    #expect(sheet.errors.contains("error[E0133]"))
    #expect(sheet.errors.contains("did you mean 'Data'?"))
    #expect(!command.files.contains("b.xslx"))
  }

  @Test func `a file is never converted onto itself`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write("id,score\na,1\nb,2\n", to: "a.csv")
    try FileManager.default.createSymbolicLink(
      at: command.folder.appendingPathComponent("b.csv"),
      withDestinationURL: command.folder.appendingPathComponent("a.csv"))
    for name in ["a.csv", "./a.csv", "b.csv"] {
      let result = try command.run(["convert", "a.csv", name])
      #expect(result.status == 64)
      #expect(result.errors.contains("would replace a file that is read"))
    }
    let text = try String(
      contentsOf: command.folder.appendingPathComponent("a.csv"), encoding: .utf8)
    #expect(text == "id,score\na,1\nb,2\n")
  }
}
