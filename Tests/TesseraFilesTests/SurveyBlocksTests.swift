import Foundation
import TesseraSurvey
import Testing

@testable import TesseraFiles

@Suite("Surveys in blocks")
struct SurveyBlocksTests {
  /// A text with quoted line breaks and delimiters, empty cells, and numbers.
  private func text(rows: Int, newline: String = "\n") -> String {
    var state: UInt64 = 5
    func draw(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    var text = "id,city,note,age" + newline
    for row in 1...rows {
      let note = ["", "\"two\nlines\"", "\"a, b\"", "\"say \"\"yes\"\"\"", "plain"][draw(5)]
      text +=
        "p\(row),\(["Rome", "Oslo"][draw(2)]),\(note),\(draw(9) == 0 ? "" : String(18 + draw(60)))"
      text += newline
    }
    return text
  }

  private func texts(_ survey: Survey) -> [[String]] {
    (0..<survey.respondentCount).map { row in
      survey.variables.map { variable in
        if case .numbers(let numbers) = variable.answers {
          return numbers[row].isNaN ? "" : AnswerCode.number(numbers[row]).text
        }
        let position = variable.answers.position(row)
        return position > 0 ? variable.categories[position - 1].code.text : ""
      }
    }
  }

  private func rows(_ files: [String], length: Int) throws -> [[String]] {
    var blocks = try SurveyBlocks(files, options: ReadingOptions(), length: length)
    var rows: [[String]] = []
    while let block = try blocks.next() {
      if let survey = try block.survey() { rows += texts(survey.survey) }
    }
    return rows
  }

  @Test(arguments: ["\n", "\r\n"])
  func `blocks of any length hold the rows of the whole`(_ newline: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("people.csv").path
    try text(rows: 400, newline: newline).write(toFile: file, atomically: true, encoding: .utf8)
    let whole = try texts(SurveyReader.read([file], options: ReadingOptions()).survey)
    #expect(whole.count == 400)
    for length in [7, 40, 333, 2_000, 100_000] {
      #expect(try rows([file], length: length) == whole)
      #expect(try rows([file, file], length: length) == whole + whole)
    }
  }

  @Test func `a pipe is read as the file is`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appendingPathComponent("pipe").path
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let file = folder.appendingPathComponent("people.csv").path
    let content = text(rows: 300)
    try content.write(toFile: file, atomically: true, encoding: .utf8)
    let whole = try texts(SurveyReader.read([file], options: ReadingOptions()).survey)
    for length in [50, 1_000, 1_000_000] {
      let writer = Thread {
        if let handle = FileHandle(forWritingAtPath: pipe) {
          try? handle.write(contentsOf: Data(content.utf8))
          try? handle.close()
        }
      }
      writer.start()
      #expect(try rows([pipe], length: length) == whole)
    }
  }

  @Test func `a fault in a later block names its row`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("people.csv").path
    let lines = (1...200).map { $0 == 150 ? "\($0),2,3" : "\($0),2" }
    try (["a,b"] + lines).joined(separator: "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    for length in [60, 300] {
      let error = #expect(throws: SurveyFileError.self) { try rows([file], length: length) }
      guard case .raggedRow(_, let row, let found, let expected)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(row == 151 && found == 3 && expected == 2)
    }
  }

  @Test func `files with other columns are refused`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (one, other) = (
      folder.appendingPathComponent("one.csv").path, folder.appendingPathComponent("two.csv").path
    )
    let rows = (1...50).map { "\($0),1" }.joined(separator: "\n")
    try ("a,b\n" + rows).write(toFile: one, atomically: true, encoding: .utf8)
    try ("a,c\n" + rows).write(toFile: other, atomically: true, encoding: .utf8)
    #expect(throws: SurveyFileError.self) { try self.rows([one, other], length: 40) }
  }
}
