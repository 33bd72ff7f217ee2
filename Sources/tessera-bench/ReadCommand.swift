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

/// What a process and those it started have cost so far.
struct ReadingCost {
  /// Seconds since some moment.
  let wall: Double
  /// Processor seconds over all threads and ended children.
  let processor: Double
  /// Most memory in use so far, that of the largest child included, in MiB.
  let peak: Double
  /// Memory in use when the cost was first asked for.
  var before = 0.0

  /// Asks the system.
  static var now: ReadingCost {
    let own = usage(RUSAGE_SELF)
    let children = usage(RUSAGE_CHILDREN)
    let time = ProcessInfo.processInfo.systemUptime
    return ReadingCost(
      wall: time, processor: own.seconds + children.seconds, peak: own.peak + children.peak)
  }

  /// The difference to an earlier moment; the peak is that of the whole time.
  func since(_ began: ReadingCost) -> ReadingCost {
    ReadingCost(
      wall: wall - began.wall, processor: processor - began.processor, peak: peak,
      before: began.peak)
  }

  private static func usage(_ whom: __rusage_who) -> (seconds: Double, peak: Double) {
    var found = rusage()
    getrusage(__rusage_who_t(whom.rawValue), &found)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return (
      seconds(found.ru_utime) + seconds(found.ru_stime), Double(found.ru_maxrss) / 1024
    )
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
