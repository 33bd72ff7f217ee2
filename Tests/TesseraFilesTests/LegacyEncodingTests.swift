import Foundation
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
}
