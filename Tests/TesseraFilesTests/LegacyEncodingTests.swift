import Foundation
import TesseraSurvey
import Testing

@testable import TesseraFiles

@Suite struct LegacyEncodingTests {
  private static let german = "Größe;Straße;schön;Übung;5 €"
  private static let texts: [(text: String, encoding: String, name: String)] = [
    (german, "WINDOWS-1252", "WINDOWS-1252"),
    ("Größe;Straße;schön;Übung", "MACINTOSH", "MACINTOSH"),
    ("Größe;Straße;schön;Übung", "CP850", "CP850"),
    ("Not much\u{A0};some knowledge\u{A0}of;don’t know", "MACINTOSH", "MACINTOSH"),
    ("¿Cuántos años?;niño;ningún;español", "WINDOWS-1252", "WINDOWS-1252"),
    ("Élevé;très;naïf;cœur;où;ça", "WINDOWS-1252", "WINDOWS-1252"),
    ("Mennyire fontos a minőség?;fűtés;nő;szülő", "WINDOWS-1250", "WINDOWS-1250"),
    ("źródło;ćma;żółty;śnieg;mężczyzna", "WINDOWS-1250", "WINDOWS-1250"),
    ("źródło;ćma;żółty;śnieg;mężczyzna", "ISO-8859-2", "ISO-8859-2"),
    ("Возраст;Насколько важна цена?;мужской;не знаю", "WINDOWS-1251", "WINDOWS-1251"),
    ("年齢;価格は重要ですか;女性;とても", "CP932", "CP932"),
  ]

  private static func bytes(_ text: String, _ encoding: String) throws -> FileBytes {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["iconv", "-f", "UTF-8", "-t", encoding]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return FileBytes.copying([UInt8](data))
  }

  private static func guess(_ owner: FileBytes) -> LegacyEncoding? {
    withExtendedLifetime(owner) { LegacyEncoding.guess(owner.view) }
  }

  @Test(arguments: texts.indices)
  func `an encoding is known by its letters`(_ place: Int) throws {
    let fact = Self.texts[place]
    let found = Self.guess(try Self.bytes(fact.text, fact.encoding))
    #expect(found?.name == fact.name)
  }

  @Test func `a text of two encodings has none`() throws {
    let mixed = Array("id,city\n1,Zürich\n2,Z".utf8) + [0xFC] + Array("rich\n".utf8)
    #expect(Self.guess(FileBytes.copying(mixed)) == nil)
  }

  @Test func `letters that no language has together are not decided`() throws {
    #expect(Self.guess(FileBytes.copying([0x61, 0xB0, 0x62, 0x81, 0x63])) == nil)
  }

  private static let undecided: [(text: String, encoding: String, name: String)] = [
    ("Возраст;Насколько важна цена?;мужской;не знаю", "KOI8-R", "koi8-r"),
    ("Возраст;Насколько важна цена?;мужской;не знаю", "CP866", "cp866"),
    ("Возраст;Насколько важна цена?;мужской;не знаю", "ISO-8859-5", "iso-8859-5"),
    ("年齢;価格は重要ですか;女性;とても", "EUC-JP", "euc-jp"),
    ("年龄;价格很重要吗;女;非常", "GBK", "gbk"),
  ]

  @Test(arguments: undecided.indices)
  func `encodings that fit are listed`(_ place: Int) throws {
    let fact = Self.undecided[place]
    let owner = try Self.bytes(fact.text, fact.encoding)
    let fitting = withExtendedLifetime(owner) { LegacyEncoding.fitting(owner.view) }
    #expect(fitting.contains(fact.name), "\(fitting)")
    let western = fitting.firstIndex(of: "windows-1252") ?? fitting.count
    #expect(try #require(fitting.firstIndex(of: fact.name)) < western, "\(fitting)")
    guard LegacyEncoding.guess(owner.view) == nil else { return }
    let error = TestFiles.error(Array("id\n".utf8) + owner.view.bytes(0..<owner.view.count))
    #expect(error?.description.contains(fact.name) == true, "\(String(describing: error))")
  }

  @Test(arguments: ["macroman", "mac-roman", "Mac Roman", "macintosh", "x-mac-roman"])
  func `names that people write are known`(_ name: String) throws {
    let owner = try Self.bytes("id,city\n1,Zoë\n2,São Paulo\n", "MACINTOSH")
    var options = ReadingOptions()
    options.encoding = name
    let file = try TestFiles.read(
      owner.view.bytes(0..<owner.view.count), name: "a.csv", options: options)
    #expect(file.survey["city"]?.answerTexts == ["Zoë", "São Paulo"])
  }
}
