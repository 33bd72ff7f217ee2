import ArgumentParser
import Foundation
import TesseraFiles
import TesseraSurvey

/// How survey files are read; the same keys stand under `survey:` in a study.
struct ReadingFlags: ParsableArguments {
  @Option(help: "Encoding of a text file, such as windows-1252; found out if left out.")
  var encoding: String?

  @Option(help: "Character between fields, or tab; found out if left out.")
  var delimiter: String?

  @Option(help: "Character around fields; a double quote if left out.")
  var quote: String?

  @Option(help: "Character before a quote inside a quoted field; a doubled quote if left out.")
  var escape: String?

  @Option(help: "Decimal mark: . or ,")
  var decimal: String?

  @Option(help: "Sheet of a workbook, by name or by number from 1.")
  var sheet: String?

  @Option(help: "Format of the file, where the file itself should not be asked.")
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Answers that are missing in every column, separated by commas.", valueName: "codes"))
  var missing: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether the first line names the columns; without names they are column_1, column_2 ...")
  var header: Bool?

  @Flag(help: "Set damaged rows aside, and tell, instead of refusing the file.")
  var salvage = false

  /// The same as options of the reader.
  ///
  /// - Parameter threads: Threads the reader may use.
  /// - Returns: What the flags and the rest say together.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func options(threads: Int?) throws -> ReadingOptions {
    var options = ReadingOptions.standard(threads: threads)
    options.encoding = encoding
    options.delimiter = try byte(delimiter, "--delimiter")
    options.quote = try byte(quote, "--quote")
    options.escape = try byte(escape, "--escape")
    options.decimal = try byte(decimal, "--decimal")
    if let mark = options.decimal, mark != UInt8(ascii: "."), mark != UInt8(ascii: ",") {
      throw UsageError(message: "--decimal takes . or ,", hint: "for example --decimal ,")
    }
    options.sheet = sheet
    if let format {
      guard let known = SurveyFormat(rawValue: format.lowercased()) else {
        let names = SurveyFormat.allCases.map(\.rawValue)
        throw UsageError(
          message: "there is no format '\(DisplayText.escaped(format))'",
          hint: NearestName.question(format, among: names)
            ?? "known formats: " + names.joined(separator: ", "))
      }
      options.format = known
    }
    options.missing = (missing ?? "").split(separator: ",").map {
      DeclaredMissing($0.trimmingCharacters(in: .whitespaces))
    }
    options.salvage = salvage
    options.header = header
    return options
  }

  /// The flags that were given, by their names under `survey:` in a study.
  var declared: [String: String] {
    var result: [String: String] = [:]
    for (name, value) in [
      ("encoding", encoding), ("delimiter", delimiter), ("quote", quote), ("escape", escape),
      ("decimal", decimal), ("sheet", sheet), ("format", format),
    ] {
      result[name] = value
    }
    if salvage { result["salvage"] = "yes" }
    if let header { result["header"] = header ? "yes" : "no" }
    return result
  }

  private func byte(_ text: String?, _ option: String) throws -> UInt8? {
    guard let text else { return nil }
    let named = ["tab": "\t", "\\t": "\t", "space": " ", "semicolon": ";", "comma": ","]
    let bytes = Array((named[text.lowercased()] ?? text).utf8)
    guard bytes.count == 1, let byte = bytes.first else {
      throw UsageError(
        message: "\(option) takes one character", hint: "for example \(option) ';' or tab")
    }
    return byte
  }
}

extension ReadingOptions {
  /// Options that leave everything about a file to be found out.
  ///
  /// - Parameter threads: Threads the reader may use; all cores if left out.
  /// - Returns: What the flags and the rest say together.
  static func standard(threads: Int?) -> ReadingOptions {
    var options = ReadingOptions()
    options.reader = SiblingProgram.path(of: "tessera-read")
    options.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    return options
  }
}
