import Foundation
import TesseraFiles
import TesseraSurvey

/// Finds fixtures, makes files for one test, and reads them.
enum TestFiles {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static func fixture(_ name: String) -> String {
    folder.appending(path: "Fixtures/" + name).path(percentEncoded: false)
  }

  /// The program that reads SPSS files, in the folder the tests were built into.
  static var reader: String {
    let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let package = folder.deletingLastPathComponent().deletingLastPathComponent()
    #if DEBUG
      let build = package.appending(path: ".build/debug")
    #else
      let build = package.appending(path: ".build/release")
    #endif
    let places = [own, build].map { $0.appending(path: "tessera-read").path(percentEncoded: false) }
    return places.first { FileManager.default.isExecutableFile(atPath: $0) } ?? places[1]
  }

  /// Gives a test a folder of its own, and takes it away afterwards.
  static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "tessera-files-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path(percentEncoded: false))
  }

  /// Reads a text as if it stood in a file.
  static func read(
    _ text: String, name: String = "survey.csv", options: ReadingOptions = ReadingOptions()
  ) throws -> SurveyFile {
    try read(Array(text.utf8), name: name, options: options)
  }

  /// Reads bytes as if they stood in a file.
  static func read(
    _ bytes: [UInt8], name: String, options: ReadingOptions = ReadingOptions()
  ) throws -> SurveyFile {
    try withFolder { folder in
      try Data(bytes).write(to: URL(filePath: folder + "/" + name))
      var options = options
      options.reader = reader
      return try SurveyReader.read([folder + "/" + name], options: options)
    }
  }

  /// The error that reading a text ends in.
  static func error(
    _ bytes: [UInt8], name: String = "survey.csv", options: ReadingOptions = ReadingOptions()
  ) -> SurveyFileError? {
    do {
      _ = try read(bytes, name: name, options: options)
      return nil
    } catch {
      return error as? SurveyFileError
    }
  }
}

extension Variable {
  /// The texts of all answers; empty without an answer.
  var answerTexts: [String] {
    (0..<answers.count).map { respondent in
      let position = answers.position(respondent)
      if position > 0 { return categories[position - 1].code.text }
      let number = number(respondent)
      return number.isNaN ? "" : AnswerCode.number(number).text
    }
  }

  /// The sum of all answers.
  var sum: Double { numbers.filter { !$0.isNaN }.reduce(0, +) }
}
