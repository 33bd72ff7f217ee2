import ArgumentParser
import Foundation
import TesseraFiles
import TesseraSurvey

/// Times the reading of a survey file.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Time the reading of a survey file and print a line of JSON.",
    discussion: """
      Processor seconds and peak memory include those of the program that reads SPSS files. The \
      sum over all numbers is told, for other programs to compare.
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: "Threads.")
  var threads = 1

  func run() throws {
    var options = ReadingOptions()
    options.threads = threads
    options.checksums = false
    let began = ReadingCost.now
    let read = try SurveyReader.read([file], options: options)
    let cost = ReadingCost.now.since(began)
    let variables = read.survey.variables
    let table = variables.reduce(0) { $0 + $1.answers.bytes + $1.missing.count }
    let sum = variables.filter(\.isNumeric).reduce(0) { $0 + $1.numberSum }
    print(
      JSONLine([
        "task": "read", "peer": "tessera", "n": read.survey.respondentCount,
        "columns": variables.count, "threads": threads, "wall_s": cost.wall,
        "cpu_s": cost.processor, "rss_mb": cost.peak, "rss_before_mb": cost.before,
        "table_mb": Double(table) / 0x1p20, "quality": ["sum": sum],
      ]).text)
  }
}

extension AnswerColumn {
  /// Bytes that the answers take.
  fileprivate var bytes: Int {
    switch self {
    case .codes8(let codes): codes.count
    case .codes16(let codes): codes.count * 2
    case .codes32(let codes): codes.count * 4
    case .numbers(let numbers): numbers.count * 8
    }
  }
}

extension Variable {
  /// The sum of the numbers that are not missing.
  fileprivate var numberSum: Double {
    numbers.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
  }
}
