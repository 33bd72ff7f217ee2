import Foundation
import TesseraSurvey
import Testing

@testable import TesseraFiles

@Suite("Files of statistics programs in blocks")
struct StatBlocksTests {
  private static let rows = 20_000

  /// Few codes, more numbers and texts than fit a byte from some row on, and declared missing.
  private static let survey: Survey = {
    let texts = (0..<700).map { "person of group \($0) Zürich" }
    let ratings = (0..<rows).map { row -> Int in row * 7 % 6 }
    var rated = Variable(
      name: "rated", label: "How satisfied?", level: .ordinal,
      categories: (1...5).map { Category(code: .number(Double($0)), label: "Level \($0)") },
      answers: AnswerColumn(positions: ratings, categoryCount: 5),
      missingRules: [.code(.number(9))],
      reasons: [MissingReason(kind: .declared, code: .number(9), label: "Refused")],
      missing: (0..<rows).map { row -> UInt8 in ratings[row] == 0 && row % 4 == 0 ? 1 : 0 })
    rated.otherLabels = [Category(code: .number(9), label: "Refused")]
    let ids = (0..<rows).map { Double($0 + 1) }
    let amounts = (0..<rows).map { row -> Double in
      row < 9_000 ? Double(row % 90) / 4 : Double(row) / 8
    }
    let places = (0..<rows).map { row -> Int in row < 9_000 ? row % 200 : row % 701 }
    let amount = Variable(name: "amount", level: .numeric, answers: .numbers(amounts))
    let place = Variable(
      name: "place", level: .text, categories: texts.map { Category(code: .text($0)) },
      answers: AnswerColumn(positions: places, categoryCount: texts.count))
    let id = Variable(name: "id", level: .numeric, answers: .numbers(ids))
    return Survey(variables: [id, rated, amount, place])
  }()

  private func cells(_ survey: Survey) -> [[String]] {
    survey.variables.map { variable in
      let table = TableCells(variable, usesLabels: false)
      return (0..<survey.respondentCount).map { "\(table.cell($0))" }
    }
  }

  private var options: ReadingOptions {
    var options = ReadingOptions()
    options.reader = TestFiles.reader
    return options
  }

  /// The cells of all blocks, one below the other; and how many blocks there are.
  private func blocks(_ file: String) throws -> (cells: [[String]], lines: [Int], count: Int) {
    var blocks = try SurveyBlocks([file], options: options, length: 128)
    var (result, lines, count): ([[String]], [Int], Int) = ([], [], 0)
    while let block = try blocks.next(), let read = try block.survey() {
      let more = cells(read.survey)
      result = result.isEmpty ? more : zip(result, more).map { $0 + $1 }
      lines += (0..<read.survey.respondentCount).map { read.place(ofRespondent: $0).row }
      count += 1
    }
    return (result, lines, count)
  }

  @Test(arguments: ["sav", "zsav", "dta"])
  func `blocks hold the rows of the whole`(_ ending: String) throws {
    try TestFiles.withFolder { folder in
      let file = "\(folder)/people.\(ending)"
      var writing = WritingOptions()
      writing.reader = TestFiles.reader
      _ = try SurveyWriter.write(Self.survey, to: file, options: writing)
      let whole = try SurveyReader.read([file], options: options)
      let read = try blocks(file)
      #expect(read.cells == cells(whole.survey))
      #expect(read.lines == Array(1...Self.rows))
      #expect(read.count > 1)
    }
  }

  @Test func `a file that is cut off ends in the same words`() throws {
    try TestFiles.withFolder { folder in
      let file = folder + "/people.sav"
      var writing = WritingOptions()
      writing.reader = TestFiles.reader
      _ = try SurveyWriter.write(Self.survey, to: file, options: writing)
      let bytes = try Data(contentsOf: URL(filePath: file))
      try bytes.prefix(bytes.count - 4_000).write(to: URL(filePath: file))
      let whole = #expect(throws: SurveyFileError.self) {
        try SurveyReader.read([file], options: options)
      }
      let read = #expect(throws: SurveyFileError.self) { try blocks(file) }
      #expect(read == whole)
    }
  }

  @Test func `texts that a later block shows to be damaged end the reading`() throws {
    try TestFiles.withFolder { folder in
      let file = folder + "/people.sav"
      var writing = WritingOptions()
      writing.reader = TestFiles.reader
      _ = try SurveyWriter.write(Self.survey, to: file, options: writing)
      var bytes = try Data(contentsOf: URL(filePath: file))
      let last = try #require(bytes.range(of: Data("ü".utf8), options: .backwards))
      bytes.replaceSubrange(last, with: [0xFC, 0x20])
      try bytes.write(to: URL(filePath: file))
      #expect(throws: SurveyFileError.self) {
        try SurveyReader.read([file], options: options)
      }
      #expect(throws: SurveyFileError.self) { try blocks(file) }
    }
  }
}
