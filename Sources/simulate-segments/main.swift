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
  let isSlice = arguments.dropFirst() == ["count", "--slice"]
  guard arguments.count >= 3, let count = isSlice ? 24 : Int(arguments[2]), count > 0,
    arguments.count <= 5,
    arguments.count <= 4 || ["count", "shares", "track"].contains(arguments[1])
  else {
    complain(
      """
      usage: simulate-segments recover SURVEYS [FIRST]
             simulate-segments count SURVEYS FIRST FILE | --slice
             simulate-segments structure TRIALS-OF-EACH-KIND [KIND]
             simulate-segments verdict SURVEYS-OF-EACH-KIND [FIRST]
             simulate-segments shares SURVEYS-OF-EACH-KIND [FIRST [KIND]]
             simulate-segments outcomes SURVEYS-OF-EACH-OVERLAP [FIRST]
             simulate-segments track TRIALS-OF-EACH-KIND [FIRST [KIND]]
             simulate-segments waves SEED FOLDER
             simulate-segments write SURVEYS FOLDER
      """)
    return 64
  }
  NumericThreads.useSingleThread()
  do {
    switch arguments[1] {
    case "recover":
      let first = arguments.dropFirst(3).first.flatMap { Int($0) } ?? 0
      try recover(count, from: max(0, first), say)
    case "count":
      let first = isSlice ? 1 : arguments.dropFirst(3).first.flatMap { UInt64($0) }
      guard let first, isSlice || arguments.count == 5 else {
        complain("count needs the first seed and a file for the results, or --slice")
        return 64
      }
      try counts(first..<first + UInt64(count), isSlice ? nil : arguments[4], say)
    case "structure":
      guard let kinds = kinds(arguments.dropFirst(3).first) else {
        let names = StructureTrial.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        complain("there is no kind '\(arguments[3])': \(names)")
        return 64
      }
      try judge(count, kinds, say)
    case "verdict":
      let first = arguments.dropFirst(3).first.flatMap { Int($0) } ?? 0
      try verdicts(count, from: max(0, first), say)
    case "shares":
      let first = arguments.dropFirst(3).first.flatMap { Int($0) } ?? 0
      let kind = arguments.dropFirst(4).first.map { ShareTrial.Kind(rawValue: $0) }
      if kind == .some(nil) {
        complain("there is no kind '\(arguments[4])'")
        return 64
      }
      say(
        try ShareTrial.report(
          count, from: max(0, first),
          kind.flatMap(\.self).map { [$0] } ?? ShareTrial.Kind.allCases))
    case "outcomes":
      let first = arguments.dropFirst(3).first.flatMap { Int($0) } ?? 0
      say(try OutcomeTrial.report(count, respondents: 1_000, from: max(0, first)))
    case "track":
      let first = arguments.dropFirst(3).first.flatMap { Int($0) } ?? 0
      let kind = arguments.dropFirst(4).first.map { TrackTrial.Kind(rawValue: $0) }
      if kind == .some(nil) {
        complain("there is no kind '\(arguments[4])'")
        return 64
      }
      try tracks(
        count, from: max(0, first), kind.flatMap(\.self).map { [$0] } ?? TrackTrial.Kind.allCases,
        say)
    case "waves":
      guard arguments.count == 4 else {
        complain("waves needs a seed and a folder")
        return 64
      }
      try WaveSurvey(seed: UInt64(count)).write(to: arguments[3])
    case "write":
      guard arguments.count == 4 else {
        complain("write needs a folder")
        return 64
      }
      try write(count, into: arguments[3])
    default:
      complain(
        "there is no '\(arguments[1])': recover, count, structure, verdict, shares, outcomes, track, waves or write"
      )
      return 64
    }
  } catch {
    complain("\(error)")
    return 70
  }
  return 0
}

/// The kind of survey of a name, all kinds without one.
private func kinds(_ name: String?) -> [StructureTrial.Kind]? {
  guard let name else { return StructureTrial.Kind.allCases }
  return StructureTrial.Kind(rawValue: name).map { [$0] }
}

/// Finds planted segments again; a line a survey, then the summary.
private func recover(_ surveys: Int, from start: Int, _ say: (String) -> Void) throws {
  var all: [Recovery] = []
  for first in stride(from: start, to: start + surveys, by: 2) {
    let some = try Workers(2).map(min(2, start + surveys - first)) { place in
      Result { try Recovery(PlantedSurvey(seed: UInt64(first + place))) }
    }.map { try $0.get() }
    for (place, one) in some.enumerated() { say("\(first + place)\t\(one.line)") }
    all += some
  }
  say(RecoveryReport(all).text)
}

/// Compares rules for the number of segments.
///
/// Results are added to a file survey by survey, and surveys in it are not fitted again, so that a
/// run may be broken off and gone on with.
private func counts(_ seeds: Range<UInt64>, _ path: String?, _ say: (String) -> Void) throws {
  var trials: [CountTrial] = []
  var file: FileHandle?
  if let path {
    let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    trials = old.split(separator: "\n").compactMap { CountTrial(line: $0) }
      .filter { seeds.contains($0.seed) }
    if old.isEmpty { try Data().write(to: URL(fileURLWithPath: path)) }
    file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    _ = try file?.seekToEnd()
    // A line that was broken off stays alone.
    if !old.isEmpty, !old.hasSuffix("\n") { try file?.write(contentsOf: Data("\n".utf8)) }
  }
  let known = Set(trials.map(\.seed))
  for seed in seeds where !known.contains(seed) {
    let trial = try CountTrial(seed: seed)
    trials.append(trial)
    try file?.write(contentsOf: Data((trial.line + "\n").utf8))
    if file == nil { say(trial.line) }
  }
  say(CountReport(trials).text)
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

/// Runs the product on surveys of known structure; a line a survey, then the summary.
private func verdicts(_ surveys: Int, from start: Int, _ say: (String) -> Void) throws {
  var told = VerdictReport()
  for first in stride(from: start, to: start + surveys, by: 2) {
    for kind in VerdictTrial.Kind.allCases {
      let some = try Workers(2).map(min(2, start + surveys - first)) { place in
        Result { try VerdictTrial(kind, seed: UInt64(first + place)) }
      }.map { try $0.get() }
      for trial in some {
        told.add(trial)
        say(trial.line)
      }
    }
  }
  say(told.text)
}

/// Looks for changes in simulated waves; a line a trial, then the summary.
private func tracks(
  _ trials: Int, from start: Int, _ kinds: [TrackTrial.Kind], _ say: (String) -> Void
) throws {
  var told = TrackReport()
  for first in stride(from: start, to: start + trials, by: 2) {
    for kind in kinds {
      let some = try Workers(2).map(min(2, start + trials - first)) { place in
        Result { try TrackTrial(kind, seed: UInt64(first + place), sets: TrackTrial.sets(kind)) }
      }.map { try $0.get() }
      for trial in some {
        told.add(trial)
        say("\(first)\t\(trial.line)")
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
