import Foundation
import TesseraMath
import TesseraSegmentation

/// Says how well the product finds what was planted: the figures of `docs/evidence.md`.
///
/// Run from the top of the repository: `swift run -c release simulate-segments recover 200`.
func simulateSegments(_ arguments: [String]) -> Int32 {
  func say(_ message: String) {
    FileHandle.standardOutput.write(Data((message + "\n").utf8))
  }
  func complain(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  guard arguments.count >= 3, let count = Int(arguments[2]), count > 0,
    arguments.count == 3 || (arguments.count == 4 && arguments[1] != "recover")
  else {
    complain(
      """
      usage: simulate-segments recover SURVEYS
             simulate-segments structure TRIALS-OF-EACH-KIND [KIND]
             simulate-segments write SURVEYS FOLDER
      """)
    return 64
  }
  NumericThreads.useSingleThread()
  do {
    switch arguments[1] {
    case "recover": try recover(count, say)
    case "structure":
      let kinds = arguments.dropFirst(3).map(StructureTrial.Kind.init(rawValue:))
      try judge(count, kinds.isEmpty ? StructureTrial.Kind.allCases : kinds.compactMap(\.self), say)
    case "write":
      guard arguments.count == 4 else { throw MissingFolder() }
      try write(count, into: arguments[3])
    default:
      complain("there is no '\(arguments[1])': recover, structure or write")
      return 64
    }
  } catch {
    complain("\(error)")
    return 70
  }
  return 0
}

/// Nothing was said of where surveys go.
private struct MissingFolder: Error, CustomStringConvertible {
  let description = "write needs a folder"
}

/// Finds planted segments again; a line a survey, then the summary.
private func recover(_ surveys: Int, _ say: (String) -> Void) throws {
  var all: [Recovery] = []
  for first in stride(from: 0, to: surveys, by: 8) {
    let some = try Workers(2).map(min(8, surveys - first)) { place in
      Result { try Recovery(PlantedSurvey(seed: UInt64(first + place))) }
    }.map { try $0.get() }
    for (place, one) in some.enumerated() { say("\(first + place)\t\(one.line)") }
    all += some
  }
  say(RecoveryReport(all).text)
}

/// Judges surveys whose structure is known.
private func judge(
  _ trials: Int, _ kinds: [StructureTrial.Kind], _ say: (String) -> Void
) throws {
  var told = StructureReport()
  for first in stride(from: 0, to: trials, by: 2) {
    for kind in kinds {
      let some = try Workers(2).map(min(2, trials - first)) { place in
        Result { try StructureTrial(kind, seed: UInt64(first + place)) }
      }.map { try $0.get() }
      for trial in some {
        told.add(trial)
        say(trial.line)
      }
    }
  }
  say(told.text)
}

/// Writes planted surveys for other programs.
private func write(_ surveys: Int, into folder: String) throws {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  for seed in 0..<UInt64(surveys) {
    let path = "\(folder)/planted-\(seed).csv"
    try Data(PlantedSurvey(seed: seed).text.utf8).write(to: URL(fileURLWithPath: path))
  }
}

exit(simulateSegments(CommandLine.arguments))
