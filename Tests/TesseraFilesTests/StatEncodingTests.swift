import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// SPSS files whose texts are of another encoding than the file says.
@Suite struct StatEncodingTests {
  /// A file written as UTF-8, with letters put back into Windows-1252; a blank takes the byte that is
  /// saved, so that all lengths stay.
  private func westernFile(in folder: String) throws -> String {
    let path = folder + "/west.sav"
    let survey = Survey(variables: [
      Variable(
        name: "q1", label: "Wie schön ist es für Sie?", level: .nominal,
        categories: [
          Category(code: .number(1), label: "schön"), Category(code: .number(2), label: "häßlich"),
        ], answers: AnswerColumn(positions: (0..<40).map { $0 % 2 + 1 }, categoryCount: 2))
    ])
    var options = WritingOptions()
    options.reader = TestFiles.reader
    _ = try SurveyWriter.write(survey, details: FileDetails(label: ""), to: path, options: options)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    for (letter, code) in [("ö", 0xF6), ("ü", 0xFC), ("ä", 0xE4), ("ß", 0xDF)] as [(String, UInt8)]
    {
      let pair = Array(letter.utf8)
      var place = 0
      while place + 1 < bytes.count {
        if bytes[place] == pair[0], bytes[place + 1] == pair[1] {
          bytes[place] = code
          bytes[place + 1] = 0x20
        }
        place += 1
      }
    }
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  @Test func `letters tell the encoding where the file says another, and that is told`() throws {
    try TestFiles.withFolder { folder in
      var options = ReadingOptions()
      options.reader = TestFiles.reader
      let file = try SurveyReader.read([try westernFile(in: folder)], options: options)
      let variable = try #require(file.survey["q1"])
      #expect(variable.label == "Wie schö n ist es fü r Sie?")
      #expect(variable.categories.map(\.label) == ["schö n", "hä ß lich"])
      #expect(
        file.notices.contains { $0.message.contains("Windows-1252") }, "\(file.notices)")
    }
  }

  @Test func `an encoding that is named is taken`() throws {
    try TestFiles.withFolder { folder in
      var options = ReadingOptions()
      options.reader = TestFiles.reader
      options.encoding = "windows-1252"
      let file = try SurveyReader.read([try westernFile(in: folder)], options: options)
      #expect(file.survey["q1"]?.categories.first?.label == "schö n")
      #expect(!file.notices.contains { $0.message.contains("going by") })
    }
  }
}
