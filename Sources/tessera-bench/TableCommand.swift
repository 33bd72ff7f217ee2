import ArgumentParser
import Foundation
import TesseraMath

/// Writes tables of any size to read, row after row.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Write a drawn table as comma-separated text, to be read.",
    discussion: """
      A number, an age, an income, four questions with words for answers, a weight; all other \
      columns are codes of one digit. Five cells in a hundred are empty.
      """)

  @Argument(help: "Rows.")
  var rows: Int

  @Argument(help: "Where to write; - is standard output.")
  var file: String

  @Option(help: "Columns, at least 8.")
  var columns = 34

  private static let words = [
    (
      name: "occupation",
      answers: [
        "Clerical", "Professional", "Manager", "Trades", "Service", "Sales", "Student", "Retired",
        "Homemaker", "Unemployed",
      ]
    ),
    (name: "marital", answers: ["Single", "Married", "Cohabiting", "Divorced", "Widowed"]),
    (name: "gender", answers: ["Female", "Male", "Other"]),
    (name: "region", answers: ["North", "South", "East", "West", "Central", "Coastal", "Island"]),
  ]

  func run() throws {
    guard columns >= 8, rows > 0 else { throw ValidationError("a table has 8 columns and rows") }
    guard file != "-" else { return try write(to: .standardOutput) }
    let parts = file + ".part"
    guard FileManager.default.createFile(atPath: parts, contents: nil),
      let target = FileHandle(forWritingAtPath: parts)
    else {
      throw BenchError(message: "\(file) cannot be written")
    }
    try write(to: target)
    try target.close()
    try? FileManager.default.removeItem(atPath: file)
    try FileManager.default.moveItem(atPath: parts, toPath: file)
  }

  private func write(to target: FileHandle) throws {
    let codes = (0..<columns - 8).map { "q\($0 + 1)" }
    let header = ["id", "age", "income"] + Self.words.map(\.name) + codes + ["weight"]
    var text = Array((header.joined(separator: ",") + "\n").utf8)
    var random = RandomStream(seed: 20_261_126)
    for row in 0..<rows {
      write(row, &random, &text)
      if text.count > 4 << 20 {
        try target.write(contentsOf: text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try target.write(contentsOf: text)
  }

  private func write(_ row: Int, _ random: inout RandomStream, _ text: inout [UInt8]) {
    func isThere() -> Bool { random.next() % 20 != 0 }
    func draw(_ count: UInt64) -> Int { Int(random.next() % count) }
    text += "\(row + 1),".utf8
    if isThere() { text += "\(16 + draw(80))".utf8 }
    text.append(0x2C)
    if isThere() { text += "\((80 + draw(1800)) * 100)".utf8 }
    text.append(0x2C)
    for question in Self.words {
      if isThere() { text += question.answers[draw(UInt64(question.answers.count))].utf8 }
      text.append(0x2C)
    }
    for column in 0..<columns - 8 {
      if isThere() { text.append(UInt8(0x30 + draw(column % 2 == 0 ? 2 : 5))) }
      text.append(0x2C)
    }
    text += "\(Double(2000 + draw(30_000)) / 10_000)\n".utf8
  }
}
