import Foundation
import TesseraMath
import TesseraSegmentation

/// Says how well the product finds what was planted: the figures of `docs/evidence.md`.
///
/// Run from the top of the repository: `swift run -c release simulate-segments 200 20`.
func simulateSegments(_ arguments: [String]) -> Int32 {
  func say(_ message: String) {
    FileHandle.standardOutput.write(Data((message + "\n").utf8))
  }
  func complain(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  guard arguments.count >= 3, let sets = Int(arguments[1]), let trials = Int(arguments[2]),
    sets >= 0, trials >= 0
  else {
    complain(
      "usage: simulate-segments SETS TRIALS-OF-STRUCTURE [FOLDER FOR THE FIRST SETS [HOW MANY]]")
    return 64
  }
  NumericThreads.useSingleThread()
  do {
    if arguments.count > 3 {
      try FileManager.default.createDirectory(
        atPath: arguments[3], withIntermediateDirectories: true)
      let count = arguments.count > 4 ? Int(arguments[4]) ?? sets : sets
      for seed in 0..<UInt64(count) {
        let path = "\(arguments[3])/planted-\(seed).csv"
        try Data(PlantedSurvey(seed: seed).text.utf8).write(to: URL(fileURLWithPath: path))
      }
    }
    let results = Workers(2).map(sets) { seed in
      Result { try Recovery(PlantedSurvey(seed: UInt64(seed))) }
    }
    let found = try results.map { try $0.get() }
    if !found.isEmpty { say(RecoveryReport(found).text) }
    for kind in StructureTrial.Kind.allCases where trials > 0 {
      let verdicts = try Workers(2).map(trials) { trial in
        Result { try StructureTrial(kind, seed: UInt64(trial)) }
      }.map { try $0.get().verdict }
      let told = StructureVerdict.allCases.map { verdict in
        "\(verdict.rawValue) \(verdicts.count { $0 == verdict })"
      }
      say("structure, \(kind.rawValue): \(told.joined(separator: ", ")) of \(trials)")
    }
  } catch {
    complain("\(error)")
    return 70
  }
  return 0
}

exit(simulateSegments(CommandLine.arguments))
