import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@Suite struct TextReadingTests {
  @Test(arguments: [",", ";", "\t", "|"])
  func `the delimiter is found out`(_ delimiter: String) throws {
    let rows = [["id", "text", "n"], ["1", "a b", "3"], ["2", "c", "4"]]
    let text = rows.map { $0.joined(separator: delimiter) + "\r\n" }.joined()
    let survey = try TestFiles.read(text).survey
    #expect(survey.variables.map(\.name) == ["id", "text", "n"])
    #expect(survey["text"]?.answerTexts == ["a b", "c"])
  }

  @Test func `quoted fields hold delimiters, quotes and line breaks`() throws {
    let text =
      "a,b,c\r\n1,\"x, y\",\"he said \"\"hi\"\"\"\r\n2,\"two\r\nlines\",\"\"\r\n3,z,\"q\"\r\n"
    let file = try TestFiles.read(text)
    #expect(file.survey["b"]?.answerTexts == ["x, y", "two\r\nlines", "z"])
    #expect(file.survey["c"]?.answerTexts == ["he said \"hi\"", "", "q"])
    #expect(file.rows == [2, 3, 5])
  }

  @Test func `quoted and plain cells of one text are one answer`() throws {
    let survey = try TestFiles.read("a,b\n1,x\n\"1\",\"x\"\n").survey
    #expect(survey["a"]?.categories.count == 1)
    #expect(survey["b"]?.categories.count == 1)
  }

  @Test func `answers that differ only in spaces around them are one answer, and told`() throws {
    let often = String(repeating: "Never,\"x \"\n", count: 10)
    let file = try TestFiles.read("a,b\n\"Never \",y\nOften,y\n Never,\"x \"\n" + often)
    #expect(file.survey["a"]?.answerTexts.prefix(4) == ["Never", "Often", "Never", "Never"])
    #expect(file.survey["a"]?.categories.map(\.code.text) == ["Never", "Often"])
    let told = file.notices.filter { $0.message.contains("differ only in spaces") }
    #expect(told.map(\.column) == ["a"])
    // An answer that nobody gave without its space stays as it is.
    #expect(file.survey["b"]?.categories.map(\.code.text) == ["x ", "y"])
    // Few rows may be anything: they come back as they were.
    #expect(try TestFiles.read("a\nNever\nNever \nz\n").survey["a"]?.categories.count == 3)
  }

  @Test(arguments: ["utf-16le", "utf-16be", "windows-1252"])
  func `an encoding that is named is decoded`(_ name: String) throws {
    let text = "name;ort\nJosé;Zürich\nZoë;Genève\n"
    let encoding: String.Encoding =
      switch name {
      case "utf-16le": .utf16LittleEndian
      case "utf-16be": .utf16BigEndian
      default: .windowsCP1252
      }
    let data = try #require(text.data(using: encoding))
    var options = ReadingOptions()
    options.encoding = name
    let survey = try TestFiles.read(Array(data), name: "a.csv", options: options).survey
    #expect(survey["ort"]?.answerTexts == ["Zürich", "Genève"])
  }

  @Test func `an unknown encoding is refused by name`() {
    var options = ReadingOptions()
    options.encoding = "klingon"
    #expect(TestFiles.error(Array("a,b\n1,2\n".utf8), options: options)?.code == "E0115")
  }

  @Test func `a zero byte inside text is refused with its line`() {
    let error = TestFiles.error(Array("a,b\n1,2\n3,\0\n".utf8))
    #expect(error?.code == "E0116")
    #expect(error?.row == 3)
  }

  @Test func `two columns of one name are refused`() {
    let error = TestFiles.error(Array("a,b,a\n1,2,3\n".utf8))
    #expect(
      error
        == .duplicateName(
          file: error?.file ?? "", row: 1, name: "a", first: 1, second: 3))
  }

  @Test func `a name that stands twice among many is numbered and told, an answer is not`() throws {
    let names = (1...9).map { "q\($0)" } + ["music", "film", "music"]
    let header = names.joined(separator: ",")
    let row = Array(repeating: "4", count: 12).joined(separator: ",")
    let file = try TestFiles.read("\(header)\n\(row)\n\(row)\n")
    #expect(file.survey.variables.map(\.name) == Array(names.dropLast()) + ["music#2"])
    #expect(file.notices.contains { $0.message.contains("column 12 is another 'music'") })
    let answers = (1...11).map { "a\($0)" } + ["music"]
    let below = "\(header)\n\(answers.joined(separator: ","))\n\(row)\n"
    #expect(TestFiles.error(Array(below.utf8))?.code == "E0123")
  }

  @Test func `a header alone is refused`() {
    #expect(TestFiles.error(Array("a,b\n".utf8))?.code == "E0111")
  }

  @Test func `lines above a table are skipped and told`() throws {
    let file = try TestFiles.read("Wave 3\nExported today\n\nid,a,b\n1,2,3\n4,5,6\n")
    #expect(file.survey.variables.map(\.name) == ["id", "a", "b"])
    #expect(file.rows == [5, 6])
    #expect(file.notices.count == 1)
  }

  @Test(arguments: [
    "Survey\nMade 2026-01-05, by Ann\n\nid,a,b\n1,2,3\n4,5,6\n",
    "Survey,,\nMade,2026-01-05,\n,,\nid,a,b\n1,2,3\n4,5,6\n",
  ])
  func `titles with commas, or filled up with empty cells, are skipped and told`(
    _ text: String
  ) throws {
    let file = try TestFiles.read(text)
    #expect(file.survey.variables.map(\.name) == ["id", "a", "b"])
    #expect(file.rows == [5, 6])
    #expect(file.notices.map(\.message) == ["lines 1 to 3 stand above the table and were left out"])
  }

  @Test func `a header with nameless columns is no title`() throws {
    let file = try TestFiles.read("id,,\n1,2,3\n4,5,6\n7,8,9\n")
    #expect(file.survey.variables.map(\.name) == ["id", "column_2", "column_3"])
    #expect(file.survey.respondentCount == 3)
  }

  @Test func `a line that names the delimiter is believed`() throws {
    let file = try TestFiles.read("sep=|\nid|a\n1|2,5;3\n")
    #expect(file.survey.variables.map(\.name) == ["id", "a"])
    #expect(file.rows == [3])
  }

  @Test func `a single column may hold anything but its line break`() throws {
    let survey = try TestFiles.read("comment\nfine\ngood enough\nbad\n").survey
    #expect(survey.variables.count == 1)
    #expect(survey.respondentCount == 3)
  }

  @Test func `a text among numbers is told with its line and costs its cell alone`() throws {
    let rows = (1...40).map { "\($0),\($0 == 17 ? "twelve" : String($0 % 5))\n" }.joined()
    let file = try TestFiles.read("id,q\n" + rows)
    let cell = try #require(file.offending["q"])
    #expect(cell.row == 18)
    #expect(cell.found == "text of 6 characters")
    #expect(file.survey["q"]?.numbers[16].isNaN == true)
    #expect(file.survey["q"]?.numbers[17] == 3)
    #expect(file.notices.contains { $0.column == "q" && $0.row == 18 })
    #expect(file.numberError(inColumn: "q") == nil)
    let often = (1...40).map { "\($0),\($0 % 10 == 7 ? "twelve" : String($0 % 5))\n" }.joined()
    let text = try TestFiles.read("id,q\n" + often)
    let error = try #require(text.numberError(inColumn: "q"))
    #expect(error.row == 8 && error.column == "q" && error.exitStatus == 65)
    #expect(text.numberError(inColumn: "id") == nil)
  }

  @Test func `a text among many distinct numbers is found as well`() throws {
    let rows = (1...5000).map { "\($0),\($0 == 4321 ? "x" : String($0) + ".5")\n" }.joined()
    let file = try TestFiles.read("id,q\n" + rows)
    #expect(file.offending["q"]?.row == 4322)
    #expect(file.survey["q"]?.numbers.count { $0.isNaN } == 1)
  }

  @Test func `words that recur, and words declared an answer, keep their column text`() throws {
    func read(_ word: (Int) -> String?, _ options: ReadingOptions = ReadingOptions()) throws
      -> Variable?
    {
      let rows = (1...100).map { "\(word($0) ?? "\($0 % 9).5"),\($0 % 3)\n" }
      return try TestFiles.read("q,r\n" + rows.joined(), options: options).survey["q"]
    }
    // Three of "10 or more" are an answer, three slips are not.
    #expect(try read { $0 % 40 == 7 ? "10 or more" : nil }?.answers.isCoded == true)
    #expect(try read { $0 % 40 == 7 ? "10 or more" : nil }?.level != .numeric)
    let slips = try read { $0 % 40 == 7 ? "about \($0)" : nil }
    #expect(slips?.level == .numeric)
    #expect(slips?.numbers.count { $0.isNaN } == 3)
    var nominal = ReadingOptions()
    nominal.levels["q"] = .nominal
    #expect(try read({ $0 == 7 ? "about 50" : nil }, nominal)?.categories.count == 10)
  }

  @Test func `leading zeros are kept`() throws {
    let file = try TestFiles.read("zip,n\n01234,1\n98765,2\n")
    #expect(file.survey["zip"]?.answerTexts == ["01234", "98765"])
    #expect(file.notices.contains { $0.column == "zip" })
  }

  @Test func `columns of many distinct numbers keep every value`() throws {
    let values = (0..<3000).map { Double($0 * 37 % 1009) / 8 - 40 }
    let text = "n\n" + values.map { "\($0)\n" }.joined()
    let survey = try TestFiles.read(text).survey
    #expect(survey["n"]?.numbers == values)
  }

  @Test func `the number of threads changes nothing`() throws {
    // Cells with line breaks lie across every place where the text is cut for the threads.
    let filler = String(repeating: "wide answer ", count: 60)
    let rows = (0..<24_000).map { row in
      "\(row),\"\(filler)\nline \(row % 50)\",\(Double(row % 997) / 4),\"\(row % 3)\"\n"
    }
    let text = "id,txt,n,q\n" + rows.joined()
    var options = ReadingOptions()
    options.checksums = false
    let one = try TestFiles.read(text, options: options)
    options.threads = 4
    let four = try TestFiles.read(text, options: options)
    #expect(one.survey == four.survey)
    #expect(one.rows == four.rows)
    #expect(one.survey.respondentCount == 24_000)
    #expect(one.rows.last == 24_000 * 2)
  }

  @Test func `files of the same columns are stacked, others refused`() throws {
    try TestFiles.withFolder { folder in
      try AtomicFile.write("id,q\n1,a\n2,b\n", to: folder + "/wave1.csv")
      try AtomicFile.write("id;q\n3;a\n4;7\n", to: folder + "/wave2.csv")
      try AtomicFile.write("id,r\n5,a\n", to: folder + "/other.csv")
      let file = try SurveyReader.read([folder + "/wave*.csv"])
      #expect(file.survey["q"]?.answerTexts == ["a", "b", "a", "7"])
      #expect(file.place(ofRespondent: 3).row == 3)
      #expect(file.place(ofRespondent: 3).file == folder + "/wave2.csv")
      #expect(file.sources.map(\.respondents) == [2, 2])
      let error = #expect(throws: SurveyFileError.self) {
        try SurveyReader.read([folder + "/wave1.csv", folder + "/other.csv"])
      }
      #expect(error?.code == "E0126")
    }
  }

  @Test func `what is no file is refused with status 66`() throws {
    try TestFiles.withFolder { folder in
      for path in [folder, folder + "/none.csv", folder + "/*.csv", "/dev/null"] {
        let error = #expect(throws: SurveyFileError.self) { try SurveyReader.read([path]) }
        #expect(error?.exitStatus == 66)
      }
    }
  }

  @Test func `an option about a column that is not there suggests the nearest`() {
    var options = ReadingOptions()
    options.levels = ["ocupation": .nominal]
    let error = TestFiles.error(Array("id,occupation\n1,a\n".utf8), options: options)
    #expect(error?.hint == "did you mean 'occupation'?")
  }

  @Test func `tables of products keep their texts and lines`() throws {
    try TestFiles.withFolder { folder in
      try AtomicFile.write("name,seats,note\nsuv,5,\n\nvan,\"7\",\"a\nb\"\n", to: folder + "/p.csv")
      let table = try TableReader.read(folder + "/p.csv")
      #expect(table.header == ["name", "seats", "note"])
      #expect(table.rows.map(\.line) == [2, 4])
      #expect(table.rows.map(\.cells) == [["suv", "5", ""], ["van", "7", "a\nb"]])
    }
  }

  @Test func `the checksum is that of FIPS 180-4`() {
    #expect(
      SHA256.hex(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hex(of: Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hex(of: [])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
