import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@Suite struct StatFileTests {
  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: TestFiles.fixture("sav/" + name))))
  }

  static func read(_ name: String, options: ReadingOptions = ReadingOptions()) throws -> SurveyFile
  {
    var options = options
    options.reader = TestFiles.reader
    return try SurveyReader.read([TestFiles.fixture("sav/" + name)], options: options)
  }

  @Test(arguments: ["plain.sav", "bytecode.sav", "zlib.zsav"])
  func `an SPSS file keeps labels, levels, missing answers and texts`(_ name: String) throws {
    let file = try Self.read(name)
    let survey = file.survey
    #expect(survey.respondentCount == 40)
    #expect(file.label == "Tessera fixture")
    #expect(file.notices == [])
    let gender = try #require(survey["gender"])
    #expect(gender.level == .nominal)
    #expect(gender.categories.map(\.label) == ["Männer", "Women"])
    #expect(gender.numbers == (0..<40).map { Double(1 + $0 % 2) })
    let satisfaction = try #require(survey["satisfaction_overall"])
    #expect(satisfaction.level == .ordinal)
    #expect(satisfaction.label == "How satisfied are you overall? 你好")
    #expect(satisfaction.missingRules == [.code(.number(99))])
    #expect(satisfaction.reasons.map(\.label) == ["Refused"])
    #expect(satisfaction.missingCount == 4)
    #expect(satisfaction.categories.map(\.label) == ["Very poor", "2", "3", "4", "Very good"])
    let income = try #require(survey["income"])
    #expect(income.level == .numeric)
    #expect(income.missingRules == [.range(39000, 50000)])
    // Five are empty (3, 11, 19, 27, 35), and those from 39 x 1000.5 on are declared missing.
    #expect(income.missingCount == 7)
    #expect(income.number(9) == 10_005)
    #expect(income.missing[38] == 1 && income.missing[3] == 0)
    #expect(survey["city"]?.answerTexts.prefix(3) == ["Zürich", "Genève", "Łódź"])
    let long = "answer 39 " + String(repeating: "é", count: 351)
    #expect(survey["comment"]?.answerTexts[39] == long)
    #expect(survey["seen_on"]?.level == .date)
  }

  @Test func `a file cut anywhere is refused`() throws {
    let whole = try Self.bytes("zlib.zsav")
    let plain = try Self.bytes("plain.sav")
    for (bytes, name, step) in [(whole, "a.zsav", 97), (plain, "a.sav", 1499)] {
      for length in stride(from: 0, to: bytes.count, by: step) {
        let error = TestFiles.error(Array(bytes[..<length]), name: name)
        #expect(error != nil, "\(name) cut to \(length) bytes")
        #expect(error?.exitStatus == 65)
      }
      #expect(TestFiles.error(Array(bytes.dropLast()), name: name) != nil)
    }
  }

  @Test func `a file without a case count is read in full`() throws {
    var bytes = try Self.bytes("plain.sav")
    for place in 80..<84 { bytes[place] = 0xFF }
    let file = try TestFiles.read(bytes, name: "a.sav")
    #expect(file.survey.respondentCount == 40)
    bytes[80] = 0x9C
    let odd = try TestFiles.read(bytes, name: "a.sav")
    #expect(odd.survey.respondentCount == 40)
    #expect(!odd.notices.isEmpty)
  }

  @Test func `a case count below the cases in the file is refused`() throws {
    var bytes = try Self.bytes("plain.sav")
    bytes[80] = 17
    #expect(TestFiles.error(bytes, name: "a.sav")?.code == "E0132")
  }

  /// Puts a record of type 7 before the end of the dictionary.
  static func inserting(_ text: String, subtype: UInt8, into bytes: [UInt8]) throws -> [UInt8] {
    let end: [UInt8] = [0xE7, 0x03, 0, 0, 0, 0, 0, 0]
    let place = try #require(
      (176..<bytes.count - 8).first { Array(bytes[$0..<$0 + 8]) == end })
    let content = Array(text.utf8)
    let record: [UInt8] =
      [7, 0, 0, 0, subtype, 0, 0, 0, 1, 0, 0, 0, UInt8(content.count), 0, 0, 0] + content
    return Array(bytes[..<place]) + record + Array(bytes[place...])
  }

  @Test func `multiple-response sets are found by their short names`() throws {
    let declared = "$channels=D1 1 8 Channels CHANNEL_ V9_A\n"
    let names = try Self.bytes("plain.sav")
    let plain = try TestFiles.read(
      Self.inserting("$both=C 4 Both gender w\n", subtype: 7, into: names), name: "a.sav")
    #expect(
      plain.survey.sets == [
        MultipleResponseSet(
          name: "both", label: "Both", members: ["gender", "w"], coding: .category)
      ])
    let extended = try TestFiles.read(
      Self.inserting("$pick=E 1 1 1 4 Pick gender w\n", subtype: 19, into: names),
      name: "a.sav")
    #expect(
      extended.survey.sets == [
        MultipleResponseSet(
          name: "pick", label: "Pick", members: ["gender", "w"],
          coding: .dichotomy(chosen: .number(1)),
          optionLabels: .chosenCodes(isWordedByFirst: false))
      ])
    let lost = try TestFiles.read(
      Self.inserting(declared, subtype: 7, into: names), name: "a.sav")
    #expect(lost.survey.sets.isEmpty && lost.notices.count == 1)
    let damaged = try TestFiles.read(
      Self.inserting("$x=D99999 1 8 Ch\n", subtype: 7, into: names), name: "a.sav")
    #expect(damaged.survey.sets.isEmpty)
  }

  @Test func `a flipped bit never ends this process`() throws {
    let bytes = try Self.bytes("bytecode.sav")
    for place in stride(from: 0, to: min(bytes.count, 6000), by: 211) {
      var damaged = bytes
      damaged[place] ^= 0x40
      _ = TestFiles.error(damaged, name: "a.sav")
    }
  }

  @Test func `a reader that is missing or fails is told`() throws {
    var options = ReadingOptions()
    options.reader = "/nowhere/tessera-read"
    let path = TestFiles.fixture("sav/plain.sav")
    let missing = #expect(throws: SurveyFileError.self) {
      try SurveyReader.read([path], options: options)
    }
    #expect(missing?.code == "E0130")
    for program in ["/bin/true", "/bin/echo"] {
      options.reader = program
      let failed = #expect(throws: SurveyFileError.self) {
        try SurveyReader.read([path], options: options)
      }
      #expect(failed?.code == "E0131")
    }
    options.reader = TestFiles.reader
    options.readerMemory = 1 << 20
    let starved = #expect(throws: SurveyFileError.self) {
      try SurveyReader.read([path], options: options)
    }
    #expect(starved?.exitStatus == 65)
  }
}
