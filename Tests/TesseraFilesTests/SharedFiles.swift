import Foundation
import TesseraFiles
import TesseraSurvey

/// Files that lie beside a checkout and are not part of it; tests that need them are skipped
/// where they are absent.
enum SharedFiles {
  /// The folder, if it is there.
  static let folder: String? = {
    var place = TestFiles.folder
    for _ in 0..<5 {
      place = place.deletingLastPathComponent()
      let candidate = place.appending(path: "shared/corpus/README.md")
      if FileManager.default.fileExists(atPath: candidate.path(percentEncoded: false)) {
        return place.appending(path: "shared").path(percentEncoded: false)
      }
    }
    return nil
  }()

  /// Whether there is any.
  static var arePresent: Bool { folder != nil }

  /// The path of one.
  static func path(_ name: String) -> String { (folder ?? "") + "/" + name }
}

/// What Python programs make of a file, where Python and they are installed.
enum Peer {
  /// A column as a peer reads it.
  struct Column {
    let name: String
    let label: String
    /// `nil` for a missing answer; a missing code that the file declares stands as itself.
    let cells: [Cell?]
    let labels: [String: String]
  }

  /// A cell.
  enum Cell: Equatable {
    case number(Double)
    case text(String)
  }

  /// Whether a Python with pyreadstat is installed.
  static let hasReadStat = (try? run(["-c", "import pyreadstat"]))?.status == 0

  /// Runs Python and takes what it prints.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// Reads files with a script that prints one JSON object a line.
  static func tables(_ script: String, _ files: [String]) throws -> [[Column]?] {
    let (_, output) = try run([TestFiles.fixture("peers/" + script)] + files)
    return output.split(separator: 0x0A).map { line in
      let value = try? JSONSerialization.jsonObject(with: Data(line)) as? [[String: Any]]
      return value.map { $0.map(column) }
    }
  }

  /// A column from what a script prints of it.
  static func column(_ value: [String: Any]) -> Column {
    Column(
      name: value["name"] as? String ?? "", label: value["label"] as? String ?? "",
      cells: (value["cells"] as? [Any] ?? []).map(cell),
      labels: value["labels"] as? [String: String] ?? [:])
  }

  private static func cell(_ value: Any) -> Cell? {
    if let text = value as? String { return .text(text) }
    if let number = value as? NSNumber { return .number(number.doubleValue) }
    return nil
  }
}

extension Variable {
  /// The answers as a peer tells them: declared missing ones as their codes.
  var peerCells: [Peer.Cell?] {
    (0..<answers.count).map { respondent in
      let position = answers.position(respondent)
      if position > 0 {
        let code = categories[position - 1].code
        return code.number.map { .number($0) } ?? .text(code.text)
      }
      let number = number(respondent)
      if !number.isNaN { return .number(number) }
      guard !missing.isEmpty, missing[respondent] > 0,
        let code = reasons[Int(missing[respondent]) - 1].code
      else { return nil }
      if let number = code.number { return .number(number) }
      // Stata and SAS call the kinds of missing .a to .z; a peer leaves the point out.
      let text = code.text
      let isTag = isNumeric && text.count == 2 && text.hasPrefix(".")
      return .text(isTag ? String(text.dropFirst()) : text)
    }
  }

  /// The labels of answers and of declared missing ones, by code.
  var peerLabels: [String: String] {
    var result: [String: String] = [:]
    for category in categories where category.label != category.code.text {
      result[category.code.text] = category.label
    }
    for other in otherLabels { result[other.code.text] = other.label }
    return result
  }
}
